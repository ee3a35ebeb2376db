"""The history in a terminal, or as plain text where it is piped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rehearse.history.measures import EACH_STEP, MEASURES
from rehearse.outputs.telling import (
    best,
    counted,
    habit,
    heading,
    interval,
    share,
    shown,
    sparkline,
    takes,
    told,
    value,
    verdict,
)
from rehearse.session import ANY
from rehearse.steps import STEP_NAMES, STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rich.console import Console

    from rehearse.history.estimates import Estimate
    from rehearse.history.habits import Habit
    from rehearse.history.measures import Measure
    from rehearse.history.overview import Overview, Row
    from rehearse.history.standing import Standing

LISTED: Final = 10
"""Sessions that are listed unless more are asked for."""

WIDE: Final = 76
NARROW: Final = 68
"""Columns of a terminal below which first the sparklines go, then what was before. Ours."""

SPARKED: Final = 10
"""Takes of a sparkline: what fits beside the rest."""


def write(history: Overview, console: Console, *, listed: int = LISTED) -> None:
    """Write a history: its sessions, where each measure stands, habits, bests and the goal."""
    if not history.rows:
        _empty(history, console)
        return
    _headline(history, console)
    _sessions(history.rows[-listed:], console)
    if not history.standings:
        _counted_elsewhere(console)
        return
    _standings(history, console)
    _steps(history, console)
    _habits(history.habits, console)
    _bests(history, console)
    _goal(history, console)


def _empty(history: Overview, console: Console) -> None:
    what = "Nothing is kept yet" + ("" if history.scope == ANY else f" for “{history.scope}”")
    console.print(f"{what}: `rehearse record` begins.", highlight=False, markup=False)


def _counted_elsewhere(console: Console) -> None:
    text = "All of it repeats sessions that were for something else: nothing is counted twice."
    console.print()
    console.print(Padding(Text(text, "quiet"), (0, 0, 0, 2)), highlight=False)


def _section(title: str, console: Console) -> None:
    console.print()
    console.print(Text(title, "heading"), highlight=False)


def _headline(history: Overview, console: Console) -> None:
    count = counted(history.count, "session")
    console.print(
        Text.assemble(
            ("Your practice", "heading"),
            f" · {count}",
            (f" for “{history.scope}”" if history.scope != ANY else "", "quiet"),
        ),
        highlight=False,
    )


def _sessions(rows: Sequence[Row], console: Console) -> None:
    columns: dict[str, Callable[[Row], str | Text]] = {
        "no.": lambda row: str(row.number),
        "when": _when,
        "steps": _marks,
        "length": lambda row: told(row.points, "length", " s"),
    }
    if console.width >= NARROW:
        columns |= {
            "fillers": lambda row: told(row.points, "fillers", "/min"),
            "cheesy": lambda row: told(row.points, "cheesy"),
            "for": lambda row: Text(_what_for(row), "quiet", no_wrap=True, overflow="ellipsis"),
        }
    table = Table.grid(padding=(0, 2))
    for name in columns:
        right = name in {"no.", "length", "fillers", "cheesy"}
        # The last gives way first, in its cells.
        table.add_column(
            Text(name, "quiet"), justify="right" if right else "left", no_wrap=name != "for"
        )
    table.show_header = True
    for row in rows:
        style = "quiet" if row.repeats is not None else ""
        table.add_row(*(cell(row) for cell in columns.values()), style=style)
    console.print(Padding(table, (0, 0, 0, 2)), highlight=False)


def _when(row: Row) -> str:
    when = row.held_at.astimezone()
    return f"{when.day} {when:%b %H:%M}"


def _what_for(row: Row) -> str:
    if row.repeats is None:
        return row.label
    return f"the same as {row.repeats}" + (f"; {row.label}" if row.label else "")


def _marks(row: Row) -> Text:
    marks = Text()
    for step in STEPS:
        there = row.points[f"step.{step}"].amount > 0
        marks.append("✓" if there else "✗", "level.strength" if there else "level.fix")
    return marks


def _standings(history: Overview, console: Console) -> None:
    shown_here = [each for each in MEASURES if each.name in history.standings]
    newer = max(history.standings[each.name].recent.takes for each in shown_here)
    _section("Where you stand", console)
    sparks, roomy = console.width >= WIDE, console.width >= NARROW
    before = roomy and any(history.standings[each.name].before for each in shown_here)
    table = Table.grid(padding=(0, 2))
    for name, there in (
        ("", True),
        ("", sparks),
        (f"last {takes(newer)}" if newer > 1 else "last take", True),
        ("before", before),
        ("", True),
    ):
        if there:
            right = name == "before"
            table.add_column(
                Text(name, "quiet"),
                justify="right" if right else "left",
                no_wrap=roomy or bool(name),
            )
    table.show_header = True
    counting = [row for row in history.rows if row.repeats is None]
    for measure in shown_here:
        standing = history.standings[measure.name]
        cells = [Text(heading(measure))]
        if sparks:
            cells.append(Text(sparkline(_last(counting, measure)), "quiet"))
        cells.append(_with_interval(measure, standing.recent, newer, roomy=roomy))
        if before:
            earlier = standing.before
            cells.append(Text("" if earlier is None else value(measure, earlier.value)))
        cells.append(_short(standing))
        table.add_row(*cells)
    console.print(Padding(table, (0, 0, 0, 2)), highlight=False)
    _explain([history.standings[each.name] for each in shown_here], console, intervals=roomy)


def _with_interval(measure: Measure, estimate: Estimate, newer: int, *, roomy: bool) -> Text:
    text = Text(value(measure, estimate.value), "heading")
    if roomy and (between := interval(measure, estimate)):
        text.append(f" ({between.replace(' to ', '–')})", "quiet")
    if estimate.takes < newer:
        # Not every take can tell everything.
        text.append(f" · {takes(estimate.takes)}", "quiet")
    return text


def _short(standing: Standing) -> Text:
    """What may be said of a measure, where there is little room."""
    mark, style, words = verdict(standing)
    if standing.verdict == "no change" and standing.more is not None:
        words = takes(standing.more, "more")
    if standing.verdict == "too few":
        words = ""
    return Text(f"{mark} {words}", style)


def _explain(standings: Sequence[Standing], console: Console, *, intervals: bool) -> None:
    lines = ["In brackets: how far chance alone can move it (95 % interval)."] * intervals
    if missing := [each.more or 1 for each in standings if each.verdict == "too few"]:
        lines.append(
            f"After {takes(min(missing), 'more')} the newer can be compared with the older."
        )
    if any(each.verdict == "no change" and each.more is not None for each in standings):
        lines.append("“More takes”: no change yet; so many would tell, if it goes on like this.")
    for line in lines:
        console.print(Padding(Text(line, "quiet"), (0, 0, 0, 2)), highlight=False)


def _last(rows: Sequence[Row], measure: Measure) -> list[float]:
    """The last takes that tell of it."""
    points = [row.points[measure.name] for row in rows if measure.name in row.points]
    return [shown(measure, point) for point in points[-SPARKED:]]


def _steps(history: Overview, console: Console) -> None:
    _section("How often each step was there", console)
    table = Table.grid(padding=(0, 2))
    for measure in EACH_STEP:
        standing = history.standings[measure.name]
        before = standing.before
        table.add_row(
            STEP_NAMES[measure.title],
            share(standing.recent),
            Text("" if before is None else f"before: {share(before)}", "quiet"),
        )
    console.print(Padding(table, (0, 0, 0, 2)), highlight=False)


def _habits(found: Iterable[Habit], console: Console) -> None:
    lines = [habit(each) for each in found]
    if lines:
        _section("Your habits", console)
    for line in lines:
        console.print(Padding(Text(f"~ {line}"), (0, 0, 0, 2)), highlight=False)


def _bests(history: Overview, console: Console) -> None:
    lines = best(history)
    if lines:
        _section("Personal bests", console)
    for line in lines:
        console.print(Padding(Text(f"★ {line}"), (0, 0, 0, 2)), highlight=False)


def _goal(history: Overview, console: Console) -> None:
    if history.goal is None:
        return
    _section("Your goal for the next take", console)
    lines = [Text.assemble(("→ ", "say"), (history.goal.text, "say"))]
    if history.goals_judged:
        reached = f"{history.goals_reached} of {history.goals_judged} goals reached"
        lines.append(Text(f"  {reached} so far", "quiet"))
    for line in lines:
        console.print(Padding(line, (0, 0, 0, 2)), highlight=False)
