"""What `rehearse export` wrote, read into a history: all of it or nothing.

Anybody may have written it, and so nothing in it is believed before it was looked at.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rehearse.errors import HistoryError, NoExportError
from rehearse.history import plan_lines
from rehearse.history.exporting import FORMAT, LINES, SOUNDS
from rehearse.history.goals import TEXTS
from rehearse.history.rows import Entry, KeptGoal
from rehearse.history.sounds import digest_of
from rehearse.session import LONGEST_LABEL, readable
from rehearse.takes.files import whole_or_absent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rehearse.history.store import History
    from rehearse.interview.plan import Plan

T = TypeVar("T")

LONGEST: Final = 10_000_000
"""Bytes of a line. The report of two hours has one million. Ours."""

OLDEST: Final = datetime(1970, 1, 2, tzinfo=UTC)
NEWEST: Final = datetime(2999, 1, 1, tzinfo=UTC)
"""Between these a time can be told in every zone."""

_PLAIN: Final = re.compile(r"[\w.+-]{1,100}\.flac", re.ASCII)
"""What a sound may be called: the name comes from a file that anybody may have written."""

A_DAY_S: Final = 86_400.0
MOST_TARGET: Final = 1_000
LONGEST_NAME: Final = 1_000
"""Characters. Ours."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did."""

    added: int
    there: int
    """Sessions that were in the history already."""
    silent: int
    """Sessions whose sound was not in the folder."""
    plans: int = 0
    """Plans that were added: where there is one for the same already, that stays."""


def bring(history: History, folder: Path, require: Callable[[Any], None]) -> Brought:
    """Read what `export` wrote, all of it or nothing.

    Parameters
    ----------
    history
        To which it is added.
    folder
        What was exported.
    require
        Raises `ValueError` where what was read from JSON is no report.

    Raises
    ------
    NoExportError
        Where it is no export, or is damaged: with the line.
    HistoryError
        Where it cannot be added.
    """
    try:
        planned = plan_lines.read(folder)
        read = list(_read(folder, require, planned.sessions))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoExportError(
            f"{folder} is no export: there is no {LINES} in it.",
            hint="Name a folder that `rehearse export` has written.",
        ) from error
    except OSError as error:
        raise NoExportError(
            f"{folder / LINES} cannot be read: {error.strerror or error}.",
            hint="Give yourself the right to read it.",
        ) from error
    copied: list[Path] = []
    try:
        # One after the other: what is there already is not added again.
        with _alone(history):
            return _added(history, folder, read, planned.plans, copied)
    except BaseException as error:
        for path in copied:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise HistoryError(
                f"The sounds cannot be copied to {history.takes}: {error.strerror or error}.",
                hint="Make room there, or take the right to write; nothing was imported.",
            ) from error
        raise


@contextlib.contextmanager
def _alone(history: History) -> Iterator[None]:
    import filelock

    history.takes.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = history.folder / "import.lock"
    with filelock.FileLock(lock, mode=0o600):
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                lock.unlink()  # while it is held: whoever waits finds another under this name


def _added(
    history: History,
    folder: Path,
    read: list[Entry],
    planned: dict[str, Plan],
    copied: list[Path],
) -> Brought:
    new: list[Entry] = []
    there: list[Entry] = []
    for entry in read:
        held = history.holds(_required(entry.sha256), _required(entry.held_at))
        (there if held else new).append(entry)
    entries = [_with_sound(history, folder, entry, copied) for entry in new]
    lacking = [
        _with_sound(history, folder, entry, copied)
        for entry in there
        if history.lacks(_required(entry.sha256))
    ]
    known = {label.casefold() for label in history.plans()}
    first = {label.casefold(): label for label in reversed(planned)}
    plans = {label: planned[label] for each, label in first.items() if each not in known}
    if entries or plans:
        history.add_all(entries, planned=plans)
    for entry in lacking:
        if entry.sound is not None:
            history.give(_required(entry.sha256), entry.sound)
    silent = sum(
        before.sound is not None and after.sound is None
        for before, after in zip(new, entries, strict=True)
    )
    return Brought(len(new), len(there), silent, len(plans))


