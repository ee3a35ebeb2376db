"""`rehearse explain NAME`: the page of a check."""

from __future__ import annotations

import sys

import click


@click.command("explain")
@click.argument("name")
def command(name: str) -> None:
    """Show the page of a check, such as wording.cheesy."""
    from rehearse.checks import named

    page = named(name).page_with_examples
    if not sys.stdout.isatty():
        click.echo(page)
        return
    from rich.markdown import Markdown

    from rehearse.cli.console import report_console

    report_console().print(Markdown(page))
