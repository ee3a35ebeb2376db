"""The words that prove a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.checks.steps.nearest import nearest
from rehearse.finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rehearse.close import Close, Sentence
    from rehearse.transcript import Span


AS_SURE: Final = 0.05
ENOUGH_WORDS: Final = 12
"""Sentences within this much of the highest probability are as sure; beyond so many words
none is fuller. Ours."""


def proofs(close: Close, step: str) -> tuple[Sentence, ...]:
    """The sentences that take `step` and do not take it back, in order."""
    found = []
    for number, sentence in enumerate(close.sentences):
        if not sentence.holds(step):
            continue
        after = close.sentences[number + 1] if number + 1 < len(close.sentences) else None
        if after is not None and _takes_back(after, step):
            continue
        found.append(sentence)
    return tuple(found)


def evidence(close: Close, step: str) -> tuple[Span, ...]:
    """The same as spans of the transcript."""
    return tuple(sentence.span for sentence in proofs(close, step))


def _takes_back(sentence: Sentence, step: str) -> bool:
    """A short sentence such as "Or, hm, perhaps not." undoes the one before it."""
    return (
        "taken_back" in sentence.tags.cues and len(sentence.words) <= 8 and not sentence.holds(step)
    )


def judged(
    close: Close, step: str, *, there: str, absent: str, suggestion: str, weight: float
) -> Iterator[Finding]:
    """A strength with its quotation where the step is there, a fix where it is not.

    Of several sentences that are sure the fullest is quoted; where there is none, the one
    that came closest.
    """
    found = proofs(close, step)
    to = close.audience
    if found:
        if to is None or step not in to.unfit:
            yield Finding(Level.STRENGTH, there, at=_fullest(found, step).span)
    elif to is None or step not in to.unexpected:
        advice = suggestion if to is None else to.say.get(step, suggestion)
        hints = " ".join(filter(None, (advice, nearest(close, step))))
        yield Finding(Level.FIX, absent, hints, weight=weight)


def _fullest(found: Sequence[Sentence], step: str) -> Sentence:
    """The longest of those that are about as sure as the surest; "thank you" alone says little."""
    sure = max(sentence.tags.probability[step] for sentence in found) - AS_SURE
    return max(
        (each for each in found if each.tags.probability[step] >= sure),
        key=lambda each: (min(len(each.words), ENOUGH_WORDS), each.tags.probability[step]),
    )
