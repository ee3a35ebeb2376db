"""What a posting asks of a person, and in which order it matters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Final

from rehearse.criterion import Criterion
from rehearse.errors import PostingError
from rehearse.interview.posting import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.criterion import Importance
    from rehearse.interview.posting import Posting
    from rehearse.language import Language
    from rehearse.matching.reader import Reader, Related

MOST: Final = 12
"""Criteria that are told at most: nobody answers more in a minute. Ours."""

MUST_WORDS: Final = re.compile(
    r"\b(?:must|essential|required|vital|crucial|critical|key|above all|most of all|non-negotiable|"
    r"need(?:s|ed)?|strong|proven|at least|minimum)\b",
    re.IGNORECASE,
)
PLUS_WORDS: Final = re.compile(
    r"\b(?:nice to have|desirable|preferred|preferably|ideally|a plus|bonus|advantage\w*|helpful|"
    r"useful|handy|welcome|would help|would be good|not essential|beneficial|lovely if)\b",
    re.IGNORECASE,
)

FIRMLY, AGAIN, LATER = 0.15, 0.1, 0.04
"""What firm wording, each other line about the same, and each place further down are worth: a
posting's order says most. Ours, by the order that writers of postings gave."""

BESIDE: Final = 0.5
"""How much of its bar a line needs where most others under its heading are criteria: what stands
in one list is of one kind. Ours."""

SOFTLY: Final = 0.5
"""How much of the bar of a plus a line needs whose own words say that it is one. Ours."""

STRESSED_FROM: Final = 6
"""Letters from which on a word is looked for in other lines. Ours: shorter ones, such as "with" and
"years", tell little of what a line is about."""

HEADING: Final = "Requirements"
"""What lines without a heading are read under where they would else ask for nothing: whoever copies
the part of a posting that says whom they want may leave its heading behind."""

ASKS: Final = re.compile(
    r"\b(?:requirements?|required|criteria|essential|desirable|you(?:'ll|’ll)? (?:must|need|have)|"
    r"we need|must[- ]haves?|looking for|wanted)\b",
    re.IGNORECASE,
)
"""Headings under which every line is a criterion where else nothing would be: in the postings for
training 848 of 888 lines under such headings are. Where something is found, believing them finds no
more: on the fold left out .974 of the criteria as before, and .949 of what is found are, not .977.
"""

MOST_AGAIN: Final = 2
"""Other lines about the same that count. Ours: a word of the trade may be in nearly all."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    line: Line
    level: Importance
    weight: float


def criteria_of(posting: Posting, language: Language, reader: Reader) -> tuple[Criterion, ...]:
    """Find the criteria of a posting, the most important first.

    Raises
    ------
    PostingError
        Where it asks for nothing.
    """
    wanted = _found(posting.lines, language, reader)
    if not wanted:
        raise PostingError(
            f"{posting.name} asks nothing of a person that could be found.",
            hint='Put a line "Requirements:" above what they want, and each thing on its own line.',
        )
    ordered = sorted(wanted, key=lambda each: (each.level != "must", -each.weight))
    return tuple(
        Criterion(each.line.text, rank, each.level) for rank, each in enumerate(ordered[:MOST], 1)
    )


def _found(lines: Sequence[Line], language: Language, reader: Reader) -> list[_Wanted]:
    """What is asked for, in the first way that finds anything: a few lines say little alone."""
    related = _read(lines, language, reader)
    by_heading = [0.0 if ASKS.search(line.heading) else inf for line in lines]
    found = _wanted(lines, related, _bars(lines, related)) or _wanted(lines, related, by_heading)
    if found:
        return found
    bare = [Line(line.text, HEADING) for line in lines if not line.heading]
    related = _read(bare, language, reader)
    return _wanted(bare, related, _bars(bare, related))


def _read(lines: Sequence[Line], language: Language, reader: Reader) -> Related:
    (related,) = reader.read("posting", [""], language.lines([line.told for line in lines]))
    return related


def _wanted(lines: Sequence[Line], related: Related, bars: Sequence[float]) -> list[_Wanted]:
    """The lines whose probability of being asked for reaches its bar."""
    found: list[_Wanted] = []
    seen: set[str] = set()
    for place, (line, chance) in enumerate(zip(lines, related.each, strict=True)):
        asked, plus = chance["asked"], chance["plus"]
        if asked < bars[place] or line.text.lower() in seen:
            continue
        seen.add(line.text.lower())
        # Beyond the heading's and the network's word there is the line's own.
        softly = SOFTLY if PLUS_WORDS.search(line.told) else 1.0
        level: Importance = "plus" if plus >= softly * related.threshold["plus"] else "must"
        weight = FIRMLY * bool(MUST_WORDS.search(line.told)) - LATER * len(found)
        found.append(_Wanted(line, level, weight + AGAIN * _repeated(place, lines)))
    return found


def _bars(lines: Sequence[Line], related: Related) -> list[float]:
    """From which probability on each line is a criterion."""
    bar = related.threshold["asked"]
    there = [chance["asked"] >= bar for chance in related.each]
    found = []
    for place, line in enumerate(lines):
        beside = [
            there[number]
            for number, other in enumerate(lines)
            if number != place and line.heading and other.heading == line.heading
        ]
        found.append(bar * BESIDE if beside and 2 * sum(beside) > len(beside) else bar)
    return found


def _repeated(place: int, lines: Sequence[Line]) -> int:
    """How many other lines share a long word with one, `MOST_AGAIN` at most."""
    own = _stressed(lines[place].text)
    others = [_stressed(line.text) for number, line in enumerate(lines) if number != place]
    return min(MOST_AGAIN, sum(bool(own & other) for other in others))


def _stressed(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) >= STRESSED_FROM}
