"""The history in a terminal, or as plain text where it is piped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rehearse.history.bests import RATES, ROW
from rehearse.history.measures import ALL, EACH_STEP, MEASURES
from rehearse.session import ANY
from rehearse.steps import STEP_NAMES, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import Console

    from rehearse.history.estimates import Estimate
    from rehearse.history.habits import Habit
    from rehearse.history.measures import Measure, Point
    from rehearse.history.overview import Overview, Row
    from rehearse.history.standing import Standing

LISTED: Final = 10
"""Sessions that are listed unless more are asked for."""

SPARKS: Final = "▁▂▃▄▅▆▇█"
SPARKED: Final = 10
"""Takes of a sparkline: what fits beside the rest."""


def write(history: Overview, console: Console, *, listed: int = LISTED) -> None:
    """Write a history: its sessions, where each measure stands, habits, bests and the goal."""
    if not history.rows:
        _empty(history, console)
        return
    _headline(history, console)
    _sessions(history.rows[-listed:], console)
    _standings(history, console)
    _steps(history, console)
    _habits(history.habits, console)
    _bests(history, console)
    _goal(history, console)


def value(measure: Measure, number: float) -> str:
    """A value as it is said: "4.2", "47"."""
    return f"{number:.0f}" if measure.kind == "length" and number >= 10 else f"{number:.1f}"


def shown(measure: Measure, point: Point) -> float:
    """A value in the unit that people read: of four steps three, not 0.75."""
    return point.amount if measure.kind == "share" else point.value


def heading(measure: Measure) -> str:
    """What a measure is called, with its unit: "length, s"."""
    return f"{measure.title}{' ' if measure.unit[0] in 'o/' else ', '}{measure.unit}"


def verdict(standing: Standing) -> tuple[str, str, str]:
    """What may be said of a measure: a mark, its style, and words."""
    more = standing.more
    if standing.verdict == "improved":
        return "✓", "level.strength", "improved"
    if standing.verdict == "worse":
        return "✗", "level.fix", "worse"
    if standing.verdict == "told":
        return " ", "quiet", ""
    if standing.verdict == "too few":
        return " ", "quiet", "too few takes yet"
    if more is None:
        return "·", "quiet", "no change"
    return "·", "quiet", f"no change yet, {takes(more, 'more')} would tell"


def sparkline(numbers: Sequence[float | None], *, low: float = 0.0) -> str:
    """A row of bars from `low` to the highest; a blank where there is nothing to tell."""
    known = [number for number in numbers if number is not None]
    high = max(known, default=low)
    steps = len(SPARKS) - 1
    return "".join(
        " "
        if number is None
        else SPARKS[round((number - low) / (high - low) * steps) if high > low else 0]
        for number in numbers
    )


def told(points: Mapping[str, Point], name: str, unit: str = "") -> str:
    """A measure of one take; "–" where that take cannot tell."""
    if (point := points.get(name)) is None:
        return "–"
    # One take has no half of a cheesy line.
    return f"{point.value:.{1 if name in (*RATES, 'pitch') else 0}f}{unit}"


def takes(count: int, between: str = "") -> str:
    """So many takes: "1 take", "3 more takes"."""
    return counted(count, f"{between} take" if between else "take")


def counted(count: int, what: str) -> str:
    """So many of something: "1 session", "3 sessions"."""
    return f"{count} {what}" + ("" if count == 1 else "s")


def interval(measure: Measure, estimate: Estimate) -> str:
    """The interval of a value; empty where takes are too few to tell."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{value(measure, estimate.low)} to {value(measure, estimate.high)}"


