"""`rehearse doctor`: what works on this machine, and what to do about what does not."""

from __future__ import annotations

import click


@click.command("doctor")
def command() -> None:
    """Say what works on this machine, and what to do about what does not."""
    from rehearse.doctor import signs

    found = signs()
    width = max(len(sign.name) for sign in found)
    for sign in found:
        mark = "ok  " if sign.works else ("FAIL" if sign.needed else "none")
        click.echo(f"{mark}  {sign.name:<{width}}  {sign.seen}")
        if sign.remedy and not sign.works:
            click.echo(f"      {'':<{width}}  → {sign.remedy}")
    if any(sign.needed and not sign.works for sign in found):
        raise SystemExit(2)
