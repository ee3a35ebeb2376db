"""`rehearse show N`: the report of a session once more."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click


@click.command("show")
@click.argument("number", type=click.IntRange(min=1), metavar="N")
@click.option("--json", "as_json", is_flag=True, help="The JSON report, as it was written.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the report as one page; it opens without a network.",
)
@click.option("--sound", "with_sound", is_flag=True, help="With the sound in the page, to play.")
def command(*, number: int, as_json: bool, page: Path | None, with_sound: bool) -> None:
    """Show the report of session N."""
    from rehearse.cli.reporting import Reporting, show
    from rehearse.history import History

    if as_json and page is not None:
        raise click.UsageError("--json and --html are two ways: choose one.")
    if with_sound and page is None:
        raise click.UsageError("--sound goes into a page: name its file with --html.")
    reporting = Reporting(as_json=as_json)
    with History() as history:
        session = history.session(number)
        sound = history.sound_of(session) if with_sound else None
    if as_json:
        reporting.line(session.line)
        return
    if page is not None:
        from rehearse.cli.writing import write_file
        from rehearse.outputs.report_page import html

        write_file(page, html(session, sound=sound))
        click.echo(f"Written: {page}", err=True)
        return
    from rehearse.outputs.sessions import write

    show(partial(write, session))
