"""All that a check may look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rehearse.transcript import Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Parsed

    from rehearse.delivery import Delivery, FillerWord
    from rehearse.language.tagger import Tags
    from rehearse.transcript import Transcript, Word


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence, parsed and tagged.

    Parameters
    ----------
    parsed
        spaCy's span; positions in it count from its own document.
    transcript
        The transcript that it is part of.
    tags
        What the tagger says of it.
    """

    parsed: Parsed
    transcript: Transcript
    tags: Tags

    @cached_property
    def span(self) -> Span:
        """Its characters in `Transcript.text`."""
        offset = self.parsed.doc.user_data["offset"]
        return Span(offset + self.parsed.start_char, offset + self.parsed.end_char)

    @property
    def text(self) -> str:
        """Its words, as the transcript has them."""
        return self.transcript.text[self.span.start : self.span.end]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words that the candidate is heard to say."""
        return tuple(word for word in self.transcript.words_in(self.span) if word.counts)

    def holds(self, label: str) -> bool:
        """Tell whether the tagger finds `label` in it."""
        return label in self.tags.present

    def span_of(self, start: int, end: int) -> Span:
        """Characters of `parsed.text` as a span of the transcript."""
        return Span(self.span.start + start, self.span.start + end)


@dataclass(frozen=True, eq=False)
class Close:
    """A transcript, how it was delivered, its sentences, and its words that fill time."""

    transcript: Transcript
    delivery: Delivery
    sentences: tuple[Sentence, ...]
    filler_words: tuple[FillerWord, ...] = ()

    def holding(self, label: str) -> tuple[Sentence, ...]:
        """The sentences in which the tagger finds `label`."""
        return tuple(sentence for sentence in self.sentences if sentence.holds(label))
