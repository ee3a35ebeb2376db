"""The history as JSON: one object on one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from rehearse.history.measures import ALL

if TYPE_CHECKING:
    from rehearse.history.estimates import Estimate
    from rehearse.history.overview import Overview, Row
    from rehearse.history.standing import Standing

FORMAT: Final = 1

FIELDS: Final = {
    "format": "1",
    "for": "the label; empty for all sessions",
    "count": "how many sessions there are",
    "sessions": "[{session, held_at, origin, for, source, repeats, measures: {name: value}}], "
    "the oldest first",
    "standings": "[{measure, unit, recent: estimate, before: estimate or null, verdict, more}]; "
    "an estimate is {value, low, high, takes}",
    "bests": "[{measure, session, value}]",
    "habits": "[{kind, what, takes, among, times, lift}]",
    "goal": "null, or {measure, target, text}",
    "goals": "{reached, judged}",
}
"""Each field of a history, and what it holds; docs/json.md is made of it."""


def line(history: Overview) -> str:
    """Write a history as one line, without the line break."""
    goal = history.goal
    fields: dict[str, Any] = {
        "format": FORMAT,
        "for": history.scope,
        "count": history.count,
        "sessions": [_session(row) for row in history.rows],
        "standings": [_standing(each) for each in history.standings.values()],
        "bests": [
            {"measure": each.measure, "session": each.session, "value": round(each.value, 3)}
            for each in history.bests.values()
        ],
        "habits": [
            {
                "kind": each.kind,
                "what": each.what,
                "takes": each.takes,
                "among": each.among,
                "times": each.times,
                "lift": None if each.lift is None else round(each.lift, 1),
            }
            for each in history.habits
        ],
        "goal": None
        if goal is None
        else {"measure": goal.measure, "target": goal.target, "text": goal.text},
        "goals": {"reached": history.goals_reached, "judged": history.goals_judged},
    }
    return json.dumps(fields, ensure_ascii=False, allow_nan=False)


def _session(row: Row) -> dict[str, Any]:
    return {
        "session": row.number,
        "held_at": row.held_at.isoformat(timespec="seconds"),
        "origin": row.origin,
        "for": row.label,
        "source": row.source,
        "repeats": row.repeats,
        "measures": {name: round(point.value, 3) for name, point in row.points.items()},
    }


def _standing(each: Standing) -> dict[str, Any]:
    return {
        "measure": each.measure,
        "unit": ALL[each.measure].unit,
        "recent": _estimate(each.recent),
        "before": None if each.before is None else _estimate(each.before),
        "verdict": each.verdict,
        "more": each.more,
    }


def _estimate(each: Estimate) -> dict[str, Any]:
    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 3)

    return {
        "value": rounded(each.value),
        "low": rounded(each.low),
        "high": rounded(each.high),
        "takes": each.takes,
    }
