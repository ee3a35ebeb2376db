"""What a cohort says together, in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.outputs.cohort_telling import between, lengths, measure, missing, of, percent, title
from rehearse.steps import STEP_NAMES, STEPS

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from rehearse.cohort import Cohort

BAR: Final = 20
"""Cells of a bar."""


def write(cohort: Cohort, console: Console) -> None:
    """Write the summary of a cohort."""
    from rich.text import Text

    console.print(Text(title(cohort), style="bold"))
    if not cohort.recordings:
        return
    console.print()
    console.print(_steps(cohort))
    if sentence := missing(cohort):
        console.print(Text(sentence))
    console.print()
    console.print(_measures(cohort))
    if sentence := lengths(cohort):
        console.print(Text(sentence))
    if cohort.practices:
        console.print()
        console.print(Text("What a workshop should practise", style="bold"))
        console.print(_practices(cohort))


def _table(*columns: tuple[str, str]) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for name, justify in columns:
        table.add_column(name, justify=justify, no_wrap=bool(name))  # type: ignore[arg-type]
    return table


def _steps(cohort: Cohort) -> Table:
    table = _table(("step", "left"), ("there", "right"), ("95 %", "right"), ("", "left"))
    rows = [(STEP_NAMES[step], cohort.steps[step]) for step in STEPS]
    for name, share in [*rows, ("all four", cohort.all_steps)]:
        table.add_row(name, percent(share), between(share), "█" * round(BAR * share.value))
    return table


def _measures(cohort: Cohort) -> Table:
    table = _table(("", "left"), ("mean", "right"), ("95 %", "right"), ("median", "right"))
    for told in cohort.measures:
        table.add_row(*measure(told))
    return table


def _practices(cohort: Cohort) -> Table:
    table = _table(("", "right"), ("", "left"), ("", "right"))
    for number, each in enumerate(cohort.practices, start=1):
        table.add_row(f"{number}.", each.exercise.title, f"{percent(each.share)}, {of(each.share)}")
    return table
