"""What is otherwise than in the take before, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rehearse.steps import STEP_NAMES, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CHEESY: Final = "wording.cheesy"
LENGTH_S: Final = 3.0
PACE_WPM: Final = 10.0
"""Smaller differences are not told: no two takes are alike. Ours."""


def since(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Compare two reports, each as `rehearse analyze --json` writes it.

    Counts of two takes differ by chance as well; what is said here is what was there, and
    not that anybody has improved.
    """
    return [*_steps(before, now), *_lines(before, now), *_measures(before, now)]


def _steps(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    there = [{step for step in STEPS if each["steps"][step]["present"]} for each in (before, now)]
    for step in STEPS:
        if step in there[1] - there[0]:
            yield f"✓ {STEP_NAMES[step]}: there now"
        elif step in there[0] - there[1]:
            yield f"✗ {STEP_NAMES[step]}: was there, and is missing now"


def _lines(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    said = [
        {
            each["at"]["text"]
            for each in report["findings"]
            if each["check"] == CHEESY and each["at"]
        }
        for report in (before, now)
    ]
    if gone := sorted(said[0] - said[1]):
        yield "✓ no longer said: " + ", ".join(f"“{text}”" for text in gone)
    if new := sorted(said[1] - said[0]):
        yield "✗ new: " + ", ".join(f"“{text}”" for text in new)


def _measures(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    old, new = before["measures"], now["measures"]
    if _apart(old["span_s"], new["span_s"], LENGTH_S):
        yield f"· length: {new['span_s']:.0f} s, before {old['span_s']:.0f} s"
    if _apart(old["pace_wpm"], new["pace_wpm"], PACE_WPM):
        yield f"· pace: {new['pace_wpm']:.0f} wpm, before {old['pace_wpm']:.0f} wpm"
    if None not in (old["fillers"], new["fillers"]) and len(old["fillers"]) != len(new["fillers"]):
        yield f"· fillers: {len(new['fillers'])}, before {len(old['fillers'])}"


def _apart(old: float | None, new: float | None, least: float) -> bool:
    return old is not None and new is not None and abs(new - old) >= least
