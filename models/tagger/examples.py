"""From closes to what the network reads: token ids, places of the sentences, labels, cues."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Final

import cutting
import numpy as np
import torch
import writing
from network import encoder_folder
from tokenizers import Tokenizer

from rehearse.language.network import LONGEST_SENTENCE, WINDOW
from rehearse.language.parser import load_parser
from rehearse.language.tagger import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cutting import Piece
    from reading import Said

PROCESSES: Final = 2

BEGIN: Final = 101
END: Final = 102

AS_LABELLED, REWRITTEN = 0.4, 0.3
"""How often a close is read as its writer cut it, and how often as a recogniser would have
written it; else it is read as the program cuts it."""

JOINED, DROPPED, PAIRED = 0.1, 0.1, 0.35
"""How often two sentences are joined, one is left out of a whole close, two items are read
as one."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways in which one close may be read."""

    said: Said
    labelled: tuple[Piece, ...]
    program: tuple[Piece, ...]
    rewritten: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One input: ids [tokens], places of sentences in it, labels, what counts, cues."""

    ids: list[int]
    places: list[tuple[int, int]]
    labels: np.ndarray
    known: np.ndarray
    cues: np.ndarray


def ways(closes: Sequence[Said], *, rewritings: int = 2, seed: int = 1) -> list[Ways]:
    """Read each close in every way once; rewritten at random where it is not already rough."""
    count = max(1, len(closes) // (8 * PROCESSES))
    shares = [closes[start : start + count] for start in range(0, len(closes), count)]
    with get_context("spawn").Pool(PROCESSES) as pool:
        found = pool.starmap(_ways, [(share, rewritings, seed) for share in shares])
    return [way for share in found for way in share]


def _ways(closes: Sequence[Said], rewritings: int, seed: int) -> list[Ways]:
    parser = load_parser()
    found = []
    for said in closes:
        chance = random.Random(f"{seed} {said.id}")
        rough = [
            writing.as_recognised(said, chance)
            for _ in range(0 if "asr" in said.tags else rewritings)
        ]
        found.append(
            Ways(
                said,
                cutting.as_labelled(said, parser),
                cutting.as_the_program_does(said, parser),
                tuple(cutting.as_the_program_does(each, parser) for each in rough),
            )
        )
    return found


class Maker:
    """Turns pieces into examples."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._tokenizer = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def epoch(self, closes: Sequence[Ways]) -> list[Example]:
        """Every close once, in a new order and in one of its ways; some snippets in pairs."""
        order = list(closes)
        self.chance.shuffle(order)
        examples = []
        while order:
            way = order.pop()
            pieces = self._varied(way)
            if not way.said.whole and order and not order[-1].said.whole and self._draw(PAIRED):
                pieces = [*pieces, *self._varied(order.pop())]
            examples.append(self.example(pieces))
        return examples

    def _draw(self, chance: float) -> bool:
        return self.chance.random() < chance

    def _varied(self, way: Ways) -> list[Piece]:
        draw = self.chance.random()
        if draw < AS_LABELLED:
            pieces = list(way.labelled)
        elif way.rewritten and draw < AS_LABELLED + REWRITTEN:
            pieces = list(self.chance.choice(way.rewritten))
        else:
            pieces = list(way.program)
        if len(pieces) > 1 and self._draw(JOINED):
            at = self.chance.randrange(len(pieces) - 1)
            pieces[at : at + 2] = [joined(*pieces[at : at + 2])]
        if len(pieces) > 1 and way.said.whole and self._draw(DROPPED):
            del pieces[self.chance.randrange(len(pieces))]
        return pieces

    def example(self, pieces: Sequence[Piece]) -> Example:
        """Put the pieces of one close in a row."""
        ids, places, read = [BEGIN], [], []
        for piece in pieces:
            tokens = self._tokenizer.encode(piece.text, add_special_tokens=False).ids
            tokens = tokens[:LONGEST_SENTENCE]
            if read and len(ids) + len(tokens) >= WINDOW:
                break
            places.append((len(ids), len(ids) + len(tokens)))
            ids += tokens
            read.append(piece)
        ids.append(END)
        marks = np.array([piece.cues for piece in read], dtype=np.float32)
        before = np.vstack([np.zeros_like(marks[:1]), marks[:-1]])
        return Example(
            ids,
            places,
            np.array([[label in each.labels for label in LABELS] for each in read], np.float32),
            np.array(
                [[label not in each.unknown for label in LABELS] for each in read], np.float32
            ),
            np.hstack([marks, before]),
        )


def joined(first: Piece, second: Piece) -> Piece:
    """Two neighbours as one, as a missed boundary leaves them."""
    labels = first.labels | second.labels
    return replace(
        first,
        text=f"{first.text} {second.text}",
        labels=labels,
        unknown=(first.unknown | second.unknown) - labels,
        cues=np.maximum(first.cues, second.cues),
    )


def batches(
    examples: Sequence[Example], most: int, chance: random.Random | None = None
) -> Iterator[tuple[list[int], Any]]:
    """Batches of about `most` tokens, of examples of about one length: numbers and tensors."""
    jitter = chance.random if chance else lambda: 0.0
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].ids) + 8 * jitter())
    groups: list[list[int]] = [[]]
    for number in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(examples[number].ids) > most:
            groups.append([])
        groups[-1].append(number)
    if chance:
        chance.shuffle(groups)
    for group in groups:
        yield group, _tensors([examples[number] for number in group])


def _tensors(examples: list[Example]) -> Any:
    """ids, mask, pool, cues, labels, and which labels count."""
    count = len(examples)
    length = max(len(each.ids) for each in examples)
    sentences = max(len(each.places) for each in examples)
    width = examples[0].cues.shape[1]
    ids = torch.zeros(count, length, dtype=torch.long)
    mask = torch.zeros(count, length, dtype=torch.long)
    pool = torch.zeros(count, sentences, length)
    cues = torch.zeros(count, sentences, width)
    labels = torch.zeros(count, sentences, len(LABELS))
    counts = torch.zeros(count, sentences, len(LABELS))
    for row, each in enumerate(examples):
        ids[row, : len(each.ids)] = torch.tensor(each.ids)
        mask[row, : len(each.ids)] = 1
        for number, (start, end) in enumerate(each.places):
            if end > start:
                pool[row, number, start:end] = 1 / (end - start)
        cues[row, : len(each.places)] = torch.from_numpy(each.cues)
        labels[row, : len(each.places)] = torch.from_numpy(each.labels)
        counts[row, : len(each.places)] = torch.from_numpy(each.known)
    return ids, mask, pool, cues, labels, counts
