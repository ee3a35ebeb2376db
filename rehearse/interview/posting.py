"""A job posting, cut into the lines that may each say what is wanted.

A posting is headed lists, prose, or a card in a shop window.  What is a heading is seen from
its form alone; what a line means is for `rehearse.matching`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 3_000
"""Words of a posting at the most: some six pages. Ours: of two hundred postings that were written
for this project the longest has under 500."""

SHORTEST: Final = 3
"""A clause of so many words or fewer stays with the one beside it. Ours."""

HEADING_WORDS: Final = 8
"""Words of a heading at the most, and half of those that one with a colon, or a thing in a list in
a sentence, may have. Ours: of 250 headings of lists in the postings for training one has more than
seven; with a colon, none has more than 13."""

_BULLET: Final = re.compile(
    r"^\s*(?:[-–—*•·▪◦‣●○■□✓✔➤>»+]+|o(?=\s)|\(?(?:\d{1,2}|[a-z])[.)])\s+", re.IGNORECASE
)
_LEVELS: Final = re.compile(r"^#+\s*|^\*\*(?=[^*]+\*\*:?\s*$)|(?<=\S)\*\*:?\s*$")
_SENTENCE: Final = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9£$€])|\n+")
_ABBREVIATION: Final = re.compile(r"\b(?:e\.g|i\.e|min|max|approx|incl|etc|vs|St|Mr|Mrs|Dr|No)\.$")
_CLAUSE: Final = re.compile(
    r";\s+(?:and\s+)?"
    r"|(?:,|,?\s+(?:and|but|or))\s+(?=(?:you(?:'ll|’ll|'re|’re|'ve|’ve)?|we need|we "
    r"want|must|who)\s)",
    re.IGNORECASE,
)
_INLINE: Final = re.compile(
    r"^(?P<lead>[^:]{0,50}\b(?:must|needs?|needed|essential|require\w*|have|wanted|looking "
    r"for|bonus|plus|desirable|preferred|ideally)\b[^:]{0,20}):\s+(?P<list>[^:]+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a posting says.

    Parameters
    ----------
    text
        Its words, as they stand in the posting, without a bullet.
    heading
        What it stands under; empty where it stands under nothing.
    """

    text: str
    heading: str = ""

    @property
    def told(self) -> str:
        """The words with what they stand under: "Nice to have: welding"."""
        return f"{self.heading.rstrip(':')}: {self.text}" if self.heading else self.text


@dataclass(frozen=True, slots=True)
class Posting:
    """A posting: how it is called, and its lines in order."""

    name: str
    lines: tuple[Line, ...]


def cut(text: str) -> tuple[Line, ...]:
    r"""Cut a posting into lines; headings are no lines of their own.

    >>> cut("You have\n- a licence\n- two years on HGVs\n\nPay is good. Call Jo.")[1]
    Line(text='two years on HGVs', heading='You have')
    """
    return tuple(_lines(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def _lines(rows: list[str]) -> Iterator[Line]:
    heading, listed = "", False
    for number, row in enumerate(rows):
        bare = _LEVELS.sub("", row).strip()
        if not re.search(r"\w", bare):
            # A blank line ends what stood under a heading, if that was a list.
            heading = "" if listed else heading
            continue
        bullet = _BULLET.match(row)
        if bullet:
            listed = True
            yield from _pieces(row[bullet.end() :].strip(), heading, whole=True)
        elif _is_heading(bare, rows[number + 1 :], first=not number):
            heading, listed = bare, False
        else:
            yield from _pieces(bare, heading, whole=False)


def _is_heading(row: str, after: list[str], *, first: bool) -> bool:
    """Short, without an end, and something follows; or it ends with a colon.

    The first line is most often the job's name, under which nothing stands but a list; with a
    colon, it is a heading like others.
    """
    following = next((each for each in after if each.strip()), "")
    if not following or len(row.split()) > 2 * HEADING_WORDS:
        return False
    if row.endswith(":"):
        return True
    if first:
        return bool(after and _BULLET.match(after[0]))
    if row.endswith((".", "!", ",", ";")) or len(row.split()) > HEADING_WORDS:
        return False
    return bool(_BULLET.match(following)) or bool(after and after[0].strip() == "") or row.isupper()


def _pieces(text: str, heading: str, *, whole: bool) -> Iterator[Line]:
    """A bullet is one thing; prose is cut into sentences, and those where "and you" goes on."""
    if whole:
        yield Line(text, heading)
        return
    for sentence in _sentences(text):
        inline = _INLINE.match(sentence)
        parts = _listed(inline["list"]) if inline else ()
        if inline and len(parts) > 1:
            yield from (Line(part, inline["lead"]) for part in parts)
        else:
            yield from (Line(clause, heading) for clause in _clauses(sentence))


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for match in _SENTENCE.finditer(text):
        if _ABBREVIATION.search(text[start : match.start()]):
            continue
        yield text[start : match.start()].strip()
        start = match.end()
    if text[start:].strip():
        yield text[start:].strip()


def _clauses(sentence: str) -> Iterator[str]:
    start = 0
    for match in _CLAUSE.finditer(sentence):
        before, after = sentence[start : match.start()], sentence[match.end() :]
        if min(len(before.split()), len(after.split())) <= SHORTEST:
            continue
        yield before.strip()
        start = match.end()
    yield sentence[start:].strip()


def _listed(text: str) -> tuple[str, ...]:
    """The members of "a clean licence, own tools and two years on site"."""
    parts = re.split(r"[;,]\s+(?:and\s+)?", text.rstrip("."))
    short = all(1 <= len(part.split()) <= 2 * HEADING_WORDS for part in parts)
    return tuple(parts) if short and len(parts) > 1 else ()