def _with_sound(history: History, folder: Path, entry: Entry, copied: list[Path]) -> Entry:
    """Copy the sound of a session, under a name that is free."""
    if entry.sound is None:
        return entry
    brought = folder / SOUNDS / entry.sound
    if not brought.is_file():
        return replace(entry, sound=None)
    if digest_of(brought) != entry.sha256:
        raise NoExportError(
            f"{brought} is not the sound that was exported: its SHA-256 is another.",
            hint="Nothing was imported; export again, or delete the file to import without it.",
        )
    path = history.takes / entry.sound
    number = 1
    while path.exists():
        path = path.with_name(f"{brought.stem}-{number:02}{brought.suffix}")
        number += 1
    with whole_or_absent(path) as half:
        shutil.copyfile(brought, half)
    copied.append(path)
    return replace(entry, sound=path.name)


def _read(folder: Path, require: Callable[[Any], None], expected: int | None) -> Iterator[Entry]:
    path = folder / LINES
    if path.exists() and not path.is_file():
        raise NoExportError(f"{path} is no file.", hint="Name a folder that was exported.")
    seen, number, of = set(), 0, 0
    with path.open("rb") as lines:
        while line := lines.readline(LONGEST):
            number += 1
            try:
                fields = json.loads(line)
                read, of = _entry(fields, require), fields.get("of", 0)
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
                raise _no_session(path, number, _why(error)) from error
            except RecursionError as error:
                raise _no_session(path, number, "it is nested too deeply") from error
            if (key := (read.sha256, read.held_at)) not in seen:
                seen.add(key)
                yield read
    of = of or expected or 0
    if (not number and expected != 0) or of not in {0, number}:
        raise NoExportError(
            f"{path} is cut short: it has {number} of {of or 'its'} sessions.",
            hint="Nothing was imported; copy it again, or export again.",
        )


def _no_session(path: Path, number: int, why: str) -> NoExportError:
    return NoExportError(
        f"{path}, line {number}, is no session: {why}.",
        hint="Nothing was imported; copy it again, or export again.",
    )


def _why(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"it has no {error.args[0]!r}"
    return str(error)


def _entry(fields: Any, require: Callable[[Any], None]) -> Entry:
    if fields["format"] != FORMAT:
        raise ValueError(f"its format is {fields['format']!r}, and this rehearse reads {FORMAT}")
    if fields["origin"] not in {"record", "analyze", "recover"}:
        raise ValueError(f"it is by {fields['origin']!r}")
    sound, from_s, sha256 = fields["sound"], fields["from_s"], fields["sha256"]
    if sound is not None and not _PLAIN.fullmatch(sound):
        raise ValueError(f"its sound is called {sound!r}")
    if not isinstance(from_s, int | float) or not 0 <= from_s <= A_DAY_S:
        raise ValueError(f"its sound begins after {from_s!r} s")
    if not _DIGEST.fullmatch(sha256):
        raise ValueError(f"its SHA-256 is {sha256!r}")
    require(fields["report"])
    line = json.dumps(fields["report"], ensure_ascii=False, allow_nan=False)
    line.encode()  # half of a character that takes two is in no database
    return Entry(
        line=line,
        origin=fields["origin"],
        source=readable(fields["source"])[:LONGEST_NAME],
        label=readable(fields["for"])[:LONGEST_LABEL],
        sound=sound,
        from_s=float(from_s),
        held_at=_held_at(fields["held_at"]),
        sha256=sha256,
        elsewhere=fields["session"] if isinstance(fields["session"], int) else None,
        goal=_goal(fields.get("goal")),
    )


def _goal(fields: Any) -> KeptGoal | None:
    if fields is None:
        return None
    measure, target = fields["measure"], fields["target"]
    judged_in, reached = fields["judged_in"], fields["reached"]
    if (
        measure not in TEXTS
        or not (target is None or (isinstance(target, int | float) and 0 <= target <= MOST_TARGET))
        or not isinstance(judged_in, int)
        or not isinstance(reached, bool)
    ):
        raise ValueError(f"its goal is {fields!r}")
    return KeptGoal(measure, target, judged_in, reached)


def _held_at(text: str) -> datetime:
    held_at = datetime.fromisoformat(text)
    if held_at.tzinfo is None:
        raise ValueError(f"its time has no zone: {text!r}")
    if not OLDEST <= held_at <= NEWEST:
        raise ValueError(f"its time is {text!r}")
    return held_at


def _required(value: T | None) -> T:
    if value is None:
        raise RuntimeError("a session was read without its time or its SHA-256")
    return value
