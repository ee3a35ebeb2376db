"""A close, held against the job and against what was discussed before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.criterion import Answered, Recalled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.close import Close
    from rehearse.criterion import Criterion
    from rehearse.matching.pairs import Pairs


def answered(criteria: Sequence[Criterion], close: Close, pairs: Pairs) -> tuple[Answered, ...]:
    """Say of each criterion which sentences answer it, and which only name it."""
    return tuple(_answered(each, close, pairs) for each in criteria)


def _answered(criterion: Criterion, close: Close, pairs: Pairs) -> Answered:
    parsed = [sentence.parsed for sentence in close.sentences]
    related = pairs.read("requirement", criterion.text, parsed)
    evidence = tuple(close.sentences[n].span for n in related.proofs("covers"))
    named = tuple(
        close.sentences[n].span
        for n in related.proofs("names")
        if close.sentences[n].span not in evidence
    )
    return Answered(criterion, evidence, named)


def recalled(notes: Sequence[str], close: Close, pairs: Pairs) -> tuple[Recalled, ...]:
    """Say of each note which sentences recall it."""
    parsed = [sentence.parsed for sentence in close.sentences]
    found = []
    for note in notes:
        related = pairs.read("discussed", note, parsed)
        found.append(
            Recalled(note, tuple(close.sentences[n].span for n in related.proofs("recalls")))
        )
    return tuple(found)
