"""What the writer of a note is told about it, outside the e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.followup.pieces import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from rehearse.followup.details import Details
    from rehearse.followup.letter import Letter
    from rehearse.followup.times import Due

RULE: Final = "-" * 40


def told(
    letter: Letter, details: Details, due: Due, *, now: datetime, zone: tzinfo | None = None
) -> str:
    """Write the note as it can be read in a terminal, and below it what is left to do.

    The day of the reminder is called today or tomorrow as it is now, in `zone`; None is that of
    this computer.
    """
    parts = [f"Subject: {letter.subject}", letter.text]
    if letter.card:
        parts += [RULE, "As an addition, by post and in your own hand:", written(letter.card)]
    parts += [RULE, "\n".join(_notes(letter, details, due, now, zone))]
    return "\n\n".join(parts)


def _notes(
    letter: Letter, details: Details, due: Due, now: datetime, zone: tzinfo | None
) -> Iterator[str]:
    gaps = [f"[{asks}]" for asks in letter.gaps]
    if details.recipient is None:
        gaps.append("[their e-mail address], in To:")
    if gaps:
        yield (
            f"{len(gaps)} gap is left to fill:"
            if len(gaps) == 1
            else (f"{len(gaps)} gaps are left to fill:")
        )
        yield from (f"  {gap}" for gap in gaps)
    else:
        yield "No gap is left to fill."
    if letter.unsure:
        words = ", ".join(f"“{word}”" for word in letter.unsure)
        yield f"Perhaps misheard: {words}. Compare with what you meant."
    yield f"The reminder comes {when(due.at, now, zone)}."
    if due.late:
        yield (
            "The interview is more than a day ago by then. A note that comes late is still "
            "welcome; keep it short."
        )
    yield "Nothing was sent: you send it yourself, when it is yours."


def when(at: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """A moment as one says it: "today at 17:30", "on Thursday, 5 March at 9:00"."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local.hour}:{local.minute:02}"
    days = (local.date() - today).days
    if days in {0, 1}:
        return f"{('today', 'tomorrow')[days]} at {clock}"
    return f"on {local:%A}, {local.day} {local:%B} {local.year} at {clock}"
