"""`rehearse followup N`: the thank-you note after an interview, as a draft, and a reminder."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehearse.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command("followup")
@click.argument("number", type=click.IntRange(min=1), metavar="N")
@click.option("--name", metavar="NAME", help="Who interviewed you.")
@click.option("--role", metavar="ROLE", help="What the interview was for, as in “ward nurse”.")
@click.option("--company", metavar="COMPANY", help="Where.")
@click.option("--email", metavar="ADDRESS", help="Their e-mail address, for the draft.")
@click.option("--from", "from_", metavar="ADDRESS", help="Yours; a name with it signs the note.")
@click.option("--card", is_flag=True, help="A line about business cards, and a postal card.")
@click.option("--at", metavar="WHEN", help="When to be reminded: 17:30, or 2026-03-05T17:30.")
@click.option(
    "--interviewed-at", metavar="WHEN", help="When the interview was; without it, the session."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help="Where the draft and the reminder go; without it, here.",
)
@click.option("--force", is_flag=True, help="Replace files of these names.")
def command(  # noqa: PLR0913 - one for each option
    *,
    number: int,
    name: str | None,
    role: str | None,
    company: str | None,
    email: str | None,
    from_: str | None,
    card: bool,
    at: str | None,
    interviewed_at: str | None,
    out: Path,
    force: bool,
) -> None:
    """Write a thank-you note from what you said in session N.

    What only you know is a gap in brackets. The note is shown, and written as a draft that your
    mail program opens, followup-N.eml, beside a reminder for your calendar, followup-N.ics.
    Nothing is ever sent.
    """
    from datetime import UTC, datetime

    from rehearse import followup
    from rehearse.cli.reporting import say
    from rehearse.followup import details, times
    from rehearse.followup.telling import told
    from rehearse.history import History

    given = followup.Details(
        name=details.named(name, "--name"),
        role=details.named(role, "--role"),
        company=details.named(company, "--company"),
        recipient=details.addressed(email, "--email"),
        sender=details.addressed(from_, "--from"),
        card=card,
    )
    now = datetime.now(UTC)
    chosen = None if at is None else times.chosen(at, now)
    held = None if interviewed_at is None else times.interviewed(interviewed_at, now)
    with History() as history:
        session = history.session(number)
    due = followup.due(held or session.held_at, now)
    if chosen is not None:
        due = followup.Due(chosen, due.interviewed_at)
    note = followup.letter(session.report, given)
    of = f"{number}-{session.held_at:%Y%m%dT%H%M%S%f}"
    _write(
        {
            out / f"followup-{number}.eml": followup.message(note, given),
            out / f"followup-{number}.ics": followup.reminder(note, given, due, of=of, now=now),
        },
        force=force,
    )
    say(told(note, given, due, now=now))


def _write(files: Mapping[Path, bytes], *, force: bool) -> None:
    """Write all of them, or none that was not there before."""
    from rehearse.cli.writing import write_file

    there = [path for path in files if _is_there(path)]
    if there and not force:
        raise OutputError(
            f"{there[0]} is there already, and nothing was written.",
            hint="--force replaces it; --out names another folder.",
        )
    try:
        for path, content in files.items():
            write_file(path, content.decode("utf-8"))
    except OutputError:
        for path in files:
            if path not in there:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
        raise
    for path in files:
        click.echo(f"Written: {path}", err=True)


def _is_there(path: Path) -> bool:
    from rehearse.cli import writing

    with writing.told(path):  # to look is refused as well, in a folder of somebody else
        return path.exists()
