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
    """Say of each part of a plan which sentences say it, the surest first.

    Any question for concerns is the planned one; a criterion counts where it is spoken of; and a
    proof or a reason where it is told as experience, or in its own words.
    """
    parsed = [sentence.parsed for sentence in close.sentences]
    parts = plan.parts()
    texts = [text for part, text in parts if part != "question"]
    asked = iter(reader.read("requirement", texts, parsed))
    told = iter(reader.read("discussed", texts, parsed))
    found = []
    for part, text in parts:
        if part == "question":
            found.append(Planned(part, text, tuple(questions)))
            continue
        as_asked, as_told = next(asked), next(told)
        criterion = part.startswith("criterion")
        other = (as_asked, "names") if criterion else (as_told, "recalls")
        places = _surest((as_asked, "covers"), other)
        found.append(Planned(part, text, tuple(close.sentences[n].span for n in places)))
    return tuple(found)


def _surest(*read: tuple[Related, str]) -> list[int]:
    """The sentences that have one of several labels, the surest first."""
    sure: dict[int, float] = {}
    for related, label in read:
        for place in related.proofs(label):
            sure[place] = max(sure.get(place, 0.0), related.each[place][label])
    return sorted(sure, key=lambda place: -sure[place])


def recalled(notes: Sequence[str], close: Close, reader: Reader) -> tuple[Recalled, ...]:
    """Say of each note which sentences recall it."""
    parsed = [sentence.parsed for sentence in close.sentences]
    related = reader.read("discussed", notes, parsed)
    return tuple(
        Recalled(note, tuple(close.sentences[n].span for n in told.proofs("recalls")))
        for note, told in zip(notes, related, strict=True)
    )
