"""Words of a transcript, as JSON quotes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rehearse.report import Report
    from rehearse.transcript import Span


def quotation(report: Report, span: Span) -> dict[str, Any]:
    """The words of a span, where they stand, and when they were said."""
    start_s, end_s = report.transcript.time_of(span)
    return {
        "text": report.transcript.text[span.start : span.end],
        "start": span.start,
        "end": span.end,
        "start_s": start_s,
        "end_s": end_s,
    }
