"""What the parts of the server share: where things lie, the models, and whose turn it is."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rehearse.history import History
from rehearse.models import Models
from rehearse.takes import Takes
from rehearse.web.jobs import Jobs

if TYPE_CHECKING:
    from pathlib import Path

INBOX: Final = "inbox"
"""Where in the data folder lies what was handed over."""


class Turn:
    """Lets a take go first: whoever speaks must not wait for a file that is analysed."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._speaking = False
        self._finishing = 0

    def speak(self) -> bool:
        """Begin a take; False while somebody else speaks."""
        with self._changed:
            if self._speaking:
                return False
            self._speaking = True
            return True

    def spoken(self) -> None:
        """No more sound comes: somebody else may speak, and no file goes before the report."""
        with self._changed:
            self._speaking = False
            self._finishing += 1

    def told(self) -> None:
        """The report is there."""
        with self._changed:
            self._finishing -= 1
            self._changed.notify_all()

    def wait(self, within_s: float) -> bool:
        """Wait so long until no take is under way; tell whether that is so."""
        with self._changed:
            return self._changed.wait_for(
                lambda: not self._speaking and not self._finishing, within_s
            )


@dataclass(frozen=True, slots=True)
class Limits:
    """What the page takes.

    Parameters
    ----------
    upload_bytes
        Of one file.
    longest_s
        Seconds of sound in it, and of a take.
    """

    upload_bytes: int = 2_000_000_000
    longest_s: float = 2 * 3600.0


@dataclass(frozen=True, slots=True)
class Place:
    """One server's.

    Parameters
    ----------
    folder
        The data folder.
    models
        Of all analyses; they may still be loading.
    jobs
        What was handed over.
    limits
        What is taken.
    """

    folder: Path
    models: Models
    jobs: Jobs
    limits: Limits = Limits()
    turn: Turn = field(default_factory=Turn)

    @classmethod
    def at(cls, folder: Path, model: str, limits: Limits = Limits()) -> Place:
        """Open a data folder; the models begin to load."""
        return cls(folder, Models(model), Jobs(folder / INBOX), limits)

    def history(self) -> History:
        """The history, to be entered with `with`; for one thread."""
        return History(self.folder)

    @property
    def takes(self) -> Takes:
        """The folder of takes."""
        return Takes(self.folder / "takes")
