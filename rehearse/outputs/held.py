"""What a close was held against, in few words, for a terminal and for a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from rehearse.exchange import BAD_MARKS, GOOD_MARKS, MARK_NAMES, MARKS, OF_NO_CONCERN
from rehearse.timecode import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.criterion import Answered, Planned
    from rehearse.exchange import Exchange
    from rehearse.report import Report
    from rehearse.transcript import Span

QUALITY: Final = {
    "good": "a good answer",
    "mixed": "half of an answer",
    "bad": "an answer that hurts",
}
"""What a response is called. A coach would say so; it is no grade of a person."""

AFTER_NONE: Final = {
    "good": "confirmed, and moved on",
    "mixed": "neither confirmed nor spoilt",
    "bad": "more than was needed",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was looked for.

    Parameters
    ----------
    sign
        ✓ where it is there, ~ where half of it is, ✗ where it is not, ! where it should not be, ·
        where it need not be.
    title
        What it is.
    state
        The sign in a word or two.
    level
        "must" or "plus" where it is a criterion; empty where it is none.
    quoted
        The words that show it; may be empty.
    start_s, end_s
        When they were said; None without sound.
    """

    sign: str
    title: str
    state: str
    level: str = ""
    quoted: str = ""
    start_s: float | None = None
    end_s: float | None = None

    @property
    def clock(self) -> str:
        """When they were said, as it is read; empty without sound."""
        return "" if self.start_s is None else clock(self.start_s)

    @property
    def remark(self) -> str:
        """What the sign alone does not say; may be empty."""
        plus = "a plus" if self.level == "plus" else ""
        return ", ".join(filter(None, (plus, self.state if self.sign == "~" else "")))


@dataclass(frozen=True, slots=True)
class Round:
    """An answer of the interviewer's, and what is told of the response."""

    title: str
    said: str
    told: str
    rows: tuple[Row, ...]


def rounds(report: Report) -> list[Round]:
    """Every exchange."""
    return [_round(report, each) for each in report.exchanges]


def _round(report: Report, each: Exchange) -> Round:
    concern = each.reply == "concern"
    said = report.transcript.text[each.said.start : each.said.end]
    title = "They named a concern" if concern else "They have no concern"
    if each.quality is None:
        return Round(title, said, "you said nothing to it", ())
    told = (QUALITY if concern else AFTER_NONE)[each.quality]
    return Round(title, said, told, tuple(_marks(report, each)))


def _marks(report: Report, each: Exchange) -> Iterator[Row]:
    told = MARKS if each.reply == "concern" else OF_NO_CONCERN
    for mark in (mark for mark in GOOD_MARKS if mark in told):
        spans = each.marks[mark]
        name = "confirmed it" if each.reply == "no_concern" else MARK_NAMES[mark]
        if spans:
            yield _row(report, Row("✓", name, "there"), spans)
        elif mark == "clarified" and each.has("evidence"):
            # To ask what is behind a plain concern is a choice.
            yield Row("·", name, "not needed here")
        else:
            yield Row("✗", name, "missing")
    for mark in BAD_MARKS:
        if each.has(mark):
            yield _row(report, Row("!", MARK_NAMES[mark], "better not"), each.marks[mark])


def criteria(report: Report) -> list[Row]:
    """What the job asks for, the most important first."""
    return [_criterion(report, each) for each in report.criteria or ()]


def _criterion(report: Report, each: Answered) -> Row:
    wanted = each.criterion
    if each.covered:
        return _row(report, Row("✓", wanted.text, "answered", wanted.level), each.evidence)
    if each.named:
        return _row(report, Row("~", wanted.text, "only named", wanted.level), each.named)
    return Row("✗" if wanted.level == "must" else "·", wanted.text, "missing", wanted.level)


def criteria_told(report: Report) -> str:
    """How many criteria are answered, in a line; empty without a job."""
    if report.criteria is None:
        return ""
    musts = [each for each in report.criteria if each.criterion.level == "must"] or [
        *report.criteria
    ]
    answered = sum(each.covered for each in musts)
    level = musts[0].criterion.level
    kind = "things they require" if level == "must" else "things that would be a plus"
    named = sum(bool(each.named) and not each.covered for each in musts)
    rest = f"; {named} {'is' if named == 1 else 'are'} only named" if named else ""
    return f"Of the {len(musts)} {kind}, you answer {answered} with something of your own{rest}."


def recalled(report: Report) -> list[Row]:
    """What was talked about before, and where it came back."""
    return [
        _row(report, Row("✓", each.note, "recalled"), each.at)
        if each.at
        else Row("·", each.note, "not recalled")
        for each in report.recalled or ()
    ]


PARTS: Final = {"why": "why you want it", "question": "your question"}


def planned(report: Report) -> list[Row]:
    """What was to be said, and where it was."""
    return [_planned(report, each) for each in report.planned or ()]


def _planned(report: Report, each: Planned) -> Row:
    title = f"{PARTS.get(each.part, each.part)}: {each.text}"
    if each.at:
        return _row(report, Row("✓", title, "said"), each.at)
    return Row("✗", title, "not said")


def _row(report: Report, row: Row, spans: tuple[Span, ...]) -> Row:
    """The same with the words that show it."""
    first = spans[0]
    start_s, end_s = report.transcript.time_of(first)
    words = report.transcript.text[first.start : first.end]
    return replace(row, quoted=words, start_s=start_s, end_s=end_s)
