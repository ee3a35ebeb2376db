"""A folder of weights is made under another name, by one process, and moved when whole."""

from __future__ import annotations

import contextlib
import errno
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rehearse import settings
from rehearse.errors import AssetError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.assets.entries import Asset

ABANDONED_S: Final = 24 * 3600.0
"""A half-made folder that nobody touched for so long belongs to a process that died."""


@contextlib.contextmanager
def one_at_a_time(entry: Asset) -> Iterator[None]:
    """Let one process put weights together while the others wait for it."""
    import filelock

    place = settings.weights_folder()
    lock = filelock.FileLock(place / f".{entry.name}.lock")
    try:
        place.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except OSError:
        # Where no lock can be made, each makes its own; the last one in stays.
        yield
        return
    try:
        yield
    finally:
        lock.release()


class new_folder:  # noqa: N801 - reads as a function
    """Make an asset's folder under another name, and move it into place at the end."""

    def __init__(self, entry: Asset) -> None:
        self._entry = entry
        self._place = settings.weights_folder() / entry.name

    def __enter__(self) -> Path:
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            self._clear_leftovers()
            self._making = Path(
                tempfile.mkdtemp(prefix=f".{self._entry.name}-", dir=self._place.parent)
            )
        except OSError as error:
            raise self._explained(error) from error
        return self._making

    def __exit__(self, kind: object, error: BaseException | None, _trace: object) -> None:
        try:
            if error is None:
                self._move()
        except OSError as failure:
            raise self._explained(failure) from failure
        finally:
            shutil.rmtree(self._making, ignore_errors=True)
        if isinstance(error, OSError):
            raise self._explained(error) from error

    def _clear_leftovers(self) -> None:
        """Remove what a killed process left, but not what another is making now."""
        for left in self._place.parent.glob(f".{self._entry.name}-*"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > ABANDONED_S:
                    shutil.rmtree(left)

    def _move(self) -> None:
        old = self._making.with_name(f"{self._making.name}.old")
        if self._place.exists():
            with contextlib.suppress(FileNotFoundError):
                self._place.replace(old)
        try:
            self._making.replace(self._place)
        except OSError as failure:
            # Another process was quicker; what it made was verified as well.
            if failure.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
                raise
        shutil.rmtree(old, ignore_errors=True)

    def _explained(self, error: OSError) -> AssetError:
        where = self._place.parent
        need = f", which need {self._entry.size / 1e6:.0f} MB" if self._entry.size else ""
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return AssetError(
                f"The disk is full: the weights {self._entry.name!r}{need}, do not fit in {where}.",
                hint=f"Make room, or set {settings.HOME_VARIABLE} to a folder on another disk.",
            )
        return AssetError(
            f"The weights {self._entry.name!r} cannot be put into {where}: {error.strerror}.",
            hint=f"Set {settings.HOME_VARIABLE} to a folder that you may write to.",
        )
