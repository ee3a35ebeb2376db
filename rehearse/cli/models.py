"""`rehearse models`: the weights, where they are and whether they are whole."""

from __future__ import annotations

import textwrap
from typing import Final

import click

MB: Final = 1_000_000


@click.command("models")
@click.option("--verify", is_flag=True, help="Check every digest; exit code 2 if one is wrong.")
@click.option(
    "--fetch", metavar="NAME", help="Put NAME in place (again); larger weights need a network."
)
def command(*, verify: bool, fetch: str | None) -> None:
    """List, verify and fetch weights."""
    from rehearse import assets

    if fetch is not None:
        _fetch(fetch)
        return
    broken = False
    entries = assets.manifest().values()
    kind = max(len(entry.kind) for entry in entries)
    licence = max(len(entry.licence) for entry in entries)
    for entry in entries:
        state = assets.state(entry)
        broken |= state not in {"ready", "to be put together", "not fetched"}
        click.echo(
            f"{entry.name:<9} {entry.kind:<{kind}} {_told(entry.size):>7}  "
            f"{entry.licence:<{licence}}  {state}"
        )
        indent = " " * 10
        told = textwrap.fill(
            entry.summary,
            78,
            initial_indent=indent,
            subsequent_indent=indent,
            break_on_hyphens=False,  # "all-" is no part of a name
        )
        click.echo(told)
    if verify:
        click.echo("\nEvery digest was checked." if not broken else "")
        if broken:
            from rehearse.errors import AssetError

            raise AssetError(
                "Some weights are damaged or missing; see above.",
                hint="Put them in place again with: rehearse models --fetch NAME",
            )


def _told(size: int | None) -> str:
    if not size:
        return ""
    return f"{size / 1e6:.0f} MB" if size >= MB else f"{size / 1e3:.0f} kB"


def _fetch(name: str) -> None:
    from rehearse import assets, settings
    from rehearse.errors import AssetError

    entry = assets.asset(name)
    if entry.hub is not None:
        from rehearse.assets.hub import fetch

        fetch(entry)
    elif entry.kind == "recogniser":
        assets.assemble(entry)
    else:
        raise AssetError(
            f"{name!r} comes with the program and needs no fetching.",
            hint="`rehearse models --verify` says whether it is whole.",
        )
    assets.verify(entry)
    click.echo(f"{name} is in {settings.weights_folder() / name}, verified.")
