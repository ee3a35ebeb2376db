"""How a take begins: a countdown, a microphone that wakes up, and what loads meanwhile."""

from __future__ import annotations

import importlib
import sys
import time
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from rehearse.audio.microphone import Microphone

SOON_S: Final = 0.4
"""A microphone that wakes up so fast is not waited for in words."""

_SHOWING: Final = (
    "soundfile",
    "rich.progress",
    "rehearse.cli.console",
    "rehearse.cli.progress",
    "rehearse.outputs.json",
    "rehearse.outputs.terminal",
)

_KEEPING: Final = (
    "scipy.special",
    "rehearse.history.conclusions",
    "rehearse.history.phrases",
    "rehearse.outputs.goals",
)


def load_what_follows(*, kept: bool) -> None:
    """Load what the end of a take needs while somebody speaks: a cold disk takes a second."""
    for name in (*_SHOWING, *(_KEEPING if kept else ())):
        importlib.import_module(name)


def count_down(seconds: int) -> None:
    """Count the seconds down, where somebody looks."""
    shown = sys.stderr.isatty()
    for left in range(seconds, 0, -1):
        if shown:
            click.echo(f"\r  {left} ", err=True, nl=False)
        time.sleep(1)
    if shown:
        click.echo("\r\x1b[K", err=True, nl=False)


def wake(microphone: Microphone) -> None:
    """Wait until sound comes, and say so where that takes time."""
    shown = sys.stderr.isatty()
    if shown and not microphone.awake(SOON_S):
        click.echo("  Waiting for the microphone …", err=True, nl=False)
    try:
        microphone.wake()
    finally:
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)
