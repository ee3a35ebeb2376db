"""The report as JSON: one object on one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rehearse.outputs.fields import FORMAT
from rehearse.outputs.held_json import held
from rehearse.outputs.quotations import quotation
from rehearse.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.delivery import Delivery
    from rehearse.finding import Finding
    from rehearse.report import Report
    from rehearse.transcript import Word


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
                    "evidence": [quotation(report, span) for span in report.steps[step]],
                }
                for step in STEPS
            },
            "facets": dict(report.facets),
            "voices": _voices(report),
            "recording": _recording(report),
            **held(report),
            "measures": _measures(report),
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
        "unheard": word.unheard,
        "speaker": word.speaker,
    }


def _voices(report: Report) -> Sequence[dict[str, Any]] | None:
    voices: list[dict[str, Any]] = [
        {
            "speaker": speaker,
            "speech_s": round(speech_s, 1),
            "candidate": report.voices is not None and speaker == report.voices.candidate,
        }
        for speaker, speech_s in (report.voices.spoken_s.items() if report.voices else ())
    ]
    heard = {each["speaker"] for each in voices}
    # Who was not recorded has no seconds: somebody in a typed conversation, or in a drill.
    silent = {
        word.speaker: not word.theirs
        for word in report.transcript.words
        if word.speaker is not None and word.speaker not in heard
    }
    voices += [
        {"speaker": speaker, "speech_s": None, "candidate": candidate}
        for speaker, candidate in silent.items()
    ]
    return voices or None


def _recording(report: Report) -> dict[str, float | None] | None:
    quality = report.quality
    if quality is None:
        return None
    return {
        "level_dbfs": quality.level_dbfs,
        "snr_db": quality.snr_db,
        "clipped": quality.clipped,
        "bandwidth_hz": quality.bandwidth_hz,
        "wordless": quality.wordless,
    }


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "level": finding.level.value,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "at": None if finding.at is None else quotation(report, finding.at),
    }


def _measures(report: Report) -> dict[str, Any]:
    delivery = report.delivery
    return {
        "duration_s": _rounded(delivery.duration_s, 2),
        "span_s": _rounded(delivery.span_s, 2),
        "speech_s": _rounded(delivery.speech_s, 2),
        "words": delivery.words,
        "pace_wpm": _rounded(delivery.pace_wpm, 1),
        "articulation_wpm": _rounded(delivery.articulation_wpm, 1),
        "windows": _windows(delivery),
        "fillers": _fillers(delivery),
        "fillers_a_minute": _rate(delivery),
        "filler_words": [quotation(report, each.at) for each in report.filler_words],
        "pauses": _pauses(delivery),
        "pitch_sd_st": delivery.pitch_sd_st,
        "pitch_range_st": delivery.pitch_range_st,
        "loudness_range_db": delivery.loudness_range_db,
        "withheld": dict(delivery.withheld),
    }


def _windows(delivery: Delivery) -> Sequence[dict[str, float]] | None:
    if delivery.windows is None:
        return None
    return [
        {"start_s": each.start_s, "end_s": each.end_s, "pace_wpm": round(each.pace_wpm, 1)}
        for each in delivery.windows
    ]


def _fillers(delivery: Delivery) -> Sequence[dict[str, Any]] | None:
    if delivery.fillers is None:
        return None
    return [
        {
            "text": filler.text,
            "start_s": filler.start_s,
            "end_s": filler.end_s,
            "from": filler.source,
        }
        for filler in delivery.fillers
    ]


def _rate(delivery: Delivery) -> dict[str, float] | None:
    rate = delivery.filler_rate
    if rate is None:
        return None
    return {name: round(getattr(rate, name), 2) for name in ("value", "low", "high")}


def _pauses(delivery: Delivery) -> Sequence[dict[str, Any]] | None:
    if delivery.pauses is None:
        return None
    return [
        {"start_s": pause.start_s, "end_s": pause.end_s, "where": pause.where}
        for pause in delivery.pauses
    ]


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
