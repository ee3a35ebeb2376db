"""The folder of results: a report for each recording, and what is known of all of them.

A report is whole or absent, and known by its digest: one that was damaged, or changed by
somebody, is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from rehearse.batch.database import Database, Kept
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
        self.finished = False
        """Whether this run came to every recording."""
        self._key = made.key

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
                self._database.close()
        finally:
            self._lock.release()

    def _open(self) -> None:
        path = self.folder / DATABASE
        self._database = Database(path, self._key, named=not self.anonymous)
        names = "without names" if self.anonymous else "with names"
        if (there := self._database.names or names) != names:
            self._database.close()
            raise OutputError(
                f"{self.folder} holds reports {there}, and these are to be {names}.",
                hint="Name another folder with --out.",
            )
        self._database.begin()

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
        with self.told():
            self._database.queue(found)

    def queued(self) -> Iterator[Found]:
        """What is to be done, in the order in which it was found."""
        return self._database.queued()

    @property
    def count(self) -> int:
        """How many are to be done."""
        return self._database.count

    @property
    def empty(self) -> bool:
        """Whether nothing has been done yet."""
        return self._database.empty

    def known(self, name: str) -> Kept | None:
        """What is done of this name: its report is there, and whole."""
        return next(filter(self._intact, self._database.named(name)), None)

    def same(self, sha256: str, found: Found) -> Kept | None:
        """What is done of this content under any name, if its report fits this one."""
        for kept in filter(self._intact, self._database.with_content(sha256)):
            if self.anonymous or Path(kept.source).name == Path(found.source).name:
                return kept
            # A report may speak of its file: of another name it would have to be another.
            notes = json.dumps(self._report(kept)["notes"], ensure_ascii=False)
            if Path(kept.source).name not in notes:
                return kept
        return None

    def _intact(self, kept: Kept) -> bool:
        try:
            return _digest((self.folder / kept.report).read_bytes()) == kept.digest
        except OSError:
            return False

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
            self._write(found, done.sha256, done.line, done.page)

    def keep_again(self, found: Found, kept: Kept) -> None:
        """Keep a report that is there already, for this name as well.

        Raises
        ------
        OutputError
            Where it cannot be written.
        """
        with self.told():
            report = self._report(kept)
            place = _place(self._name(found, kept.sha256))
            source = report["source"] if self.anonymous else found.source
            whole = not self.pages or (self.folder / place).with_suffix(".html").is_file()
            if whole and place == kept.report and report["source"] == source:
                self._database.seen(kept.name)
                return
            line = json.dumps({**report, "source": source}, ensure_ascii=False, allow_nan=False)
            self._write(found, kept.sha256, line, page_of(line) if self.pages else None)

    def fail(self, found: Found, sha256: str, error: str, hint: str) -> None:
        """Keep why there is no report; one of other content goes.

        Raises
        ------
        OutputError
            Where that cannot be written.
        """
        with self.told():
            name = self._name(found, sha256)
            place = _place(name)
            for suffix in (".json", ".html"):
                (self.folder / place).with_suffix(suffix).unlink(missing_ok=True)
            source = name if self.anonymous else found.source
            kept = Kept(name, sha256, self._key, place, "", source, error, hint)
            self._database.put(kept, None)

    def _write(self, found: Found, sha256: str, line: str, page: str | None) -> None:
        name = self._name(found, sha256)
        path = self.folder / _place(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = (line + "\n").encode()
        if page is not None:
            with whole_or_absent(path.with_suffix(".html")) as half:
                half.write_text(page, "utf-8", newline="\n")
        with whole_or_absent(path) as half:
            half.write_bytes(content)
        report = json.loads(line)
        kept = Kept(name, sha256, self._key, _place(name), _digest(content), report["source"])
        self._database.put(kept, row_of(report))

    def _name(self, found: Found, sha256: str) -> str:
        if not self.anonymous:
            return found.name
        # What cannot be read has no content to be named after, and its name would tell it.
        return alias(sha256 or uuid.uuid4().hex, found.address)

    def rows(self) -> Iterator[tuple[Kept, Row | None]]:
        """What is known of the recordings of this run, by name; None where there is no report."""
        return self._database.rows(finished=self.finished)

    def failures(self) -> list[Failure]:
        """What there is no report of."""
        return [
            Failure("" if self.anonymous else kept.name, kept.error, kept.hint)
            for kept, row in self.rows()
            if row is None
        ]

    def vanished(self) -> int:
        """How many reports are of recordings that a finished run did not meet."""
        return self._database.vanished()


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


def _place(name: str) -> str:
    """Where a report lies, below the folder."""
    return "/".join((REPORTS, *map(_safe, name.split("/")))) + ".json"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _safe(part: str) -> str:
    """A name that every disk takes, and that is a name: an address may hold others."""
    if part in {"", ".", ".."}:
        return part.replace(".", "_") or "_"
    encoded = part.encode(errors="replace")
    if len(encoded) <= LONGEST_NAME:
        return part
    begin = encoded[: LONGEST_NAME - 20].decode(errors="ignore")
    return f"{begin}-{_digest(encoded)[:16]}"
