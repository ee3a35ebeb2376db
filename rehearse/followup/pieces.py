"""What a letter is made of: our words, somebody's words, and gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that only the writer knows, left visibly open."""

    asks: str

    def __str__(self) -> str:
        return f"[{self.asks}]"


@dataclass(frozen=True, slots=True)
class Said:
    """Words that were said, cleaned of what speech leaves between them.

    Parameters
    ----------
    text
        The words as the letter has them.
    start, end
        The characters of the transcript from which they come.
    """

    text: str
    start: int
    end: int

    def __str__(self) -> str:
        return self.text


Line = tuple["str | Gap | Said", ...]
"""A sentence or two, piece by piece."""


def joined(lines: Iterable[Line]) -> Line:
    """Put sentences behind one another, a blank between two."""
    whole: list[str | Gap | Said] = []
    for line in lines:
        if line:
            whole += [" ", *line] if whole else line
    return tuple(whole)


def written(line: Line) -> str:
    """The pieces as text.

    >>> written(("Dear ", Gap("their name"), ","))
    'Dear [their name],'
    """
    return "".join(map(str, line))


def quoted(said: Said) -> Line:
    """Put words in quotation marks, as a sentence of their own.

    >>> written(quoted(Said("I want this.", 0, 12)))
    '“I want this.”'
    """
    return ("“", said, "”")
