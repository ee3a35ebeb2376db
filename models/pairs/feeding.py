"""From cut pairs to what the network reads: all texts of one close together."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import torch
import writing
from examples import joined

from rehearse.language.network import LONGEST_SENTENCE, marks_of
from rehearse.matching.layout import LONGEST_TEXT, TEXTS_WINDOW, WINDOW, laid_out, windows
from rehearse.matching.relations import LABELS, READ, TELLING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pieces import Cut, Piece
    from tokenizers import Tokenizer

    from rehearse.matching.relations import Relation

REWRITTEN = 0.25
"""How often a close is read as a recogniser would have written it."""

JOINED, DROPPED = 0.1, 0.08
"""How often two sentences are joined, and one without a label is left out."""

FEWER = 0.3
"""How often some of the texts are left out: a job may have three criteria or twelve."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One input: ids, where texts and sentences lie in it, labels, which of them count, cues.

    `labels` and `known` are [texts, sentences, labels]; the last sentence is the whole.
    """

    ids: list[int]
    texts: list[tuple[int, int]]
    sentences: list[tuple[int, int]]
    labels: np.ndarray
    known: np.ndarray
    cues: np.ndarray


def grouped(cuts: Iterable[Cut]) -> list[list[Cut]]:
    """The pairs that share their sentences: those of one close, and of one relation."""
    found: dict[tuple[str, str], list[Cut]] = {}
    for cut in cuts:
        found.setdefault((cut.pair.id, cut.pair.relation), []).append(cut)
    return list(found.values())


class Maker:
    """Turns groups of cut pairs into examples."""

    def __init__(self, seed: int, tokenizer: Tokenizer) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - of examples
        self._tokenizer = tokenizer
        self._marks = marks_of(tokenizer)

    def epoch(
        self, groups: Sequence[Sequence[Cut]], shares: Mapping[Relation, float]
    ) -> list[Example]:
        """Every group as often as its relation's share says, each time varied."""
        found = [
            each
            for group in groups
            for _ in range(self._times(shares[group[0].pair.relation]))
            for each in self.examples(group, vary=True)
        ]
        self.chance.shuffle(found)
        return found

    def examples(self, group: Sequence[Cut], *, vary: bool = False) -> Iterator[Example]:
        """A group as one input, or as several where it has too many texts or sentences."""
        relation = group[0].pair.relation
        cuts = list(group)
        if vary and relation != "posting":
            self.chance.shuffle(cuts)
            if len(cuts) > 2 and self._draw(FEWER):
                cuts = cuts[: self.chance.randint(2, len(cuts))]
        columns = [list(column) for column in zip(*(cut.pieces for cut in cuts), strict=True)]
        *sentences, whole = columns
        if vary and relation != "posting":
            sentences = self._varied(sentences, rough=group[0].pair.rough)
        told = self._ids(TELLING[relation])
        texts = [self._ids(cut.pair.beside)[:LONGEST_TEXT] for cut in cuts]
        said = [self._ids(column[0].text)[:LONGEST_SENTENCE] for column in sentences]
        for rows in windows([len(ids) + 1 for ids in texts], TEXTS_WINDOW):
            for own in windows([len(ids) for ids in said], WINDOW):
                ids, held, spoken = laid_out(
                    self._marks, told, [texts[n] for n in rows], [said[n] for n in own]
                )
                # A part of the sentences is no whole.
                complete = len(own) == len(said) and relation != "posting"
                read = [*(sentences[n] for n in own), whole]
                yield Example(
                    ids,
                    held,
                    spoken,
                    self._table([[column[n] for column in read] for n in rows], "labels"),
                    self._known([[column[n] for column in read] for n in rows], relation, complete),
                    _cues([column[0] for column in read]),
                )

    def _known(self, rows: list[list[Piece]], relation: str, complete: bool) -> np.ndarray:  # noqa: FBT001
        known = 1 - self._table(rows, "unknown")
        known *= [label in READ[relation] for label in LABELS]
        if not complete:
            known[:, -1] = 0
        return known

    def _table(self, rows: list[list[Piece]], name: str) -> np.ndarray:
        return np.array(
            [[[label in getattr(each, name) for label in LABELS] for each in row] for row in rows],
            np.float32,
        )

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _times(self, share: float) -> int:
        return int(share) + self._draw(share % 1)

    def _draw(self, chance: float) -> bool:
        return self.chance.random() < chance

    def _varied(self, columns: list[list[Piece]], *, rough: bool) -> list[list[Piece]]:
        found = columns
        if len(found) > 1 and self._draw(JOINED):
            at = self.chance.randrange(len(found) - 1)
            pair = [joined(a, b) for a, b in zip(found[at], found[at + 1], strict=True)]
            found = [*found[:at], pair, *found[at + 2 :]]
        silent = [n for n, column in enumerate(found) if not any(each.labels for each in column)]
        if len(found) > 2 and silent and self._draw(DROPPED):
            gone = self.chance.choice(silent)
            found = [column for n, column in enumerate(found) if n != gone]
        if not rough and self._draw(REWRITTEN):
            texts = [writing.written(column[0].text, self.chance) for column in found]
            found = [
                [replace(each, text=text) for each in column]
                for column, text in zip(found, texts, strict=True)
            ]
        return found


def _cues(column: list[Piece]) -> np.ndarray:
    own = np.array([piece.cues for piece in column], dtype=np.float32)
    before = np.vstack([np.zeros_like(own[:1]), own[:-1]])
    before[-1] = 0
    return np.hstack([own, before])


def tensors(examples: Sequence[Example]) -> dict[str, torch.Tensor]:
    """A batch, as the network takes it."""
    count = len(examples)
    length = max(len(each.ids) for each in examples)
    texts = max(len(each.texts) for each in examples)
    sentences = max(len(each.sentences) for each in examples)
    labels = examples[0].labels.shape[-1]
    batch = {
        "ids": torch.zeros(count, length, dtype=torch.long),
        "mask": torch.zeros(count, length, dtype=torch.long),
        "texts": torch.zeros(count, texts, length),
        "sentences": torch.zeros(count, sentences, length),
        "cues": torch.zeros(count, sentences, examples[0].cues.shape[1]),
        "labels": torch.zeros(count, texts, sentences, labels),
        "known": torch.zeros(count, texts, sentences, labels),
    }
    for row, each in enumerate(examples):
        batch["ids"][row, : len(each.ids)] = torch.tensor(each.ids)
        batch["mask"][row, : len(each.ids)] = 1
        for name, places in (("texts", each.texts), ("sentences", each.sentences)):
            for number, (start, end) in enumerate(places):
                batch[name][row, number, start:end] = 1 / (end - start)
        batch["cues"][row, : len(each.cues)] = torch.from_numpy(each.cues)
        shape = each.labels.shape
        batch["labels"][row, : shape[0], : shape[1]] = torch.from_numpy(each.labels)
        batch["known"][row, : shape[0], : shape[1]] = torch.from_numpy(each.known)
    return batch


def batches(
    examples: Sequence[Example], most: int, chance: random.Random
) -> Iterator[list[Example]]:
    """Batches of about `most` tokens, of examples of about one length, in a random order."""
    order = sorted(examples, key=lambda each: len(each.ids) + 8 * chance.random())
    groups: list[list[Example]] = [[]]
    for each in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(each.ids) > most:
            groups.append([])
        groups[-1].append(each)
    chance.shuffle(groups)
    yield from groups
