"""`rehearse play N`: hear yourself."""

from __future__ import annotations

import sys

import click

from rehearse.errors import RangeError
from rehearse.timecode import clock, parse_clock


@click.command("play")
@click.argument("number", type=click.IntRange(min=1), metavar="N")
@click.option("--from", "from_", metavar="TIME", help="Begin here, as in 0:41.")
def command(*, number: int, from_: str | None) -> None:
    """Play the sound of session N. Ctrl-C ends it."""
    from rehearse.cli.hushed import hushed
    from rehearse.history import History

    from_s = parse_clock(from_, "--from") if from_ is not None else 0.0
    with History() as history:
        session = history.session(number)
        path = history.sound_of(session)
    length_s = session.report["measures"]["duration_s"]
    # Times are the source's, as in the report.
    begin_s = max(0.0, from_s - session.from_s)
    if begin_s >= length_s:
        raise RangeError(
            f"--from {from_} lies past the end of session {number}, which is "
            f"{clock(session.from_s + length_s)} long.",
            hint="Give a time inside it.",
        )
    with hushed():
        from rehearse.audio.player import play

        shown = sys.stderr.isatty()

        def at(second: float) -> None:
            if shown:
                now, end = clock(session.from_s + second), clock(session.from_s + length_s)
                click.echo(f"\r  {now} of {end} ", err=True, nl=False)

        try:
            play(path, from_s=begin_s, progress=at)
        finally:
            if shown:
                click.echo("\r\x1b[K", err=True, nl=False)
