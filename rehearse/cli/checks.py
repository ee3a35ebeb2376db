"""`rehearse checks`: all of them, a line each."""

from __future__ import annotations

import click


@click.command("checks")
def command() -> None:
    """List the checks."""
    from rehearse.checks import CHECKS

    width = max(len(check.name) for check in CHECKS)
    for check in CHECKS:
        click.echo(f"{check.name:<{width}}  {check.question}")
    click.echo("\nrehearse explain NAME shows the page of one of them.")
