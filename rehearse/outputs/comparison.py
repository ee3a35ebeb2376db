"""Two sessions side by side in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rehearse.outputs.comparing import OWN, compare
from rehearse.outputs.sessions import headline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from rehearse.outputs.comparing import Lines, Run, Words
    from rehearse.session import Session

Row = tuple[str, Text, Text, str]


def write(first: Session, second: Session, console: Console) -> None:
    """Write steps, lines, measures and words, the first on the left."""
    compared = compare(first, second)
    console.print(Text(headline(first), "heading"), highlight=False)
    console.print(Text(headline(second), "heading"), highlight=False)
    names = str(first.number), str(second.number)
    steps = [
        (each.title, _mark(there=each.first), _mark(there=each.second), each.change)
        for each in compared.steps
    ]
    measures = [
        (each.title, Text(each.first), Text(each.second), each.unit) for each in compared.measures
    ]
    _table("Steps", names, steps, console)
    _table("Measures", names, measures, console)
    _lines(names, compared.lines, console)
    _words(names, compared.words, console)


def _mark(*, there: bool) -> Text:
    return Text("✓", "level.strength") if there else Text("✗", "level.fix")


def _section(title: str, console: Console) -> None:
    console.print()
    console.print(Text(title, "heading"), highlight=False)


def _table(title: str, names: tuple[str, str], rows: Iterable[Row], console: Console) -> None:
    _section(title, console)
    table = Table.grid(padding=(0, 2))
    table.add_column()
    for name in names:
        table.add_column(Text(name, "quiet"), justify="right")
    table.add_column()
    table.show_header = True
    for row in rows:
        table.add_row(row[0], row[1], row[2], Text(row[3], "quiet"))
    console.print(Padding(table, (0, 0, 0, 2)), highlight=False)


def _lines(names: tuple[str, str], lines: Lines, console: Console) -> None:
    """Which lines were flagged in one, and which in both."""
    if not lines:
        return
    _section("Flagged lines", console)
    for where, texts in (
        (f"only in {names[0]}", lines.first),
        (f"only in {names[1]}", lines.second),
        ("in both", lines.both),
    ):
        for text in texts:
            line = Text.assemble((f"{where}: ", "quiet"), (f"“{text}”", "quote"))
            console.print(Padding(line, (0, 0, 0, 2)), highlight=False)


def _words(names: tuple[str, str], words: Words, console: Console) -> None:
    _section("Words", console)
    if words.same:
        console.print(Padding(Text("The same in both.", "quiet"), (0, 0, 0, 2)), highlight=False)
        return
    table = Table.grid(padding=(0, 2), expand=True)
    for name in names:
        table.add_column(Text(name, "quiet"), ratio=1)
    table.show_header = True
    table.add_row(_said(words.first), _said(words.second))
    console.print(Padding(table, (0, 0, 0, 2)), highlight=False)
    what = (
        f"{OWN[0]} {OWN[1]} stands around what the other has not."
        if words.marked
        else "They have too few words in common to be marked."
    )
    console.print(Padding(Text(what, "quiet"), (0, 0, 0, 2)), highlight=False)


def _said(runs: Iterable[Run]) -> Text:
    return Text(" ").join(
        Text(f"{OWN[0]}{run.text}{OWN[1]}", "heading") if run.own else Text(run.text)
        for run in runs
    )
