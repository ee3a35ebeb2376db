"""A report that was kept, read from its JSON so that it can be shown again."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from rehearse.criterion import Answered, Criterion, Planned, Recalled
from rehearse.delivery import Delivery, Filler, FillerWord, Pause, Window
from rehearse.errors import HistoryError
from rehearse.exchange import MARKS, Exchange
from rehearse.finding import Finding, Level
from rehearse.report import Ear, Report
from rehearse.steps import STEPS
from rehearse.transcript import Span, Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


def report(told: Mapping[str, Any]) -> Report:
    """Make a report of what `rehearse.outputs.json` wrote.

    Voices and the quality of the recording are left out: what rests on them is in the notes
    and the measures.

    Raises
    ------
    HistoryError
        Where it is no report of this format.
    """
    with reading():
        return _report(told)


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Turn what is raised where a report is none into a `HistoryError`."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise HistoryError(
            f"The report cannot be read: {type(error).__name__}: {error}.",
            hint="It was damaged after it was kept; `rehearse forget` deletes it.",
        ) from error


def span_of(quoted: Mapping[str, Any]) -> Span:
    """Where a quotation stands."""
    return Span(quoted["start"], quoted["end"])


def transcript(told: Mapping[str, Any]) -> Transcript:
    """The words of a report, each with whose it is."""
    candidate = {each["speaker"] for each in told["voices"] or () if each["candidate"]}
    return Transcript(
        told["transcript"]["text"],
        tuple(
            Word(
                each["text"],
                span_of(each),
                each["start_s"],
                each["end_s"],
                each["probability"],
                each["unheard"],
                each["speaker"],
                theirs=each["speaker"] is not None and each["speaker"] not in candidate,
            )
            for each in told["transcript"]["words"]
        ),
    )


def _report(told: Mapping[str, Any]) -> Report:
    engine = told["engine"]
    findings = [_finding(each) for each in told["findings"]]
    for place, index in enumerate(told["fixes"]):
        # What came first comes first again.
        findings[index] = _finding(told["findings"][index], weight=float(len(findings) - place))
    return Report(
        source=told["source"],
        engine=None if engine is None else Ear(**engine),
        transcript=transcript(told),
        delivery=_delivery(told["measures"]),
        steps={
            step: tuple(span_of(each) for each in told["steps"][step]["evidence"]) for step in STEPS
        },
        facets=told["facets"],
        findings=tuple(findings),
        filler_words=tuple(
            FillerWord(each["text"], span_of(each), each["start_s"], each["end_s"])
            for each in told["measures"]["filler_words"]
        ),
        notes=tuple(told["notes"]),
        # Reports of before there were jobs and drills have none of these.
        exchanges=tuple(_exchange(each) for each in told.get("exchanges") or ()),
        criteria=_all(told.get("criteria"), _answered),
        recalled=_all(told.get("discussed"), _recalled),
        planned=_all(told.get("plan"), _planned),
        to=told.get("to"),
    )


def _all(told: Sequence[Any] | None, read: Callable[[Any], Any]) -> tuple[Any, ...] | None:
    return None if told is None else tuple(read(each) for each in told)


def _answered(told: Mapping[str, Any]) -> Answered:
    return Answered(
        Criterion(told["text"], told["rank"], told["level"]),
        _spans(told["evidence"]),
        _spans(told["mentions"]),
    )


def _recalled(told: Mapping[str, Any]) -> Recalled:
    return Recalled(told["note"], _spans(told["quotations"]))


def _planned(told: Mapping[str, Any]) -> Planned:
    return Planned(told["part"], told["text"], _spans(told["quotations"]))


def _exchange(told: Mapping[str, Any]) -> Exchange:
    asked, response = told["asked"], told["response"]
    return Exchange(
        told["reply"],
        None if asked is None else span_of(asked),
        span_of(told["said"]),
        None if response is None else span_of(response),
        {mark: _spans(told["quotations"][mark]) for mark in MARKS},
        told["quality"],
    )


def _spans(quoted: Sequence[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(span_of(each) for each in quoted)


def _finding(told: Mapping[str, Any], weight: float = 0.0) -> Finding:
    return Finding(
        level=Level(told["level"]),
        message=told["message"],
        suggestion=told["suggestion"],
        at=None if told["at"] is None else span_of(told["at"]),
        weight=weight,
        check=told["check"],
    )


def _delivery(told: Mapping[str, Any]) -> Delivery:
    fillers, pauses, windows = told["fillers"], told["pauses"], told["windows"]
    return Delivery(
        duration_s=told["duration_s"],
        span_s=told["span_s"],
        speech_s=told["speech_s"],
        words=told["words"],
        pace_wpm=told["pace_wpm"],
        articulation_wpm=told["articulation_wpm"],
        fillers=None
        if fillers is None
        else tuple(Filler(e["text"], e["start_s"], e["end_s"], e["from"]) for e in fillers),
        pauses=None
        if pauses is None
        else tuple(Pause(each["start_s"], each["end_s"], each["where"]) for each in pauses),
        windows=None
        if windows is None
        else tuple(Window(each["start_s"], each["end_s"], each["pace_wpm"]) for each in windows),
        pitch_sd_st=told["pitch_sd_st"],
        pitch_range_st=told["pitch_range_st"],
        loudness_range_db=told["loudness_range_db"],
        withheld=told["withheld"],
    )
