"""When to be reminded: the same day if there is time left, within 24 hours in any case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, Literal

from rehearse.errors import FollowUpError

if TYPE_CHECKING:
    from datetime import date, tzinfo

WITHIN: Final = timedelta(hours=24)
"""The consensus of those who advise: see the docstring of the package."""

SOON: Final = timedelta(minutes=30)
REST: Final = timedelta(hours=2)
EVENING: Final = time(20)
MORNING: Final = time(9)
"""Half an hour to get home, two hours to think, nothing at night. Ours."""

_FORM: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d\d)")
_YEARS: Final = (2000, 2100)


@dataclass(frozen=True, slots=True)
class Due:
    """When the reminder comes.

    Parameters
    ----------
    at
        In UTC.
    interviewed_at
        In UTC.
    """

    at: datetime
    interviewed_at: datetime

    @property
    def late(self) -> bool:
        """Whether the 24 hours are over by then."""
        return self.at - self.interviewed_at > WITHIN


def due(interviewed_at: datetime, now: datetime, *, zone: tzinfo | None = None) -> Due:
    """Choose when to be reminded.

    Parameters
    ----------
    interviewed_at, now
        With their offsets.
    zone
        Where the writer lives; None for what this computer is set to.
    """
    interviewed_at, now = interviewed_at.astimezone(UTC), now.astimezone(UTC)
    day = interviewed_at.astimezone(zone).date()
    evening = _local(day, EVENING, zone)
    if max(now, interviewed_at) + SOON <= evening:
        rested = max(now + SOON, interviewed_at + REST, _local(day, MORNING, zone))
        at = min(rested, evening)
    else:
        at = _local(day + timedelta(days=1), MORNING, zone)
    deadline = (interviewed_at + WITHIN).replace(second=0, microsecond=0)
    if not now < at <= deadline:
        at = _up(now + SOON)
        if now < deadline:
            at = min(at, deadline)
    return Due(min(_up(at), max(at, deadline)), interviewed_at)


def chosen(text: str, now: datetime, *, zone: tzinfo | None = None) -> datetime:
    """Read the time of a reminder: HH:MM is the next such, the rest is ISO 8601. In UTC.

    Raises
    ------
    FollowUpError
        Where it is no time, or over.
    """
    at = _read(text, "--at", now, zone, towards="next")
    if at <= now:
        raise FollowUpError(f"--at {text} is over.", hint="Give a time that is still to come.")
    return at


def interviewed(text: str, now: datetime, *, zone: tzinfo | None = None) -> datetime:
    """Read when an interview was: HH:MM is the last such, the rest is ISO 8601. In UTC.

    Raises
    ------
    FollowUpError
        Where it is no time.
    """
    return _read(text, "--interviewed-at", now, zone, towards="last")


def _read(
    text: str, option: str, now: datetime, zone: tzinfo | None, *, towards: Literal["next", "last"]
) -> datetime:
    bare = text.strip()
    try:
        if (match := _CLOCK.fullmatch(bare)) is not None:
            return _nearest(time(int(match[1]), int(match[2])), now, zone, towards=towards)
        at = datetime.fromisoformat(bare) if _FORM.fullmatch(bare) is not None else None
    except ValueError:
        at = None
    if at is None or not _YEARS[0] <= at.year < _YEARS[1]:
        raise FollowUpError(
            f"{option} {text!r} is not a time.",
            hint="Write the hour, as in 17:30, or the day too, as in 2026-03-05T17:30.",
        )
    if at.tzinfo is None and zone is not None:
        at = at.replace(tzinfo=zone)
    return at.astimezone(UTC)


def _nearest(
    clock: time, now: datetime, zone: tzinfo | None, *, towards: Literal["next", "last"]
) -> datetime:
    today = now.astimezone(zone).date()
    days = [_local(today + timedelta(days=n), clock, zone) for n in (-1, 0, 1)]
    if towards == "next":
        return next(each for each in days if each > now)
    return next(each for each in reversed(days) if each <= now)


def _local(day: date, clock: time, zone: tzinfo | None) -> datetime:
    # The offset is that of the day itself: tomorrow may have another than now.
    naive = datetime.combine(day, clock)
    return (naive if zone is None else naive.replace(tzinfo=zone)).astimezone(UTC)


def _up(at: datetime) -> datetime:
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + timedelta(minutes=1)
