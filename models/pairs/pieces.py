"""A pair, cut into sentences as the program cuts it, with its cues and labels."""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from rehearse.language.cues import cues
from rehearse.language.parser import load_parser
from rehearse.language.sentences import sentences_of
from rehearse.matching.relations import READ
from rehearse.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus import Pair

PROCESSES: Final = 2

MOST: Final = 0.5
"""A sentence has a quotation's label where this much of either lies in the other."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A sentence, or, last of its pair, all of them together."""

    text: str
    labels: frozenset[str]
    unknown: frozenset[str]
    cues: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A pair as the network reads it; the last piece is the whole."""

    pair: Pair
    pieces: tuple[Piece, ...]


def cut(pairs: Sequence[Pair]) -> list[Cut]:
    """Cut many, two at a time."""
    share = max(1, len(pairs) // (16 * PROCESSES))
    shares = [pairs[start : start + share] for start in range(0, len(pairs), share)]
    with get_context("spawn").Pool(PROCESSES) as pool:
        return [each for found in pool.map(_cut_share, shares) for each in found]


def _cut_share(pairs: Sequence[Pair]) -> list[Cut]:
    parser = load_parser()
    known: dict[Any, list] = {}
    return [_cut(pair, parser, known) for pair in pairs]


def _cut(pair: Pair, parser: Any, known: dict[Any, list]) -> Cut:
    key = pair.lines or pair.text
    if key not in known:
        known.clear()
        known[key] = _spans(pair, parser)
    labels = READ[pair.relation]
    pieces = []
    for start, end, text, marks in known[key]:
        has, may = set(), set()
        for each in pair.quotations:
            shared = min(end, each.end) - max(start, each.start)
            if shared <= 0:
                continue
            enough = MOST * min(end - start, each.end - each.start)
            (has if shared >= enough else may).add(each.label)
        # What only the whole is labelled with cannot be known of a sentence, if there are several.
        only = {"good", "bad", "concern"} & set(labels) if len(known[key]) > 1 else set()
        has |= pair.whole if len(known[key]) == 1 else set()
        pieces.append(Piece(text, frozenset(has), frozenset((may | only) - has), marks))
    everything = pair.whole | {each.label for each in pair.quotations}
    marks = np.max([piece.cues for piece in pieces], axis=0)
    pieces.append(Piece("", frozenset(everything), frozenset(), marks))
    return Cut(pair, tuple(pieces))


def _spans(pair: Pair, parser: Any) -> list[tuple[int, int, str, np.ndarray]]:
    if pair.lines:
        found, start = [], 0
        for line, doc in zip(pair.lines, parser.pipe(pair.lines), strict=True):
            found.append((start, start + len(line), line, cues(doc[:]).astype(np.uint8)))
            start += len(line) + 1
        return found
    found = []
    for span in sentences_of(parser, Transcript.of_text(pair.text)):
        start = span.doc.user_data["offset"] + span.start_char
        found.append((start, start + len(span.text), span.text, cues(span).astype(np.uint8)))
    return found
