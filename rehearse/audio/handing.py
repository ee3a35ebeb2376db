"""How one process hands sound to another: frames on a pipe, each a kind, a length and a body.

Who reads them trusts nothing: whoever writes them has looked at a file that may be hostile.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Final

from rehearse.errors import InputError, RangeError, SoundError
from rehearse.recording import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO, Any

STATED: Final = b"L"
"""The length that the file states, a float64; not a number where it states none."""
PASSED: Final = b"P"
"""Another second before the part was decoded; no body."""
BLOCK: Final = b"B"
"""float32, mono: a second at the most."""
DONE: Final = b"D"
"""The end: the notes, as JSON."""
REFUSED: Final = b"R"
"""An error of ours, as JSON."""

MOST: Final = {STATED: 8, PASSED: 0, BLOCK: 4 * SAMPLE_RATE, DONE: 65_536, REFUSED: 65_536}
"""Bytes of a body at the most."""

MOST_NOTES: Final = 20
LONGEST_LINE: Final = 1_000
"""Letters of a note, a message or a hint; ours are shorter."""

_HEAD: Final = struct.Struct("<cI")
_LENGTH: Final = struct.Struct("<d")

_ERRORS: Final = {kind.__name__: kind for kind in (InputError, SoundError, RangeError)}


class UnframedError(Exception):
    """What came is no frame, or one that nobody sends."""


def send(to: IO[bytes], kind: bytes, body: bytes = b"") -> None:
    """Write one frame."""
    to.write(_HEAD.pack(kind, len(body)))
    to.write(body)
    to.flush()


def receive(of: IO[bytes]) -> tuple[bytes, bytes] | None:
    """Read one frame, its kind and its body; None at the end.

    Raises
    ------
    UnframedError
        Where it is none, before anything is read that is longer than it may be.
    """
    if len(head := of.read(_HEAD.size)) < _HEAD.size:
        return None
    kind, length = _HEAD.unpack(head)
    if length > MOST.get(kind, -1):
        raise UnframedError
    if len(body := of.read(length)) < length:
        return None
    return kind, body


def stated(seconds: float | None) -> bytes:
    """The body of `STATED`."""
    return _LENGTH.pack(float("nan") if seconds is None else seconds)


def read_stated(body: bytes) -> float | None:
    """What `stated` wrote."""
    if len(body) != _LENGTH.size:
        raise UnframedError
    (seconds,) = _LENGTH.unpack(body)
    return seconds if 0 < seconds < float("inf") else None


def notes(lines: Sequence[str]) -> bytes:
    """The body of `DONE`."""
    return json.dumps(lines[:MOST_NOTES]).encode()


def read_notes(body: bytes) -> list[str]:
    """What `notes` wrote."""
    lines = _loaded(body)
    if not isinstance(lines, list) or len(lines) > MOST_NOTES:
        raise UnframedError
    return [_line(each) for each in lines]


def refusal(error: InputError) -> bytes:
    """The body of `REFUSED`."""
    return json.dumps([type(error).__name__, error.message, error.hint]).encode()


def read_refusal(body: bytes) -> InputError:
    """What `refusal` wrote; an error that nobody knows is a `SoundError`."""
    match _loaded(body):
        case [str(kind), message, hint]:
            return _ERRORS.get(kind, SoundError)(_line(message), hint=_line(hint))
        case _:
            raise UnframedError


def _loaded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnframedError from error


def _line(text: object) -> str:
    if not isinstance(text, str):
        raise UnframedError
    return "".join(each if each.isprintable() else " " for each in text[:LONGEST_LINE])
