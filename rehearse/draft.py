"""What was understood of a take so far, while it is spoken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.checks.steps.evidence import evidence, proofs
from rehearse.steps import STEPS

if TYPE_CHECKING:
    from rehearse.close import Close


@dataclass(frozen=True, slots=True)
class Draft:
    """What was understood so far; nothing of it is in the report.

    Parameters
    ----------
    steps
        Which of the four steps are there.
    asked
        Whether the last thing said is the concerns question.
    spoken_s
        Up to when, in seconds of the take.
    settled
        Whether the speaker had paused after it.
    close
        The words themselves; None before there are any.
    """

    steps: frozenset[str] = frozenset()
    asked: bool = False
    spoken_s: float = 0.0
    settled: bool = True
    close: Close | None = None


def drafted(close: Close, spoken_s: float, *, settled: bool) -> Draft:
    """Look for the steps in what was understood up to a time, in seconds of the take."""
    steps = frozenset(step for step in STEPS if evidence(close, step))
    asked = close.sentences[-1:] == proofs(close, "concerns")[-1:] and "concerns" in steps
    return Draft(steps, asked, spoken_s, settled, close)
