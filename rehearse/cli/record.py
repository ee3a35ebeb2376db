"""`rehearse record`: speak, stop, read."""

from __future__ import annotations

from typing import Any

import click

from rehearse.cli.take_options import practise_with, take_options


@click.command("record")
@take_options
def command(**options: Any) -> None:
    """Practise into the microphone.

    Speak your close. Enter, Ctrl-C or a silence ends it, and the report of
    `rehearse analyze` follows. While you speak, the four steps are marked as
    they are heard. What you say is written to disk as it comes: whatever
    happens, `rehearse recover` brings it back.
    """
    practise_with(options)
