"""A reminder as calendars read it: `.ics` (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rehearse.followup.details import Details
    from rehearse.followup.letter import Letter
    from rehearse.followup.times import Due

LENGTH: Final = timedelta(minutes=15)
"""Long enough to fill the gaps and read it once more. Ours."""


def reminder(letter: Letter, details: Details, due: Due, *, of: str, now: datetime) -> bytes:
    """Make the calendar with its one entry, which rings when it begins.

    Parameters
    ----------
    letter
        Stands in the description.
    details
        With the name, if it is known.
    due
        When it comes.
    of
        What it is about, as a word that stays the same: a second import moves the entry.
    now
        When it was made.
    """
    from icalendar import Alarm, Calendar, Event

    summary = f"Send the thank-you note to {details.name or '[their name]'}"
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(0))
    alarm.add("description", summary)
    event = Event()
    event.add("uid", f"followup-{of}@rehearse.invalid")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", due.at)
    event.add("dtend", due.at + LENGTH)
    event.add("summary", summary)
    event.add("description", f"Subject: {letter.subject}\n\n{letter.text}")
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//rehearse//followup//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
