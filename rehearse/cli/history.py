"""`rehearse history`: what the takes say together."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click


@click.command("history")
@click.option("--for", "label", metavar="WHAT", help="Only what was kept for this.")
@click.option(
    "--last",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="List so many sessions.",
)
@click.option("--chart", metavar="MEASURE", help="Draw one measure, take by take.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write one page with every trend; it opens without a network.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(
    *, label: str | None, last: int, chart: str | None, page: Path | None, as_json: bool
) -> None:
    """Show your sessions and where you stand.

    Each measure is compared with the takes before. "Improved" stands only where
    that is more than chance does; otherwise you read how many more takes would
    tell.
    """
    from rehearse.cli.reporting import Reporting, show
    from rehearse.history import History
    from rehearse.history.overview import ROWS
    from rehearse.session import ANY

    if sum((chart is not None, page is not None, as_json)) > 1:
        raise click.UsageError("--chart, --html and --json are three ways: choose one.")
    reporting = Reporting(as_json=as_json)
    with History() as history:
        scope = ANY if label is None else _known(history.labels(), label)
        whole = as_json or chart is not None or page is not None
        told = history.overview(scope, last=None if whole else max(last, ROWS))
    if page is not None:
        from rehearse.cli.writing import write_page
        from rehearse.outputs.history_page import html

        write_page(page, html(told))
    elif as_json:
        from rehearse.outputs.history_json import line

        reporting.line(line(told))
    elif chart is not None:
        from rehearse.outputs.chart import write as draw

        show(partial(draw, told, chart))
    else:
        from rehearse.outputs.history import write

        show(partial(write, told, listed=last))


def _known(labels: list[str], wanted: str) -> str:
    """A label, also by a part of it that only one has."""
    from rehearse.errors import UnknownNameError

    wanted = " ".join(wanted.split())
    if wanted in labels:
        return wanted
    alike = [each for each in labels if wanted and wanted.casefold() in each.casefold()]
    if len(alike) == 1:
        return alike[0]
    what = "Nothing was kept for" if not alike else "Several were kept for something with"
    raise UnknownNameError(
        f"{what} {wanted!r}.",
        hint="There are: " + "; ".join(alike or labels) + "."
        if labels
        else "Keep a take for something with `rehearse record --for`.",
    )
