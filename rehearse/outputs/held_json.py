"""What a close was held against, as JSON: the job, notes, the interviewer's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehearse.exchange import MARKS
from rehearse.outputs.quotations import quotation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.criterion import Answered
    from rehearse.exchange import Exchange
    from rehearse.report import Report
    from rehearse.transcript import Span


def held(report: Report) -> dict[str, Any]:
    """The fields; each is None where there was nothing to hold it against."""
    exchanges = [_exchange(report, each) for each in report.exchanges]
    return {
        "to": report.to,
        "criteria": None
        if report.criteria is None
        else [_criterion(report, each) for each in report.criteria],
        "discussed": None
        if report.recalled is None
        else [
            {"note": each.note, "quotations": _quotations(report, each.at)}
            for each in report.recalled
        ],
        "plan": None
        if report.planned is None
        else [
            {
                "part": each.part,
                "text": each.text,
                "said": bool(each.at),
                "quotations": _quotations(report, each.at),
            }
            for each in report.planned
        ],
        "exchange": exchanges[0] if exchanges else None,
        "exchanges": exchanges or None,
    }


def _criterion(report: Report, each: Answered) -> dict[str, Any]:
    return {
        "text": each.criterion.text,
        "rank": each.criterion.rank,
        "level": each.criterion.level,
        "covered": each.covered,
        "named": each.spoken_of,
        "evidence": _quotations(report, each.evidence),
        "mentions": _quotations(report, each.named),
    }


def _exchange(report: Report, each: Exchange) -> dict[str, Any]:
    return {
        "reply": each.reply,
        **{mark: each.has(mark) for mark in MARKS},
        "quality": each.quality,
        "asked": _quoted(report, each.asked),
        "said": _quoted(report, each.said),
        "response": _quoted(report, each.response),
        "quotations": {mark: _quotations(report, each.marks[mark]) for mark in MARKS},
    }


def _quoted(report: Report, span: Span | None) -> dict[str, Any] | None:
    return None if span is None else quotation(report, span)


def _quotations(report: Report, spans: Sequence[Span]) -> list[dict[str, Any]]:
    return [quotation(report, span) for span in spans]
