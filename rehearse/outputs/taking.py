"""What is seen while somebody speaks: calm, and never in need of reading twice.

Colour never stands alone: a light that is on is filled, a step that was said has a tick.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.console import Group
from rich.text import Text

from rehearse.steps import STEP_NAMES, STEPS
from rehearse.timecode import clock

if TYPE_CHECKING:
    from collections.abc import Collection

    from rich.console import RenderableType

LIGHTS: Final = ((30, "level.strength"), (60, "level.tip"), (75, "level.fix"))
"""Seconds at which a light comes on. A club of speakers has them for a talk of a minute:
long enough, time to end, over (the page of the check `length` says whose thresholds)."""

BAR: Final = 20
BAR_FROM_DBFS: Final = -60.0
"""Where the level begins to be drawn; full scale is its end."""

TROUBLE: Final = {
    "dead": "The microphone gives no sound at all: is it muted, or is it the wrong one?",
    "no voice": "No voice is heard yet.",
    "quiet": "You are hardly heard: move nearer or turn the microphone up.",
    "clipped": "Too loud, the sound is clipped: move back or turn the microphone down.",
}


@dataclass(frozen=True, slots=True)
class Taking:
    """A moment of a take.

    Parameters
    ----------
    speaking_s
        Seconds since the speaker began.
    level_dbfs
        How loud it is; None while nothing measures that.
    steps
        Which steps were heard so far.
    trouble
        A key of `TROUBLE`, or None.
    hint
        What to do, or what is waited for.
    """

    speaking_s: float
    level_dbfs: float | None = None
    steps: Collection[str] = ()
    trouble: str | None = None
    hint: str = ""


def view(taking: Taking) -> RenderableType:
    """Draw it: time and level, the steps, and one line below them."""
    first = Text("  ")
    first.append("● ", "level.fix")
    first.append(f"{clock(int(taking.speaking_s)):>5}", "heading")
    first.append("   ")
    first.append_text(_lights(taking.speaking_s))
    first.append("   ")
    first.append_text(level_bar(taking.level_dbfs))
    second = Text("  ")
    for step in STEPS:
        there = step in taking.steps
        second.append("✓ " if there else "○ ", "level.strength" if there else "quiet")
        second.append(f"{STEP_NAMES[step]}   ", "" if there else "quiet")
    return Group(first, second, _below(taking))


def plain_view(taking: Taking) -> RenderableType:
    """Draw the time alone, and only what has to be mended below it."""
    time = Text(f"  {clock(int(taking.speaking_s)):>5}", "heading")
    urgent = taking.trouble not in {None, "no voice"}
    return Group(time, _below(taking)) if urgent else time


def _lights(speaking_s: float) -> Text:
    line = Text()
    for at_s, style in LIGHTS:
        on = speaking_s >= at_s
        line.append(f"{'●' if on else '○'} {at_s} s  ", style if on else "quiet")
    line.rstrip()
    return line


def level_bar(level_dbfs: float | None) -> Text:
    """A level as a row of marks, from `BAR_FROM_DBFS` to full scale."""
    share = 0.0 if level_dbfs is None else 1 - level_dbfs / BAR_FROM_DBFS
    filled = round(BAR * min(1.0, max(0.0, share)))
    line = Text("▮" * filled, "level.strength")
    line.append("▯" * (BAR - filled), "quiet")
    return line


def _below(taking: Taking) -> Text:
    if taking.trouble is not None:
        # That nobody has begun yet is no fault.
        calm = taking.trouble == "no voice"
        mark = "· " if calm else "! "
        return Text(f"  {mark}{TROUBLE[taking.trouble]}", "quiet" if calm else "level.tip")
    return Text(f"  {taking.hint}", "quiet")
