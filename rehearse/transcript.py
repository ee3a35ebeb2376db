"""What was said, when, and whether it was heard."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Unheard = Literal["no voice", "no sense", "no filler"]
"""Why a word that was written does not count as said: nothing like a voice is under it; it
stands in sound that the recogniser could make no sense of; it is an "um" where nothing
sounds like one."""

About = Literal["concern", "no_concern", "the same", "settled"]

FILLER_SOUNDS: Final = re.compile(r"(?:u+h*m+|u+h+|e+r+m*|a+h+|h+m+)", re.IGNORECASE)
"""How um, uh, er, erm, ah and hm are written. "Mm" and "uh-huh" say yes."""


def filler_sound(text: str) -> str | None:
    """The filler sound that a written word is, in lower case, or None where it is a word."""
    text = text.strip()
    # An apostrophe makes it a word: "hardly know 'er".
    if text.startswith(("'", "’")):
        return None
    bare = text.strip(".,!?;:…–—-\"'“”()")
    return bare.lower() if FILLER_SOUNDS.fullmatch(bare) else None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of `Transcript.text`: characters `start` up to, not with, `end`."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Tell whether at least one character lies in both."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether every character of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Word:
    """One word, its place in the text and, where there was sound, in time.

    Parameters
    ----------
    text
        As the recogniser or the typist wrote it, punctuation included.
    span
        Its characters in `Transcript.text`.
    start_s, end_s
        Seconds from the start of the source; None for typed words.
    probability
        The recogniser's, in [0, 1]; None for typed words.
    unheard
        Why it does not count as said, or None where it does. Typed words always do.
    speaker
        Whose voice it is, counted from 1 in the order in which they are first heard; None
        where there is one.
    theirs
        Whether somebody else than the candidate says it.
    """

    text: str
    span: Span
    start_s: float | None = None
    end_s: float | None = None
    probability: float | None = None
    unheard: Unheard | None = None
    speaker: int | None = None
    theirs: bool = False

    @property
    def heard(self) -> bool:
        """Whether there is sound of speech under it."""
        return self.unheard is None

    @property
    def counts(self) -> bool:
        """Whether the candidate said it."""
        return self.heard and not self.theirs


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word as an engine hears it, before it has a place in a text.

    `text` may carry the blank before it; times are seconds from the start of the
    source; `probability` is in [0, 1].
    """

    text: str
    start_s: float
    end_s: float
    probability: float = 1.0
    unheard: Unheard | None = None


@dataclass(frozen=True, slots=True)
class FillerSound:
    """A filler sound that an engine heard and did not write.

    Seconds from the start of the source, and how surely, in [0, 1].
    """

    start_s: float
    end_s: float
    probability: float


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """What somebody said whom no recording holds.

    Parameters
    ----------
    at_s
        When, in seconds of the source.
    text
        The words.
    about
        What it is, where that is known: a concern, none, or more about what they said before.
    """

    at_s: float
    text: str
    about: About | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words in order and the text that they make."""

    text: str
    words: tuple[Word, ...]

    @classmethod
    def of_speech(cls, spoken: Iterable[Spoken]) -> Transcript:
        """Join the words that engines heard, one blank between two."""
        text = ""
        words: list[Word] = []
        for word in spoken:
            bare = " ".join(word.text.split())
            if not bare:
                continue
            start = len(text) + 1 if text else 0
            text = f"{text} {bare}" if text else bare
            words.append(
                Word(
                    bare,
                    Span(start, len(text)),
                    word.start_s,
                    word.end_s,
                    word.probability,
                    word.unheard,
                )
            )
        return cls(text, tuple(words))

    @classmethod
    def of_text(cls, text: str) -> Transcript:
        """Take a typed close as it stands; words are what blanks separate."""
        text = text.strip()
        return cls(
            text,
            tuple(
                Word(match.group(), Span(match.start(), match.end()))
                for match in re.finditer(r"\S+", text)
                if re.search(r"\w", match.group())
            ),
        )

    @classmethod
    def of_turns(cls, turns: Iterable[tuple[str, bool]]) -> Transcript:
        """Put typed turns one below the other.

        Parameters
        ----------
        turns
            The words of each, and whether they are somebody else's than the candidate's.
        """
        text = ""
        words: list[Word] = []
        numbers: dict[bool, int] = {}
        for said, theirs in turns:
            start = len(text) + 1 if text else 0
            text = f"{text}\n{said.strip()}" if text else said.strip()
            speaker = numbers.setdefault(theirs, len(numbers) + 1)
            words.extend(
                replace(
                    word,
                    span=Span(start + word.span.start, start + word.span.end),
                    speaker=speaker,
                    theirs=theirs,
                )
                for word in cls.of_text(said).words
            )
        return cls(text, tuple(words))

    def with_replies(self, replies: Iterable[Unrecorded]) -> Transcript:
        """Put in what an interviewer said who was not recorded, in order."""
        pending = list(replies)
        if not pending:
            return self
        number = max((word.speaker or 1 for word in self.words), default=1) + 1
        spoken: list[Word] = []
        for word in self.words:
            while pending and word.start_s is not None and word.start_s >= pending[0].at_s:
                spoken.extend(_said(pending.pop(0), number))
            spoken.append(word)
        for each in pending:
            spoken.extend(_said(each, number))
        text, placed = "", []
        for word in spoken:
            start = len(text) + 1 if text else 0
            text = f"{text} {word.text}" if text else word.text
            placed.append(replace(word, span=Span(start, len(text))))
        return Transcript(text, tuple(placed))

    @property
    def own_text(self) -> str:
        """The text with every word blanked out that does not count, of the same length.

        What looks for meaning reads this, so that nothing rests on a word that the
        candidate never said while every position still holds.
        """
        text = self.text
        for word in self.words:
            if not word.counts:
                # Where somebody else speaks, a sentence ends.
                blank = ("\n" if word.theirs else " ") * (word.span.end - word.span.start)
                text = text[: word.span.start] + blank + text[word.span.end :]
        return text

    @property
    def own_words(self) -> tuple[Word, ...]:
        """The words that the candidate is heard to say."""
        return tuple(word for word in self.words if word.counts)

    def words_in(self, span: Span) -> tuple[Word, ...]:
        """The words that share a character with `span`."""
        first = bisect_right(self.words, span.start, key=lambda word: word.span.end)
        last = bisect_left(self.words, span.end, key=lambda word: word.span.start)
        return self.words[first:last]

    def time_of(self, span: Span) -> tuple[float | None, float | None]:
        """Start and end of `span` in seconds, or None and None without sound."""
        inside = self.words_in(span)
        if not inside:
            return None, None
        return inside[0].start_s, inside[-1].end_s


def _said(told: Unrecorded, speaker: int) -> list[Word]:
    """The words of somebody who was not recorded, all at one time."""
    return [
        Word(word, Span(0, 0), told.at_s, told.at_s, speaker=speaker, theirs=True)
        for word in told.text.split()
    ]
