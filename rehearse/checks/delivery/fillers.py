"""# Let silence do what "um" does

## What it looks for

Filler sounds (um, uh, er, erm, ah, hm), whether the recogniser wrote them down or left
them out: what was left out is found in the sound. They are counted for each minute, from
your first word to your last: up to 1 is excellent, up to 5 is as people speak, from 5 it is
worth watching, and from 12 it is what a listener will remember. Three within ten seconds
are named, with the step that they come before.

"Like", "so", "you know", "I mean", "right", "actually" and "basically" are counted apart, and
only where the grammar has no place for them or where commas or pauses set them apart.

## Why it matters

A few do no harm. In a study that played speeches with 0, 2, 5 and 12 fillers a minute, 5
made no difference and 12 did, and sounds hurt more than words. A pause in the same place
reads as thought.

## Known limits

A close is a small sample: five fillers in a minute may be anything from 2 to 12 a minute
of yours. The interval is shown, and a change smaller than it is no change. A drawn-out
"a" can be taken for a filler, and one run together with the next word can be missed. With
weights other than `base` and `tiny.en`, only what the recogniser writes down is counted.

## Source

Laske and DiGennaro Reed, Journal of Applied Behavior Analysis 2024, doi
10.1002/jaba.1093 (0, 2, 5 and 12 a minute), and Russell 2008 ("like" lowered ratings of
candidates more than "uh"), both as others cite them. The borders are ours.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from rehearse.bars import FILLERS_A_MINUTE as FINE
from rehearse.bars import RATE_LEAST_S
from rehearse.checks.check import check
from rehearse.checks.steps.evidence import evidence
from rehearse.finding import Finding, Level
from rehearse.rates import Rate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rehearse.close import Close
    from rehearse.delivery import Filler

EXCELLENT: Final = 1.0
MUCH: Final = 12.0
"""A minute."""

WORDS_A_SECOND: Final = 2.4
"""What makes seconds of typed words: 144 a minute."""

SOME_WORDS: Final = 3
"""Fewer filler words than this are not worth a remark. Ours."""

CLUSTER: Final = 3
CLUSTER_S: Final = 10.0

STEPS: Final = {
    "interest": "saying that you want the job",
    "fit": "saying why you",
    "concerns": "asking for their concerns",
    "thanks": "your thanks",
}


@check(
    "Did you let silence do what fillers do?",
    good=(
        (
            "I'd like this job. You need someone for the night shift, and I ran one for three "
            "years. Is there anything about me that gives you pause? Thank you for your time."
        ),
    ),
    bad=(
        (
            "Um, I'd, uh, really like this job. I, um, ran a night shift for, uh, three years and, "
            "um, that is what, er, you need. So, um, thank you, uh, for your time."
        ),
    ),
)
def fillers(close: Close) -> Iterator[Finding]:
    """Count filler sounds."""
    yield from _words(close)
    found = close.delivery.fillers
    if found is None:
        return
    rate = close.delivery.filler_rate or Rate.of(len(found), _seconds(close))
    if rate.value <= EXCELLENT:
        # A typed close has no fillers to praise it for.
        if not found and close.delivery.span_s is not None:
            yield Finding(Level.STRENGTH, "You used no filler sounds.")
        return
    many = f"You said um or uh {len(found)} times" if len(found) > 1 else "You said um or uh once"
    often = f"{many}: {rate.value:.0f} a minute (by chance alone {rate.low:.0f} to {rate.high:.0f})"
    where = _cluster(close)
    if rate.value >= MUCH and rate.low > FINE:
        yield Finding(
            Level.FIX,
            f"{often}; that many are what is remembered{where}.",
            "Finish the sentence, close your mouth, breathe, and go on: a second of silence "
            "seems long to you and thoughtful to them.",
            weight=12,
        )
    elif rate.value > FINE:
        yield Finding(
            Level.TIP if where or rate.value >= MUCH else Level.NOTE,
            f"{often}; up to five go unnoticed{where}.",
            "Where you feel one come, wait instead.",
            weight=3,
        )


def _words(close: Close) -> Iterator[Finding]:
    """Tell of words such as "like" where they fill time and come often."""
    counts = Counter(each.text for each in close.filler_words)
    rate = Rate.of(len(close.filler_words), _seconds(close))
    if rate.value <= FINE or len(close.filler_words) < SOME_WORDS:
        return
    said = ", ".join(f"{count} × “{text}”" for text, count in counts.most_common(3))
    yield Finding(
        Level.TIP,
        f"Words fill time where they have nothing to do: {said}.",
        "Say the sentence without them: nothing is lost.",
        at=close.filler_words[0].at,
        weight=3,
    )


def _seconds(close: Close) -> float:
    """Seconds that a rate is taken over where the close is short, or was typed."""
    span_s = close.delivery.span_s
    return max(RATE_LEAST_S, close.delivery.words / WORDS_A_SECOND if span_s is None else span_s)


def _cluster(close: Close) -> str:
    """Where three and more come within ten seconds, and before which step, in words."""
    timed = [each for each in close.delivery.fillers or () if each.start_s is not None]
    start = _densest(timed)
    if start is None:
        return ""
    begin_s = timed[start].start_s or 0.0
    count = sum(1 for each in timed[start:] if (each.start_s or 0.0) <= begin_s + CLUSTER_S)
    before = _step_after(close, begin_s)
    named = f" before {STEPS[before]}" if before else ""
    return f", and {count} of them came within ten seconds{named}"


def _densest(timed: Sequence[Filler]) -> int | None:
    """The first of the most fillers within ten seconds, if they are a cluster."""
    starts = [each.start_s or 0.0 for each in timed]
    counts = [
        sum(1 for at in starts[n:] if at <= start + CLUSTER_S) for n, start in enumerate(starts)
    ]
    if not counts or max(counts) < CLUSTER:
        return None
    return counts.index(max(counts))


def _step_after(close: Close, at_s: float) -> str | None:
    """The step whose evidence is the first to end after a time."""
    ends = [
        (end_s, step)
        for step in STEPS
        for span in evidence(close, step)
        if (end_s := close.transcript.time_of(span)[1]) is not None and end_s > at_s
    ]
    return min(ends)[1] if ends else None
