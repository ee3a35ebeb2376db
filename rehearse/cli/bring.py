"""`rehearse import`: what `rehearse export` has written."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("import")
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
def command(*, folder: Path) -> None:
    """Add the sessions in FOLDER to the history, all of them or none.

    FOLDER is what `rehearse export` has written. A session that is there already
    is not added again; the others get numbers of their own. Plans are added where
    you have none for the same.
    """
    from rehearse.cli.reporting import say
    from rehearse.history import History
    from rehearse.history.importing import bring
    from rehearse.outputs.shape import require_report

    with History() as history:
        brought = bring(history, folder, require_report)
    say(_told(brought.added, "added"))
    if brought.plans:
        say(_told(brought.plans, "added", of="plan"))
    if brought.there:
        say(_told(brought.there, "there already"))
    if brought.silent:
        say(_told(brought.silent, "added without sound: it is not in the folder"))


def _told(count: int, what: str, *, of: str = "session") -> str:
    return f"{count} {of}{'' if count == 1 else 's'} {what}"
