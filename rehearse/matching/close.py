"""A close, held against the job and against what was discussed before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.criterion import Answered, Planned, Recalled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.close import Close
    from rehearse.criterion import Criterion
    from rehearse.interview.plan import Plan
    from rehearse.matching.reader import Reader, Related
    from rehearse.transcript import Span


def answered(criteria: Sequence[Criterion], close: Close, reader: Reader) -> tuple[Answered, ...]:
    """Say of each criterion which sentences answer it, and which only name it."""
    parsed = [sentence.parsed for sentence in close.sentences]
    related = reader.read("requirement", [each.text for each in criteria], parsed)
    return tuple(_answered(each, close, told) for each, told in zip(criteria, related, strict=True))


def _answered(criterion: Criterion, close: Close, related: Related) -> Answered:
    evidence = tuple(close.sentences[n].span for n in related.surest("covers"))
    named = tuple(
        close.sentences[n].span
        for n in related.surest("names")
        if close.sentences[n].span not in evidence
    )
    return Answered(criterion, evidence, named)


def planned(
    plan: Plan, close: Close, questions: Sequence[Span], reader: Reader
) -> tuple[Planned, ...]:
    """Say of each part of a plan which sentences say it.

    Any question for concerns is the planned one; a criterion counts where it is spoken of.
    """
    parsed = [sentence.parsed for sentence in close.sentences]
    parts = plan.parts()
    criteria = [text for part, text in parts if part.startswith("criterion")]
    others = [text for part, text in parts if not part.startswith(("criterion", "question"))]
    asked = iter(reader.read("requirement", criteria, parsed))
    told = iter(reader.read("discussed", others, parsed))
    found = []
    for part, text in parts:
        if part == "question":
            found.append(Planned(part, text, tuple(questions)))
            continue
        named = part.startswith("criterion")
        related, labels = (
            (next(asked), ("covers", "names")) if named else (next(told), ("recalls",))
        )
        places = sorted({place for label in labels for place in related.proofs(label)})
        found.append(Planned(part, text, tuple(close.sentences[n].span for n in places)))
    return tuple(found)


def recalled(notes: Sequence[str], close: Close, reader: Reader) -> tuple[Recalled, ...]:
    """Say of each note which sentences recall it."""
    parsed = [sentence.parsed for sentence in close.sentences]
    related = reader.read("discussed", notes, parsed)
    return tuple(
        Recalled(note, tuple(close.sentences[n].span for n in told.proofs("recalls")))
        for note, told in zip(notes, related, strict=True)
    )
