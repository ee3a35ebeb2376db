"""The cue card of a plan: what one may glance at, and less of it after each take that said it.

What is recalled is remembered better than what is read again (Roediger and Karpicke 2006,
"Test-Enhanced Learning", Psychological Science 17, 249-255), and so a card takes itself away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehearse.interview.plan import Cue, Plan

MOST: Final = 4
"""Cues in a line. Ours."""

TELLING: Final = 2
"""Cues that are left after the first take that said them. Ours."""

LAST_STAGE: Final = 3

GONE: Final = "–"
"""What stands for cues that are needed no more."""


@dataclass(frozen=True, slots=True)
class Said:
    """How often a part of a plan was said.

    Parameters
    ----------
    takes
        In how many takes.
    last
        Whether the last one is among them.
    """

    takes: int
    last: bool

    @property
    def stage(self) -> int:
        """How short its cue has become: 0 is all of it, 3 none."""
        return max(0, min(self.takes, LAST_STAGE) - (not self.last))


UNSAID: Final = Said(0, last=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a card: its mark ("want", "1", "ask", "thank"), and its cues as they are shown."""

    mark: str
    cues: str


def card(plan: Plan, said: Mapping[str, Said]) -> tuple[Line, ...]:
    """Make the card of a plan: a line for each step, and for each criterion.

    Parameters
    ----------
    plan
        With its cues.
    said
        By the names of `Plan.parts`; what is not in it was never said.
    """
    wanted = "why" if plan.why else "role"
    lines = [Line("want", _shown(plan, wanted, said, MOST))]
    for number in range(1, len(plan.points) + 1):
        criterion, proof = f"criterion {number}", f"proof {number}"
        # The proof is what one forgets: it has three of the four where it needs them.
        most = min(TELLING, MOST - min(MOST - 1, len(_cues(plan, proof))))
        sides = (
            _shown(plan, criterion, said, most, telling=1),
            _shown(plan, proof, said, MOST - most),
        )
        both = GONE if sides == (GONE, GONE) else " → ".join(sides)
        lines.append(Line(str(number), both))
    asked = _shown(plan, "question", said, 1)
    lines.append(Line("ask", asked if asked == GONE else f"{asked}?"))
    lines.append(Line("thank", ""))
    return tuple(lines)


def _shown(
    plan: Plan, part: str, said: Mapping[str, Said], most: int, *, telling: int = TELLING
) -> str:
    """The cues of a part, as short as they have become."""
    stage = said.get(part, UNSAID).stage
    left = min(most, telling) if stage else most
    cues = [cue for cue in _cues(plan, part) if cue.rank < left]
    if stage == LAST_STAGE or not cues:
        return GONE
    return ", ".join(cue.text if stage < LAST_STAGE - 1 else cue.short for cue in cues)


def _cues(plan: Plan, part: str) -> list[Cue]:
    return [cue for cue in plan.cues if cue.part == part]
