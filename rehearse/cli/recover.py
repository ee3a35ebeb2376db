"""`rehearse recover`: takes that were cut short."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rehearse.cli.keeping import FOR_HELP, Keeping, label_of
from rehearse.cli.reporting import Reporting
from rehearse.errors import RehearseError
from rehearse.timecode import clock

if TYPE_CHECKING:
    from rehearse.takes import Unfinished


@click.command("recover")
@click.option("--list", "only_list", is_flag=True, help="Name them, and do nothing else.")
@click.option("--discard", is_flag=True, help="Delete them.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line a take.")
@click.option("--model", default="base", show_default=True, metavar="NAME", help="Which weights.")
@click.option("--for", "label", metavar="WHAT", help=FOR_HELP)
def command(
    *, only_list: bool, discard: bool, as_json: bool, model: str, label: str | None
) -> None:
    """Bring back takes that were cut short, and analyse them.

    A power cut, a crash or a full disk may end a take before it is finished.
    What was spoken until then is on disk; this makes a FLAC file of it and
    writes the report.
    """
    from rehearse.takes import Takes

    takes = Takes()
    found = takes.unfinished()
    if not found:
        click.echo("No take was cut short.", err=as_json)
        return
    for each in found:
        click.echo(told(each), err=as_json)
    if only_list:
        return
    if discard:
        for each in found:
            takes.discard(each)
        click.echo("Deleted.", err=as_json)
        return
    from rehearse.audio.decode import SoundFile
    from rehearse.cli.analyze import Run

    reporting = Reporting(as_json=as_json)
    keeping = Keeping(label_of(label), reporting)
    run = Run(reporting, keeping, model=model, origin="recover")
    run.prepare([SoundFile(each.written.path) for each in found])
    failed = False
    for number, each in enumerate(found):
        try:
            kept = takes.recover(each)
        except RehearseError as error:
            failed = True
            reporting.error(each.written.path.name, error)
            continue
        run.one(kept.path.name, SoundFile(kept.path), number=number, count=len(found))
    if failed or run.failed:
        raise SystemExit(2)


def told(take: Unfinished) -> str:
    """A take that was cut short, in a line."""
    length = clock(take.written.duration_s)
    return f"{take.began:%Y-%m-%d %H:%M:%S}  {length} of sound  {take.written.path.name}"
