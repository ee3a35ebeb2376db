"""The best take of each measure that has a best, and the longest row of whole closes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.history.scopes import takes_of

if TYPE_CHECKING:
    import sqlite3

RATES: Final = ("fillers", "hesitations")
"""Measures of which the lowest is the best."""

LEAST_MINUTES: Final = 0.5
"""A best is not set in less: there is little to go wrong in a few words. Ours."""

ROW: Final = "row"
"""How many takes in a row had all four steps."""

LEAST_ROW: Final = 2


@dataclass(frozen=True, slots=True)
class Best:
    """The best of something.

    Parameters
    ----------
    measure
        A measure in `RATES`, or `ROW`.
    session
        Which take; the last of the row.
    value
        In the unit of the measure, or how many takes.
    """

    measure: str
    session: int
    value: float


def find(database: sqlite3.Connection, scope: str) -> None:
    """Look for them in all takes of a scope."""
    database.execute("delete from bests where scope = ?", (scope,))
    which, given = takes_of(scope)
    for measure in RATES:
        row = database.execute(
            "select session, amount / exposure as value from measures join sessions "
            f"on id = session where measure = ? and exposure >= ? and {which} "
            "order by value, held_at, id limit 1",
            (measure, LEAST_MINUTES, *given),
        ).fetchone()
        if row is not None:
            _put(database, scope, Best(measure, row["session"], row["value"]))
    longest, row_now = 0, 0
    for row in database.execute(
        "select session, amount = exposure as whole from measures join sessions "
        f"on id = session where measure = 'steps' and {which} order by held_at, id",
        given,
    ):
        row_now = row_now + 1 if row["whole"] else 0
        if row_now > longest and row_now >= LEAST_ROW:
            longest = row_now
            _put(database, scope, Best(ROW, row["session"], longest))


def compare(database: sqlite3.Connection, scope: str, number: int) -> None:
    """Hold a new take against them."""
    which, given = takes_of(scope)
    newest = database.execute(
        f"select id from sessions where {which} order by held_at desc, id desc limit 1", given
    ).fetchone()
    if newest is None or newest["id"] != number:
        # By a wrong clock it is not the last, and may stand in the middle of a row.
        find(database, scope)
        return
    best = of(database, scope)
    told = {measure: each.value for measure, each in best.items()}
    for row in database.execute(
        "select measure, amount / exposure as value from measures where session = ? and "
        "exposure >= ? and measure in (?, ?)",
        (number, LEAST_MINUTES, *RATES),
    ).fetchall():
        if row["value"] < told.get(row["measure"], float("inf")):
            _put(database, scope, Best(row["measure"], number, row["value"]))
    row_now = _row(database, scope, best.get(ROW))
    if row_now >= LEAST_ROW and row_now > told.get(ROW, 0):
        _put(database, scope, Best(ROW, number, row_now))


def of(database: sqlite3.Connection, scope: str) -> dict[str, Best]:
    """Those that were found, by measure."""
    return {
        row["measure"]: Best(row["measure"], row["session"], row["value"])
        for row in database.execute("select * from bests where scope = ?", (scope,))
    }


def _row(database: sqlite3.Connection, scope: str, best: Best | None) -> float:
    """How many of the last takes in a row had all steps."""
    which, given = takes_of(scope)
    # From the newest back, and no further than the row reaches.
    takes = database.execute(
        "select id, amount = exposure as whole from sessions cross join measures on session = id "
        f"where measure = 'steps' and {which} order by held_at desc, id desc",
        given,
    )
    row_now = 0
    for take in takes:
        if not take["whole"]:
            break
        if best is not None and take["id"] == best.session:
            # The best row goes on.
            return row_now + best.value
        row_now += 1
    return row_now


def _put(database: sqlite3.Connection, scope: str, best: Best) -> None:
    database.execute(
        "insert or replace into bests values (?, ?, ?, ?)",
        (scope, best.measure, best.session, best.value),
    )
