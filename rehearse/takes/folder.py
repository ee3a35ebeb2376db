"""The folder of takes: begun as journals, kept as FLAC, readable by their owner alone."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rehearse.errors import TakeError
from rehearse.settings import HOME_VARIABLE, data_folder
from rehearse.takes import flac
from rehearse.takes.files import HALF, whole_or_absent
from rehearse.takes.found import Kept, Unfinished
from rehearse.takes.journal import SUFFIX, Journal, Written
from rehearse.timecode import clock

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from filelock import FileLock

    from rehearse.takes.journal import Pcm

FINISHED: Final = ".flac"
COPY_OF: Final = "copy of"
"""What the header of a journal calls the file that is read into it."""

LOCK: Final = ".lock"

LEAST_FREE: Final = 100_000
"""Bytes; where there are fewer, that is why a file could not be written. Ours."""


class Takes:
    """The takes of this user.

    Parameters
    ----------
    folder
        Where they are; `takes` in the data folder unless another is given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder if folder is not None else data_folder() / "takes"

    def begin(self, device: str = "", *, copy_of: str = "") -> Begun:
        """Begin a take now.

        Parameters
        ----------
        device
            The microphone, to be noted.
        copy_of
            A file that is read into it, where it is none that is spoken. Cut short, it is
            cleared away: there is the file.

        Raises
        ------
        TakeError
            Where nothing can be written.
        """
        began = datetime.now().astimezone()
        about = {"program": "rehearse", "began": began.isoformat(), "device": device}
        if copy_of:
            about[COPY_OF] = copy_of
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            for number in range(100):
                name = f"{began:%Y-%m-%dT%H-%M-%S}" + (f"-{number:02}" if number else "")
                lock = self._locked(name)
                if lock is None:
                    continue
                if self._path(name, FINISHED).exists() or self._path(name, SUFFIX).exists():
                    _let_go(lock)
                    continue
                try:
                    return Begun(self, Journal(self._path(name, SUFFIX), about), lock)
                except BaseException:
                    _let_go(lock)
                    raise
        except OSError as error:
            raise self._trouble("A take cannot be kept", error) from error
        raise TakeError(
            f"A hundred takes of this second are in {self.folder} already.", hint="Wait a second."
        )

    def unfinished(self) -> list[Unfinished]:
        """Takes that were cut short, the oldest first; copies and empty ones are cleared away."""
        self._clear_halves()
        found = []
        for path in self._all(SUFFIX):
            lock = None
            try:
                if (lock := self._locked(path.stem)) is None:
                    continue
            except OSError:
                pass  # It cannot be written here; that is said when it is to be recovered.
            try:
                written = Written.at(path)
                if written is not None and written.samples and COPY_OF not in written.about:
                    found.append(Unfinished(written))
                elif written is not None or path.stat().st_size < 4:
                    path.unlink()
            except OSError:
                continue
            finally:
                if lock is not None:
                    _let_go(lock)
        return found

    def _clear_halves(self) -> None:
        """Delete files that were being written when a program was ended."""
        for path in self._all(FINISHED + HALF):
            with contextlib.suppress(OSError):
                if (lock := self._locked(path.name.partition(".")[0])) is not None:
                    path.unlink(missing_ok=True)
                    _let_go(lock)

    def finished(self, *, but: Collection[str]) -> list[Kept]:
        """Takes that are finished and in nobody's hands, the oldest first.

        Parameters
        ----------
        but
            Names of files that are left out.
        """
        found = []
        for path in self._all(FINISHED):
            if path.name in but or not path.is_file() or not Kept(path).duration_s:
                continue  # in use, or no sound
            try:
                lock = self._locked(path.stem)
            except OSError:
                continue  # It cannot be written here, and so nothing can be done about it.
            if lock is not None:
                _let_go(lock)
                found.append(Kept(path))
        return found

    def recover(self, take: Unfinished) -> Kept:
        """Finish a take that was cut short.

        Raises
        ------
        TakeError
            Where it cannot be written; the journal is left then.
        """
        path = take.written.path
        try:
            lock = self._locked(path.stem)
        except OSError as error:
            raise self._trouble(f"{path.name} cannot be recovered", error) from error
        if lock is None:
            raise TakeError(
                f"{path.name} is being recorded or recovered at this moment.",
                hint="Wait until that is done.",
            )
        try:
            finished = path.with_suffix(FINISHED)
            if finished.exists():
                # It was written, and only the journal was not deleted any more.
                flac.require_same(finished, take.written.blocks(), more=True)
                path.unlink()
                return Kept(finished)
            return self._finished(take.written, ())
        except (OSError, RuntimeError) as error:
            raise self._trouble(f"{path.name} cannot be recovered", error) from error
        finally:
            _let_go(lock)

    def discard(self, take: Unfinished) -> None:
        """Delete a take that was cut short.

        Raises
        ------
        TakeError
            Where that is refused.
        """
        try:
            take.written.path.unlink(missing_ok=True)
        except OSError as error:
            raise self._trouble(f"{take.written.path.name} cannot be deleted", error) from error

    def _finished(self, written: Written, rest: tuple[bytes, ...]) -> Kept:
        """Write a journal, and what it could not take, as FLAC; only then is the journal gone."""
        path = written.path.with_suffix(FINISHED)
        try:
            with whole_or_absent(path) as half:
                flac.write(half, _whole(written, rest))
                flac.require_same(half, _whole(written, rest))
            written.path.unlink()
        except (OSError, RuntimeError) as error:
            raise TakeError(
                f"{path.name} cannot be written: {self._why(error)} ({self.folder}).",
                hint=f"Make room, and `rehearse recover` makes a file of the "
                f"{clock(written.duration_s)} that are on disk.",
            ) from error
        return Kept(path)

    def _all(self, suffix: str) -> list[Path]:
        """The files of one kind, the oldest first: their names begin with their time."""
        try:
            return sorted(self.folder.glob(f"*{suffix}"), key=lambda path: path.stem)
        except OSError as error:
            raise self._trouble("Takes cannot be looked for", error) from error

    def _path(self, name: str, suffix: str) -> Path:
        return self.folder / (name + suffix)

    def _locked(self, name: str) -> FileLock | None:
        """The lock of a take; None while somebody else holds it."""
        import filelock

        lock = filelock.FileLock(self._path(name, LOCK), timeout=0, mode=0o600)
        try:
            lock.acquire()
        except filelock.Timeout:
            return None
        return lock

    def _why(self, error: BaseException) -> str:
        if (reason := getattr(error, "strerror", None)) is not None:
            return str(reason)
        # libsndfile writes on where there is no room, and says nothing.
        full = shutil.disk_usage(self.folder).free < LEAST_FREE
        return os.strerror(errno.ENOSPC) if full else str(error)

    def _trouble(self, what: str, error: BaseException) -> TakeError:
        return TakeError(
            f"{what}: {self._why(error)} ({self.folder}).",
            hint="Make room or take the right to write there, or set "
            f"{HOME_VARIABLE} to a folder of yours.",
        )


