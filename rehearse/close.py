"""All that a check may look at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from rehearse.transcript import Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Parsed

    from rehearse.criterion import Answered, Planned, Recalled
    from rehearse.delivery import Delivery, FillerWord
    from rehearse.exchange import Exchange
    from rehearse.interview.audience import Audience
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
    """A transcript and everything that is known of it.

    Parameters
    ----------
    transcript, delivery
        What was said, and how.
    sentences
        The candidate's, in order.
    filler_words
        Words that fill time.
    exchanges
        The interviewer's answers to the concerns question, and the responses to them.
    criteria
        What the job asks for, the most important first; None where no job was given.
    recalled
        What was discussed before; None where no notes were given.
    planned
        What was to be said; None where there is no plan.
    audience
        Whom it is for; None where nobody said.
    """

    transcript: Transcript
    delivery: Delivery
    sentences: tuple[Sentence, ...]
    filler_words: tuple[FillerWord, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    criteria: tuple[Answered, ...] | None = None
    recalled: tuple[Recalled, ...] | None = None
    planned: tuple[Planned, ...] | None = None
    audience: Audience | None = None

    @property
    def own_turn(self) -> Close:
        """The same with what was said before the interviewer answered: all, where they did not."""
        if not self.exchanges:
            return self
        end = self.exchanges[0].said.start
        return replace(self, sentences=tuple(s for s in self.sentences if s.span.start < end))

    def holding(self, label: str) -> tuple[Sentence, ...]:
        """The sentences in which the tagger finds `label`."""
        return tuple(sentence for sentence in self.sentences if sentence.holds(label))
