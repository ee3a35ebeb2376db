"""The view of a take on standard error, while it is spoken."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Self

import click

if TYPE_CHECKING:
    from rehearse.live import Take


class Shown:
    """Draws a take again and again; where nobody sees that, says what is wrong, once each.

    Parameters
    ----------
    plain
        The time alone.
    every_s
        How often `at` is called.
    """

    def __init__(self, *, plain: bool, every_s: float) -> None:
        self._plain = plain
        self._every_s = every_s
        self._live: Any = None
        self._told: set[str] = set()

    def __enter__(self) -> Self:
        if not sys.stderr.isatty():
            click.echo("Recording; Enter or Ctrl-C ends it.", err=True)
            return self
        from rich.live import Live

        from rehearse.cli.console import live_console

        self._live = Live(console=live_console(sys.stderr), auto_refresh=False, transient=True)
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()

    def say(self, text: str) -> None:
        """Show what the interviewer says, above the take, where it stays."""
        if self._live is None:
            click.echo(f"Interviewer: {text}", err=True)
            return
        from rich.text import Text

        line = Text.assemble(("  Interviewer: ", "heading"), (text, "quote"))
        self._live.console.print(line, highlight=False)

    def at(self, take: Take, hint: str) -> None:
        """Draw it as it is now."""
        from rehearse.outputs.taking import TROUBLE, Taking, plain_view, view

        trouble = take.meter.trouble
        if self._live is None:
            if trouble is not None and trouble != "no voice" and trouble not in self._told:
                self._told.add(trouble)
                click.echo(TROUBLE[trouble], err=True)
            return
        level = take.meter.level_dbfs
        taking = Taking(take.speaking_s, level, take.draft.steps, trouble, hint)
        self._live.update(plain_view(taking) if self._plain else view(taking), refresh=True)