class Begun:
    """A take that is being spoken. It is this program's until `let_go` is called."""

    def __init__(self, takes: Takes, journal: Journal, lock: FileLock) -> None:
        self.journal = journal
        self._takes = takes
        self._lock: FileLock | None = lock

    def finish(self) -> Kept:
        """Make it a FLAC file.

        Raises
        ------
        TakeError
            Where that cannot be written; what the journal holds stays on disk.
        """
        self.journal.close()
        try:
            return self._takes._finished(self._written(), tuple(self.journal.unwritten))  # noqa: SLF001
        except BaseException:
            self.let_go()
            raise

    def _written(self) -> Written:
        try:
            written = Written.at(self.journal.path)
        except OSError as error:
            raise self._takes._trouble("The take cannot be kept", error) from error  # noqa: SLF001
        if written is None:
            raise TakeError(
                f"{self.journal.path.name} was changed while it was recorded.",
                hint="Leave the folder of takes to the program.",
            )
        return written

    def discard(self) -> None:
        """Delete it."""
        self.journal.close()
        self.journal.path.unlink(missing_ok=True)
        self.let_go()

    def let_go(self) -> None:
        """Leave it to others: it was kept, or cannot be."""
        if self._lock is not None:
            _let_go(self._lock)
            self._lock = None


def _let_go(lock: FileLock) -> None:
    # Unlinked while it is held: whoever waits for it finds another file under this name.
    with contextlib.suppress(OSError):
        Path(lock.lock_file).unlink()
    lock.release()


def _whole(written: Written, rest: tuple[bytes, ...]) -> Iterator[Pcm]:
    import numpy as np

    yield from written.blocks()
    for data in rest:
        yield np.frombuffer(data, dtype=">i2").astype(np.int16)
