"""What is shown of a history: read, not worked out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from rehearse.history import bests
from rehearse.history.estimates import Estimate
from rehearse.history.goals import Goal
from rehearse.history.habits import Habit
from rehearse.history.measures import ALL, Point
from rehearse.history.rows import LARGEST
from rehearse.history.standing import Standing
from rehearse.session import ANY

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from rehearse.history.bests import Best

ROWS: Final = 50
"""Takes that are listed unless more are asked for: as many as are compared."""


@dataclass(frozen=True, slots=True)
class Row:
    """A session without its words.

    Parameters
    ----------
    number, held_at, origin, label, source, repeats
        As in `rehearse.session.Session`.
    points
        Its measures by name.
    """

    number: int
    held_at: datetime
    origin: str
    label: str
    source: str
    repeats: int | None
    points: dict[str, Point] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overview:
    """A history, or what of it has one label.

    Parameters
    ----------
    scope
        The label; `ANY` is all.
    count
        How many sessions there are.
    rows
        The last of them, the oldest first.
    standings
        Where each measure stands, by name, in the order of `measures.ALL`.
    bests
        The best takes, by measure.
    habits
        Those that were found.
    goal
        The one thing for the next take; None before the first.
    goals_reached, goals_judged
        How many goals were reached, of how many.
    """

    scope: str
    count: int
    rows: list[Row]
    standings: dict[str, Standing]
    bests: dict[str, Best]
    habits: list[Habit]
    goal: Goal | None
    goals_reached: int
    goals_judged: int


def overview(database: sqlite3.Connection, scope: str, last: int | None) -> Overview:
    """Read what is shown.

    Parameters
    ----------
    database
        A history.
    scope
        A label; `ANY` is all.
    last
        So many rows; None is all of them.
    """
    condition, given = ("true", ()) if scope == ANY else ("label = ?", (scope,))
    (count,) = database.execute(
        f"select count(*) from sessions where {condition}", given
    ).fetchone()
    reached, judged = database.execute(
        "select coalesce(sum(reached), 0), count(reached) from goals"
    ).fetchone()
    return Overview(
        scope=scope,
        count=count,
        rows=_rows(database, condition, given, last),
        standings=_standings(database, scope),
        bests=bests.of(database, scope),
        habits=[
            Habit(row["kind"], row["what"], row["takes"], row["among"], row["times"], row["lift"])
            for row in database.execute(
                "select * from habits where scope = ?1 or (scope = ?2 and kind = 'phrase') "
                "order by kind = 'phrase', place",
                (scope, ANY),
            )
        ],
        goal=open_goal(database),
        goals_reached=reached,
        goals_judged=judged,
    )


def open_goal(database: sqlite3.Connection) -> Goal | None:
    """The goal that waits for a take."""
    row = database.execute(
        "select measure, target from goals where reached is null order by set_after desc limit 1"
    ).fetchone()
    return None if row is None else Goal(row["measure"], row["target"])


def _rows(
    database: sqlite3.Connection, condition: str, given: tuple[str, ...], last: int | None
) -> list[Row]:
    limit = (*given, -1 if last is None else min(last, LARGEST))
    which = f"from sessions where {condition} order by held_at desc, id desc limit ?"
    rows = {
        row["id"]: Row(
            row["id"],
            datetime.fromisoformat(row["held_at"]),
            row["origin"],
            row["label"],
            row["source"],
            row["repeats"],
        )
        for row in database.execute(
            f"select id, held_at, origin, label, source, repeats {which}", limit
        )
    }
    for row in database.execute(
        "select session, measure, amount, exposure from measures "
        f"where session in (select id {which})",
        limit,
    ):
        rows[row["session"]].points[row["measure"]] = Point(row["amount"], row["exposure"])
    return list(reversed(rows.values()))


def _standings(database: sqlite3.Connection, scope: str) -> dict[str, Standing]:
    found = {
        row["measure"]: _standing(row)
        for row in database.execute("select * from standings where scope = ?", (scope,))
    }
    return {name: found[name] for name in ALL if name in found}


def _standing(row: Mapping[str, Any]) -> Standing:
    recent = _estimate(row, "recent")
    if recent is None:
        raise ValueError(f"a standing without a value: {row['measure']}")
    return Standing(row["measure"], recent, _estimate(row, "before"), row["verdict"], row["more"])


def _estimate(row: Mapping[str, Any], group: str) -> Estimate | None:
    if row[group] is None:
        return None
    return Estimate(row[group], row[f"{group}_low"], row[f"{group}_high"], row[f"{group}_takes"])
