"""The history as it changes: sessions are added and forgotten, and so are plans."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rehearse.history import database as db
from rehearse.history import plans, rows, sounds
from rehearse.history.reading import Reading
from rehearse.session import ANY, Session

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from rehearse.history.conclusions import Said
    from rehearse.history.rows import Entry
    from rehearse.interview.card import Said as Planned
    from rehearse.interview.plan import Plan


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an entry.

    Parameters
    ----------
    number
        Of its session.
    repeats
        An earlier session with the same sound or words, where there is one.
    said
        The goal, and what is pointed out.
    """

    number: int
    repeats: int | None
    said: Said


class History(Reading):
    """The same, and what changes it."""

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The same inside a transaction."""
        with self.reading() as database, db.writing(database):
            yield database

    def add(self, entry: Entry) -> Added:
        """Keep a session, and work out where everything stands.

        When this returns, it is on the disk.
        """
        from rehearse.history import bests
        from rehearse.history.conclusions import conclude, say

        prepared = self._prepared(entry)
        with self.writing() as database:
            number, repeats = rows.insert(database, prepared)
            for scope in sorted({ANY, entry.label}):
                conclude(database, scope)
                if repeats is None:
                    bests.compare(database, scope, number)
            double = sounds.share(database, self.takes, prepared.sha256, entry.sound)
            added = Added(number, repeats, say(database, number, repeats))
        self._delete(double)
        return added

    def add_all(
        self, entries: Sequence[Entry], *, planned: Mapping[str, Plan] | None = None
    ) -> list[int]:
        """Keep sessions and plans of another time, all or none of them; give the numbers.

        Parameters
        ----------
        entries
            The sessions.
        planned
            Plans by what they are for; one that is there already stays as it is.

        "acme" of another time is the Acme of here: nobody would find it beside that.
        """
        from rehearse.history.conclusions import conclude_due

        planned = planned or {}
        spelled = self.spellings([*(each.label for each in entries), *planned])
        entries = [replace(each, label=spelled[each.label]) for each in entries]
        prepared = [self._prepared(entry) for entry in entries]
        with self.writing() as database:
            numbers = [rows.insert(database, each)[0] for each in prepared]
            doubles = [
                sounds.share(database, self.takes, each.sha256, each.entry.sound)
                for each in prepared
            ]
            rows.insert_goals(database, numbers, entries)
            there = {label.casefold() for label in plans.labels(database)}
            for label, plan in planned.items():
                if label.casefold() not in there:
                    there.add(label.casefold())
                    plans.write(database, spelled[label], plan, _now())
            for scope in {ANY, *(each.entry.label for each in prepared)}:
                database.execute("insert or ignore into due values (?)", (scope,))
            conclude_due(database)
        for double in doubles:
            self._delete(double)
        return numbers

    def give(self, sha256: str, sound: str) -> None:
        """Give the sessions of a sound their file, where it was missing."""
        with self.writing() as database:
            double = sounds.share(database, self.takes, sha256, sound)
        self._delete(double)

    def forget(self, number: int) -> Session:
        """Delete a session and its sound, so that nothing of it is left in any file.

        Raises
        ------
        NoSessionError
            Where there is none of this number.
        HistoryError
            Where its sound cannot be deleted; then nothing is.
        """
        from rehearse.history import bests
        from rehearse.history.conclusions import conclude, set_goal

        session = self.session(number)
        with self.writing() as database:
            database.execute("delete from sessions where id = ?", (number,))
            promoted = rows.repeat_another(database, number)
            for scope in sorted({ANY, session.label, promoted or ANY}):
                conclude(database, scope)
                bests.find(database, scope)
            set_goal(database)
            # Last, but before it is confirmed: what cannot be deleted is not forgotten.
            self._delete_sound(database, session)
        return session

    def plan(self, label: str) -> Plan | None:
        """What is to be said for something; None where nobody has planned it."""
        with self.snapshot() as database:
            return plans.read(database, label)

    def planned(self, label: str) -> tuple[str, Plan] | None:
        """The plan for something, and the label as it was written first; None without a plan.

        Where there is no history, none is begun for its sake.
        """
        with db.told(self.path):  # to look is refused as well, in a folder of somebody else
            there = self.path.is_file()
        if not there:
            return None
        label = self.spelled(label)
        plan = self.plan(label)
        return None if plan is None else (label, plan)

    def plans(self) -> dict[str, Plan]:
        """Every plan, by what it is for; in the order of the alphabet."""
        with self.reading() as database:
            found = {label: plans.read(database, label) for label in plans.labels(database)}
        return {label: plan for label, plan in found.items() if plan is not None}

    def said(self, label: str) -> dict[str, Planned]:
        """How often each part of a plan was said, by its name; none that never was looked for."""
        with self.snapshot() as database:
            return plans.said(database, label)

    def keep_plan(self, label: str, plan: Plan) -> None:
        """Keep what is to be said for something, in the place of the plan that is there."""
        with self.writing() as database:
            plans.write(database, label, plan, _now())

    def forget_plan(self, label: str) -> bool:
        """Delete a plan, so that nothing of it is left in any file; tell whether there was one."""
        with self.writing() as database:
            return plans.remove(database, label)

    def _delete_sound(self, database: sqlite3.Connection, session: Session) -> None:
        shared = database.execute("select 1 from sessions where sound = ?", (session.sound,))
        if session.sound is not None and shared.fetchone() is None:
            sounds.delete(session, self.takes)

    def _delete(self, double: str | None) -> None:
        """Delete a sound that lies there under another name as well."""
        if double is not None:
            with contextlib.suppress(OSError):
                (self.takes / double).unlink()

    def _prepared(self, entry: Entry) -> rows.Prepared:
        """What can be done before anybody has to wait."""
        from rehearse.history.measures import measured

        report: dict[str, Any] = json.loads(entry.line)
        words: str = report["transcript"]["text"]
        sha256 = entry.sha256 or self._sha256(entry.sound, words)
        return rows.Prepared(entry, sha256, words, measured(report))

    def _sha256(self, sound: str | None, words: str) -> str:
        if sound is None:
            return sounds.digest([words.encode()])
        with db.told(self.path):
            return sounds.digest_of(self.takes / sound)


def _now() -> str:
    return rows.time_of(datetime.now(UTC))
