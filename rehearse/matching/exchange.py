"""The interviewer's answers to the concerns question, and the responses to them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rehearse.exchange import MARKS, OF_NO_CONCERN, Exchange
from rehearse.transcript import Span, Transcript

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rehearse.close import Close, Sentence
    from rehearse.exchange import Quality, Reply
    from rehearse.language import Language
    from rehearse.matching.reader import Reader, Related
    from rehearse.transcript import About


@dataclass(frozen=True, slots=True)
class Round:
    """One answer of theirs, and the turns of the candidate that respond to it."""

    asked: Span | None
    said: Span
    responses: tuple[Span, ...]


def exchanges(
    close: Close,
    questions: Sequence[Span],
    language: Language,
    reader: Reader,
    known: Mapping[float, About] | None = None,
) -> tuple[Exchange, ...]:
    """Judge every exchange of a conversation; none where nobody else speaks.

    Parameters
    ----------
    close
        With its sentences.
    questions
        Where the concerns question was asked.
    language, reader
        The loaded models.
    known
        What an answer of theirs is, where that is known, by when it was said, in seconds.
    """
    turns = turns_of(close.transcript)
    told = _told(close.transcript, turns, known or {})
    talk = _Conversation(close, turns, questions, told, language, reader)
    found: list[Exchange] = []
    at = talk.first()
    while at is not None:
        concern = talk.concern(at)
        if found and not concern:
            break  # "Yes, that helps" ends it.
        responses, following = talk.responses(at)
        heard = Round(talk.asked(at), talk.turns[at][0], responses)
        found.append(_judged(close, heard, reader, concern=concern))
        at = following
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Conversation:
    """Who answers what.

    Parameters
    ----------
    close, questions, language, reader
        As `exchanges` takes them.
    turns
        As `turns_of` gives them.
    told
        What is known of some of them, by their number.
    """

    close: Close
    turns: Sequence[tuple[Span, bool]]
    questions: Sequence[Span]
    told: Mapping[int, About]
    language: Language
    reader: Reader

    def first(self) -> int | None:
        """Which turn answers the question; where nobody asked, the first concern after a close.

        A drill knows it, also where the question was not understood.
        """
        for number, about in self.told.items():
            if about in {"concern", "no_concern"}:
                return number
        theirs = [number for number, (_, other) in enumerate(self.turns) if other]
        for number in theirs:
            if self.asked(number) is not None:
                return number
        answered = (number for number in theirs if 0 < number < len(self.turns) - 1)
        return next((number for number in answered if self.concern(number)), None)

    def asked(self, at: int) -> Span | None:
        """The concerns question just before a turn."""
        if not at:
            return None
        before = self.turns[at - 1][0]
        return next((each for each in reversed(self.questions) if before.covers(each)), None)

    def concern(self, at: int) -> bool:
        """Whether a turn of theirs is one."""
        if at in self.told:
            return self.told[at] == "concern"
        (said, _), asked, text = self.turns[at], self.asked(at), self.close.transcript.text
        question = "" if asked is None else text[asked.start : asked.end]
        sentences = self.language.sentences(text[said.start : said.end])
        (related,) = self.reader.read("reply", [question], sentences)
        return related.there("concern")

    def responses(self, at: int) -> tuple[tuple[Span, ...], int | None]:
        """The turns that respond to one, and the number of the next that may be an answer.

        What the interviewer says to a question about what is behind the concern is no new one.
        """
        responses: list[Span] = []
        said, _ = self.turns[at]
        for number in range(at + 1, len(self.turns)):
            span, theirs = self.turns[number]
            if not theirs:
                responses.append(span)
                continue
            about = self.told.get(number)
            if about == "the same":
                continue
            if about == "settled":
                return tuple(responses), None
            if about is None and responses:
                related = _related(self.close, said, responses[-1:], self.reader)
                if related.there("clarified"):
                    continue
            return tuple(responses), number
        return tuple(responses), None


def _told(
    transcript: Transcript, turns: Sequence[tuple[Span, bool]], known: Mapping[float, About]
) -> dict[int, About]:
    """What is known of a turn, by its number."""
    found: dict[int, About] = {}
    for number, (span, theirs) in enumerate(turns):
        at_s = transcript.time_of(span)[0]
        if theirs and at_s is not None and at_s in known:
            found[number] = known[at_s]
    return found


def turns_of(transcript: Transcript) -> list[tuple[Span, bool]]:
    """Who speaks from where to where, and whether it is somebody else than the candidate."""
    heard = [word for word in transcript.words if word.heard]
    return [
        (Span(words[0].span.start, words[-1].span.end), theirs)
        for theirs, group in groupby(heard, lambda word: word.theirs)
        for words in [list(group)]
    ]


def _related(close: Close, said: Span, responses: Sequence[Span], reader: Reader) -> Related:
    words = close.transcript.text[said.start : said.end]
    sentences = [each.parsed for each in _within(close, responses)]
    (related,) = reader.read("response", [words], sentences)
    return related


def _within(close: Close, spans: Sequence[Span]) -> list[Sentence]:
    return [each for each in close.sentences if any(span.overlaps(each.span) for span in spans)]


def _judged(close: Close, heard: Round, reader: Reader, *, concern: bool) -> Exchange:
    reply: Reply = "concern" if concern else "no_concern"
    response = Span(heard.responses[0].start, heard.responses[-1].end) if heard.responses else None
    sentences = _within(close, heard.responses)
    if response is None or not sentences:
        nothing: dict[str, tuple[Span, ...]] = dict.fromkeys(MARKS, ())
        return Exchange(reply, heard.asked, heard.said, None, nothing, None)
    related = _related(close, heard.said, heard.responses, reader)
    told: tuple[str, ...] = MARKS if concern else OF_NO_CONCERN
    if related.whole["good"] >= related.whole["bad"]:
        # "I can see why, I did not say so" fights nobody, whatever its words look like.
        told = tuple(mark for mark in told if mark != "defensive")
    marks = {
        mark: tuple(_proofs(sentences, related, mark)) if mark in told else () for mark in MARKS
    }
    return Exchange(reply, heard.asked, heard.said, response, marks, quality(related))


def _proofs(sentences: Sequence[Sentence], related: Related, mark: str) -> Iterator[Span]:
    yield from (sentences[number].span for number in related.proofs(mark))


def quality(related: Related) -> Quality:
    """How good a response is: what is likelier, and mixed where neither is likely."""
    good, bad = related.whole["good"], related.whole["bad"]
    if max(good / related.threshold["good"], bad / related.threshold["bad"]) < 1:
        return "mixed"
    return "good" if good / related.threshold["good"] >= bad / related.threshold["bad"] else "bad"
