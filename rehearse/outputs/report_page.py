"""The report as a page: what its template shows, and the whole of it as one HTML file."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final

from rehearse.outputs import held, passages, summary, timeline
from rehearse.outputs.harmless import harmless
from rehearse.outputs.kept import report as kept
from rehearse.outputs.one_file import page
from rehearse.outputs.sessions import headline
from rehearse.outputs.templating import text_of
from rehearse.outputs.waveform import peaks
from rehearse.steps import STEP_NAMES, STEPS
from rehearse.timecode import clock

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rehearse.finding import Finding
    from rehearse.report import Report
    from rehearse.session import Session
    from rehearse.transcript import Span

PART: Final = "parts/report.html"

STYLES: Final = ("page.css", "report.css")
"""What the page looks like, in this order."""

SCRIPT: Final = "report.js"
"""What plays its sound."""

SIGNS: Final = {"✓": "good", "~": "half", "✗": "bad", "!": "bad", "·": "quiet"}
"""How each sign of `rehearse.outputs.held` is coloured."""

LEVELS: Final = {"must": "must", "plus": "a plus"}
"""How important a criterion is."""


def html(session: Session, *, sound: Path | None = None) -> str:
    """Write a session as a page that needs no other file, and no network.

    Parameters
    ----------
    session
        With its report.
    sound
        Its FLAC file, to be put into the page; None for a page without sound.

    Raises
    ------
    HistoryError
        Where the report cannot be read.
    SoundError
        Where the sound cannot be read.
    """
    shown = variables(
        session, sound=None if sound is None else _embedded(sound, session.from_s), checks=None
    )
    return page(
        PART,
        shown,
        title=f"Session {session.number}: {shown['report']['headline']}",
        styles=STYLES,
        scripts=[text_of(SCRIPT)],
        voice=sound is not None,
    )


def page_of(report: Mapping[str, Any]) -> str:
    """Write a report that belongs to no session as a page that needs no other file.

    Parameters
    ----------
    report
        As `rehearse.outputs.json` writes it, of an input that could be analysed.

    Raises
    ------
    HistoryError
        Where it is no report of this format.
    """
    shown = view(report)
    return page(
        PART,
        {"report": shown, "heading": shown["headline"], "sound": None, "checks": None},
        title=f"{shown['source']}: {shown['headline']}",
        styles=STYLES,
        scripts=[text_of(SCRIPT)],
    )


def variables(
    session: Session, *, sound: Mapping[str, Any] | None, checks: str | None
) -> dict[str, Any]:
    """What `parts/report.html` asks for, of a session that was kept.

    Parameters
    ----------
    session
        With its report.
    sound
        None, or `src`, `from_s`, `waveform_src` and `peaks`: where the sound is, how many
        seconds of the source come before it, and its peaks or where they are as JSON.
    checks
        What the address of a check's page begins with; None for names without a link.

    Raises
    ------
    HistoryError
        Where the report cannot be read.
    """
    return {
        "report": view(session.report),
        "heading": harmless(headline(session)),
        "sound": sound,
        "checks": checks,
    }


def view(report: Mapping[str, Any]) -> dict[str, Any]:
    """What is shown of a report.

    Parameters
    ----------
    report
        As `rehearse.outputs.json` writes it, of an input that could be analysed.

    Raises
    ------
    HistoryError
        Where it is no report of this format.
    """
    whole = kept(harmless(report))
    fixes = [whole.findings[index] for index in whole.fixes]
    numbered = dict(enumerate([*fixes, *summary.others(whole)], start=1))
    places = {number: each.at for number, each in numbered.items() if each.at is not None}
    turns = passages.turns(whole, places)
    marks = timeline.marks(whole, turns, places)
    remarks = [_remark(whole, each, number) for number, each in numbered.items()]
    return {
        "headline": summary.headline(whole),
        "source": summary.source(whole),
        "notes": whole.notes,
        "steps": [_step(whole, step) for step in STEPS],
        "fixes_title": summary.fixes_title(len(fixes)),
        "fixes": remarks[: len(fixes)],
        "others": remarks[len(fixes) :],
        "strengths": [_remark(whole, each, 0) for each in summary.strengths(whole)],
        "rounds": _rounds(whole),
        "criteria": [_row(each) for each in held.criteria(whole)],
        "criteria_told": held.criteria_told(whole),
        "recalled": [_row(each) for each in held.recalled(whole)],
        "planned": [_row(each) for each in held.planned(whole)],
        "duration_s": whole.delivery.duration_s or 0.0,
        "marks": marks,
        "marks_told": timeline.told(marks),
        "legend": timeline.legend(marks),
        "transcript_title": summary.transcript_title(whole),
        "turns": turns,
        "tail": passages.tail(whole),
        "struck": summary.struck(whole),
        "measures": summary.measures(whole),
    }


def _step(report: Report, step: str) -> dict[str, Any]:
    spans = report.steps[step]
    start_s = report.transcript.time_of(spans[0])[0] if spans else None
    return {"name": step, "title": STEP_NAMES[step], "there": bool(spans), **_time(start_s)}


def _remark(report: Report, finding: Finding, number: int) -> dict[str, Any]:
    quoted = summary.quoted(report, finding)
    span: Span | None = finding.at
    return {
        "number": number,
        "level": finding.level.value,
        "message": finding.message,
        "quoted": "" if quoted in finding.message else summary.shortened(quoted),
        "suggestion": finding.suggestion,
        "check": finding.check,
        **_time(None if span is None else report.transcript.time_of(span)[0]),
    }


def _rounds(report: Report) -> list[dict[str, Any]]:
    """Every exchange; where there are several, they are numbered to be told apart."""
    found = held.rounds(report)
    return [
        {
            "title": f"{f'{number}. ' if len(found) > 1 else ''}{each.title}: {each.told}",
            "said": each.said,
            "rows": [_row(row) for row in each.rows],
        }
        for number, each in enumerate(found, start=1)
    ]


def _row(each: held.Row) -> dict[str, Any]:
    return {
        "sign": each.sign,
        "kind": SIGNS[each.sign],
        "title": each.title,
        "state": each.state,
        "level": LEVELS.get(each.level, ""),
        "quoted": summary.shortened(each.quoted),
        **_time(each.start_s),
    }


def _time(start_s: float | None) -> dict[str, Any]:
    """When something begins, in seconds of the source and as it is read."""
    return {"start_s": start_s, "clock": "" if start_s is None else clock(start_s)}


def _embedded(sound: Path, from_s: float) -> dict[str, Any]:
    drawn = peaks(sound)
    inside = base64.b64encode(sound.read_bytes()).decode("ascii")
    return {
        "src": f"data:audio/flac;base64,{inside}",
        "from_s": from_s,
        "waveform_src": None,
        "peaks": drawn,
    }
