"""Sessions as they lie in the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rehearse.session import ANY, Session

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from rehearse.history.measures import Point
    from rehearse.session import Origin

LARGEST: Final = 2**63 - 1
"""What SQLite can count to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be kept.

    Parameters
    ----------
    line
        The report, as `rehearse analyze --json` writes it.
    origin
        By which command.
    source
        The file, as it was named.
    label
        What it was for.
    sound
        The name of its FLAC file in the folder of takes; None where it was typed.
    from_s
        Seconds of the source before its sound begins.
    held_at
        When, in UTC; None is now.
    sha256
        As in `rehearse.session.Session`; None is worked out.
    elsewhere
        Its number in another history, from which it comes.
    goal
        What was to be done in the take after it, there.
    """

    line: str
    origin: Origin
    source: str
    label: str = ANY
    sound: str | None = None
    from_s: float = 0.0
    held_at: datetime | None = None
    sha256: str | None = None
    elsewhere: int | None = None
    goal: KeptGoal | None = None


@dataclass(frozen=True, slots=True)
class KeptGoal:
    """A goal that was judged in another history.

    Parameters
    ----------
    measure, target
        As in `rehearse.history.goals.Goal`.
    judged_in
        In which session of that history.
    reached
        Whether it was.
    """

    measure: str
    target: float | None
    judged_in: int
    reached: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entry, and what can be known of it before anybody has to wait."""

    entry: Entry
    sha256: str
    words: str
    points: Mapping[str, Point]


def repeat_another(database: sqlite3.Connection, number: int) -> str | None:
    """Let the first session that repeats one which is gone take its place; give its label."""
    first = database.execute(
        "select id, label from sessions where repeats = ? order by held_at, id limit 1", (number,)
    ).fetchone()
    if first is None:
        return None
    database.execute("update sessions set repeats = null where id = ?", (first["id"],))
    database.execute("update sessions set repeats = ? where repeats = ?", (first["id"], number))
    return str(first["label"])


def time_of(held_at: datetime) -> str:
    """A time as it is written in the database: in UTC, so that text sorts as time does."""
    return held_at.astimezone(UTC).isoformat(timespec="microseconds")


def insert(database: sqlite3.Connection, new: Prepared) -> tuple[int, int | None]:
    """Put a session in; give its number, and that of an earlier one that it repeats."""
    entry, held_at = new.entry, new.entry.held_at or datetime.now(UTC)
    earlier = database.execute(
        "select id from sessions where sha256 = ? and repeats is null", (new.sha256,)
    ).fetchone()
    repeats = None if earlier is None else int(earlier["id"])
    row = database.execute(
        "insert into sessions (held_at, origin, label, source, sound, from_s, sha256, repeats, "
        "words, report) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            time_of(held_at),
            entry.origin,
            entry.label,
            entry.source,
            entry.sound,
            entry.from_s,
            new.sha256,
            repeats,
            new.words,
            entry.line,
        ),
    )
    number = row.lastrowid
    if number is None:
        raise RuntimeError("a session was inserted and has no number")
    database.executemany(
        "insert into measures (session, measure, amount, exposure) values (?, ?, ?, ?)",
        [(number, name, each.amount, each.exposure) for name, each in new.points.items()],
    )
    return number, repeats


def insert_goals(
    database: sqlite3.Connection, numbers: Sequence[int], new: Sequence[Entry]
) -> None:
    """Put in what came of the goals of another history, of which these entries are."""
    here = {each.elsewhere: number for number, each in zip(numbers, new, strict=True)}
    database.executemany(
        "insert into goals (set_after, measure, target, judged_in, reached) values (?, ?, ?, ?, ?)",
        [
            (number, goal.measure, goal.target, here[goal.judged_in], int(goal.reached))
            for number, each in zip(numbers, new, strict=True)
            if (goal := each.goal) is not None and goal.judged_in in here
        ],
    )


def session(row: sqlite3.Row) -> Session:
    """A row of `sessions`, with all of its columns."""
    return Session(
        number=row["id"],
        held_at=datetime.fromisoformat(row["held_at"]),
        origin=row["origin"],
        label=row["label"],
        source=row["source"],
        sound=row["sound"],
        from_s=row["from_s"],
        sha256=row["sha256"],
        repeats=row["repeats"],
        line=row["report"],
        report=json.loads(row["report"]),
    )
