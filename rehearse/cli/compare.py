"""`rehearse compare N M`: two sessions side by side."""

from __future__ import annotations

from functools import partial

import click


@click.command("compare")
@click.argument("first", type=click.IntRange(min=1), metavar="N")
@click.argument("second", type=click.IntRange(min=1), metavar="M")
def command(*, first: int, second: int) -> None:
    """Put sessions N and M side by side: steps, lines, measures and words."""
    from rehearse.cli.reporting import show
    from rehearse.history import History

    with History() as history:
        sessions = history.session(first), history.session(second)
    from rehearse.outputs.comparison import write
    from rehearse.outputs.kept import report

    for session in sessions:
        report(session.report)  # or it is said that it cannot be read

    show(partial(write, *sessions))
