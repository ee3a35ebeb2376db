"""A close, held against the job and against what was discussed before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.criterion import Answered, Planned, Recalled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.close import Close
    from rehearse.criterion import Criterion
    from rehearse.interview.plan import Plan
    from rehearse.matching.pairs import Pairs
    from rehearse.transcript import Span


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


def planned(
    plan: Plan, close: Close, questions: Sequence[Span], pairs: Pairs
) -> tuple[Planned, ...]:
    """Say of each part of a plan which sentences say it.

    Any question for concerns is the planned one; a criterion counts where it is spoken of.
    """
    parsed = [sentence.parsed for sentence in close.sentences]
    found = []
    for part, text in plan.parts():
        if part == "question":
            found.append(Planned(part, text, tuple(questions)))
            continue
        named = part.startswith("criterion")
        related = pairs.read("requirement" if named else "discussed", text, parsed)
        labels = ("covers", "names") if named else ("recalls",)
        places = sorted({place for label in labels for place in related.proofs(label)})
        found.append(Planned(part, text, tuple(close.sentences[n].span for n in places)))
    return tuple(found)


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
