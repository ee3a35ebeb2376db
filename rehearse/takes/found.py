"""What is found in the folder of takes: takes that are finished, and those that were cut short."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rehearse.takes.journal import Written


@dataclass(frozen=True, slots=True)
class Kept:
    """A take that is finished.

    Parameters
    ----------
    path
        The FLAC file.
    """

    path: Path

    @property
    def ended(self) -> datetime:
        """When its file was written."""
        return _changed(self.path)

    @property
    def duration_s(self) -> float:
        """Its length, in seconds; 0 where it cannot be read as sound."""
        import soundfile

        with contextlib.suppress(OSError, RuntimeError, ValueError):
            return float(soundfile.info(str(self.path)).duration)
        return 0.0


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A take that was cut short: its journal is still there, and nobody is writing it."""

    written: Written

    @property
    def began(self) -> datetime:
        """When, by its header or else by its name's file."""
        with contextlib.suppress(KeyError, ValueError):
            return datetime.fromisoformat(self.written.about["began"])
        return _changed(self.written.path)


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
