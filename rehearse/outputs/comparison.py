"""Two sessions side by side in a terminal."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rehearse.history.measures import MEASURES, measured
from rehearse.outputs.sessions import headline
from rehearse.outputs.telling import told
from rehearse.steps import STEP_NAMES, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import Console

    from rehearse.session import Session

WORDED: Final = "wording."
"""What the names of the checks begin with that are about single lines."""

ALIKE: Final = 0.5
"""Share of words in common (as `difflib` has it) below which marks would be everywhere. Ours."""

OWN: Final = ("‹", "›")
"""Around words that the other session has not."""


def write(first: Session, second: Session, console: Console) -> None:
    """Write steps, lines, measures and words, the first on the left."""
    reports = first.report, second.report
    console.print(Text(headline(first), "heading"), highlight=False)
    console.print(Text(headline(second), "heading"), highlight=False)
    names = str(first.number), str(second.number)
    _table("Steps", names, _steps(*reports), console)
    _table("Measures", names, _measures(*reports), console)
    _lines(names, reports, console)
    _words(names, [report["transcript"]["text"] for report in reports], console)


Rows = list[tuple[str, Text, Text, str]]


def _section(title: str, console: Console) -> None:
    console.print()
    console.print(Text(title, "heading"), highlight=False)


def _table(title: str, names: tuple[str, str], rows: Rows, console: Console) -> None:
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


def _steps(first: Mapping[str, Any], second: Mapping[str, Any]) -> Rows:
    rows: Rows = []
    for step in STEPS:
        there = [report["steps"][step]["present"] for report in (first, second)]
        marks = [Text("✓", "level.strength") if each else Text("✗", "level.fix") for each in there]
        change = {(False, True): "new", (True, False): "gone"}.get((there[0], there[1]), "")
        rows.append((STEP_NAMES[step], marks[0], marks[1], change))
    return rows


def _measures(first: Mapping[str, Any], second: Mapping[str, Any]) -> Rows:
    points = measured(first), measured(second)
    rows: Rows = []
    for measure in MEASURES:
        if measure.name == "steps" or not any(measure.name in each for each in points):
            continue
        one, other = (Text(told(each, measure.name)) for each in points)
        rows.append((measure.title, one, other, measure.unit))
    return rows


def _lines(
    names: tuple[str, str], reports: tuple[Mapping[str, Any], ...], console: Console
) -> None:
    """Which lines were flagged in one, and which in both."""
    first, second = (_flagged(report) for report in reports)
    if not first and not second:
        return
    _section("Flagged lines", console)
    both = [text for text in first if text in second]
    for where, texts in (
        (f"only in {names[0]}", [text for text in first if text not in second]),
        (f"only in {names[1]}", [text for text in second if text not in first]),
        ("in both", both),
    ):
        for text in texts:
            line = Text.assemble((f"{where}: ", "quiet"), (f"“{text}”", "quote"))
            console.print(Padding(line, (0, 0, 0, 2)), highlight=False)


def _flagged(report: Mapping[str, Any]) -> list[str]:
    return [
        finding["at"]["text"]
        for finding in report["findings"]
        if finding["check"].startswith(WORDED)
        and finding["level"] in {"fix", "tip"}
        and finding["at"] is not None
    ]


def _words(names: tuple[str, str], texts: Sequence[str], console: Console) -> None:
    _section("Words", console)
    if texts[0] == texts[1]:
        console.print(Padding(Text("The same in both.", "quiet"), (0, 0, 0, 2)), highlight=False)
        return
    table = Table.grid(padding=(0, 2), expand=True)
    for name in names:
        table.add_column(Text(name, "quiet"), ratio=1)
    table.show_header = True
    marked = _marked(*texts)
    table.add_row(*(marked or map(Text, texts)))
    console.print(Padding(table, (0, 0, 0, 2)), highlight=False)
    what = (
        f"{OWN[0]} {OWN[1]} stands around what the other has not."
        if marked
        else "They have too few words in common to be marked."
    )
    console.print(Padding(Text(what, "quiet"), (0, 0, 0, 2)), highlight=False)


def _marked(first: str, second: str) -> tuple[Text, Text] | None:
    """Both texts, with what only one has between marks; None where that is nearly all."""
    words = first.split(), second.split()
    matcher = difflib.SequenceMatcher(
        None, [_bare(word) for word in words[0]], [_bare(word) for word in words[1]], autojunk=False
    )
    if matcher.ratio() < ALIKE:
        return None
    texts = Text(), Text()
    for tag, a, b, c, d in matcher.get_opcodes():
        for text, run in zip(texts, (words[0][a:b], words[1][c:d]), strict=True):
            for piece, style in _pieces(run, own=tag != "equal"):
                text.append(piece, style)
    return texts


def _pieces(run: Sequence[str], *, own: bool) -> Iterator[tuple[str, str]]:
    if not run:
        return
    said = " ".join(run)
    yield (f"{OWN[0]}{said}{OWN[1]}", "heading") if own else (said, "")
    yield " ", ""


def _bare(word: str) -> str:
    """A word without what a recogniser may write one way or the other."""
    return re.sub(r"[^\w’']", "", word).lower()
