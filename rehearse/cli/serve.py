"""`rehearse serve`: the page on one's own computer."""

from __future__ import annotations

import click


@click.command("serve")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Listen here; another than this machine's own needs the token that is printed.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8088,
    show_default=True,
    help="0 takes one that is free.",
)
@click.option(
    "--token", is_flag=True, help="Ask for a token on this machine too, where others use it."
)
@click.option(
    "--open/--no-open",
    "opened",
    default=None,
    help="Open a browser; without either, where a desktop is there.",
)
@click.option("--model", default="base", show_default=True, metavar="NAME", help="Which weights.")
def command(*, host: str, port: int, token: bool, opened: bool | None, model: str) -> None:
    """Practise in your browser.

    Opens a page on this computer: record or hand over a file, read the report,
    hear the very words that a remark is about, see yourself improve. Nothing
    leaves the computer. Ctrl-C ends it; what is being recorded then is kept.
    """
    from rehearse.cli.hushed import hushed
    from rehearse.cli.signals import leaving_in_order

    with hushed(), leaving_in_order():
        from rehearse.assets import asset
        from rehearse.web.server import serve

        asset(model, kind="recogniser")
        serve(host, port, model=model, token=token, opened=opened, told=_told)


def _told(url: str) -> None:
    click.echo(f"Your page is at {url}")
    click.echo("Ctrl-C ends it.", err=True)
