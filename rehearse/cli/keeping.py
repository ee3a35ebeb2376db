"""Keeping sessions: the sound while it is read, the report when it has been shown."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Final

import click

from rehearse.errors import HistoryError, RehearseError, TakeError
from rehearse.session import LONGEST_LABEL, readable

if TYPE_CHECKING:
    from pathlib import Path

    from rehearse.audio.decode import SoundFile
    from rehearse.cli.reporting import Reporting
    from rehearse.history.store import Added
    from rehearse.session import Origin
    from rehearse.takes import Begun, Copied

FOR_HELP: Final = "What it is for, as in --for 'Acme, hiring manager'."


class Keeping:
    """Keeps sessions, one after the other, under one label.

    Parameters
    ----------
    label
        What they are for.
    reporting
        Where it is told.
    """

    def __init__(self, label: str, reporting: Reporting) -> None:
        self._label, self._reporting = label, reporting
        self.failed = False
        """Whether one could not be kept."""

    def goal(self) -> str | None:
        """The one thing for the next take; None where there is none, or it cannot be read."""
        from rehearse.history import History

        try:
            with History() as history:
                goal = history.goal()
        except HistoryError:
            return None  # told when the take is to be kept
        return None if goal is None else goal.text

    def before(self) -> str | None:
        """The report of the last take, as a line of JSON; None where there is none to be had."""
        from rehearse.history import History

        try:
            with History() as history:
                latest = history.latest("record")
        except HistoryError:
            return None
        return None if latest is None else latest.line

    def keep(
        self, line: str, origin: Origin, source: str, sound: str | None, from_s: float = 0.0
    ) -> Added | None:
        """Keep a session and say so, or why it cannot be kept.

        Parameters
        ----------
        line
            Its report, as JSON.
        origin, source
            By which command, and of which file.
        sound
            The name of its FLAC file in the folder of takes; None where it was typed.
        from_s
            Seconds of the source before its sound begins.
        """
        from rehearse.history import History
        from rehearse.history.rows import Entry

        try:
            with History() as history:
                label = history.spelled(self._label)
                added = history.add(
                    Entry(line, origin, source, label=label, sound=sound, from_s=from_s)
                )
        except HistoryError as error:
            self.told(error)
            return None
        self._reporting.kept(added)
        return added

    def told(self, error: RehearseError) -> None:
        """Say why a session cannot be kept; its report has been shown."""
        from rehearse.cli import show_error

        self.failed = True
        sys.stdout.flush()
        show_error(error)


class Sound:
    """The sound of a file while it is analysed: a copy of it is made, unless it is a take.

    Where a copy cannot be made, the file is analysed all the same, and `name` says why.
    """

    def __init__(self, file: SoundFile) -> None:
        from rehearse.takes import Copied, Takes

        takes = Takes()
        self.source: SoundFile | Copied = file
        self._begun: Begun | None = None
        self._error: TakeError | None = None
        self._name = ""
        self._copy: Path | None = None
        path = file.path.resolve()
        if path.parent == takes.folder.resolve() and not file.part:
            self._name = path.name
            return
        try:
            self._begun = takes.begin(copy_of=readable(file.name))
        except TakeError as error:
            self._error = error
        else:
            self.source = Copied(file, self._begun.journal)

    def name(self) -> str:
        """What it is called in the folder of takes, once it was read.

        Raises
        ------
        TakeError
            Where the copy cannot be made.
        """
        if self._error is not None:
            raise self._error
        if self._begun is not None:
            self._copy = self._begun.finish().path
            self._name = self._copy.name
        return self._name

    def close(self, *, kept: bool) -> None:
        """Leave a copy to the history, or nothing of it: there is the file."""
        if self._begun is None:
            return
        if self._copy is None:
            self._begun.discard()
        elif not kept:
            with contextlib.suppress(OSError):
                self._copy.unlink()
        self._begun.let_go()


def label_of(wanted: str | None) -> str:
    """Take a label from the command line.

    Raises
    ------
    click.BadParameter
        Where it is too long for a line.
    """
    label = readable(wanted or "")
    if len(label) > LONGEST_LABEL:
        raise click.BadParameter(
            f"{label[:40]}… has {len(label)} characters, and {LONGEST_LABEL} are the most.",
            param_hint="--for",
        )
    return label
