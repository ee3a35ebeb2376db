"""`rehearse devices`: the microphones, and how loud one of them is."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.audio.devices import Device
    from rehearse.cli.keys import Keys

LISTEN_S = 1.5
"""How long the level is taken where nobody watches it."""

WATCH_S = 30.0
DRAWN_S = 0.1


@click.command("devices")
@click.option("--device", metavar="NAME", help="Which one to show the level of.")
def command(device: str | None) -> None:
    """List the microphones, and show the level of one.

    The number, or a part of the name, is what `rehearse record --device` takes.
    """
    from rehearse.cli.hushed import hushed

    with hushed():
        _list(device)


def _list(device: str | None) -> None:
    from rehearse.audio.devices import chosen, devices

    there = devices()
    picked = chosen(device)
    width = max(len(each.name) for each in there)
    for each in there:
        mark = "*" if each.default else " "
        click.echo(
            f"{mark} {each.number:>2}  {each.name:<{width}}  {each.rate_hz:.0f} Hz  {each.system}"
        )
    click.echo("* is taken unless --device names another.\n")
    _level(picked)


def _level(device: Device) -> None:
    from rehearse.cli.keys import Keys

    if not sys.stdout.isatty():
        loudest = max(_levels(device, LISTEN_S, None), default=-120.0)
        click.echo(f"{device.name}: {loudest:.0f} dBFS at the loudest in {LISTEN_S:g} s")
        return
    from rich.live import Live
    from rich.text import Text

    from rehearse.cli.console import live_console
    from rehearse.outputs.taking import level_bar

    with Keys() as keys, Live(console=live_console(sys.stdout), auto_refresh=False) as live:
        for level_dbfs in _levels(device, WATCH_S, keys):
            line = Text(f"{device.name}  ")
            line.append_text(level_bar(level_dbfs))
            line.append(f"  {level_dbfs:4.0f} dBFS   speak; Enter ends this", "quiet")
            live.update(line, refresh=True)


def _levels(device: Device, for_s: float, keys: Keys | None) -> Iterator[float]:
    """The loudest of each tenth of a second, until the time is over or Enter is pressed."""
    import numpy as np

    from rehearse.audio.frames import levels_dbfs
    from rehearse.audio.microphone import Microphone

    with Microphone(device) as microphone:
        microphone.wake()
        until, loudest, drawn = time.monotonic() + for_s, -120.0, 0.0
        for samples in microphone.read():
            block = samples.astype(np.float32)[None]
            block /= 32768
            loudest = max(loudest, float(levels_dbfs(block)[0]))
            if time.monotonic() - drawn >= DRAWN_S:
                yield loudest
                loudest, drawn = -120.0, time.monotonic()
            if time.monotonic() >= until or (keys is not None and keys.enter(0)):
                return
