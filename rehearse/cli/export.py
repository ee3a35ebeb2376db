"""`rehearse export`: the whole history as a folder."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
def command(*, folder: Path) -> None:
    """Write every session into FOLDER, which is new or empty.

    In it are sessions.jsonl with every report, plans.jsonl with your plans,
    measures.csv for a spreadsheet, and the sounds. `rehearse import` reads it, on
    another machine as well.
    """
    from rehearse.cli.reporting import say
    from rehearse.history import History
    from rehearse.history.exporting import export

    with History() as history:
        count, planned = export(history, folder), len(history.plans())
    plans = f" and {planned} plan{'' if planned == 1 else 's'}" if planned else ""
    say(f"{count} session{'' if count == 1 else 's'}{plans} written to {folder}")
