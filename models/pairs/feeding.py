"""From pairs to what the network reads, and how often it reads each."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pieces
from examples import Example, joined
from network import encoder_folder
from tokenizers import Tokenizer

from rehearse.language.network import LONGEST_BESIDE, LONGEST_SENTENCE, WINDOW
from rehearse.matching.pairs import PAIR_LABELS, READ, TELLING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pieces import Cut, Piece

BEGIN: Final = 101
END: Final = 102

REWRITTEN: Final = 0.25
"""How often a pair is read as a recogniser would have written it."""

JOINED, DROPPED = 0.1, 0.08
"""How often two sentences are joined, and one is left out."""

UNSPOKEN, UNRECALLED = 0.35, 0.2
"""How many of the criteria, and of the notes, that a close does not speak to are read each time."""


class Maker:
    """Turns cut pairs into examples."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - of examples
        self._tokenizer = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def epoch(self, cuts: Iterable[Cut]) -> list[Example]:
        """Every pair that says something once, and some of the rest."""
        found = [self.example(each, vary=True) for each in cuts if self._wanted(each)]
        self.chance.shuffle(found)
        return found

    def _wanted(self, cut: Cut) -> bool:
        share = {"requirement": UNSPOKEN, "discussed": UNRECALLED}.get(cut.pair.relation, 1.0)
        return bool(cut.pieces[-1].labels) or self.chance.random() < share

    def example(self, cut: Cut, *, vary: bool = False) -> Example:
        """Put the pieces of one pair in a row, behind what they are held against."""
        *each, whole = cut.pieces
        beside = cut.pair.beside
        if vary and cut.pair.relation != "posting":
            each = self._varied(each)
            if not cut.pair.rough and self.chance.random() < REWRITTEN:
                each = [_rewritten(piece, self.chance) for piece in each]
        told = self._ids(TELLING[cut.pair.relation] + beside)[:LONGEST_BESIDE]
        ids, places, read = [BEGIN, *told, END], [], []
        first = len(ids)
        for piece in each:
            tokens = self._ids(piece.text)[:LONGEST_SENTENCE]
            if read and len(ids) - first + len(tokens) > WINDOW:
                break
            places.append((len(ids), len(ids) + len(tokens)))
            ids += tokens
            read.append(piece)
        places.append((first, len(ids)))
        ids.append(END)
        marks = np.array([piece.cues for piece in read], dtype=np.float32)
        before = np.vstack([np.zeros_like(marks[:1]), marks[:-1]])
        everything = np.hstack([whole.cues, np.zeros_like(whole.cues)]).astype(np.float32)
        rows = [*read, whole]
        known = frozenset(READ[cut.pair.relation])
        # A posting is read line by line; as a whole it is nothing.
        counts = [
            [
                label in known
                and label not in row.unknown
                and not (row is whole and cut.pair.relation == "posting")
                for label in PAIR_LABELS
            ]
            for row in rows
        ]
        return Example(
            ids,
            places,
            np.array([[label in row.labels for label in PAIR_LABELS] for row in rows], np.float32),
            np.array(counts, np.float32),
            np.vstack([np.hstack([marks, before]), everything[None]]),
        )

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _varied(self, whole: Sequence[Piece]) -> list[Piece]:
        found = list(whole)
        if len(found) > 1 and self.chance.random() < JOINED:
            at = self.chance.randrange(len(found) - 1)
            found[at : at + 2] = [joined(*found[at : at + 2])]
        if len(found) > 2 and self.chance.random() < DROPPED:
            silent = [number for number, each in enumerate(found) if not each.labels]
            if silent:
                del found[self.chance.choice(silent)]
        return found


def _rewritten(piece: Piece, chance: random.Random) -> Piece:
    return replace(piece, text=pieces.as_recognised(piece.text, chance))
