"""`rehearse import`: what `rehearse export` has written."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("import")
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
def command(*, folder: Path) -> None:
    """Add the sessions in FOLDER to the history, all of them or none.

    FOLDER is what `rehearse export` has written. A session that is there already
    is not added again; the others get numbers of their own.
    """
    from rehearse.history import History
    from rehearse.history.exchange import bring

    with History() as history:
        brought = bring(history, folder)
    click.echo(_told(brought.added, "added"))
    if brought.there:
        click.echo(_told(brought.there, "there already"))
    if brought.silent:
        click.echo(_told(brought.silent, "added without sound: it is not in the folder"))


def _told(count: int, what: str) -> str:
    return f"{count} session{'' if count == 1 else 's'} {what}"
