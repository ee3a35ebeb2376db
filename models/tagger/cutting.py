"""A labelled close, cut into sentences as the program would cut it, with its cues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from rehearse.language.cues import cues
from rehearse.language.sentences import sentences_of
from rehearse.transcript import Transcript

if TYPE_CHECKING:
    from reading import Said
    from spacy.language import Language

MOST: Final = 0.5
"""A piece has a sentence's labels from this share of the sentence on."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """What the program takes for a sentence.

    `unknown` are labels of a sentence that this piece holds a small part of: it may
    be the part that earned them, or not.
    """

    text: str
    labels: frozenset[str]
    unknown: frozenset[str]
    cues: np.ndarray


def as_labelled(said: Said, parser: Language) -> tuple[Piece, ...]:
    """Cut where its writer cut it."""
    texts = [said.text[each.start : each.end] for each in said.sentences]
    return tuple(
        Piece(text, sentence.labels, frozenset(), cues(doc[:]).astype(np.uint8))
        for text, sentence, doc in zip(texts, said.sentences, parser.pipe(texts), strict=True)
    )


def as_the_program_does(said: Said, parser: Language) -> tuple[Piece, ...]:
    """Cut where the program cuts it; labels go to the pieces that hold their sentence."""
    spans = sentences_of(parser, Transcript.of_text(said.text))
    places = []
    for span in spans:
        start = span.doc.user_data["offset"] + span.start_char
        places.append((start, start + len(span.text)))
    labels: list[set[str]] = [set() for _ in spans]
    unknown: list[set[str]] = [set() for _ in spans]
    for sentence in said.sentences:
        shares = [
            max(0, min(end, sentence.end) - max(start, sentence.start)) for start, end in places
        ]
        if not any(shares):
            continue
        longest = max(range(len(shares)), key=shares.__getitem__)
        for number, share in enumerate(shares):
            if number == longest or share >= MOST * (sentence.end - sentence.start):
                labels[number] |= sentence.labels
            elif share:
                unknown[number] |= sentence.labels
    return tuple(
        Piece(span.text, frozenset(has), frozenset(may - has), cues(span).astype(np.uint8))
        for span, has, may in zip(spans, labels, unknown, strict=True)
    )
