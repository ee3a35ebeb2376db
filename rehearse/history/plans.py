"""Plans as they lie in the database, and what of them was said in the takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from rehearse.errors import PlanError
from rehearse.interview.card import Said
from rehearse.interview.plan import Cue, Plan, Point

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

LOOKED_AT: Final = 30
"""Takes in which it is looked whether something was said, as for habits. Ours."""


def labels(database: sqlite3.Connection) -> list[str]:
    """What there are plans for, in the order of the alphabet."""
    return [row["label"] for row in database.execute("select label from plans order by label")]


def read(database: sqlite3.Connection, label: str) -> Plan | None:
    """The plan for something; None where there is none.

    Raises
    ------
    ValueError
        Where what is kept is no plan.
    """
    row = database.execute("select * from plans where label = ?", (label,)).fetchone()
    if row is None:
        return None
    points = database.execute("select * from points where label = ? order by place", (label,))
    cues = database.execute("select * from cues where label = ? order by place", (label,))
    try:
        return Plan(
            row["role"],
            row["why"],
            tuple(Point(each["criterion"], each["proof"]) for each in points),
            row["question"],
            tuple(Cue(each["part"], each["cue"], each["short"], each["rank"]) for each in cues),
        )
    except PlanError as error:
        raise ValueError(f"a plan is none: {error.message}") from error


def write(database: sqlite3.Connection, label: str, plan: Plan, kept_at: str) -> None:
    """Keep a plan in the place of the one that is there."""
    remove(database, label)
    database.execute(
        "insert into plans (label, kept_at, role, why, question) values (?, ?, ?, ?, ?)",
        (label, kept_at, plan.role, plan.why, plan.question),
    )
    database.executemany(
        "insert into points (label, place, criterion, proof) values (?, ?, ?, ?)",
        [
            (label, place, each.criterion, each.proof)
            for place, each in enumerate(plan.points, start=1)
        ],
    )
    database.executemany(
        "insert into cues (label, place, part, cue, short, rank) values (?, ?, ?, ?, ?, ?)",
        [
            (label, place, each.part, each.text, each.short, each.rank)
            for place, each in enumerate(plan.cues)
        ],
    )


def remove(database: sqlite3.Connection, label: str) -> bool:
    """Delete a plan; tell whether there was one."""
    return database.execute("delete from plans where label = ?", (label,)).rowcount > 0


def said(database: sqlite3.Connection, label: str) -> dict[str, Said]:
    """How often each part of a plan was said in the last takes for it, by its name.

    A part is known again by its words, wherever in the plan it stood: one that was changed has
    not been said yet.
    """
    plan = read(database, label)
    if plan is None:
        return {}
    rows = database.execute(
        "select report from sessions where label = ? and repeats is null "
        "order by held_at desc, id desc limit ?",
        (label, LOOKED_AT),
    )
    takes = [_told(planned) for row in rows if (planned := json.loads(row["report"]).get("plan"))]
    found = {}
    for name, text in plan.parts():
        # The newest first; a take for which it was not in the plan says nothing of it.
        answers = [take[key] for take in takes if (key := _key(name, text)) in take]
        if answers:
            found[name] = Said(sum(answers), last=answers[0])
    return found


def _told(planned: Iterable[Any]) -> dict[tuple[str, str], bool]:
    return {_key(each["part"], each["text"]): bool(each["said"]) for each in planned}


def _key(name: str, text: str) -> tuple[str, str]:
    return name.partition(" ")[0], " ".join(text.split()).casefold()
