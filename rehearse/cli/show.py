"""`rehearse show N`: the report of a session once more."""

from __future__ import annotations

from functools import partial

import click


@click.command("show")
@click.argument("number", type=click.IntRange(min=1), metavar="N")
@click.option("--json", "as_json", is_flag=True, help="The JSON report, as it was written.")
def command(*, number: int, as_json: bool) -> None:
    """Show the report of session N."""
    from rehearse.cli.reporting import Reporting, show
    from rehearse.history import History

    reporting = Reporting(as_json=as_json)
    with History() as history:
        session = history.session(number)
    if as_json:
        reporting.line(session.line)
        return
    from rehearse.outputs.sessions import write

    show(partial(write, session))
