"""Takes that have become a recital: nearly the same words, in a voice that flattens."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

SAME: Final = 0.85
"""Share of two takes' words that are the same and in the same order (Ratcliff and Obershelp's
similarity, as `difflib` has it) from which on one recites. Ours: two takes of one speaker who
knows the four steps, and not the words, have 0.3 to 0.5."""

LEAST: Final = 4
"""Takes in a row. With fewer, the pitch of a take varies as much by chance. Ours."""

FLATTER: Final = 0.8
"""The last two of them have at most this share of the pitch variation of those before. Ours."""

LONGEST: Final = 8
"""Takes that are looked back at."""


def recited(takes: Sequence[tuple[str, float | None]]) -> bool:
    """Whether the last takes are near-verbatim, and flatter than those before.

    Parameters
    ----------
    takes
        The words, and the standard deviation of pitch in semitones where it is known; the
        oldest take first.
    """
    run = _verbatim(takes[-LONGEST:])
    pitches = [pitch for _, pitch in run if pitch is not None]
    if len(run) < LEAST or len(pitches) < len(run):
        return False
    earlier, last = pitches[:-2], pitches[-2:]
    flatter = sum(last) / len(last) <= FLATTER * sum(earlier) / len(earlier)
    return flatter and max(last) < min(earlier)


def _verbatim(takes: Sequence[tuple[str, float | None]]) -> list[tuple[str, float | None]]:
    """The last takes of which each has nearly the words of the one before."""
    run = list(takes[-1:])
    for take in reversed(takes[:-1]):
        if not _alike(take[0], run[0][0]):
            break
        run.insert(0, take)
    return run


def _alike(one: str, other: str) -> bool:
    first, second = (re.findall(r"[\w’']+", text.lower()) for text in (one, other))
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    return matcher.quick_ratio() >= SAME and matcher.ratio() >= SAME
