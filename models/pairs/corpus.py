"""The labelled exchanges and postings, as pairs of a text and what is held against it."""

from __future__ import annotations

import hashlib
import json
import random
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rehearse.interview.posting import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rehearse.matching.relations import Relation

TOP: Final = Path(__file__).resolve().parents[2]
EXCHANGES: Final = TOP / "closebench" / "exchanges" / "train"
POSTINGS: Final = TOP / "closebench" / "postings" / "train"

CLOSES: Final = TOP / "closebench" / "train"

OTHERS: Final = 5
"""Needs of other closes beside a close's own."""

LEARNT: Final = -1
"""A fold that is never left out."""

FOLDS: Final = 8
"""Items are dealt into so many folds, a posting with all its closes; one is left out."""

MARKS: Final = (
    "acknowledged",
    "clarified",
    "evidence",
    "checked",
    "defensive",
    "evasive",
    "dwelling",
)

SAME: Final = 0.5
"""A line of a posting is a criterion where they share this much of their words."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A quotation: where it lies in the text, and its label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A text, what is held against it, and how they are related.

    Parameters
    ----------
    id, fold
        Of the item that it is part of.
    relation, beside
        What it is held against.
    text
        What is cut into sentences; where `lines` are given, they are the sentences.
    quotations
        The labels, with the words that earn them.
    whole
        Labels that only all sentences together have.
    """

    id: str
    fold: int
    relation: Relation
    beside: str
    text: str
    quotations: tuple[Labelled, ...]
    whole: frozenset[str] = frozenset()
    lines: tuple[str, ...] = ()
    rough: bool = False


def counts() -> dict[str, int]:
    """How many items there are to train on."""
    found = items(POSTINGS)
    return {
        "exchanges": len(items(EXCHANGES)),
        "postings": len(found),
        "closes": sum(len(each["closes"]) for each in found),
    }


def fold(name: str) -> int:
    """The fold of an item, by its name."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS


def items(folder: Path) -> list[dict[str, Any]]:
    """Read every file of a folder, in order."""
    return [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


def exchanges(found: Sequence[dict[str, Any]]) -> Iterator[Pair]:
    """The interviewer's answer, and the response to it, of each exchange."""
    for item in found:
        rough = "asr" in item.get("tags", ())
        concern = item["reply_is"] == "concern"
        reply = item["reply"]
        yield Pair(
            item["id"],
            fold(item["id"]),
            "reply",
            item["question"],
            reply,
            (),
            frozenset({"concern"} if concern else ()),
        )
        quality = {"good": {"good"}, "bad": {"bad"}}.get(item["quality"], set())
        yield Pair(
            item["id"],
            fold(item["id"]),
            "response",
            reply,
            item["response"],
            tuple(
                place
                for mark in MARKS
                for words in item[mark]
                for place in quoted(item["response"], words, mark)
            ),
            frozenset(quality),
            rough=rough,
        )


def postings(found: Sequence[dict[str, Any]]) -> Iterator[Pair]:
    """The lines of each posting, and each close against each criterion and each note.

    A criterion is read as the program cuts it out of its posting.
    """
    for item in found:
        dealt = fold(item["id"])
        yield posting(item, dealt)
        lines = as_the_program_cuts(item)
        for close in item["closes"]:
            spoken = {each["n"]: each for each in close["criteria"]}
            for text, numbers in lines.items():
                entries = [spoken[number] for number in numbers if number in spoken]
                words = [
                    (label, quotation)
                    for label, field in (("covers", "evidence"), ("names", "named"))
                    for entry in entries
                    for quotation in entry.get(field, ())
                ]
                yield _beside(close, dealt, "requirement", text, words)
            for number, note in enumerate(item["notes"]):
                words = [
                    ("recalls", each["quote"])
                    for each in close.get("recalled", ())
                    if each["note"] == number
                ]
                yield _beside(close, dealt, "discussed", note, words)


def _beside(
    close: dict[str, Any],
    dealt: int,
    relation: Relation,
    text: str,
    words: Sequence[tuple[str, str]],
) -> Pair:
    places = tuple(place for label, each in words for place in quoted(close["text"], each, label))
    rough = "asr" in close.get("tags", ())
    return Pair(close["id"], dealt, relation, text, close["text"], places, rough=rough)


def as_the_program_cuts(item: dict[str, Any]) -> dict[str, list[int]]:
    """The lines of a posting that are criteria, and the numbers of those that each holds."""
    texts = [line.text for line in cut(item["posting"])]
    found: dict[str, list[int]] = {}
    for number, criterion in enumerate(item["criteria"]):
        alike = [text for text in texts if same(text, criterion["text"])]
        best = max(alike, key=lambda text: _likeness(text, criterion["text"]), default=None)
        found.setdefault(best or criterion["text"], []).append(number)
    return found


def _likeness(one: str, other: str) -> float:
    first, second = _words(one), _words(other)
    return len(first & second) / max(1, len(first | second))


def closes(found: Sequence[dict[str, Any]]) -> Iterator[Pair]:
    """Closes that name a need and answer it, from the corpus of the step tagger.

    The need is a criterion that the next sentence answers and the first one names; needs of others,
    drawn by the close's id, are criteria that nothing answers. They are only learnt from.
    """
    needs = [(item, each) for item in found for each in answered_needs(item)]
    texts = [item["text"][need["start"] : need["end"]] for item, (need, _) in needs]
    for item, (need, fit) in needs:
        own = item["text"][need["start"] : need["end"]]
        draw = random.Random(item["id"])  # noqa: S311 - of examples
        for text in [own, *draw.sample(texts, OTHERS)]:
            places = (
                Labelled(fit["start"], fit["end"], "covers"),
                Labelled(need["start"], need["end"], "names"),
            )
            yield Pair(
                f"{item['id']} {need['start']}",
                LEARNT,
                "requirement",
                text,
                item["text"],
                places if text == own else (),
                rough="asr" in item["tags"],
            )


def answered_needs(item: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The sentences that only name a need, each with the next, which answers it."""
    return [
        (first, second)
        for first, second in pairwise(item["sentences"])
        if "criterion" in first["labels"]
        and "fit" not in first["labels"]
        and "fit" in second["labels"]
    ]


def posting(item: dict[str, Any], dealt: int) -> Pair:
    """A posting: each line that is a criterion is asked for, or would be a plus."""
    lines = cut(item["posting"])
    text, places = "", []
    for line in lines:
        start = len(text) + 1 if text else 0
        text = f"{text}\n{line.told}" if text else line.told
        levels = [each["level"] for each in item["criteria"] if same(line.text, each["text"])]
        if levels:
            places.append(Labelled(start, len(text), "asked"))
        if levels and "must" not in levels:
            places.append(Labelled(start, len(text), "plus"))
    return Pair(
        item["id"],
        dealt,
        "posting",
        "",
        text,
        tuple(places),
        lines=tuple(line.told for line in lines),
    )


def same(line: str, criterion: str) -> bool:
    """Whether a line of a posting is the criterion, or holds most of it, or is most of it."""
    one, other = _words(line), _words(criterion)
    shared = len(one & other)
    return (
        shared >= SAME * len(one | other)
        or shared >= 0.8 * len(other)
        or (len(one) > 2 and shared >= 0.8 * len(one))
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def quoted(text: str, words: str, label: str) -> Iterator[Labelled]:
    """Where a quotation stands; each time, if it stands there more than once."""
    start = text.find(words)
    if start >= 0:
        yield Labelled(start, start + len(words), label)