def _empty(history: Overview, console: Console) -> None:
    what = "Nothing is kept yet" + ("" if history.scope == ANY else f" for “{history.scope}”")
    console.print(f"{what}: `rehearse record` begins.", highlight=False, markup=False)


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
    table = Table.grid(padding=(0, 2))
    for name in ("no.", "when", "steps", "length", "fillers", "cheesy", "for"):
        right = name in {"no.", "length", "fillers", "cheesy"}
        table.add_column(
            Text(name, "quiet"),
            justify="right" if right else "left",
            no_wrap=True,
            overflow="ellipsis",
        )
    table.show_header = True
    for row in rows:
        style = "quiet" if row.repeats is not None else ""
        when = row.held_at.astimezone()
        table.add_row(
            str(row.number),
            f"{when.day} {when:%b %H:%M}",
            _marks(row),
            told(row.points, "length", " s"),
            told(row.points, "fillers", "/min"),
            told(row.points, "cheesy"),
            Text(row.label if row.repeats is None else f"as {row.repeats}", "quiet"),
            style=style,
        )
    console.print(Padding(table, (0, 0, 0, 2)), highlight=False)


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
    table = Table.grid(padding=(0, 2))
    for name, justify in (
        ("", "left"),
        ("", "left"),
        (f"last {takes(newer)}", "left"),
        ("before", "right"),
        ("", "left"),
    ):
        table.add_column(Text(name, "quiet"), justify=justify, no_wrap=True)  # type: ignore[arg-type]
    table.show_header = True
    counting = [row for row in history.rows if row.repeats is None]
    for measure in shown_here:
        standing = history.standings[measure.name]
        before = standing.before
        table.add_row(
            heading(measure),
            Text(sparkline(_last(counting, measure.name)), "quiet"),
            _with_interval(measure, standing.recent),
            "" if before is None else value(measure, before.value),
            _short(standing),
        )
    console.print(Padding(table, (0, 0, 0, 2)), highlight=False)
    _explain([history.standings[each.name] for each in shown_here], console)


def _with_interval(measure: Measure, estimate: Estimate) -> Text:
    text = Text(value(measure, estimate.value), "heading")
    if told := interval(measure, estimate):
        text.append(f" ({told.replace(' to ', '–')})", "quiet")
    return text


def _short(standing: Standing) -> Text:
    """What may be said of a measure, where there is little room."""
    mark, style, words = verdict(standing)
    if standing.verdict == "no change" and standing.more is not None:
        words = takes(standing.more, "more")
    if standing.verdict == "too few":
        words = ""
    return Text(f"{mark} {words}", style)


def _explain(standings: Sequence[Standing], console: Console) -> None:
    lines = ["In brackets: how far chance alone can move it (95 % interval)."]
    if missing := [each.more or 1 for each in standings if each.verdict == "too few"]:
        lines.append(
            f"After {takes(min(missing), 'more')} the newer can be compared with the older."
        )
    if any(each.verdict == "no change" and each.more is not None for each in standings):
        lines.append("“More takes”: no change yet; so many would tell, if it goes on like this.")
    for line in lines:
        console.print(Padding(Text(line, "quiet"), (0, 0, 0, 2)), highlight=False)


def _last(rows: Sequence[Row], name: str) -> list[float | None]:
    points = [row.points.get(name) for row in rows[-SPARKED:]]
    return [None if point is None else shown(ALL[name], point) for point in points]


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


def share(estimate: Estimate) -> str:
    """In how many takes a step was there."""
    return f"{round(estimate.value * estimate.takes)} of {estimate.takes}"


def habit(each: Habit) -> str:
    """A habit in a line."""
    often = f"in {each.takes} of {each.among} takes"
    if each.kind == "step":
        return f"You forget the step “{STEP_NAMES[each.what]}”: missing {often}."
    if each.kind == "filler":
        return f"A filler comes just before the step “{STEP_NAMES[each.what]}”: {often}."
    return f"“{each.what}”: {often}, {each.lift or 0:.0f} times as often as others say it."


def _habits(found: Iterable[Habit], console: Console) -> None:
    lines = [habit(each) for each in found]
    if lines:
        _section("Your habits", console)
    for line in lines:
        console.print(Padding(Text(f"~ {line}"), (0, 0, 0, 2)), highlight=False)


def best(history: Overview) -> list[str]:
    """The personal bests, a line each."""
    lines = []
    for each in history.bests.values():
        if each.measure == ROW:
            lines.append(f"all four steps in {each.value:.0f} takes in a row")
        else:
            measure = ALL[each.measure]
            lines.append(
                f"{measure.title}: {value(measure, each.value)} {measure.unit}, in session "
                f"{each.session}"
            )
    return lines


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
