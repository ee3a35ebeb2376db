"""Labelled exchanges: the concerns question, the interviewer's answer, and the response."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rehearse.closebench.items import wrong
from rehearse.closebench.verdicts import Verdict
from rehearse.exchange import MARKS, OF_NO_CONCERN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehearse.exchange import Exchange

QUALITIES: Final = ("good", "mixed", "bad")
REPLIES: Final = ("concern", "no_concern")


@dataclass(frozen=True, slots=True)
class ExchangeItem:
    """One labelled exchange.

    Parameters
    ----------
    question, reply, response
        What the two say, in turn; the question may be empty.
    reply_is
        "concern" or "no_concern".
    marks
        Those of `rehearse.exchange.MARKS` that the response has.
    quality
        "good", "mixed" or "bad".
    field
        Of work: no field stands in two splits.
    """

    id: str
    field: str
    question: str
    reply: str
    response: str
    reply_is: str
    marks: frozenset[str]
    quality: str

    @property
    def turns(self) -> tuple[tuple[str, bool], ...]:
        """The words of each turn, and whether they are the interviewer's."""
        said = ((self.question, False), (self.reply, True), (self.response, False))
        return tuple((words, theirs) for words, theirs in said if words)


def item(fields: Mapping[str, Any], where: str) -> ExchangeItem:
    """Read one item: with its turns, or with `question`, `reply` and `response`.

    Raises
    ------
    InputError
        Where it is none.
    """
    if isinstance(fields.get("turns"), list):
        fields = _of_turns(fields, where)
    told = fields.get("exchange")
    labels: Mapping[str, Any] = told if isinstance(told, dict) else fields
    reply_is = labels.get("reply") if isinstance(told, dict) else fields.get("reply_is")
    for name in ("reply", "response"):
        if not isinstance(fields.get(name), str):
            raise wrong(where, f"has no {name}")
    if reply_is not in REPLIES:
        raise wrong(where, f"names a reply that does not exist: {reply_is!r}")
    if labels.get("quality") not in QUALITIES:
        raise wrong(where, f"names a quality that does not exist: {labels.get('quality')!r}")
    return ExchangeItem(
        str(fields.get("id") or where),
        str(fields.get("field") or ""),
        str(fields.get("question") or ""),
        fields["reply"],
        fields["response"],
        str(reply_is),
        frozenset(mark for mark in MARKS if labels.get(mark)),
        labels["quality"],
    )


def _of_turns(fields: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The last answer of the interviewer that is responded to, and what stands around it."""
    turns = [_turn(each, where) for each in fields["turns"]]
    for at in range(len(turns) - 2, -1, -1):
        if turns[at][0] != "candidate" and turns[at + 1][0] == "candidate":
            question = turns[at - 1][1] if at else ""
            return {
                **fields,
                "question": question,
                "reply": turns[at][1],
                "response": turns[at + 1][1],
            }
    raise wrong(where, "has no turn of the candidate after one of the interviewer")


def _turn(told: Any, where: str) -> tuple[str, str]:
    """Who speaks, and what."""
    speaker, text = (told.get("speaker"), told.get("text")) if isinstance(told, dict) else (0, 0)
    if not isinstance(speaker, str) or not isinstance(text, str):
        raise wrong(where, f"has a turn without a speaker or a text: {told!r:.60}")
    return speaker, text


def verdicts(item: ExchangeItem, answer: Exchange | None) -> Iterator[Verdict]:
    """What the program says of an exchange, beside its labels; None where it found none."""
    concern = answer is not None and answer.reply == "concern"
    truly = item.reply_is == "concern"
    yield Verdict(item.id, "concern", truly, concern, item.reply)
    for mark in MARKS if truly else OF_NO_CONCERN:
        found = answer is not None and answer.has(mark)
        yield Verdict(item.id, mark, mark in item.marks, found, item.response)
    said = None if answer is None else answer.quality
    told = f"{item.quality}, taken for {said}: {item.response}"
    yield Verdict(item.id, "quality", truth=True, found=said == item.quality, words=told)
