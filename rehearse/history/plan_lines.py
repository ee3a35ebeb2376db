"""Plans in a folder that was exported: `plans.jsonl` has a line for each.

It is there where there are plans.  Each line says how many there are, and how many sessions, so
that a part of an export is not taken for the whole.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rehearse.errors import NoExportError, PlanError
from rehearse.interview.plan import LONGEST_CUE, MOST_POINTS, Cue, Plan, Point
from rehearse.session import LONGEST_LABEL, readable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LINES: Final = "plans.jsonl"

FORMAT: Final = 1

LONGEST: Final = 100_000
"""Bytes of a line. A plan of the longest answers has ten thousand. Ours."""

MOST_CUES: Final = 50
"""Cues of a plan. Ours: four for each of nine parts are less."""

_AGAIN: Final = "Nothing was imported; copy it again, or export again."


@dataclass(frozen=True, slots=True)
class Read:
    """What was read.

    Parameters
    ----------
    plans
        By what they are for.
    sessions
        How many sessions there have to be; None where there were no plans to say it.
    """

    plans: dict[str, Plan]
    sessions: int | None


def lines(plans: dict[str, Plan], *, sessions: int) -> Iterable[str]:
    """Plans as lines, with their line breaks."""
    for label, plan in plans.items():
        fields = {
            "format": FORMAT,
            "for": label,
            "role": plan.role,
            "why": plan.why,
            "points": [{"criterion": p.criterion, "proof": p.proof} for p in plan.points],
            "question": plan.question,
            "cues": [
                {"part": c.part, "text": c.text, "short": c.short, "rank": c.rank}
                for c in plan.cues
            ],
            "of": len(plans),
            "sessions": sessions,
        }
        yield json.dumps(fields, ensure_ascii=False, allow_nan=False) + "\n"


def read(folder: Path) -> Read:
    """Read them from a folder that anybody may have written.

    Raises
    ------
    NoExportError
        Where a line is no plan, or some are missing.
    OSError
        Where it cannot be read.
    """
    path = folder / LINES
    if not path.exists():
        return Read({}, None)
    if not path.is_file():
        raise NoExportError(f"{path} is no file.", hint="Name a folder that was exported.")
    plans: dict[str, Plan] = {}
    number, of, sessions = 0, None, None
    with path.open("rb") as file:
        while line := file.readline(LONGEST):
            number += 1
            try:
                fields = json.loads(line)
                label, plan = _plan(fields)
                of, sessions = fields["of"], fields["sessions"]
            except KeyError as error:
                raise _no_plan(path, number, f"it has no {error.args[0]!r}") from error
            except PlanError as error:
                raise _no_plan(path, number, error.message.rstrip(".")) from error
            except (AttributeError, IndexError, TypeError, ValueError) as error:
                raise _no_plan(path, number, str(error)) from error
            except RecursionError as error:
                raise _no_plan(path, number, "it is nested too deeply") from error
            plans.setdefault(label, plan)
    if not number or of != number:
        raise NoExportError(
            f"{path} is cut short: it has {number} of {of or 'its'} plans.", hint=_AGAIN
        )
    return Read(plans, sessions if isinstance(sessions, int) else None)


def _no_plan(path: Path, number: int, why: str) -> NoExportError:
    return NoExportError(f"{path}, line {number}, is no plan: {why}.", hint=_AGAIN)


def _plan(fields: Any) -> tuple[str, Plan]:
    if fields["format"] != FORMAT:
        raise ValueError(f"its format is {fields['format']!r}, and this rehearse reads {FORMAT}")
    if len(fields["points"]) > MOST_POINTS or len(fields["cues"]) > MOST_CUES:
        raise ValueError("it has too many points or cues")
    plan = Plan(
        role=readable(fields["role"]),
        why=readable(fields["why"]),
        points=tuple(
            Point(readable(each["criterion"]), readable(each["proof"])) for each in fields["points"]
        ),
        question=readable(fields["question"]),
        cues=tuple(_cue(each) for each in fields["cues"]),
    )
    return readable(fields["for"])[:LONGEST_LABEL], plan


def _cue(fields: Any) -> Cue:
    rank = fields["rank"]
    if not isinstance(rank, int) or not 0 <= rank < MOST_CUES:
        raise ValueError(f"the rank of a cue is {rank!r}")
    part, text, short = (readable(fields[name])[:LONGEST_CUE] for name in ("part", "text", "short"))
    return Cue(part, text, short, rank)
