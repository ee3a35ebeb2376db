"""`rehearse forget N`: as if it had never been said."""

from __future__ import annotations

import click


@click.command("forget")
@click.argument("numbers", type=click.IntRange(min=1), nargs=-1, required=True, metavar="N...")
def command(*, numbers: tuple[int, ...]) -> None:
    """Delete session N: its report, its words and its sound.

    There is no way back. Only what you exported or wrote elsewhere is left.
    """
    from rehearse.cli.reporting import say
    from rehearse.history import History

    with History() as history:
        for number in dict.fromkeys(numbers):
            history.session(number)  # all of them are there, or nothing is done
        for number in dict.fromkeys(numbers):
            history.forget(number)
            say(f"Session {number} is forgotten.")
