"""# Leave out the cheesy lines

## What it looks for

Lines that take the offer for granted ("So, when do I start?"), beg or hard-sell, confess a
weakness that flatters, or promise a hundred and ten percent; both the well-known ones, which
`cheesy.toml` lists with their reasons, and others that do the same in words of their own. A
real question about the start date, a conditional one ("should it work out …"), an honest
weakness, and a line that you quote to reject it are left alone. Worn phrases such as "team
player" are only noted.

## Why it matters

Interviewers hear them all week. There is a time and a place for a joke, and it may be right
for the person in front of you; but in the last minute what is left after taking these lines
out is yours alone.

## Known limits

It is a matter of judgement, and the program cannot see the smile. A line that you reject
without plainly quoting it may be flagged.

## Source

The recruiter's column "Interviews: 4 Steps to Closing Strong!" for the first of them. Each
line of `cheesy.toml` names its own; "ours" means that it is our judgement.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from rehearse.checks.check import check
from rehearse.checks.wording.quoting import rejects
from rehearse.finding import Finding, Level
from rehearse.language.cues import normalised_in_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.close import Close, Sentence
    from rehearse.transcript import Span

OFFHAND: Final = 40
"""A sentence with at most this many characters around a line is flagged whole."""

CONDITION: Final = re.compile(
    r"\b(?:if|should|were|whoever|successful candidate|in the event|supposing|assuming|start date|notice)\b"
)


@cache
def _tables() -> dict[str, Any]:
    text = files("rehearse.checks.wording").joinpath("cheesy.toml").read_text("utf-8")
    return tomllib.loads(text)


def lines() -> tuple[dict[str, str], ...]:
    """The list, in its order."""
    return tuple(_tables()["line"])


def kinds() -> tuple[dict[str, Any], ...]:
    """The kinds of line, in the order in which they are tried; the last fits all."""
    return tuple(_tables()["kind"])


def kind_of(sentence: Sentence) -> dict[str, Any]:
    """What sort of line it is that no list has, and what to say to it."""
    text = normalised_in_place(sentence.parsed.text)
    return next(each for each in kinds() if re.search(each.get("pattern", ""), text))


@check(
    "Did you leave out the lines everybody has heard?",
    good=(
        "Last year I rebuilt the billing service, and I would enjoy doing that here.",
        "When would the successful candidate be expected to start?",
        "Should it work out, my notice is four weeks.",
        "My old boss was a perfectionist, and I learned to ship at good enough.",
    ),
    bad=(
        "So, when do I start?",
        "Hire me and you won't regret it.",
        "I'll tell my old boss tonight that I'm off, shall I?",
        "My only flaw is that I work too hard.",
    ),
)
def cheesy(close: Close) -> Iterator[Finding]:
    """Look for listed lines, then for others of their kind."""
    for sentence in close.sentences:
        if rejects(sentence):
            continue
        listed = list(_listed(sentence))
        yield from listed
        if not listed and sentence.holds("cheesy"):
            yield from _unlisted(sentence)


def _unlisted(sentence: Sentence) -> Iterator[Finding]:
    """A line of the same kinds in words of its own; a condition takes nothing for granted."""
    kind = kind_of(sentence)
    if kind["kind"] == "presumption" and CONDITION.search(normalised_in_place(sentence.text)):
        return
    yield Finding(
        Level.FIX,
        f"“{sentence.text}” sounds like a line: {kind['why']}.",
        kind["try"],
        sentence.span,
        weight=kind["weight"],
    )


def _listed(sentence: Sentence) -> Iterator[Finding]:
    text = normalised_in_place(sentence.parsed.text)
    for line in lines():
        match = re.search(line["pattern"], text)
        if match is None or (line["kind"] == "presumption" and CONDITION.search(text)):
            continue
        span = _widened(sentence, match.start(), match.end())
        quoted = sentence.transcript.text[span.start : span.end]
        stock = line["kind"] == "stock"
        yield Finding(
            Level.NOTE if stock else Level.FIX,
            f"“{quoted}”: {line['why']}.",
            line["try"],
            span,
            weight=15,
        )


def _widened(sentence: Sentence, start: int, end: int) -> Span:
    """The whole sentence where it is hardly more than the line."""
    if len(sentence.text) - (end - start) <= OFFHAND:
        return sentence.span
    return sentence.span_of(start, end)
