"""The words that prove a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.close import Close, Sentence
    from rehearse.transcript import Span


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

    Of several sentences the surest is quoted.
    """
    found = proofs(close, step)
    if found:
        surest = max(found, key=lambda sentence: sentence.tags.probability[step])
        yield Finding(Level.STRENGTH, there, at=surest.span)
    else:
        yield Finding(Level.FIX, absent, suggestion, weight=weight)
