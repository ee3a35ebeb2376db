"""The history as it is read: sessions, what they were for, and what is shown of them all."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self

from rehearse.errors import NoSessionError
from rehearse.history import database as db
from rehearse.history import plans, rows, sounds
from rehearse.session import ANY, Session
from rehearse.settings import data_folder

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from rehearse.history.conclusions import Said
    from rehearse.history.goals import Goal
    from rehearse.history.overview import Overview
    from rehearse.history.rows import KeptGoal
    from rehearse.session import Origin

NAME: Final = "history.sqlite"
TAKES: Final = "takes"


class Reading:
    """The sessions of this user, as they are looked at; a context manager.

    Parameters
    ----------
    folder
        Where it lies; the data folder unless another is given.

    Raises
    ------
    HistoryError
        From everything, where the database cannot be used.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder if folder is not None else data_folder()
        self.path = self.folder / NAME
        self._database: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    @property
    def takes(self) -> Path:
        """The folder of the sounds."""
        return self.folder / TAKES

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The database, with its failures in words."""
        if self._database is None:
            self._database = db.connect(self.path)
            with db.told(self.path):
                self._conclude_due(self._database)
        with db.told(self.path):
            yield self._database

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """The same as it is now, whoever writes meanwhile; who does waits for its end."""
        with self.reading() as database, db.snapshot(database):
            yield database

    def session(self, number: int) -> Session:
        """One session.

        Raises
        ------
        NoSessionError
            Where there is none of this number.
        """
        with self.reading() as database:
            row = (
                database.execute("select * from sessions where id = ?", (number,)).fetchone()
                if number <= rows.LARGEST
                else None
            )
            if row is not None:
                return rows.session(row)
        raise self._missing(number)

    def sessions(self, label: str | None = None, *, last: int | None = None) -> list[Session]:
        """Sessions, the oldest first; of one label, and the last so many."""
        with self.reading() as database:
            found = database.execute(
                "select * from sessions where ?1 is null or label = ?1 "
                "order by held_at desc, id desc limit ?2",
                (label, -1 if last is None else last),
            ).fetchall()
            return [rows.session(row) for row in reversed(found)]

    def each(self) -> Iterator[Session]:
        """Every session, the oldest first, one at a time: they may be many."""
        with self.reading() as database:
            for row in database.execute("select * from sessions order by held_at, id"):
                yield rows.session(row)

    def latest(self, origin: Origin) -> Session | None:
        """The newest session of a command; one of tomorrow, by a wrong clock, is passed over."""
        with self.reading() as database:
            row = database.execute(
                "select * from sessions where origin = ? and held_at <= ? "
                "order by held_at desc, id desc limit 1",
                (origin, rows.time_of(datetime.now(UTC))),
            ).fetchone()
            return None if row is None else rows.session(row)

    def goal(self) -> Goal | None:
        """The one thing for the next take; None before the first."""
        from rehearse.history.overview import open_goal

        with self.reading() as database:
            return open_goal(database)

    def said_of(self, number: int) -> Said:
        """What was said of a session when it was kept: the goal that it was judged by.

        Raises
        ------
        NoSessionError
            Where there is none of this number.
        """
        from rehearse.history.conclusions import Judged, Said, recital
        from rehearse.history.goals import Goal
        from rehearse.history.overview import open_goal

        with self.snapshot() as database:
            row = database.execute(
                "select measure, target, reached from goals where judged_in = ?", (number,)
            ).fetchone()
            judged = (
                None
                if row is None
                else Judged(Goal(row["measure"], row["target"]), bool(row["reached"]))
            )
            return Said(judged, open_goal(database), recited=recital(database, number))

    def before(self, session: Session) -> Session | None:
        """The take before one, for the same; None where it was the first."""
        with self.reading() as database:
            row = database.execute(
                "select * from sessions where label = ? and repeats is null "
                "and (held_at, id) < (?, ?) order by held_at desc, id desc limit 1",
                (session.label, rows.time_of(session.held_at), session.number),
            ).fetchone()
        return None if row is None else rows.session(row)

    def count(self) -> int:
        """How many sessions there are."""
        with self.reading() as database:
            (count,) = database.execute("select count(*) from sessions").fetchone()
        return int(count)

    def spelled(self, label: str) -> str:
        """A label as it was written the first time: "acme" is Acme."""
        return self.spellings([label])[label]

    def spellings(self, labels: Collection[str]) -> dict[str, str]:
        """Each of several labels as it was written the first time, here or else among them."""
        with self.reading() as database:
            known = [*self.labels(), *plans.labels(database), *labels]
        first: dict[str, str] = {}
        for each in known:
            first.setdefault(each.casefold(), each)
        return {each: first[each.casefold()] for each in labels}

    def goals(self) -> dict[int, KeptGoal]:
        """The goals that were judged, by the session after which they were set."""
        with self.reading() as database:
            return {
                row["set_after"]: rows.KeptGoal(
                    row["measure"], row["target"], row["judged_in"], bool(row["reached"])
                )
                for row in database.execute("select * from goals where judged_in is not null")
            }

    def labels(self) -> list[str]:
        """What sessions were for, in the order of the alphabet."""
        with self.reading() as database:
            found = database.execute(
                "select distinct label from sessions where label <> ? order by label", (ANY,)
            ).fetchall()
        return [row["label"] for row in found]

    def sounds(self) -> set[str]:
        """The files that sessions have in the folder of takes."""
        with self.reading() as database:
            found = database.execute("select sound from sessions where sound is not null")
            return {row["sound"] for row in found}

    def overview(self, scope: str = ANY, *, last: int | None = None) -> Overview:
        """What is shown of all, or of one label; the last so many takes, or all of them."""
        from rehearse.history.overview import overview

        with self.snapshot() as database:
            return overview(database, scope, last)

    def holds(self, sha256: str, held_at: datetime) -> bool:
        """Whether this very session is in it."""
        with self.reading() as database:
            row = database.execute(
                "select 1 from sessions where sha256 = ? and held_at = ?",
                (sha256, rows.time_of(held_at)),
            ).fetchone()
        return row is not None

    def number_at(self, held_at: datetime) -> int | None:
        """The session of a moment; None where there is none."""
        with self.reading() as database:
            row = database.execute(
                "select id from sessions where held_at = ?", (rows.time_of(held_at),)
            ).fetchone()
        return None if row is None else int(row["id"])

    def lacks(self, sha256: str) -> bool:
        """Whether there are sessions of a sound, and no file."""
        with self.reading() as database:
            found = database.execute("select sound from sessions where sha256 = ?", (sha256,))
            names = [row["sound"] for row in found]
        return bool(names) and not any(name and (self.takes / name).is_file() for name in names)

    def sound_of(self, session: Session) -> Path:
        """The sound of a session.

        Raises
        ------
        HistoryError
            Where it has none, or it is not there any more.
        """
        return sounds.path_of(session, self.takes)

    def _conclude_due(self, database: sqlite3.Connection) -> None:
        """After a change of its shape, work out what the new one has."""
        if database.execute("select 1 from due limit 1").fetchone() is not None:
            from rehearse.history.conclusions import conclude_due

            with db.writing(database):
                conclude_due(database)

    def _missing(self, number: int) -> NoSessionError:
        with self.reading() as database:
            newest = database.execute(
                "select id from sessions order by held_at desc, id desc limit 1"
            ).fetchone()
        return NoSessionError(
            f"There is no session {number}.",
            hint="Nothing is kept yet: `rehearse record` begins."
            if newest is None
            else f"`rehearse history` lists them; the newest is {newest['id']}.",
        )
