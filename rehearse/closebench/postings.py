"""Labelled postings, each with closes: which criteria they answer, and what they recall."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rehearse.closebench.items import strings, wrong
from rehearse.closebench.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rehearse.criterion import Answered
    from rehearse.report import Report

SAME: Final = 0.5
MOST: Final = 0.8
"""Two texts are one criterion where they share half of their words, or one holds most of the
other's."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A labelled criterion: as the posting has it, and whether it must be there."""

    text: str
    level: str


@dataclass(frozen=True, slots=True)
class HeldClose:
    """A close beside a posting.

    Parameters
    ----------
    covered, named
        The numbers of the criteria that it answers, and of those that it only names.
    recalled
        The numbers of the notes that it recalls.
    """

    id: str
    text: str
    covered: frozenset[int]
    named: frozenset[int]
    recalled: frozenset[int]


@dataclass(frozen=True, slots=True)
class PostingItem:
    """One labelled posting, the most important criterion first."""

    id: str
    field: str
    posting: str
    criteria: tuple[Wanted, ...]
    notes: tuple[str, ...]
    closes: tuple[HeldClose, ...]


def item(fields: Mapping[str, Any], where: str) -> PostingItem:
    """Read one item.

    Raises
    ------
    InputError
        Where it is none.
    """
    criteria = fields.get("criteria")
    if not isinstance(fields.get("posting"), str) or not isinstance(criteria, list):
        raise wrong(where, "has no posting, or no criteria")
    try:
        wanted = tuple(Wanted(_text(each), each.get("level", "must")) for each in criteria)
        closes = tuple(_close(each, len(wanted)) for each in fields["closes"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise wrong(where, f"is not labelled as a posting: {error!r}") from error
    if not closes:
        raise wrong(where, "has no closes")
    return PostingItem(
        str(fields.get("id") or where),
        str(fields.get("field") or ""),
        fields["posting"],
        wanted,
        strings(fields, "notes", where),
        closes,
    )


def _close(fields: Mapping[str, Any], count: int) -> HeldClose:
    entries = {int(each["n"]): each for each in fields["criteria"]}
    if any(not 0 <= number < count for number in entries):
        raise ValueError("a close names a criterion that the posting does not have")
    covered = frozenset(number for number, each in entries.items() if each.get("evidence"))
    return HeldClose(
        str(fields["id"]),
        _text(fields),
        covered,
        frozenset(entries) - covered,
        frozenset(int(each["note"]) for each in fields.get("recalled", ())),
    )


def _text(fields: Mapping[str, Any]) -> str:
    text = fields["text"]
    if not isinstance(text, str):
        raise TypeError(f"the text {text!r:.60} is no string")
    return text


def of_posting(item: PostingItem, found: Sequence[Answered]) -> Iterator[Verdict]:
    """Which labelled criteria were found, and which are rightly called musts."""
    texts = [each.criterion.text for each in found]
    for wanted in item.criteria:
        at = nearest(wanted.text, texts)
        yield Verdict(item.id, "criterion found", truth=True, found=bool(at), words=wanted.text)
        if at:
            level = found[at[0]].criterion.level
            yield Verdict(item.id, "must", wanted.level == "must", level == "must", wanted.text)
    labelled = [each.text for each in item.criteria]
    for each in found:
        known = bool(nearest(each.criterion.text, labelled))
        words = each.criterion.text
        yield Verdict(item.id, "criterion is one", truth=True, found=known, words=words)
    first = bool(found) and 0 in nearest(found[0].criterion.text, labelled)
    words = found[0].criterion.text if found else ""
    yield Verdict(item.id, "first criterion", truth=True, found=first, words=words)


def of_close(item: PostingItem, close: HeldClose, report: Report | None) -> Iterator[Verdict]:
    """What the program says of a close, beside its labels; None where it could say nothing."""
    found = (report and report.criteria) or ()
    texts = [each.criterion.text for each in found]
    for number, wanted in enumerate(item.criteria):
        at = nearest(wanted.text, texts)
        covered = any(found[place].covered for place in at)
        spoken = any(found[place].spoken_of for place in at)
        words = f"“{wanted.text}” in {close.id}: {close.text}"
        yield Verdict(item.id, "covered", number in close.covered, covered, words)
        if number in close.named:
            yield Verdict(item.id, "named, not covered", truth=True, found=not covered, words=words)
        truly = number in close.covered | close.named
        yield Verdict(item.id, "spoken of", truly, spoken, words)
    told = {each.note for each in (report and report.recalled) or () if each.at}
    for number, note in enumerate(item.notes):
        words = f"“{note}” in {close.id}: {close.text}"
        yield Verdict(item.id, "recalled", number in close.recalled, note in told, words)


def nearest(text: str, others: Sequence[str]) -> tuple[int, ...]:
    """The places of the texts that are the same criterion, the most alike first."""
    own = _words(text)
    alike = []
    for place, other in enumerate(others):
        words = _words(other)
        shared, either = len(own & words), len(own | words)
        holds = shared >= MOST * min(len(own), len(words)) and min(len(own), len(words)) > 1
        if either and (shared >= SAME * either or holds):
            alike.append((shared / either, place))
    return tuple(place for _, place in sorted(alike, key=lambda each: (-each[0], each[1])))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
