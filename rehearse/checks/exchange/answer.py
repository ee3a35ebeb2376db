"""# Answer a concern with something you did

## What it looks for

In your response to a concern: something of your own that bears on it, such as experience, a
result, a qualification or an arrangement that is made ("we have already signed a lease in
Leeds"). Promises, traits and other people's work do not answer it, and neither does a change of
subject.

## Why it matters

A concern is a doubt about what you will do, and what you did is the only proof there is. Here you
learn what stands in your way while you can still do something about it.

## Known limits

Whether your example bears on their concern is judged from the words alone. An honest question
about what is behind the concern stands in for an answer until they have told you.

## Source

The recruiter's column "Interviews: 4 Steps to Closing Strong!": if they name one, "you now have
something to work with"; it may be a misunderstanding, or something that was never discussed.
Answering with evidence is what guides for job seekers advise (quintcareers, saylor, goreading,
totalassist).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.checks.check import Example, check
from rehearse.checks.exchange import ASKED
from rehearse.finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.close import Close
    from rehearse.exchange import Exchange


@check(
    "Did you answer their concern with something of your own?",
    good=(
        Example(
            ASKED
            + "You have never run a team as large as ours.\nCandidate: That is fair, it would be "
            "the largest so far. I ran eleven people at the depot for two years, and nobody left. "
            "Does that help?"
        ),
    ),
    bad=(
        Example(
            ASKED
            + "You have never run a team as large as ours.\nCandidate: That's fair. I'm a quick "
            "learner and I would give it everything."
        ),
        Example(
            ASKED
            + "I do wonder about the two years that you were not working.\nCandidate: I really "
            "love what your company does, and I think the office is beautiful."
        ),
    ),
)
def answer(close: Close) -> Iterator[Finding]:
    """Look for evidence, and for what goes around the concern."""
    for each in close.exchanges:
        if each.reply != "concern":
            continue
        if each.response is None:
            yield Finding(
                Level.FIX,
                "They named a concern, and you said nothing to it.",
                "Take it up, ask what is behind it, and answer with one thing you did.",
                each.said,
                weight=36,
            )
        else:
            yield from _judged(each)


def _judged(each: Exchange) -> Iterator[Finding]:
    if each.has("evidence"):
        yield Finding(
            Level.STRENGTH,
            "You answered their concern with something you did.",
            at=each.marks["evidence"][0],
        )
    elif each.has("evasive"):
        yield Finding(
            Level.FIX,
            "You went around their concern; they will notice, and keep it.",
            "Name it, and answer it with one thing you did that bears on it; if there is none, say "
            "what you have arranged.",
            each.marks["evasive"][0],
            weight=35,
        )
    elif not each.has("clarified"):
        yield Finding(
            Level.FIX,
            "Your answer to their concern asks to be believed: there is nothing in it that you "
            "did.",
            "Give one thing you did that bears on it: when, where, and what came of it.",
            each.response,
            weight=34,
        )
