"""What was said, when, and whether it was heard."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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
    heard
        Whether there is sound of speech under it. Typed words always are.
    """

    text: str
    span: Span
    start_s: float | None = None
    end_s: float | None = None
    probability: float | None = None
    heard: bool = True


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
    heard: bool = True


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
                    word.heard,
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

    @property
    def heard_text(self) -> str:
        """The text with every unheard word blanked out, of the same length.

        What looks for meaning reads this, so that nothing rests on a word that
        was never said while every position still holds.
        """
        text = self.text
        for word in self.words:
            if not word.heard:
                blank = " " * (word.span.end - word.span.start)
                text = text[: word.span.start] + blank + text[word.span.end :]
        return text

    @property
    def heard_words(self) -> tuple[Word, ...]:
        """The words with sound of speech under them."""
        return tuple(word for word in self.words if word.heard)

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

    def marked(self, heard: Sequence[bool]) -> Transcript:
        """The same words, each with its place in `heard` as `Word.heard`."""
        pairs = zip(self.words, heard, strict=True)
        return replace(self, words=tuple(replace(word, heard=is_heard) for word, is_heard in pairs))
