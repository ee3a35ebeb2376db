"""`rehearse compare N M`: two sessions side by side."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click


@click.command("compare")
@click.argument("first", type=click.IntRange(min=1), metavar="N")
@click.argument("second", type=click.IntRange(min=1), metavar="M")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write one page with both; it opens without a network.",
)
def command(*, first: int, second: int, page: Path | None) -> None:
    """Put sessions N and M side by side: steps, lines, measures and words."""
    from rehearse.cli.reporting import show
    from rehearse.history import History

    with History() as history:
        sessions = history.session(first), history.session(second)
    from rehearse.outputs.kept import report

    for session in sessions:
        report(session.report)  # or it is said that it cannot be read
    if page is not None:
        from rehearse.cli.writing import write_page
        from rehearse.outputs.comparison_page import html

        write_page(page, html(*sessions))
        return
    from rehearse.outputs.comparison import write

    show(partial(write, *sessions))
