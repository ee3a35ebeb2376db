"""One measure take by take, drawn in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from rehearse.errors import UnknownNameError
from rehearse.history.measures import MEASURES
from rehearse.outputs.telling import heading, shown, verdict

if TYPE_CHECKING:
    from rich.console import Console

    from rehearse.history.measures import Measure
    from rehearse.history.overview import Overview

POINT: Final = "●"

TICKS: Final = 12
"""Sessions that are named below at most, or nearly."""

HEIGHT: Final = 16
"""Lines: what a terminal of 24 has room for."""


def write(history: Overview, name: str, console: Console) -> None:
    """Draw a measure.

    Raises
    ------
    UnknownNameError
        Where there is none of this name.
    """
    measure = named(name)
    rows = [row for row in history.rows if row.repeats is None and measure.name in row.points]
    if not rows or measure.name not in history.standings:
        console.print(f"Nothing is kept yet that tells of {measure.title}.", highlight=False)
        return
    values = [shown(measure, row.points[measure.name]) for row in rows]
    console.print(Text(heading(measure), "heading"), highlight=False)
    console.print(Text.from_ansi(_drawn(measure, [row.number for row in rows], values, console)))
    mark, style, words = verdict(history.standings[measure.name])
    console.print(Text.assemble((f"  {mark} ", style), words), highlight=False)


def named(name: str) -> Measure:
    """A measure by its name, or by its title.

    Raises
    ------
    UnknownNameError
        Where there is none of this name.
    """
    for measure in MEASURES:
        if name.strip().lower() in {measure.name, measure.title}:
            return measure
    raise UnknownNameError(
        f"There is no measure {name!r}.",
        hint="There are: " + ", ".join(measure.name for measure in MEASURES) + ".",
    )


def _drawn(measure: Measure, numbers: list[int], values: list[float], console: Console) -> str:
    import plotext

    highest = max(*values, 1.0) * 1.05
    places = list(range(len(values)))
    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plot_size(console.width, HEIGHT)
    plotext.plot(places, values, marker="braille")
    plotext.scatter(places, values, marker=POINT)
    for bound in measure.bounds or ():
        if bound < highest:
            plotext.hline(bound)
    plotext.ylim(0, highest)
    some = places[:: max(1, len(places) // TICKS)]
    plotext.xticks(some, [str(numbers[place]) for place in some])
    plotext.xlabel("session")
    return str(plotext.build())
