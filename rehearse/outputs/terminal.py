"""The report in a terminal, or as plain text where it is piped.

Colour never stands alone: a mark or a word is beside it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from rehearse.finding import Level
from rehearse.outputs.marked import marked
from rehearse.steps import STEP_NAMES, STEPS
from rehearse.timecode import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from rehearse.delivery import Delivery
    from rehearse.errors import RehearseError
    from rehearse.finding import Finding
    from rehearse.report import Report
    from rehearse.transcript import Unheard

THEME: Final = Theme(
    {
        "level.fix": "bold red",
        "level.tip": "yellow",
        "level.note": "cyan",
        "level.strength": "green",
        "quote": "italic",
        "say": "bold",
        "step.interest": "magenta",
        "step.fit": "blue",
        "step.concerns": "yellow",
        "step.thanks": "green",
        "heading": "bold",
        "quiet": "dim",
        "unheard": "dim strike",
    }
)
WIDEST: Final = 80
UNHEARD: Final[dict[Unheard, str]] = {
    "no voice": "nothing like a voice is there",
    "no sense": "it could make no sense of the sound there",
    "no filler": "nothing there sounds like that",
}


def write(report: Report, console: Console) -> None:
    """Write a report: headline, fixes, strengths, transcript, measures."""
    _headline(report, console)
    for note in report.notes:
        console.print(Padding(Text(note, "level.note"), (0, 0, 0, 2)))
    _steps(report, console)
    _fixes(report, console)
    _strengths(report, console)
    _others(report, console)
    _transcript(report, console)
    _measures(report, console)


def write_error(error: RehearseError, console: Console) -> None:
    """Write what happened and what to do, a line each."""
    console.print(f"[level.fix]error:[/] {escape(error.message)}", soft_wrap=True, highlight=False)
    if error.hint:
        console.print(f"       {escape(error.hint)}", soft_wrap=True, highlight=False)


def headline(report: Report) -> str:
    """The report in one line: "3 of 4 steps · 47 s · 112 words"."""
    parts = [f"{report.steps_present} of {len(STEPS)} steps"]
    if report.delivery.span_s is not None:
        parts.append(f"{report.delivery.span_s:.0f} s")
    count = report.delivery.words
    parts.append(f"{count} word{'' if count == 1 else 's'}")
    return " · ".join(parts)


def _headline(report: Report, console: Console) -> None:
    source = "typed close" if report.source == "-" else report.source
    console.print(
        Text.assemble((headline(report), "heading"), "   ", (source, "quiet")), highlight=False
    )


def _steps(report: Report, console: Console) -> None:
    line = Text("  ")
    for number, step in enumerate(STEPS):
        there = bool(report.steps[step])
        line.append(f"{'✓' if there else '✗'} ", "level.strength" if there else "level.fix")
        line.append(STEP_NAMES[step], "" if there else "quiet")
        line.append("   " if number < len(STEPS) - 1 else "")
    console.print(line, highlight=False)


def _section(title: str, console: Console) -> None:
    console.print()
    console.print(Text(title, "heading"), highlight=False)


def _quoted(report: Report, finding: Finding) -> str:
    if finding.at is None:
        return ""
    return report.transcript.text[finding.at.start : finding.at.end]


def _place(report: Report, finding: Finding) -> str:
    start = report.transcript.time_of(finding.at)[0] if finding.at is not None else None
    return "" if start is None else f" at {clock(start)}"


def _entry(report: Report, finding: Finding, mark: str, console: Console) -> None:
    """One finding: its words unless the message has them, the reason, what to say instead."""
    table = Table.grid(padding=(0, 1), expand=False)
    table.add_column(width=max(2, len(mark)), no_wrap=True)
    table.add_column(ratio=1)
    body = Text(finding.message)
    quoted = _quoted(report, finding)
    if quoted and quoted not in finding.message:
        body.append(f"\n“{_shortened(quoted)}”{_place(report, finding)}", "quote")
    if finding.suggestion:
        body.append("\n→ ", "say")
        body.append(finding.suggestion, "say")
    body.append(f"  [{finding.check}]", "quiet")
    table.add_row(Text(mark, f"level.{finding.level.value}"), body)
    console.print(Padding(table, (0, 0, 0, 1)), highlight=False)


def _shortened(text: str, longest: int = 220) -> str:
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0] + " …"


def _fixes(report: Report, console: Console) -> None:
    if not report.fixes:
        _section("Nothing to change", console)
        return
    count = len(report.fixes)
    _section("Change this first" if count == 1 else f"Change these {count} things first", console)
    for place, index in enumerate(report.fixes, start=1):
        _entry(report, report.findings[index], f"{place}.", console)


def _strengths(report: Report, console: Console) -> None:
    strong = [finding for finding in report.findings if finding.level is Level.STRENGTH]
    if strong:
        _section("What was strong", console)
    for finding in strong:
        _entry(report, finding, "+", console)


def _others(report: Report, console: Console) -> None:
    rest = [
        finding
        for number, finding in enumerate(report.findings)
        if number not in report.fixes and finding.level is not Level.STRENGTH
    ]
    if rest:
        _section("Also noticed", console)
    marks = {Level.FIX: "!", Level.TIP: "~", Level.NOTE: "·"}
    for finding in rest:
        _entry(report, finding, marks[finding.level], console)


def _transcript(report: Report, console: Console) -> None:
    _section("What you said" if report.engine else "What you wrote", console)
    line = Text.assemble(*marked(report))
    console.print(Padding(line, (0, 0, 0, 2)), highlight=False)
    reasons = {word.unheard for word in report.transcript.words if word.unheard}
    if reasons:
        because = " or ".join(UNHEARD[reason] for reason in sorted(reasons))
        why = f"~~struck~~: written by the recogniser, but {because}; not counted."
        console.print(Padding(Text(why, "quiet"), (0, 0, 0, 2)), highlight=False)


def _measures(report: Report, console: Console) -> None:
    rows = _rows(report)
    if not rows:
        return
    _section("Measures", console)
    table = Table.grid(padding=(0, 2))
    for name, value, remark in rows:
        table.add_row(name, Text(value, "heading"), Text(remark, "quiet"))
    console.print(Padding(table, (0, 0, 0, 2)), highlight=False)


def _rows(report: Report) -> list[tuple[str, str, str]]:
    delivery = report.delivery
    rows: list[tuple[str, str, str]] = []
    if delivery.span_s is not None and delivery.duration_s is not None:
        rows.append(("length", f"{delivery.span_s:.0f} s", f"of {delivery.duration_s:.0f} s sound"))
    rows.append(("words", str(delivery.words), ""))
    if delivery.pace_wpm is not None:
        fluent = delivery.articulation_wpm
        remark = "" if fluent is None else f"{fluent:.0f} without pauses"
        rows.append(("pace", f"{delivery.pace_wpm:.0f} wpm", remark))
    if delivery.pauses is not None:
        longest = max((pause.length_s for pause in delivery.pauses), default=0.0)
        remark = f"the longest {longest:.1f} s" if longest else ""
        rows.append(("pauses", str(len(delivery.pauses)), remark))
    if delivery.fillers is not None:
        rows.append(("fillers", str(len(delivery.fillers)), _rate(delivery)))
    if report.filler_words:
        said = _counted(each.text for each in report.filler_words)
        rows.append(("filler words", str(len(report.filler_words)), said))
    if delivery.pitch_range_st is not None:
        rows.append(("pitch range", f"{delivery.pitch_range_st:.1f} semitones", "information only"))
    if delivery.loudness_range_db is not None:
        rows.append(("loudness range", f"{delivery.loudness_range_db:.0f} dB", "information only"))
    rows.extend((name, "–", f"not told: {why}") for name, why in delivery.withheld.items())
    facets = [name.replace("_", " ") for name, there in report.facets.items() if there]
    if facets:
        rows.append(("also there", ", ".join(facets), ""))
    return rows


def _counted(texts: Iterable[str]) -> str:
    return ", ".join(f"{text} {count}" for text, count in Counter(texts).items())


def _rate(delivery: Delivery) -> str:
    """Which fillers, how many a minute, and how far chance can move that."""
    said = _counted(filler.text for filler in delivery.fillers or ())
    rate = delivery.filler_rate
    if rate is None or not said:
        return said
    return f"{said}; {rate.value:.1f} a minute, by chance {rate.low:.1f} to {rate.high:.1f}"
