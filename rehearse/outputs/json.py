"""The report as JSON: one object on one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rehearse.language.tagger import STEPS
from rehearse.outputs.fields import FORMAT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.delivery import Delivery
    from rehearse.finding import Finding
    from rehearse.report import Report
    from rehearse.transcript import Span, Word


def line(report: Report) -> str:
    """Write a report as one line, without the line break."""
    return _dump(
        {
            "format": FORMAT,
            "source": report.source,
            "error": None,
            "notes": list(report.notes),
            "engine": _engine(report),
            "transcript": {
                "text": report.transcript.text,
                "words": [_word(word) for word in report.transcript.words],
            },
            "steps": {
                step: {
                    "present": bool(report.steps[step]),
                    "evidence": [_quotation(report, span) for span in report.steps[step]],
                }
                for step in STEPS
            },
            "facets": dict(report.facets),
            "measures": _measures(report.delivery),
            "findings": [_finding(report, finding) for finding in report.findings],
            "fixes": list(report.fixes),
        }
    )


def _dump(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, allow_nan=False)


def _engine(report: Report) -> dict[str, str] | None:
    ear = report.engine
    return None if ear is None else {"name": ear.name, "model": ear.model, "sha256": ear.sha256}


def _word(word: Word) -> dict[str, Any]:
    return {
        "text": word.text,
        "start": word.span.start,
        "end": word.span.end,
        "start_s": word.start_s,
        "end_s": word.end_s,
        "probability": word.probability,
        "heard": word.heard,
    }


def _quotation(report: Report, span: Span) -> dict[str, Any]:
    start_s, end_s = report.transcript.time_of(span)
    return {
        "text": report.transcript.text[span.start : span.end],
        "start": span.start,
        "end": span.end,
        "start_s": start_s,
        "end_s": end_s,
    }


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "level": finding.level.value,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "at": None if finding.at is None else _quotation(report, finding.at),
    }


def _measures(delivery: Delivery) -> dict[str, Any]:
    return {
        "duration_s": _rounded(delivery.duration_s, 2),
        "span_s": _rounded(delivery.span_s, 2),
        "speech_s": _rounded(delivery.speech_s, 2),
        "words": delivery.words,
        "pace_wpm": _rounded(delivery.pace_wpm, 1),
        "articulation_wpm": _rounded(delivery.articulation_wpm, 1),
        "fillers": [
            {
                "text": filler.text,
                "start_s": filler.start_s,
                "end_s": filler.end_s,
                "from": filler.source,
            }
            for filler in delivery.fillers
        ],
        "pauses": _pauses(delivery),
        "pitch_sd_st": delivery.pitch_sd_st,
        "pitch_range_st": delivery.pitch_range_st,
        "loudness_range_db": delivery.loudness_range_db,
    }


def _pauses(delivery: Delivery) -> Sequence[dict[str, Any]] | None:
    if delivery.pauses is None:
        return None
    return [
        {"start_s": pause.start_s, "end_s": pause.end_s, "where": pause.where}
        for pause in delivery.pauses
    ]


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
