"""The report in a terminal, or as plain text where it is piped.

Colour never stands alone: a mark or a word is beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from rehearse.finding import Level
from rehearse.outputs import held, summary
from rehearse.outputs.marked import marked
from rehearse.steps import STEP_NAMES, STEPS
from rehearse.timecode import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from rehearse.errors import RehearseError
    from rehearse.finding import Finding
    from rehearse.report import Report

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

SIGNS: Final = {
    "✓": "level.strength",
    "~": "level.tip",
    "✗": "level.fix",
    "!": "level.fix",
    "·": "quiet",
}

SHORT: Final = 130
"""Characters of the words that show something."""


def write(report: Report, console: Console) -> None:
    """Write a report: headline, fixes, strengths, transcript, measures."""
    _headline(report, console)
    for note in report.notes:
        console.print(Padding(Text(note, "level.note"), (0, 0, 0, 2)))
    _steps(report, console)
    _fixes(report, console)
    _strengths(report, console)
    _others(report, console)
    _exchanges(report, console)
    _criteria(report, console)
    _recalled(report, console)
    _planned(report, console)
    _transcript(report, console)
    _measures(report, console)


def write_error(error: RehearseError, console: Console) -> None:
    """Write what happened and what to do, a line each."""
    console.print(f"[level.fix]error:[/] {escape(error.message)}", soft_wrap=True, highlight=False)
    if error.hint:
        console.print(f"       {escape(error.hint)}", soft_wrap=True, highlight=False)


def _headline(report: Report, console: Console) -> None:
    source = (summary.source(report), "quiet")
    console.print(
        Text.assemble((summary.headline(report), "heading"), "   ", source), highlight=False
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


def _place(report: Report, finding: Finding) -> str:
    start = report.transcript.time_of(finding.at)[0] if finding.at is not None else None
    return "" if start is None else f" at {clock(start)}"


def _entry(report: Report, finding: Finding, mark: str, console: Console) -> None:
    """One finding: its words unless the message has them, the reason, what to say instead."""
    table = Table.grid(padding=(0, 1), expand=False)
    table.add_column(width=max(2, len(mark)), no_wrap=True)
    table.add_column(ratio=1)
    body = Text(finding.message)
    quoted = summary.quoted(report, finding)
    if quoted and quoted not in finding.message:
        body.append(f"\n“{summary.shortened(quoted)}”{_place(report, finding)}", "quote")
    if finding.suggestion:
        body.append("\n→ ", "say")
        body.append(finding.suggestion, "say")
    body.append(f"  [{finding.check}]", "quiet")
    table.add_row(Text(mark, f"level.{finding.level.value}"), body)
    console.print(Padding(table, (0, 0, 0, 1)), highlight=False)


def _fixes(report: Report, console: Console) -> None:
    _section(summary.fixes_title(len(report.fixes)), console)
    for place, index in enumerate(report.fixes, start=1):
        _entry(report, report.findings[index], f"{place}.", console)


def _strengths(report: Report, console: Console) -> None:
    strong = summary.strengths(report)
    if strong:
        _section("What was strong", console)
    for finding in strong:
        _entry(report, finding, "+", console)


def _others(report: Report, console: Console) -> None:
    rest = summary.others(report)
    if rest:
        _section("Also noticed", console)
    marks = {Level.FIX: "!", Level.TIP: "~", Level.NOTE: "·"}
    for finding in rest:
        _entry(report, finding, marks[finding.level], console)


def _exchanges(report: Report, console: Console) -> None:
    for each in held.rounds(report):
        _section(f"{each.title}: {each.told}", console)
        said = Text(f"“{summary.shortened(each.said)}”", "quote")
        console.print(Padding(said, (0, 0, 0, 2)), highlight=False)
        _rows(each.rows, console)


def _criteria(report: Report, console: Console) -> None:
    if rows := held.criteria(report):
        _section("What the job asks for", console)
        told = Text(held.criteria_told(report), "quiet")
        console.print(Padding(told, (0, 0, 0, 2)), highlight=False)
        _rows(rows, console)


def _recalled(report: Report, console: Console) -> None:
    if rows := held.recalled(report):
        _section("What was talked about", console)
        _rows(rows, console)


def _planned(report: Report, console: Console) -> None:
    if rows := held.planned(report):
        said = sum(row.sign == "✓" for row in rows)
        _section(f"Your plan: {said} of {len(rows)} said", console)
        _rows(rows, console)


def _rows(rows: Iterable[held.Row], console: Console) -> None:
    """A sign, what was looked for, and below it the words that show it."""
    table = Table.grid(padding=(0, 1), expand=False)
    table.add_column(width=1, no_wrap=True)
    table.add_column(ratio=1)
    for each in rows:
        body = Text(each.title)
        if each.remark:
            body.append(f"  ({each.remark})", "quiet")
        if each.quoted:
            at = f" at {each.clock}" if each.clock else ""
            body.append(f"\n“{summary.shortened(each.quoted, SHORT)}”{at}", "quote")
        table.add_row(Text(each.sign, SIGNS[each.sign]), body)
    console.print(Padding(table, (0, 0, 0, 2)), highlight=False)


def _transcript(report: Report, console: Console) -> None:
    _section(summary.transcript_title(report), console)
    line = Text.assemble(*marked(report))
    console.print(Padding(line, (0, 0, 0, 2)), highlight=False)
    if why := summary.struck(report):
        console.print(Padding(Text(f"~~struck~~: {why}", "quiet"), (0, 0, 0, 2)), highlight=False)


def _measures(report: Report, console: Console) -> None:
    _section("Measures", console)
    table = Table.grid(padding=(0, 2))
    for name, value, remark in summary.measures(report):
        table.add_row(name, Text(value, "heading"), Text(remark, "quiet"))
    console.print(Padding(table, (0, 0, 0, 2)), highlight=False)
