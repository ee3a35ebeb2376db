"""A close, held against what is known of the interview, and judged."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from rehearse.checks.steps.evidence import evidence
from rehearse.finding import Level
from rehearse.interview import Interview
from rehearse.report import Ear, Report
from rehearse.screening import require_english_posting
from rehearse.steps import FACETS, STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rehearse.checks.check import Check
    from rehearse.close import Close
    from rehearse.criterion import Criterion
    from rehearse.finding import Finding
    from rehearse.interview.posting import Posting
    from rehearse.language import Language
    from rehearse.matching.reader import Reader
    from rehearse.transcript import About

ALONE: Final = Interview()
"""Nothing that a close is held against."""

NOTHING: Final[Mapping[float, About]] = {}


class Reading(Protocol):
    """The loaded models of a run that read words; each waits for its own."""

    def language(self) -> Language:
        """What parses and tags them."""

    def reader(self) -> Reader:
        """What holds sentences against a text."""


def held(
    close: Close, interview: Interview, models: Reading, *, known: Mapping[float, About] = NOTHING
) -> Close:
    """Hold a close against the job, what was discussed, and what the interviewer answered.

    The network for that is loaded only where there is something to hold it against.

    Parameters
    ----------
    close, interview, models
        What, against what, and with what.
    known
        What the interviewer said, where that is known, by when: in seconds of the source.

    Raises
    ------
    PostingError
        Where the posting asks for nothing.
    """
    close = replace(close, audience=interview.audience)
    conversation = any(word.theirs and word.heard for word in close.transcript.words)
    if not (conversation or interview.compared):
        return close
    from rehearse.matching.close import answered, planned, recalled
    from rehearse.matching.exchange import exchanges

    language, reader = models.language(), models.reader()
    if conversation:
        questions = evidence(close, "concerns")
        close = replace(close, exchanges=exchanges(close, questions, language, reader, known))
    if interview.posting is not None:
        criteria = asked_for(interview.posting, models)
        close = replace(close, criteria=answered(criteria, close, reader))
    if interview.notes is not None:
        close = replace(close, recalled=recalled(interview.notes, close, reader))
    if interview.plan is not None:
        questions = evidence(close, "concerns")
        close = replace(close, planned=planned(interview.plan, close, questions, reader))
    return close


def ready(interview: Interview, models: Reading) -> None:
    """Load what `held` will need, where there is time before it is asked for.

    Raises
    ------
    AssetError, ModelError
        Where the weights are missing, damaged or do not load.
    """
    if interview.compared:
        models.reader()


def asked_for(posting: Posting, models: Reading) -> tuple[Criterion, ...]:
    """What a job asks for, the most important first.

    Raises
    ------
    LanguageError
        Where it is not in English.
    PostingError
        Where it asks for nothing.
    """
    language = models.language()  # before the words are looked at, as in `_of_words`
    require_english_posting((each.text for each in posting.lines), posting.name)
    return _criteria(posting, language, models.reader())


@lru_cache(maxsize=8)
def _criteria(posting: Posting, language: Language, reader: Reader) -> tuple[Criterion, ...]:
    """What a job asks for, read once in a run: each take and each file asks again."""
    from rehearse.matching.posting import criteria_of

    return criteria_of(posting, language, reader)


def judge(
    close: Close, source: str, ear: Ear | None, notes: Sequence[str], checks: Sequence[Check]
) -> Report:
    """Run the checks over a close."""
    findings = tuple(finding for check in checks for finding in check.run(close))
    return Report(
        source=source,
        engine=ear,
        transcript=close.transcript,
        delivery=close.delivery,
        steps={step: evidence(close, step) for step in STEPS},
        facets=_facets(close, findings),
        findings=findings,
        filler_words=close.filler_words,
        notes=tuple(notes),
        exchanges=close.exchanges,
        criteria=close.criteria,
        recalled=close.recalled,
        planned=close.planned,
        to=None if close.audience is None else close.audience.name,
    )


def _facets(close: Close, findings: Sequence[Finding]) -> dict[str, bool]:
    """What else was there; "So, when do I start?" is no question about the next steps."""
    lines = [
        finding.at
        for finding in findings
        if finding.check == "wording.cheesy" and finding.level is Level.FIX and finding.at
    ]
    sincere = [
        sentence
        for sentence in close.sentences
        if not any(line.overlaps(sentence.span) for line in lines)
    ]
    return {facet: any(sentence.holds(facet) for sentence in sincere) for facet in FACETS}
