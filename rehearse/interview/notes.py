"""Notes of what was discussed before the close, line by line."""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 60
"""Lines that are looked at: more than that is a transcript, not notes."""

_BULLET: Final = re.compile(r"^\s*(?:[-–—*•·>✓✔]+|\(?\d{1,2}[.)])\s+")
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")

LEAST: Final = 2
"""Words of a line that says something."""


def lines(text: str) -> tuple[str, ...]:
    r"""What was discussed, one thing a line; sentences of one line stand apart.

    >>> lines("- the roof, April\n\nNights are short. She said two people left.")
    ('the roof, April', 'Nights are short.', 'She said two people left.')
    """
    found = []
    for row in text.splitlines():
        bare = _BULLET.sub("", row).strip()
        found += [
            piece for piece in _SENTENCE.split(bare) if len(re.findall(r"\w+", piece)) >= LEAST
        ]
    return tuple(found)
