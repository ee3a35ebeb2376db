"""What was handed over to be analysed, on disk until it is done.

A job is two files in a folder: the bytes that came, and a line that says what they are. It
is accepted when both are on the disk; whatever happens then, the next program that looks
finds it. Its name begins with the time, so that the order of names is that of acceptance.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import threading
import time
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from rehearse.errors import BusyError, UnwritableError
from rehearse.settings import HOME_VARIABLE
from rehearse.takes.files import sync_folder, whole_or_absent
from rehearse.web.job import NAME, Job, State, Wish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rehearse.errors import RehearseError

ABOUT: Final = ".json"
BYTES: Final = ".bytes"
HALF: Final = ".half"

MOST_WAITING: Final = 100
"""Jobs that may wait at once. Ours: more is the work of another command."""

MOST_FINISHED: Final = 100
"""Jobs that are remembered when they are over."""


class Jobs:
    """The jobs of a folder; what is asked of several threads at once is answered to each.

    Parameters
    ----------
    folder
        Where they lie; made when the first comes, for its owner alone.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.changed = threading.Condition()
        """Notified when one comes, goes or changes."""
        self._jobs: dict[str, Job] = {}
        self._when_dropped: dict[str, Callable[[], None]] = {}

    def read(self) -> None:
        """Find what an earlier program accepted and did not finish.

        Raises
        ------
        UnwritableError
            Where the folder cannot be read.
        """
        with _refused(self.folder), self.changed:
            if not self.folder.is_dir():
                return
            found = {path.stem for path in self.folder.glob(f"*{ABOUT}")}
            for path in self.folder.iterdir():
                if path.suffix == HALF or (path.suffix == BYTES and path.stem not in found):
                    path.unlink(missing_ok=True)
            for name in sorted(found):
                if NAME.fullmatch(name) and (job := self._read(name)) is not None:
                    self._jobs[name] = job

    def _read(self, name: str) -> Job | None:
        try:
            about = json.loads((self.folder / (name + ABOUT)).read_text("utf-8"))
            told = json.dumps({**about, "id": name})
            job = TypeAdapter(Job).validate_json(told, strict=True)
        except (OSError, ValueError, TypeError, RecursionError):
            return None  # Left where it is: somebody may want to see what became of it.
        if job.wish.take is None and not self.bytes_of(job).is_file():
            return None
        return job

    @contextlib.contextmanager
    def receiving(self) -> Iterator[Path]:
        """Give a file to write what comes; it is gone afterwards unless it was accepted."""
        half = self.folder / (secrets.token_hex(8) + HALF)
        with _refused(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            yield half
        finally:
            with contextlib.suppress(OSError):
                half.unlink(missing_ok=True)

    def accept(self, wish: Wish, half: Path | None) -> Job:
        """Take a job; when this returns, it is on the disk.

        Parameters
        ----------
        wish
            What is to be done.
        half
            The bytes, written out and forced onto the disk; None for a take.

        Raises
        ------
        BusyError
            Where too many wait.
        UnwritableError
            Where nothing can be written.
        """
        self.require_room()
        with _refused(self.folder), self.changed:
            if (same := self._recovering(wish)) is not None:
                return same
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            last = max(self._jobs, default="")
            moment = max(time.time_ns(), int(last.partition("-")[0] or 0) + 1)
            job = Job(f"{moment:020}-{secrets.token_hex(4)}", wish)
            if half is not None:
                half.rename(self.bytes_of(job))
            self._write(job)
            self._jobs[job.id] = job
            self.changed.notify_all()
        return job

    def _recovering(self, wish: Wish) -> Job | None:
        """The job that recovers the same take already."""
        if wish.take is None:
            return None
        name = wish.take.partition(".")[0]
        running = (job for job in self._jobs.values() if not job.over)
        return next((j for j in running if (j.wish.take or "").partition(".")[0] == name), None)

    def require_room(self) -> None:
        """Refuse where too many wait already.

        Raises
        ------
        BusyError
        """
        with self.changed:
            waiting = sum(not job.over for job in self._jobs.values())
        if waiting >= MOST_WAITING:
            raise BusyError(
                f"{waiting} recordings wait already, and that is as many as wait at once.",
                hint="Wait until some are done.",
            )

    def finished(self, wish: Wish, *, line: str | None, error: RehearseError | None) -> Job:
        """Remember a report that is in no history, until the program ends."""
        with self.changed:
            job = Job(
                f"{time.time_ns():020}-{secrets.token_hex(4)}",
                wish,
                "failed" if line is None else "done",
                line=line,
                error=None if error is None else (error.message, error.hint),
            )
            self._jobs[job.id] = job
            self._forget_old()
            self.changed.notify_all()
        return job

    def all(self) -> list[Job]:
        """Those that are known, in the order in which they came."""
        with self.changed:
            return [self._jobs[name] for name in sorted(self._jobs)]

    def find(self, name: str) -> Job | None:
        """One of them; None where there is none of this name."""
        with self.changed:
            return self._jobs.get(name)

    def ahead(self, job: Job) -> int:
        """How many are done before it."""
        with self.changed:
            return sum(not each.over and name < job.id for name, each in self._jobs.items())

    def next(self) -> Job | None:
        """The one whose turn it is; None where none waits."""
        with self.changed:
            waiting = (name for name, job in self._jobs.items() if job.state == "waiting")
            return self._jobs[first] if (first := min(waiting, default=None)) else None

    def change(self, job: Job, *, durable: bool = False, **changes: Any) -> Job:
        """Note how far it is; unless it was dropped meanwhile."""
        with self.changed:
            changed = replace(self._jobs.get(job.id, job), **changes)
            if job.id in self._jobs:
                self._jobs[job.id] = changed
                if durable:
                    with _refused(self.folder):
                        self._write(changed)
            self.changed.notify_all()
        return changed

    def end(self, job: Job, state: State, **results: Any) -> None:
        """Note how it ended. Nothing of it is on the disk when this returns."""
        with self.changed:
            self.change(job, state=state, **results)
            self._when_dropped.pop(job.id, None)
            self._delete(job)
            self._forget_old()

    def drop(self, job: Job) -> None:
        """Forget it, whatever its state."""
        with self.changed:
            self._jobs.pop(job.id, None)
            self._delete(job)
            stop = self._when_dropped.pop(job.id, None)
            self.changed.notify_all()
        if stop is not None:
            stop()

    def when_dropped(self, job: Job, stop: Callable[[], None]) -> None:
        """Say what ends the work on a job that nobody wants any more."""
        with self.changed:
            if job.id in self._jobs:
                self._when_dropped[job.id] = stop
                return
        stop()

    def bytes_of(self, job: Job) -> Path:
        """Where its bytes are."""
        return self.folder / (job.id + BYTES)

    def _write(self, job: Job) -> None:
        about = {"wish": asdict(job.wish), "copied": job.copied}
        with whole_or_absent(self.folder / (job.id + ABOUT)) as half:
            half.write_text(json.dumps(about), "utf-8")
        sync_folder(self.folder)

    def _delete(self, job: Job) -> None:
        # The bytes last: what is described by nothing is cleared away when it is found.
        for suffix in (ABOUT, BYTES):
            with contextlib.suppress(OSError):
                (self.folder / (job.id + suffix)).unlink(missing_ok=True)

    def _forget_old(self) -> None:
        over = sorted(name for name, job in self._jobs.items() if job.over)
        for name in over[:-MOST_FINISHED]:
            del self._jobs[name]


@contextlib.contextmanager
def _refused(folder: Path) -> Iterator[None]:
    """Turn what the disk says into an `UnwritableError`."""
    try:
        yield
    except OSError as error:
        raise UnwritableError(
            f"What you hand over cannot be written: {error.strerror or error} ({folder}).",
            hint="Make room or take the right to write there, or set "
            f"{HOME_VARIABLE} to a folder of yours.",
        ) from error
