"""Speech without filler sounds, fillers, and words said twice; nothing is added to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.transcript import filler_sound

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_REPEAT: Final = 4
"""Words that are said again while one searches for the next. Ours."""

_SMALL: Final = re.compile(
    "a|an|and|as|at|but|for|from|i|in|is|it|my|of|on|or|our|so|the|they|to|was|we|were|with|"
    "you|your|i'm|i've|i'd|it's"
)
"""Words that are never written twice in a row; "had had" and "that that" are."""

_MENDED: Final = {
    "i": "I",
    "im": "I'm",
    "ive": "I've",
    "i'm": "I'm",
    "i've": "I've",
    "i'd": "I'd",
    "i'll": "I'll",
    "dont": "don't",
    "didnt": "didn't",
    "doesnt": "doesn't",
    "isnt": "isn't",
    "wasnt": "wasn't",
    "couldnt": "couldn't",
    "wouldnt": "wouldn't",
    "havent": "haven't",
    "thats": "that's",
    "youre": "you're",
    "youve": "you've",
    "theres": "there's",
    "whats": "what's",
    "whos": "who's",
}
"""Spelling that carries no doubt, where a close was written down without any: "ill" and "id"
may be other words."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it was written, and whether it fills time."""

    text: str
    filler: bool = False

    @property
    def bare(self) -> str:
        """The word alone, in lower case."""
        return self.text.strip('.,!?;:…–—-"“”()').replace("’", "'").lower()


def cleaned(words: Sequence[Token], *, mend: bool = False) -> str:
    """Join what is left of words; empty where nothing is.

    Parameters
    ----------
    words
        Those that count, in order.
    mend
        Put capitals and apostrophes where there is but one way to write the word.

    >>> cleaned([Token(each) for each in "And we lost, uh, we lost one.".split()])
    'And we lost one.'
    >>> cleaned([Token(each) for each in "from 3 % to 1".split()])
    'from 3% to 1'
    >>> cleaned([Token("here,"), Token("like,", filler=True), Token("really.")])
    'here, really.'
    """
    kept: list[Token] = []
    searching: set[int] = set()
    for word in words:
        sound = filler_sound(word.text)
        if sound is None and not word.filler:
            kept.append(Token(_mended(word.text)) if mend else word)
            continue
        if kept:
            last = kept[-1].text
            if sound is not None and last.endswith(",") and word.text.endswith(","):
                last = last[:-1]
            if word.text[-1:] in ".!?":
                last = last.rstrip(",;:") + word.text[-1]
            kept[-1] = Token(last)
            searching.add(len(kept) - 1)
    text = " ".join(each.text for each in _once(kept, searching))
    # So numbers are recognised, and nobody writes them.
    return re.sub(r"(?<=\d) %", "%", text)


def _once(words: list[Token], searching: set[int]) -> list[Token]:
    """Leave out the first of what was said twice in a row."""
    left: list[Token] = []
    place = 0
    while place < len(words):
        size = _repeated(words, place, searching)
        if size == 0:
            left.append(words[place])
        elif words[place].text[:1].isupper():
            # What stays begins the sentence as the first did.
            again = words[place + size].text
            words[place + size] = Token(again[:1].upper() + again[1:])
        place += max(size, 1)
    return left


def _repeated(words: list[Token], place: int, searching: set[int]) -> int:
    """How many words from here are said again at once; 0 where they are meant."""
    for size in range(LONGEST_REPEAT, 0, -1):
        first, again = words[place : place + size], words[place + size : place + 2 * size]
        if [each.bare for each in first] != [each.bare for each in again]:
            continue
        last = first[-1]
        broken = place + size - 1 in searching or last.text.endswith((",", "…", "-"))
        if size > 1 or broken or _SMALL.fullmatch(last.bare):
            return size
    return 0


def _mended(text: str) -> str:
    bare = re.match(r"[\w'’]*", text)
    word = bare[0] if bare else ""
    return _MENDED.get(word.replace("’", "'"), word) + text[len(word) :]
