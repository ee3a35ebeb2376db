"""`rehearse export`: the whole history as a folder."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
def command(*, folder: Path) -> None:
    """Write every session into FOLDER, which is new or empty.

    In it are sessions.jsonl with every report, measures.csv for a spreadsheet,
    and the sounds. `rehearse import` reads it, on another machine as well.
    """
    from rehearse.cli.reporting import say
    from rehearse.history import History
    from rehearse.history.exporting import export

    with History() as history:
        count = export(history, folder)
    say(f"{count} session{'' if count == 1 else 's'} written to {folder}")
