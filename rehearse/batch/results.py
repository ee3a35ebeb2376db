"""The folder of results: a report for each recording, and what is known of all of them.

What is done stands in a database, which is right whenever the program is ended; the manifest
and the summary are written from it at the end of a run.  A report is whole or absent, and known
by its digest: one that was damaged, or changed by somebody, is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from rehearse.batch.work import alias, page_of
from rehearse.cohort import Failure, Row, row_of
from rehearse.errors import OutputError
from rehearse.takes.files import whole_or_absent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rehearse.batch.found import Found
    from rehearse.batch.made import Made
    from rehearse.batch.work import Done

DATABASE: Final = "batch.sqlite"
LOCK: Final = ".lock"
REPORTS: Final = "reports"
LONGEST_NAME: Final = 200
"""Bytes of the name of a file; systems take 255, and endings come on top."""

COMMIT_S: Final = 0.5
"""How much work may have to be done again where the program is killed. Ours."""

TABLES: Final = """
create table if not exists about (name text primary key, value text not null) strict;
create table if not exists recordings (
    name text primary key,  -- below the folder; of an anonymous one, its alias
    sha256 text not null,  -- of its content; empty where that could not be read
    made text not null,  -- the key of what its report was made with
    run integer not null,  -- the last run that saw it
    report text not null,  -- its file, below the folder of results
    digest text not null,  -- of that file; empty where there is none
    source text not null,  -- what the report calls it
    row text not null,  -- what the summary needs of it
    error text not null,
    hint text not null
) strict;
create index if not exists by_content on recordings (sha256, made);
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a recording."""

    name: str
    sha256: str
    made: str
    report: str
    digest: str
    source: str
    error: str
    hint: str


class Results:
    """The folder, for one run at a time.

    Parameters
    ----------
    folder
        Made where it is not there.
    made
        What reports are made with now.
    pages
        Whether each report is wanted as a page as well.
    anonymous
        Whether names are to be nowhere in it.

    Raises
    ------
    OutputError
        Where it cannot be written, is in use, or holds something else.
    """

    def __init__(
        self, folder: Path, made: Made, *, pages: bool = False, anonymous: bool = False
    ) -> None:
        self.folder = folder
        self.made = made
        self.pages = pages
        self.anonymous = anonymous
        self._key = made.key
        self._committed = 0.0
        self.finished = False
        """Whether every recording of this run was come to."""

    def __enter__(self) -> Self:
        import filelock

        with self.told():
            _require_ours(self.folder)
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = filelock.FileLock(self.folder / LOCK, timeout=0, mode=0o600)
            try:
                self._lock.acquire()
            except filelock.Timeout:
                raise OutputError(
                    f"Another run writes into {self.folder} at this moment.",
                    hint="Wait until it is done, or name another folder with --out.",
                ) from None
            try:
                self._open()
            except BaseException:
                self._lock.release()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            with contextlib.suppress(sqlite3.Error):
                self._database.commit()
            self._database.close()
        finally:
            self._lock.release()

    def _open(self) -> None:
        path = self.folder / DATABASE
        self._database = sqlite3.connect(path)
        path.chmod(0o600)
        # Reports are known by their digests, so that nothing is lost with a commit but work.
        self._database.execute("pragma synchronous = normal")
        self._database.executescript(TABLES)
        about = dict(self._database.execute("select name, value from about"))
        names = "without names" if self.anonymous else "with names"
        if about.setdefault("names", names) != names:
            raise OutputError(
                f"{self.folder} holds reports {about['names']}, and these are to be {names}.",
                hint="Name another folder with --out.",
            )
        self.run = int(about.get("run", 0)) + 1
        about["run"] = str(self.run)
        self._database.executemany("insert or replace into about values (?, ?)", about.items())
        self._database.execute(
            "create temp table waiting (name text, source text, address blob, size integer, "
            "trouble text)"
        )
        self._database.commit()

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Turn what the disk and SQLite say into an `OutputError`."""
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            why = getattr(error, "strerror", None) or error
            raise OutputError(
                f"{self.folder} cannot be written: {why}.",
                hint="Make room or take the right to write there, and give the same command "
                "again: what is done is not done again.",
            ) from error

    def queue(self, found: Iterable[Found]) -> None:
        """Note what is to be done."""
        # A path may be no text: it is kept in its bytes.
        rows = ((e.name, e.source, os.fsencode(e.address), e.size, e.trouble) for e in found)
        with self.told():
            self._database.executemany("insert into waiting values (?, ?, ?, ?, ?)", rows)

    def queued(self) -> Iterator[Found]:
        """What is to be done, in the order in which it was found."""
        from rehearse.batch.found import Found

        for name, source, address, size, trouble in self._database.execute(
            "select * from waiting order by rowid"
        ):
            yield Found(name, source, os.fsdecode(address), size, trouble)

    @property
    def count(self) -> int:
        """How many there are."""
        (count,) = self._database.execute("select count(*) from waiting").fetchone()
        return int(count)

    @property
    def empty(self) -> bool:
        """Whether nothing has been done yet."""
        query = "select 1 from recordings where made = ? and digest <> '' limit 1"
        return self._database.execute(query, (self._key,)).fetchone() is None

    def known(self, name: str) -> Kept | None:
        """What is done of this name: its report is there, and whole."""
        return self._intact("name = ?", name)

    def same(self, sha256: str, found: Found) -> Kept | None:
        """What is done of this content under any name, if its report fits this one."""
        kept = self._intact("sha256 = ?", sha256)
        if kept is None or self.anonymous or Path(kept.source).name == Path(found.source).name:
            return kept
        # A report may speak of its file: of another name it would have to be another.
        text = json.dumps(self._report(kept)["notes"], ensure_ascii=False)
        return None if Path(kept.source).name in text else kept

    def _intact(self, where: str, value: str) -> Kept | None:
        columns = "name, sha256, made, report, digest, source, error, hint"
        query = f"select {columns} from recordings where {where} and made = ? and digest <> ''"
        for row in self._database.execute(query, (value, self._key)):
            kept = Kept(*row)
            with contextlib.suppress(OSError):
                if _digest((self.folder / kept.report).read_bytes()) == kept.digest:
                    return kept
        return None

    def _report(self, kept: Kept) -> dict[str, Any]:
        report: dict[str, Any] = json.loads((self.folder / kept.report).read_bytes())
        return report

    def keep(self, found: Found, done: Done) -> None:
        """Keep a report.

        Raises
        ------
        OutputError
            Where it cannot be written.
        """
        if done.line is None:
            raise ValueError("there is no report to be kept")
        with self.told():
            self._write(self._place(found, done.sha256), found, done.sha256, done.line, done.page)

    def keep_again(self, found: Found, kept: Kept) -> None:
        """Keep a report that is there already, for this name as well.

        Raises
        ------
        OutputError
            Where it cannot be written.
        """
        with self.told():
            place = self._place(found, kept.sha256)
            report = self._report(kept)
            there = place == kept.report and (self.anonymous or report["source"] == found.source)
            if there and (not self.pages or (self.folder / place).with_suffix(".html").is_file()):
                self._seen(self._name(found, kept.sha256))
                return
            if not self.anonymous:
                report["source"] = found.source
            line = json.dumps(report, ensure_ascii=False, allow_nan=False)
            self._write(place, found, kept.sha256, line, page_of(line) if self.pages else None)

    def fail(self, found: Found, sha256: str, error: str, hint: str) -> None:
        """Keep why there is no report; one of other content goes.

        Raises
        ------
        OutputError
            Where that cannot be written.
        """
        with self.told():
            place = self._place(found, sha256)
            for suffix in (".json", ".html"):
                (self.folder / place).with_suffix(suffix).unlink(missing_ok=True)
            name = self._name(found, sha256)
            shown = name if self.anonymous else found.source
            self._put((name, sha256, self._key, self.run, place, "", shown, "", error, hint))

    def _write(self, place: str, found: Found, sha256: str, line: str, page: str | None) -> None:
        path = self.folder / place
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = (line + "\n").encode()
        if page is not None:
            with whole_or_absent(path.with_suffix(".html")) as half:
                half.write_text(page, "utf-8", newline="\n")
        with whole_or_absent(path) as half:
            half.write_bytes(content)
        row = json.dumps(row_of(json.loads(line)).kept(), ensure_ascii=False)
        name = self._name(found, sha256)
        shown = name if self.anonymous else found.source
        digest = _digest(content)
        self._put((name, sha256, self._key, self.run, place, digest, shown, row, "", ""))

    def _put(self, row: tuple[str | int, ...]) -> None:
        marks = ", ".join("?" * len(row))
        self._database.execute(f"insert or replace into recordings values ({marks})", row)
        self._commit()

    def _seen(self, name: str) -> None:
        self._database.execute("update recordings set run = ? where name = ?", (self.run, name))
        self._commit()

    def _commit(self) -> None:
        if time.monotonic() - self._committed > COMMIT_S:
            self._database.commit()
            self._committed = time.monotonic()

    def _name(self, found: Found, sha256: str) -> str:
        if not self.anonymous:
            return found.name
        return alias(sha256 or _digest(found.name.encode()), found.address)

    def _place(self, found: Found, sha256: str) -> str:
        parts = [_safe(part) for part in self._name(found, sha256).split("/")]
        return "/".join((REPORTS, *parts)) + ".json"

    def rows(self) -> Iterator[tuple[Kept, Row | None]]:
        """What is known of the recordings of this run, by name; None where there is no report."""
        query = (
            "select name, sha256, made, report, digest, source, error, hint, row from recordings "
            f"where made = ? and {self._of_this_run()} order by name"
        )
        for *kept, row in self._database.execute(query, (self._key,)):
            yield Kept(*kept), Row.read(json.loads(row)) if row else None

    def _of_this_run(self) -> str:
        if not self.anonymous:
            return "name in (select name from waiting)"
        # Nothing tells which of them a name would be; whoever is done has met all.
        return f"run = {self.run}" if self.finished else "true"

    def failures(self) -> list[Failure]:
        """What this run has no report of."""
        return [
            Failure("" if self.anonymous else kept.name, kept.error, kept.hint)
            for kept, row in self.rows()
            if row is None
        ]

    def vanished(self) -> int:
        """How many reports are of recordings that are there no more."""
        query = f"select count(*) from recordings where digest <> '' and not {self._of_this_run()}"
        (count,) = self._database.execute(query).fetchone()
        return int(count)


def _require_ours(folder: Path) -> None:
    """Refuse a folder in which somebody keeps something else."""
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file.", hint="Name a new folder with --out.")
    if not folder.is_dir() or (folder / DATABASE).is_file():
        return
    if any(each.name != LOCK for each in folder.iterdir()):
        raise OutputError(
            f"{folder} holds something else than results.", hint="Name a new folder with --out."
        )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _safe(part: str) -> str:
    """A name that every disk takes, and that is a name: an address may hold others."""
    if part in {"", ".", ".."}:
        return part.replace(".", "_") or "_"
    encoded = part.encode()
    if len(encoded) <= LONGEST_NAME:
        return part
    begin = encoded[: LONGEST_NAME - 20].decode(errors="ignore")
    return f"{begin}-{_digest(encoded)[:16]}"
