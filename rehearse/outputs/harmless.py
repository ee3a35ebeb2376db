"""Characters that a page cannot hold, or that would turn its lines around, made harmless.

One stands for one, so that every position in a text still holds.
"""

from __future__ import annotations

from typing import Any, Final

BLANK: Final = 0x200B
"""A blank of no width."""

UNKNOWN: Final = 0xFFFD

TURNING: Final = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""They tell a line to run the other way, and change what is read after them."""

CONTROLS: Final = (*range(9), *range(0xB, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000))
"""Of terminals, and halves of characters; tabs and ends of lines stay."""

_TABLE: Final = dict.fromkeys(TURNING, BLANK) | dict.fromkeys(CONTROLS, UNKNOWN)


def harmless(value: Any) -> Any:
    r"""The same as was read from JSON, with every text in it made harmless.

    >>> ascii(harmless({"a": ["x\u202ey", "\ud800", 1, None]}))
    "{'a': ['x\\u200by', '\\ufffd', 1, None]}"
    """
    if isinstance(value, str):
        return value.translate(_TABLE)
    if isinstance(value, dict):
        return {key: harmless(inside) for key, inside in value.items()}
    return [harmless(inside) for inside in value] if isinstance(value, list) else value
