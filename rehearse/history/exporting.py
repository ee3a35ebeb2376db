"""A history as a folder that other programs read, and back.

`sessions.jsonl` has a line for each session, its report in it; `plans.jsonl` one for each plan;
`measures.csv` a row for each session, for a spreadsheet; `sound` the FLAC files.  All of it is
read back but the CSV.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from rehearse.errors import HistoryError
from rehearse.history import plan_lines
from rehearse.history.measures import MEASURES, measured
from rehearse.steps import STEPS
from rehearse.takes.files import whole_or_absent

if TYPE_CHECKING:
    from pathlib import Path

    from rehearse.history.store import History
    from rehearse.session import Session

LINES: Final = "sessions.jsonl"
TABLE: Final = "measures.csv"
SOUNDS: Final = "sound"

FORMAT: Final = 1


def export(history: History, folder: Path) -> int:
    """Write every session and plan into a folder that is new or empty; give how many sessions.

    Raises
    ------
    HistoryError
        Where it cannot be written, or holds something.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise HistoryError(
                f"{folder} holds something already, and nothing was written.",
                hint="Name a folder that is empty, or not there yet.",
            )
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        return _written(history, folder)
    except BaseException as error:
        # Half an export would be taken for a whole one.
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unwritable(folder, error) from error
        raise


def _unwritable(folder: Path, error: OSError) -> HistoryError:
    return HistoryError(
        f"{folder} cannot be written: {error.strerror or error}.",
        hint="Name a folder of yours, with room on its disk.",
    )


def _written(history: History, folder: Path) -> int:
    (folder / SOUNDS).mkdir(mode=0o700)
    sounds = set()
    with (
        history.snapshot(),
        _private(folder / LINES) as lines,
        _private(folder / TABLE) as table,
    ):
        count, goals, planned = history.count(), history.goals(), history.plans()
        rows = csv.writer(table)
        rows.writerow(
            ["session", "held_at", "for", "source", *STEPS, *(each.name for each in MEASURES)]
        )
        for session in history.each():
            goal = goals.get(session.number)
            fields = _fields(session) | {
                "goal": None if goal is None else asdict(goal),
                "of": count,
            }
            lines.write(json.dumps(fields, ensure_ascii=False, allow_nan=False) + "\n")
            rows.writerow(_row(session))
            sounds.add(session.sound)
    if planned:
        with _private(folder / plan_lines.LINES) as lines:
            lines.writelines(plan_lines.lines(planned, sessions=count))
    for sound in sounds:
        if sound is not None and (history.takes / sound).is_file():
            with whole_or_absent(folder / SOUNDS / sound) as copy:
                shutil.copyfile(history.takes / sound, copy)
    return count


def _fields(session: Session) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "session": session.number,
        "held_at": session.held_at.isoformat(timespec="microseconds"),
        "origin": session.origin,
        "for": session.label,
        "source": session.source,
        "sound": session.sound,
        "from_s": session.from_s,
        "sha256": session.sha256,
        "report": session.report,
    }


def _row(session: Session) -> list[str | int | float | None]:
    points = measured(session.report)
    values = [points[each.name].value if each.name in points else None for each in MEASURES]
    return [
        session.number,
        session.held_at.isoformat(timespec="seconds"),
        _harmless(session.label),
        _harmless(session.source),
        *(int(points[f"step.{step}"].amount) for step in STEPS),
        *(None if value is None else round(value, 3) for value in values),
    ]


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula (OWASP, "CSV Injection")."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _private(path: Path) -> Any:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(file, "w", encoding="utf-8", newline="")
