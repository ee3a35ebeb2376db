"""The interviewer's answers to the concerns question, and the responses to them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rehearse.exchange import MARKS, Exchange
from rehearse.transcript import Span, Transcript

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rehearse.close import Close, Sentence
    from rehearse.exchange import Quality, Reply
    from rehearse.language import Language
    from rehearse.matching.reader import Reader, Related
    from rehearse.transcript import About

OF_NO_CONCERN: Final = ("acknowledged", "defensive", "evasive", "dwelling")
"""Where there is no concern, there is nothing to clarify, to prove or to check."""


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
    found: list[Exchange] = []
    turns = turns_of(close.transcript)
    told = _told(close.transcript, turns, known or {})
    at = _first(turns, questions)
    while at is not None:
        said, _ = turns[at]
        asked = _asked(turns, at, questions)
        if at in told:
            concern = told[at] == "concern"
        else:
            reply = _reply(close.transcript, said, asked, language, reader)
            concern = reply.there("concern")
        if found and not concern:
            break  # "Yes, that helps" ends it.
        responses, at = _responses(close, turns, at, reader, told)
        found.append(_judged(close, Round(asked, said, responses), reader, concern=concern))
    return tuple(found)


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


def _first(turns: Sequence[tuple[Span, bool]], questions: Sequence[Span]) -> int | None:
    """Which turn answers the question; where none was asked, the first that is responded to."""
    theirs = [number for number, (_, other) in enumerate(turns) if other]
    for number in theirs:
        if _asked(turns, number, questions) is not None:
            return number
    return next((number for number in theirs if number + 1 < len(turns)), None)


def _asked(turns: Sequence[tuple[Span, bool]], at: int, questions: Sequence[Span]) -> Span | None:
    if not at:
        return None
    before = turns[at - 1][0]
    return next((each for each in reversed(questions) if before.covers(each)), None)


def _reply(
    transcript: Transcript, said: Span, asked: Span | None, language: Language, reader: Reader
) -> Related:
    words = transcript.text[said.start : said.end]
    question = "" if asked is None else transcript.text[asked.start : asked.end]
    (related,) = reader.read("reply", [question], language.sentences(words))
    return related


def _responses(
    close: Close,
    turns: Sequence[tuple[Span, bool]],
    at: int,
    reader: Reader,
    told: Mapping[int, About],
) -> tuple[tuple[Span, ...], int | None]:
    """The turns that respond to one, and the number of the next that may be an answer.

    What the interviewer says to a question about what is behind the concern is no new one.
    """
    responses: list[Span] = []
    said, _ = turns[at]
    for number in range(at + 1, len(turns)):
        span, theirs = turns[number]
        if not theirs:
            responses.append(span)
            continue
        if told.get(number) == "the same":
            continue
        if number in told:
            return tuple(responses), number
        if not responses or not _related(close, said, responses[-1:], reader).there("clarified"):
            return tuple(responses), number
    return tuple(responses), None


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
