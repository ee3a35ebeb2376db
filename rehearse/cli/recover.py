"""`rehearse recover`: takes that were cut short."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rehearse.cli.keeping import FOR_HELP, Keeping, label_of
from rehearse.cli.reporting import Reporting
from rehearse.errors import HistoryError, RehearseError
from rehearse.takes import Kept
from rehearse.timecode import clock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rehearse.takes import Takes, Unfinished


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

    A power cut, a crash or a full disk may end a take before it is finished, or
    before its report is kept. What was spoken until then is on disk; this makes
    a FLAC file of it, writes the report and keeps the session.
    """
    from rehearse.takes import Takes

    takes = Takes()
    short = takes.unfinished()
    # A whole take is deleted by nobody here: it is a file of its own, that any player opens.
    trouble: HistoryError | None = None
    try:
        whole = [] if discard else _whole(takes)
    except HistoryError as error:
        whole, trouble = [], error
    if not short and trouble is not None:
        raise trouble
    if not short and not whole:
        click.echo("No take was cut short.", err=as_json)
        return
    found: list[Unfinished | Kept] = [*short, *whole]
    for each in found:
        click.echo(told(each), err=as_json)
    if only_list:
        return
    if discard:
        for each in short:
            takes.discard(each)
        click.echo("Deleted.", err=as_json)
        return
    reporting = Reporting(as_json=as_json)
    if _analysed(takes, found, model, Keeping(label_of(label), reporting), reporting):
        raise SystemExit(2)


def _whole(takes: Takes) -> list[Kept]:
    """Takes that are finished and in no session."""
    from rehearse.history import History

    if not takes.folder.is_dir():
        return []
    with History() as history:
        return takes.finished(but=history.sounds())


def _analysed(
    takes: Takes,
    found: Sequence[Unfinished | Kept],
    model: str,
    keeping: Keeping,
    reporting: Reporting,
) -> bool:
    """Finish, analyse and keep takes; tell whether something could not be done."""
    from rehearse.audio.decode import SoundFile
    from rehearse.cli.analyze import Run

    run = Run(reporting, keeping, model=model, origin="recover")
    run.prepare([SoundFile(_path(each)) for each in found])
    failed = False
    for number, each in enumerate(found):
        try:
            kept = each if isinstance(each, Kept) else takes.recover(each)
        except RehearseError as error:
            failed = True
            reporting.error(_path(each).name, error)
            continue
        run.one(kept.path.name, SoundFile(kept.path), number=number, count=len(found))
    return failed or run.failed


def _path(take: Unfinished | Kept) -> Path:
    return take.path if isinstance(take, Kept) else take.written.path


def told(take: Unfinished | Kept) -> str:
    """A take that was cut short, or is in no session, in a line."""
    if isinstance(take, Kept):
        when, length, what = take.ended, clock(take.duration_s), ", whole, and in no session"
    else:
        when, length, what = take.began, clock(take.written.duration_s), ""
    return f"{when:%Y-%m-%d %H:%M:%S}  {length} of sound  {_path(take).name}{what}"
