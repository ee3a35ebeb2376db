"""Sentences and words of a text, as phrases are looked for in them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rehearse.history.small_words import SMALL
from rehearse.transcript import FILLER_SOUNDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.history.small_words import Ngram

LONGEST: Final = 6
"""Words of a phrase: "at the end of the day" has six."""

_APOSTROPHES: Final = {
    each.replace("'", ""): each
    for each in SMALL
    if "'" in each and each not in {"we're", "we'd", "we'll", "it's", "let's"}
}
"""Words by what is left of them without an apostrophe, where that is no other word."""

_WISHING: Final = frozenset(
    ["i'd", "you'd", "he'd", "she'd", "we'd", "they'd", "would", "wouldn't"]
)

_WISHED: Final = "like to"
"""What "like" is after these: a verb, and no small word."""

_PIECES: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d[\d.,]*\d|\d|[.!?…;:—–()\n]")

_ENDS: Final = frozenset(".!?…;:—–()\n")


@lru_cache(maxsize=256)  # the takes of a label are among all takes
def split(text: str) -> tuple[Ngram, ...]:
    """Cut a text into its sentences, and them into words in lower case, filler sounds left out.

    An apostrophe is written `'`, and put back where a recogniser left it out ("dont"). A word
    with a hyphen is its parts.
    """
    sentences: list[Ngram] = []
    words: list[str] = []
    for piece in _PIECES.findall(text.lower().replace("’", "'").replace("‘", "'")):
        if piece in _ENDS:
            if words:
                sentences.append(tuple(words))
                words = []
        elif piece == "like" and words and words[-1] in _WISHING:
            words.append(_WISHED)
        elif (word := _word(piece)) is not None:
            words.append(word)
    return (*sentences, tuple(words)) if words else tuple(sentences)


@lru_cache(maxsize=8192)
def _word(piece: str) -> str | None:
    """A word as it is compared; None for a filler sound."""
    return None if FILLER_SOUNDS.fullmatch(piece) else _APOSTROPHES.get(piece, piece)


def ngrams(sentence: Ngram, length: int) -> Iterator[Ngram]:
    """Give every run of so many words in a sentence, in their order."""
    return zip(*(sentence[start:] for start in range(length)), strict=False)
