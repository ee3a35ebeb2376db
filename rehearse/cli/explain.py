"""`rehearse explain NAME`: the page of a check."""

from __future__ import annotations

import sys

import click


@click.command("explain")
@click.argument("name")
def command(name: str) -> None:
    """Show the page of a check, such as wording.cheesy."""
    from rehearse.checks import named

    found = named(name)
    examples = [
        "",
        "## Examples",
        "",
        *(f"- Nothing to say against: {_quote(text)}" for text in found.good),
        *(f"- Flagged: {_quote(text)}" for text in found.bad),
    ]
    page = "\n".join([found.page, *examples])
    if not sys.stdout.isatty():
        click.echo(page)
        return
    from rich.markdown import Markdown

    from rehearse.cli.console import report_console

    report_console().print(Markdown(page))


def _quote(text: str) -> str:
    return f"“{text if len(text) <= 160 else text[:159].rsplit(' ', 1)[0] + ' …'}”"
