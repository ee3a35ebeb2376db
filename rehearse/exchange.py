"""What comes after the concerns question: the interviewer's answer, and the response to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehearse.transcript import Span

Reply = Literal["concern", "no_concern"]
Quality = Literal["good", "mixed", "bad"]

GOOD_MARKS: Final = ("acknowledged", "clarified", "evidence", "checked")
"""What a response to a concern does, in order: it takes it up, finds what is behind it, answers
with something of the candidate's own, and checks that it helped."""

BAD_MARKS: Final = ("defensive", "evasive", "dwelling")
"""What a response should not do."""

MARKS: Final = (*GOOD_MARKS, *BAD_MARKS)

OF_NO_CONCERN: Final = (GOOD_MARKS[0], *BAD_MARKS)
"""Where there is no concern, there is nothing to clarify, to prove or to check."""

MARK_NAMES: Final = {
    "acknowledged": "acknowledged",
    "clarified": "asked what is behind it",
    "evidence": "answered with evidence",
    "checked": "checked that it helped",
    "defensive": "defensive",
    "evasive": "evasive",
    "dwelling": "dwelt on it",
}
"""What people read."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One answer of the interviewer's, and what the candidate said to it.

    Parameters
    ----------
    reply
        Whether they named a concern.
    asked
        The concerns question before it; None where there was none.
    said
        What the interviewer said.
    response
        What the candidate said to it; None where they said nothing more.
    marks
        For each of `MARKS`, the sentences that earn it; empty where nothing does.
    quality
        How good the response is, as a coach would say; None where there is none.
    """

    reply: Reply
    asked: Span | None
    said: Span
    response: Span | None
    marks: Mapping[str, tuple[Span, ...]]
    quality: Quality | None

    def has(self, mark: str) -> bool:
        """Whether the response has a mark."""
        return bool(self.marks.get(mark))
