"""What would stand in a terminal."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from rehearse.outputs.terminal import THEME, WIDEST


def printed(write, *what, colour=False, width=WIDEST, **options):
    """What a writer writes to a console."""
    to = StringIO()
    console = Console(
        file=to,
        theme=THEME,
        width=width,
        force_terminal=colour,
        color_system="truecolor" if colour else None,
        no_color=not colour,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    write(*what, console, **options)
    return to.getvalue()
