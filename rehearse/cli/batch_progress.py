"""How far a batch is, at which rate, and how long it still takes, on standard error."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, Final, Self

import click

if TYPE_CHECKING:
    from rehearse.batch import Counts, Executor

LINE_S: Final = 30.0
"""How often a line is written where nobody watches, as in the log of a night."""


class BatchProgress:
    """A bar in a terminal, a line now and then anywhere else.

    Parameters
    ----------
    counts
        What is shown, as the loop keeps it.
    executor
        What works.
    """

    def __init__(self, counts: Counts, executor: Executor) -> None:
        self._counts, self._executor = counts, executor
        self._bar: Any = None
        self._task: Any = None
        self._began = self._written = time.monotonic()

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.progress import BarColumn, Progress, TextColumn

            from rehearse.cli.console import live_console

            self._bar = Progress(
                BarColumn(bar_width=20),
                TextColumn("{task.fields[told]}", markup=False),
                console=live_console(sys.stderr),
                transient=True,
            )
            self._task = self._bar.add_task("", total=None, told="")
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self) -> None:
        """Show what there is."""
        counts = self._counts
        if self._bar is not None:
            self._bar.update(
                self._task, total=counts.total, completed=counts.done, told=self._told()
            )
        elif time.monotonic() - self._written > LINE_S:
            self._written = time.monotonic()
            click.echo(self._told(), err=True)

    def _told(self) -> str:
        counts, took_s = self._counts, time.monotonic() - self._began
        parts = [f"{counts.done} of {counts.total}"]
        if counts.failed:
            parts.append(f"{counts.failed} failed")
        # What was there already is no measure of how long the rest takes.
        if worked := counts.made + counts.failed:
            a_minute = 60 * worked / took_s
            parts.append(f"{a_minute:.{0 if a_minute >= 10 else 1}f} a minute")
            parts.append(f"{_span(60 * (counts.total - counts.done) / a_minute)} left")
        elif counts.done < counts.total:
            parts.append("starting" if not counts.done else "looking at what is there")
        return " · ".join([*parts, self._executor.told])


def _span(seconds: float) -> str:
    """A span as somebody plans with it.

    >>> [_span(seconds) for seconds in (4, 80, 1000, 20000)]
    ['5 s', '1:20', '17 min', '5 h 33 min']
    """
    if seconds < 60:
        return f"{5 * round(seconds / 5 + 0.4):.0f} s"
    if seconds < 600:
        return f"{int(seconds // 60)}:{int(seconds % 60):02}"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
