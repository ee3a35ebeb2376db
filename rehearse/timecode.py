"""Times as people write them: 0:41, 1:02:03, 41, 41.5."""

from __future__ import annotations

import re

from rehearse.errors import RangeError


def clock(seconds: float) -> str:
    """Write seconds as m:ss or h:mm:ss, to the nearest second.

    >>> clock(41.2), clock(3723)
    ('0:41', '1:02:03')
    """
    whole = round(seconds)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def parse_clock(text: str, option: str) -> float:
    """Read a time given to `option`.

    Returns
    -------
    float
        Seconds, >= 0.

    Raises
    ------
    RangeError
        Where it is no time.

    >>> parse_clock("1:35", "--to"), parse_clock("41.5", "--from")
    (95.0, 41.5)
    """
    match = re.fullmatch(r"(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:\.\d+)?)", text.strip())
    if match is None or (match[2] is not None and float(match[3]) >= 60):
        raise RangeError(
            f"{option} {text!r} is not a time.",
            hint="Write minutes and seconds, as in 0:41, or seconds, as in 41.5.",
        )
    return int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + float(match[3])
