"""The trend of a measure: the numbers of a chart, and the same in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rehearse.outputs.telling import digits, shown, takes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rehearse.history.estimates import Estimate
    from rehearse.history.measures import Measure
    from rehearse.history.overview import Overview, Row
    from rehearse.history.standing import Standing

DRAWN: Final = 200
"""Takes of a chart, the last ones: more of them are dots that nobody can point at. Ours."""

TICKS: Final = 6
"""Numbers below a chart, at most: so many have room on a telephone."""

DIGITS: Final = 3
"""After the point, in the numbers of a chart: more than anybody sees."""

STYLE_MARKS: Final = (
    ("plotly.js-style-global", "no-inline-styles"),
    ("9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53", ""),
)
"""Id and class of what Plotly looks for before it adds a style sheet of its own to a page.

The first is its documented way with a strict Content-Security-Policy, the second that of the
map in it, which is never drawn here.  What charts need of the sheets is in `charts.css`.
"""


def library_path() -> Path:
    """Where Plotly's own JavaScript lies, as its package carries it.

    Raises
    ------
    ModuleNotFoundError
        Where the package is not installed.
    """
    from importlib.util import find_spec

    # Found and not imported: that takes a while, and nothing of it is needed.
    package = find_spec("plotly")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("No module named 'plotly'", name="plotly")
    return Path(package.origin).parent / "package_data" / "plotly.min.js"


def trend(history: Overview, measure: Measure) -> dict[str, Any] | None:
    """The numbers of a chart, for `templates/charts.js`; None where no take tells of the measure.

    Returns
    -------
    dict
        `unit`, and `digits` after the point; of the last `DRAWN` takes, the oldest first,
        `sessions` (numbers), `dates` and `values`; `ticks`, places among them to be named;
        `range`, the lowest and the highest value with room for both; `bars`, the bounds that
        the checks have; and `means`, each a `value`, `low` and `high` (null where takes are
        too few) from the place `first` to `last`.
    """
    rows = _drawn(history, measure)
    standing = history.standings.get(measure.name)
    if not rows or standing is None:
        return None
    values = [shown(measure, row.points[measure.name]) for row in rows]
    return {
        "unit": measure.unit,
        "sessions": [row.number for row in rows],
        "dates": [_day(row) for row in rows],
        "values": [round(each, DIGITS) for each in values],
        "digits": digits(measure.name),
        "ticks": list(range(0, len(rows), -(-len(rows) // TICKS))),
        "range": _range(measure, [*values, *_ends(standing)]),
        "bars": list(measure.bounds or ()),
        "means": list(_means(standing, len(rows))),
    }


def told(history: Overview, measure: Measure) -> str:
    """The same in words: how many takes, from where to where, and what lies furthest out."""
    rows = _drawn(history, measure)
    if not rows:
        return ""

    def one(row: Row) -> str:
        number = shown(measure, row.points[measure.name])
        return f"{number:.{digits(measure.name)}f} in session {row.number}"

    if len(rows) == 1:
        return f"One take: {one(rows[0])}."
    lowest, highest = (
        choose(rows, key=lambda row: shown(measure, row.points[measure.name]))
        for choose in (min, max)
    )
    return (
        f"{takes(len(rows)).capitalize()}, from {one(rows[0])} to {one(rows[-1])}; "
        f"lowest {one(lowest)}, highest {one(highest)}."
    )


def _drawn(history: Overview, measure: Measure) -> list[Row]:
    rows = (row for row in history.rows if row.repeats is None and measure.name in row.points)
    return list(rows)[-DRAWN:]


def _day(row: Row) -> str:
    when = row.held_at.astimezone()
    return f"{when.day} {when:%b %Y}"


def _ends(standing: Standing) -> Iterator[float]:
    """What the lines and bands of the means reach, so that none is cut off."""
    for estimate in (standing.recent, standing.before):
        if estimate is not None:
            yield estimate.value
            yield from (end for end in (estimate.low, estimate.high) if end is not None)


def _range(measure: Measure, reached: Sequence[float]) -> tuple[float, float]:
    """What of the scale is shown: all of it from nothing, but for lengths, where that is far."""
    ends = [*reached, *(measure.bounds or ())]
    low, high = min(ends), max(ends)
    if measure.kind != "length":
        low, high = 0.0, max(high, 1.0)
    room = 0.08 * (high - low or 1.0)
    return round(low - room if measure.kind == "length" else 0.0, DIGITS), round(
        high + room, DIGITS
    )


def _means(standing: Standing, count: int) -> Iterator[dict[str, Any]]:
    """The newer takes, and those before them, as far as they are drawn."""
    newer = max(0, count - standing.recent.takes)
    yield _mean(standing.recent, newer, count - 1)
    if standing.before is not None and newer > 0:
        yield _mean(standing.before, max(0, newer - standing.before.takes), newer - 1)


def _mean(estimate: Estimate, first: int, last: int) -> dict[str, Any]:
    return {
        "first": first,
        "last": last,
        "value": round(estimate.value, DIGITS),
        "low": None if estimate.low is None else round(estimate.low, DIGITS),
        "high": None if estimate.high is None else round(estimate.high, DIGITS),
    }
