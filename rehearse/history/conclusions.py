"""What the takes say together, worked out when one is kept, so that showing it is quick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.history import bests
from rehearse.history.goals import LOOKED_AT, Goal, chosen
from rehearse.history.habits import habits
from rehearse.history.measures import EACH_STEP, MEASURES, Point
from rehearse.history.overview import open_goal
from rehearse.history.rehearsed import LONGEST, recited
from rehearse.history.scopes import takes_of
from rehearse.history.standing import BEFORE, RECENT, standing
from rehearse.session import ANY

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from rehearse.history.estimates import Estimate
    from rehearse.history.standing import Standing

LAST: Final = RECENT + BEFORE
"""Takes that are looked at: as many as are ever compared."""

NOT_AGAIN: Final = 20
"""Takes after which something may be pointed out once more. Ours."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a goal."""

    goal: Goal
    reached: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be said of a session that was just kept.

    Parameters
    ----------
    judged
        What became of the goal that was set before it; None where there was none, or where
        this take cannot tell.
    goal
        The one thing for the next take.
    recited
        Whether it is pointed out that the close has become a recital.
    """

    judged: Judged | None
    goal: Goal | None
    recited: bool


@dataclass(frozen=True, slots=True)
class _Take:
    number: int
    words: str
    points: dict[str, Point]


def conclude(database: sqlite3.Connection, scope: str) -> None:
    """Work out again where everything in a scope stands, and its habits."""
    takes = _last(database, scope, LAST)
    database.execute("delete from standings where scope = ?", (scope,))
    database.execute("delete from habits where scope = ?", (scope,))
    for measure in (*MEASURES, *EACH_STEP):
        points = [take.points[measure.name] for take in takes if measure.name in take.points]
        if points:
            _put(database, scope, standing(measure, points))
    # What somebody says again and again they say whatever it is for: phrases are those of all.
    words = [take.words for take in takes] if scope == ANY else []
    found = habits([take.points for take in takes], words)
    database.executemany(
        "insert into habits values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (scope, place, each.kind, each.what, each.takes, each.among, each.times, each.lift)
            for place, each in enumerate(found)
        ],
    )


def conclude_due(database: sqlite3.Connection) -> None:
    """Do so for every scope that waits for it, as after a change of the database's shape."""
    for scope in [row["scope"] for row in database.execute("select scope from due")]:
        conclude(database, scope)
        bests.find(database, scope)
    database.execute("delete from due")
    set_goal(database)


def say(database: sqlite3.Connection, number: int, repeats: int | None) -> Said:
    """Judge the goal by a session that was just kept, and set the next."""
    if repeats is not None:
        # Nothing was practised.
        return Said(None, open_goal(database), recited=False)
    judged = _judge(database, number)
    set_goal(database)
    return Said(judged, open_goal(database), recited=recital(database, number))


def recital(database: sqlite3.Connection, number: int) -> bool:
    """Whether a session is the last of some that were nearly the same, word for word."""
    return _recited(database, _last(database, ANY, LONGEST), number)


def set_goal(database: sqlite3.Connection) -> None:
    """Choose the one thing for the next take, where none is waiting."""
    takes = _last(database, ANY, LOOKED_AT)
    if not takes or open_goal(database) is not None:
        return
    goal = chosen([take.points for take in takes])
    database.execute(
        "insert or replace into goals (set_after, measure, target) values (?, ?, ?)",
        (takes[-1].number, goal.measure, goal.target),
    )


def _judge(database: sqlite3.Connection, number: int) -> Judged | None:
    points = {
        row["measure"]: Point(row["amount"], row["exposure"])
        for row in database.execute(
            "select measure, amount, exposure from measures where session = ?", (number,)
        )
    }
    goal = open_goal(database)
    if goal is None or (reached := goal.reached(points)) is None:
        return None
    database.execute(
        "update goals set judged_in = ?, reached = ? where reached is null",
        (number, int(reached)),
    )
    return Judged(goal, reached)


def _recited(database: sqlite3.Connection, takes: Sequence[_Take], number: int) -> bool:
    if takes[-1].number != number:
        return False  # by a wrong clock: others are said to be later
    pitches = [take.points["pitch"].value if "pitch" in take.points else None for take in takes]
    if not recited([(take.words, pitch) for take, pitch in zip(takes, pitches, strict=True)]):
        return False
    near = _last(database, ANY, NOT_AGAIN)
    said = {row["session"] for row in database.execute("select session from remarks")}
    if said & {take.number for take in near}:
        return False
    database.execute("insert into remarks values ('recited', ?)", (takes[-1].number,))
    return True


def _last(database: sqlite3.Connection, scope: str, count: int) -> list[_Take]:
    """The last takes of a scope, the oldest first."""
    which, given = takes_of(scope)
    rows = database.execute(
        f"select id, words from sessions where {which} order by held_at desc, id desc limit ?",
        (*given, count),
    ).fetchall()
    takes = {row["id"]: _Take(row["id"], row["words"], {}) for row in reversed(rows)}
    marks = ", ".join("?" * len(takes))
    plain = database.cursor()
    plain.row_factory = None  # hundreds of rows, each time
    for number, measure, amount, exposure in plain.execute(
        f"select session, measure, amount, exposure from measures where session in ({marks})",
        list(takes),
    ):
        takes[number].points[measure] = Point(amount, exposure)
    return list(takes.values())


def _put(database: sqlite3.Connection, scope: str, where: Standing) -> None:
    database.execute(
        "insert into standings values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            scope,
            where.measure,
            *_columns(where.recent),
            *_columns(where.before),
            where.verdict,
            where.more,
        ),
    )


def _columns(estimate: Estimate | None) -> tuple[int, float | None, float | None, float | None]:
    if estimate is None:
        return 0, None, None, None
    return estimate.takes, estimate.value, estimate.low, estimate.high
