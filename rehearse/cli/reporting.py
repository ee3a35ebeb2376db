"""Where reports and errors of a command go: a terminal, a pipe, or JSON."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from rehearse.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from rehearse.errors import RehearseError
    from rehearse.history.store import Added
    from rehearse.report import Report


class Reporting:
    """Writes reports one after the other.

    Parameters
    ----------
    as_json
        One JSON object a line, errors among them.
    """

    def __init__(self, *, as_json: bool) -> None:
        from rehearse.cli import write_anything

        if as_json:
            # JSON is UTF-8 whatever the terminal speaks.
            write_anything(encoding="utf-8")
        self.as_json = as_json
        self._written = 0

    def report(self, report: Report) -> None:
        """Write a report.

        Raises
        ------
        OutputError
            Where it cannot be written.
        """
        self._written += 1
        if self.as_json:
            from rehearse.outputs import json

            _emit(lambda: click.echo(json.line(report)))
            return
        from rehearse.outputs import terminal

        if self._written > 1:
            click.echo()
        show(partial(terminal.write, report))

    def kept(self, added: Added) -> None:
        """Say that a session was kept, and what became of its goal."""
        if not self.as_json:
            from rehearse.outputs import goals

            show(partial(goals.write, added))
        click.echo(f"Kept as session {added.number}.", err=True)

    def line(self, text: str) -> None:
        """Write a line of JSON that is no report of this call."""
        _emit(lambda: click.echo(text))

    def error(self, source: str, error: RehearseError) -> None:
        """Write why there is no report."""
        from rehearse.cli import show_error

        if self.as_json:
            from rehearse.outputs.errors import error_line

            _emit(lambda: click.echo(error_line(source, error)))
        sys.stdout.flush()
        show_error(error)


def say(text: str) -> None:
    """Write a line.

    Raises
    ------
    OutputError
        Where it cannot be written.
    """
    _emit(lambda: click.echo(text))


def show(write: Callable[[Console], None]) -> None:
    """Write to a terminal, or as plain text to a pipe.

    Raises
    ------
    OutputError
        Where it cannot be written.
    """
    from rehearse.cli.console import report_console

    console = report_console()
    if console.is_terminal:
        _emit(lambda: write(console))
        return
    with console.capture() as written:
        write(console)
    # What is piped is read by programs: the blanks that fill a line up are left out.
    text = "\n".join(line.rstrip() for line in written.get().split("\n"))
    # Not `click.echo`, which takes a stream of ASCII for a mistake and writes UTF-8.
    _emit(lambda: sys.stdout.write(text))


def _emit(write: Callable[[], object]) -> None:
    try:
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(
            f"The report could not be written: {error.strerror}.",
            hint="Check the room on the disk that you write to.",
        ) from error
