"""Labelled closes, one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rehearse.errors import InputError
from rehearse.steps import FACETS, STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LINES: Final = ("cheesy", "arrogant", "hedging")
"""What is marked by the words themselves, as exact quotations."""

TRAP: Final = "near_miss"
"""The tag of an item that was written to look as if it held a step that it does not hold."""


@dataclass(frozen=True, slots=True)
class Item:
    """One labelled close.

    Parameters
    ----------
    text
        What was said; None where there is only a recording.
    audio
        The recording; None where there is only text.
    steps
        Those of `STEPS` that are there.
    lines
        For each of `LINES`, the words that are such a line.
    borderline
        Worn phrases: to flag them is neither a hit nor a false alarm.
    facets
        Those of `FACETS` that are there.
    """

    id: str
    text: str | None
    audio: Path | None
    steps: frozenset[str]
    lines: dict[str, tuple[str, ...]]
    borderline: tuple[str, ...]
    facets: frozenset[str]
    register: str
    tags: frozenset[str]

    @property
    def trap(self) -> bool:
        """Whether it was written as a near miss."""
        return TRAP in self.tags


def read(path: Path) -> list[Item]:
    """Read a file of labelled closes.

    Raises
    ------
    InputError
        Where it cannot be read, or a line of it is not an item.
    """
    return [_item(fields, where, path.parent) for fields, where in read_lines(path)]


def read_lines(path: Path) -> list[tuple[dict[str, Any], str]]:
    """Read the JSON objects of a file, and where each stands.

    Raises
    ------
    InputError
        Where it cannot be read, a line of it is no object, or two have one id.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise InputError(
            f"{path.name} cannot be read: {error.strerror}.", hint="Check the name and the folder."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name} is not UTF-8: byte {error.object[error.start]:#04x} at position "
            f"{error.start}.",
            hint="Give a file with one JSON object a line, encoded as UTF-8.",
        ) from error
    found = [
        (_object(line, where), where)
        for number, line in enumerate(lines, 1)
        if line.strip()
        for where in [f"line {number} of {path.name}"]
    ]
    if not found:
        raise InputError(
            f"{path.name} holds no items.", hint="docs/closebench.md shows what an item looks like."
        )
    seen: set[str] = set()
    for fields, where in found:
        name = str(fields.get("id") or where)
        if name in seen:
            raise InputError(
                f"{path.name} holds two items with the id {name!r}.", hint="Rename one of them."
            )
        seen.add(name)
    return found


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise wrong(where, f"is not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise wrong(where, "is not a JSON object")
    return fields


def _item(fields: dict[str, Any], where: str, folder: Path) -> Item:
    text, audio = fields.get("text"), fields.get("audio")
    if not isinstance(text or audio, str):
        raise wrong(where, "has neither a text nor an audio")
    lines = {name: strings(fields, name, where) for name in LINES}
    for name, quotations in lines.items():
        for quotation in quotations:
            if isinstance(text, str) and quotation not in text:
                raise wrong(where, f"quotes {quotation!r} as {name}, which is not in its text")
    return Item(
        id=str(fields.get("id") or where),
        text=text,
        audio=folder / audio if isinstance(audio, str) else None,
        steps=_known(strings(fields, "steps", where), STEPS, where),
        lines=lines,
        borderline=strings(fields, "cheesy_borderline", where),
        facets=frozenset(strings(fields, "facets", where)) & frozenset(FACETS),
        register=str(fields.get("register") or ""),
        tags=frozenset(strings(fields, "tags", where)),
    )


def strings(fields: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    """The strings of a list; none where the field is missing.

    Raises
    ------
    InputError
        Where it is something else.
    """
    values = fields.get(name) or ()
    if not isinstance(values, list | tuple) or not all(isinstance(each, str) for each in values):
        raise wrong(where, f"has {name} that is not a list of strings: {values!r:.60}")
    return tuple(values)


def _known(values: tuple[str, ...], names: tuple[str, ...], where: str) -> frozenset[str]:
    for value in values:
        if value not in names:
            raise wrong(where, f"names a step that does not exist: {value!r}")
    return frozenset(values)


def wrong(where: str, what: str) -> InputError:
    """The error for a line that is no item."""
    return InputError(
        f"{where[0].upper()}{where[1:]} {what}.",
        hint="docs/closebench.md shows what an item looks like.",
    )
