"""What is known of the recordings of a folder of results: right whenever the program is ended."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.batch.found import Found
from rehearse.cohort import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

COMMIT_S: Final = 0.5
"""How much work may have to be done again where the program is killed. Ours."""

TABLES: Final = """
create table if not exists about (name text primary key, value text not null) strict;
create table if not exists recordings (
    name text primary key,
    sha256 text not null,
    made text not null,
    run integer not null,
    report text not null,
    digest text not null,
    source text not null,
    row text not null,
    error text not null,
    hint text not null
) strict;
create index if not exists by_content on recordings (sha256, made);
create temp table waiting (name text, source text, address blob, size integer, trouble text);
create index temp.by_name on waiting (name);
"""

_KEPT: Final = "select name, sha256, made, report, digest, source, error, hint from recordings "
_ROWS: Final = (
    "select name, sha256, made, report, digest, source, error, hint, row from recordings "
)
_NAMED: Final = "name in (select name from waiting)"
_MET: Final = "run >= ?"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a recording.

    Parameters
    ----------
    name
        Below its folder; of one without a name its alias.
    sha256
        Of its content; empty where that could not be read.
    made
        The key of what its report was made with.
    report
        The file of that, below the folder of results.
    digest
        SHA-256 of that file; empty where there is no report.
    source
        What the report calls it.
    error, hint
        Why there is none, and what to do.
    """

    name: str
    sha256: str
    made: str
    report: str
    digest: str
    source: str
    error: str = ""
    hint: str = ""


class Database:
    """The database of one folder, for one run.

    Every method raises what SQLite raises.

    Parameters
    ----------
    path
        Its file.
    key
        Of what reports are made with now; what was made with anything else does not count.
    named
        Whether recordings have names. Those without are known by their content alone.
    """

    def __init__(self, path: Path, key: str, *, named: bool) -> None:
        self._key, self._named = key, named
        self._committed = time.monotonic()
        self._database = sqlite3.connect(path)
        path.chmod(0o600)
        # Reports are known by their digests, so that nothing but work is lost with a commit.
        self._database.execute("pragma synchronous = normal")
        self._database.executescript(TABLES)
        self._about = dict(self._database.execute("select name, value from about"))
        self.run = int(self._about.get("run", 0))

    @property
    def names(self) -> str | None:
        """Whether the reports are "with names" or "without names"; None of a new one."""
        return self._about.get("names")

    def begin(self) -> None:
        """Begin a run."""
        self.run += 1
        about = {"run": str(self.run), "names": "with names" if self._named else "without names"}
        self._database.executemany("insert or replace into about values (?, ?)", about.items())
        if not self._named:
            # They are tried again, and nothing tells which is which.
            self._database.execute("delete from recordings where digest = ''")
        self._database.commit()

    def close(self) -> None:
        """Write what was not written, and close."""
        try:
            self._database.commit()
        finally:
            self._database.close()

    def queue(self, found: Iterable[Found]) -> None:
        """Note what is to be done."""
        # A path may be no text: it is kept in its bytes.
        rows = ((e.name, e.source, os.fsencode(e.address), e.size, e.trouble) for e in found)
        self._database.executemany("insert into waiting values (?, ?, ?, ?, ?)", rows)

    def queued(self) -> Iterator[Found]:
        """What is to be done, in the order in which it was found."""
        for name, source, address, size, trouble in self._database.execute(
            "select * from waiting order by rowid"
        ):
            yield Found(name, source, os.fsdecode(address), size, trouble)

    @property
    def count(self) -> int:
        """How many are to be done."""
        (count,) = self._database.execute("select count(*) from waiting").fetchone()
        return int(count)

    @property
    def empty(self) -> bool:
        """Whether nothing has been done yet."""
        query = "select 1 from recordings where made = ? and digest <> '' limit 1"
        return self._database.execute(query, (self._key,)).fetchone() is None

    def named(self, name: str) -> Iterator[Kept]:
        """What has a report under this name."""
        query = _KEPT + "where name = ? and made = ? and digest <> ''"
        return (Kept(*row) for row in self._database.execute(query, (name, self._key)))

    def with_content(self, sha256: str) -> Iterator[Kept]:
        """What has a report and this content."""
        query = _KEPT + "where sha256 = ? and made = ? and digest <> ''"
        return (Kept(*row) for row in self._database.execute(query, (sha256, self._key)))

    def put(self, kept: Kept, row: Row | None) -> None:
        """Keep what is known of a recording."""
        told = "" if row is None else json.dumps(row.kept(), ensure_ascii=False)
        self._database.execute(
            "insert or replace into recordings (name, sha256, made, run, report, digest, source, "
            "row, error, hint) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(kept.name, kept.sha256, kept.made, self.run, kept.report, kept.digest),
                *(kept.source, told, kept.error, kept.hint),
            ),
        )
        self._commit()

    def seen(self, name: str) -> None:
        """Note that this run met a recording of which nothing has changed."""
        self._database.execute("update recordings set run = ? where name = ?", (self.run, name))
        self._commit()

    def _commit(self) -> None:
        if time.monotonic() - self._committed > COMMIT_S:
            self._database.commit()
            self._committed = time.monotonic()

    def rows(self, *, finished: bool) -> Iterator[tuple[Kept, Row | None]]:
        """What is known of the recordings of this run, by name; None where there is no report.

        Parameters
        ----------
        finished
            Whether the run met all of them. Where it did not, nothing tells which of those
            without a name it would have met, and all count.
        """
        query, values = _ROWS + f"where made = ? and {_NAMED} order by name", [self._key]
        if not self._named:
            query = _ROWS + f"where made = ? and {_MET} order by name"
            values.append(str(self.run if finished else 0))
        for *kept, row in self._database.execute(query, values):
            yield Kept(*kept), Row.read(json.loads(row)) if row else None

    def vanished(self) -> int:
        """How many reports are of recordings that a finished run did not meet."""
        query, values = f"where digest <> '' and not {_NAMED}", []
        if not self._named:
            query, values = f"where digest <> '' and not {_MET}", [self.run]
        (count,) = self._database.execute(
            f"select count(*) from recordings {query}", values
        ).fetchone()
        return int(count)
