"""# Answer what this job asks for

## What it looks for

With `--job`: which of the posting's criteria you answer with something of your own, and which you
only name, claim or promise. The first three are looked at most, in the order in which the posting
makes them matter.

## Why it matters

There is time for two or three. To say that you know what they want is not to say that you can do
it, and the criterion that matters most to them is the one that they will miss.

## Known limits

Criteria are found in the posting's own words; what everybody in the field takes for granted is
not in them. Experience that answers a criterion in quite other words may be missed, and nobody
can check whether it is true.

## Source

The recruiter's column "Interviews: 4 Steps to Closing Strong!", step two: pick the most important
criteria of this job, and tie to them what you have done. The order is ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.checks.check import Example, check
from rehearse.checks.steps.evidence import proofs
from rehearse.finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rehearse.close import Close, Sentence
    from rehearse.criterion import Answered

FIRST: Final = 3
"""A close has room for so many. Ours; the column says "the most important"."""

_POSTING = """Care assistant, nights

You will need:
- two years of care work with older people
- a clean driving licence
- experience of giving medication

Nice to have:
- Polish
"""


@check(
    "Did you answer the criteria that matter most with something of your own?",
    good=(
        Example(
            "I looked after older people at Fernlea for four years, and I gave the medication on "
            "every night shift. I have had my licence since I was eighteen, not a point on it. "
            "Thank you.",
            posting=_POSTING,
        ),
    ),
    bad=(
        Example(
            "I know that you want somebody who has worked with older people, and that you want a "
            "driver. I would be perfect for that. Thank you.",
            posting=_POSTING,
        ),
    ),
)
def job(close: Close) -> Iterator[Finding]:
    """Say which criteria are answered, which are only named, and what is missing at the top."""
    if close.criteria is None:
        return
    musts = tuple(each for each in close.criteria if each.criterion.level == "must")
    first = (musts or close.criteria)[:FIRST]
    answered = [each for each in first if each.covered]
    if answered:
        count = "all" if len(answered) == len(first) else f"{len(answered)} of"
        which = "" if len(first) == 1 else f"{count} "
        yield Finding(
            Level.STRENGTH,
            f"You answered {which}{_first(first)} with something you did.",
            at=answered[0].evidence[0],
        )
    missing = [each for each in first if not each.covered]
    for place, each in enumerate(missing):
        yield _missing(each, _level(each, place))
    yield from _time(close, first)


def _level(each: Answered, place: int) -> Level:
    """How much it matters: the very first criterion most; nobody answers all in a minute."""
    if each.criterion.rank == 1:
        return Level.FIX
    return Level.TIP if place <= 1 else Level.NOTE


def _missing(each: Answered, level: Level) -> Finding:
    wanted = f"“{each.criterion.text}”"
    if each.named:
        return Finding(
            level,
            f"You named {wanted}, and gave nothing of your own that answers it.",
            "Go on with one thing you did that shows it, and what came of it.",
            each.named[0],
            weight=32 - each.criterion.rank,
        )
    rank = "what the posting asks for first" if each.criterion.rank == 1 else "high in the posting"
    return Finding(
        level,
        f"{wanted} is {rank}, and you did not speak of it.",
        "Say one thing you did that answers it; if there is none, say what comes nearest.",
        weight=30 - each.criterion.rank,
    )


def _time(close: Close, first: Sequence[Answered]) -> Iterator[Finding]:
    """How the time of the fit step was spent."""
    fit = proofs(close, "fit")
    total = sum(_length(each) for each in fit)
    if not total:
        return
    spans = {span for each in first for span in each.evidence}
    spent = sum(_length(each) for each in fit if each.span in spans)
    unit, which = "s" if _timed(fit) else "words", "" if len(first) == 1 else "one of "
    yield Finding(
        Level.NOTE,
        f"Of {total:.0f} {unit} on why you fit, {spent:.0f} answer {which}{_first(first)}.",
    )


def _first(first: Sequence[Answered]) -> str:
    return "their first criterion" if len(first) == 1 else f"their first {len(first)} criteria"


def _timed(sentences: Sequence[Sentence]) -> bool:
    return all(each.words and each.words[0].start_s is not None for each in sentences)


def _length(sentence: Sentence) -> float:
    """Seconds, or words where it was typed."""
    words = sentence.words
    if words and words[0].start_s is not None and words[-1].end_s is not None:
        return words[-1].end_s - words[0].start_s
    return len(words)
