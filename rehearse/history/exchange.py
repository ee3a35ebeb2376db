"""A history as a folder that other programs read, and back.

`sessions.jsonl` has a line for each session, its report in it; `measures.csv` a row for each,
for a spreadsheet; `sound` the FLAC files.  All of it is read back but the CSV.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rehearse.errors import HistoryError
from rehearse.history.measures import MEASURES, measured
from rehearse.history.rows import Entry
from rehearse.history.sounds import digest_of
from rehearse.steps import STEPS
from rehearse.takes.files import whole_or_absent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rehearse.history.store import History
    from rehearse.session import Session

T = TypeVar("T")

LINES: Final = "sessions.jsonl"
TABLE: Final = "measures.csv"
SOUNDS: Final = "sound"

FORMAT: Final = 1

_PLAIN: Final = re.compile(r"[\w.+-]+\.flac", re.ASCII)
"""What a sound may be called: the name comes from a file that anybody may have written."""


def export(history: History, folder: Path) -> int:
    """Write every session into a folder that is new or empty; give how many.

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
        return _written(history, folder)
    except OSError as error:
        raise HistoryError(
            f"{folder} cannot be written: {error.strerror or error}.",
            hint="Name a folder of yours, with room on its disk.",
        ) from error


def _written(history: History, folder: Path) -> int:
    (folder / SOUNDS).mkdir(mode=0o700)
    count = 0
    with _private(folder / LINES) as lines, _private(folder / TABLE) as table:
        rows = csv.writer(table)
        rows.writerow(
            ["session", "held_at", "for", "source", *STEPS, *(each.name for each in MEASURES)]
        )
        for session in history.each():
            count += 1
            lines.write(json.dumps(_fields(session), ensure_ascii=False) + "\n")
            rows.writerow(_row(session))
            if session.sound is not None and (history.takes / session.sound).is_file():
                copy = folder / SOUNDS / session.sound
                shutil.copyfile(history.takes / session.sound, copy)
                copy.chmod(0o600)
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


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did."""

    added: int
    there: int
    """Sessions that were in the history already."""
    silent: int
    """Sessions whose sound was not in the folder."""


def _with_sound(history: History, folder: Path, entry: Entry, copied: list[Path]) -> Entry:
    """Copy the sound of a session, under a name that is free."""
    if entry.sound is None:
        return entry
    brought = folder / SOUNDS / entry.sound
    if not brought.is_file():
        return replace(entry, sound=None)
    if digest_of(brought) != entry.sha256:
        raise HistoryError(
            f"{brought} is not the sound that was exported: its SHA-256 is another.",
            hint="Nothing was imported; export again, or delete the file to import without it.",
        )
    history.takes.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = history.takes / entry.sound
    number = 1
    while path.exists():
        path = path.with_name(f"{brought.stem}-{number:02}{brought.suffix}")
        number += 1
    copied.append(path)
    with whole_or_absent(path) as half:
        shutil.copyfile(brought, half)
    return replace(entry, sound=path.name)


def bring(history: History, folder: Path) -> Brought:
    """Read what `export` wrote, all of it or nothing.

    Raises
    ------
    HistoryError
        Where it is no export, or is damaged: with the line.
    """
    try:
        read = list(_read(folder))
    except FileNotFoundError as error:
        raise HistoryError(
            f"{folder} is no export: there is no {LINES} in it.",
            hint="Name a folder that `rehearse export` has written.",
        ) from error
    except OSError as error:
        raise HistoryError(
            f"{folder / LINES} cannot be read: {error.strerror or error}.",
            hint="Give yourself the right to read it.",
        ) from error
    new = [
        entry
        for entry in read
        if not history.holds(_required(entry.sha256), _required(entry.held_at))
    ]
    copied: list[Path] = []
    try:
        entries = [_with_sound(history, folder, entry, copied) for entry in new]
        history.add_all(entries)
    except BaseException as error:
        for path in copied:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise HistoryError(
                f"The sounds cannot be copied to {history.takes}: {error.strerror or error}.",
                hint="Make room there; nothing was imported.",
            ) from error
        raise
    silent = sum(
        before.sound is not None and after.sound is None
        for before, after in zip(new, entries, strict=True)
    )
    return Brought(len(new), len(read) - len(new), silent)


def _read(folder: Path) -> Iterator[Entry]:
    seen = set()
    with (folder / LINES).open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                read = _line(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise HistoryError(
                    f"{folder / LINES}, line {number}, is no session: {_why(error)}.",
                    hint="Nothing was imported; export again, or take the line out.",
                ) from error
            if (key := (read.sha256, read.held_at)) not in seen:
                seen.add(key)
                yield read


def _why(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"it has no {error.args[0]!r}"
    return str(error)


def _line(fields: Any) -> Entry:
    if fields["format"] != FORMAT:
        raise ValueError(f"its format is {fields['format']!r}, and this rehearse reads {FORMAT}")
    if fields["origin"] not in {"record", "analyze", "recover"}:
        raise ValueError(f"it is by {fields['origin']!r}")
    held_at = datetime.fromisoformat(fields["held_at"])
    if held_at.tzinfo is None:
        raise ValueError(f"its time has no zone: {fields['held_at']!r}")
    sound = fields["sound"]
    if sound is not None and not _PLAIN.fullmatch(sound):
        raise ValueError(f"its sound is called {sound!r}")
    measured(fields["report"])
    return Entry(
        line=json.dumps(fields["report"], ensure_ascii=False, allow_nan=False),
        origin=fields["origin"],
        source=str(fields["source"]),
        label=str(fields["for"]),
        sound=sound,
        from_s=float(fields["from_s"]),
        held_at=held_at,
        sha256=str(fields["sha256"]),
    )


def _required(value: T | None) -> T:
    if value is None:
        raise RuntimeError("a session was read without its time or its SHA-256")
    return value
