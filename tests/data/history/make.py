"""Write a history as each version of the schema had it: version-1.sqlite, and so on.

    PYTHONPATH=. python tests/data/history/make.py 2    # the version that was added

A file that is there stays as it is: it is what that version wrote.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from rehearse.history import History, bests, plans, rows
from rehearse.history.conclusions import conclude, set_goal
from rehearse.history.migrate import APPLICATION, migrations, statements
from rehearse.interview.plan import Cue, Plan, Point
from tests.history.reports import BEGAN, entry

HERE = Path(__file__).resolve().parent

PLAN = Plan(
    role="Ward nurse, nights",
    why="",
    points=(Point("calm on a busy ward", "I ran the night shift at St Bride's, 40 beds"),),
    cues=(Cue("proof 1", "40 beds", "40", 0),),
)


def main():
    version = int(sys.argv[1])
    path = HERE / f"version-{version}.sqlite"
    if path.exists():
        raise SystemExit(f"{path} is there, and stays as it is.")
    database = sqlite3.connect(path, isolation_level=None)
    database.row_factory = sqlite3.Row
    database.execute("begin immediate")
    for script in migrations()[:version]:
        for statement in statements(script):
            database.execute(statement)
    database.execute(f"pragma application_id = {APPLICATION}")
    database.execute(f"pragma user_version = {version}")
    history = History(HERE)
    for number in range(12):
        fillers = 10 if number < 6 else 2
        kept = entry(number, f"To be honest, take {number}.", fillers=fillers, label="Acme")
        rows.insert(database, history._prepared(kept))
    if version >= 2:
        for scope in ("", "Acme"):
            conclude(database, scope)
            bests.find(database, scope)
        set_goal(database)
    if version >= 3:
        plans.write(database, "Acme", PLAN, rows.time_of(BEGAN))
    database.execute("commit")
    database.execute("vacuum")
    database.close()


if __name__ == "__main__":
    main()
