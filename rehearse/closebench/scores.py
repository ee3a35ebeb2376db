"""Precision, recall and F1 of answers, with intervals.

The intervals are percentile bootstraps over items (Efron and Tibshirani, "An
Introduction to the Bootstrap", 1993): 1000 draws from a fixed seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rehearse.closebench.items import LINES
from rehearse.steps import FACETS, STEPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rehearse.closebench.answers import Answer
    from rehearse.closebench.items import Item

DRAWS: Final = 1000
SEED: Final = 0
COVERED: Final = (2.5, 97.5)
"""Percentiles that an interval reaches from and to."""

SHARED: Final = 0.5
"""Two quotations are of one line where they share at least half of the shorter one's words."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A share in [0, 1] with its 95 % interval; None where there is nothing to divide by."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class LabelScore:
    """How right the answers are about one label."""

    label: str
    precision: Figure
    recall: Figure
    f1: Figure
    support: int
    hits: int
    alarms: int
    misses: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """One wrong answer, with the words it is about."""

    id: str
    label: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything that is reported of one file.

    Parameters
    ----------
    macro_f1
        The mean F1 of the four steps.
    exact
        The share of items with all four steps right.
    traps_raised
        The share of traps with a step that is not there.
    """

    items: int
    traps: int
    refused: int
    labels: tuple[LabelScore, ...]
    macro_f1: Figure
    exact: Figure
    traps_raised: Figure
    mistakes: tuple[Mistake, ...]


def score(items: Sequence[Item], answers: Sequence[Answer]) -> Scores:
    """Hold answers against labels, one for each item."""
    import numpy as np

    mistakes: list[Mistake] = []
    names = (*STEPS, *LINES, *FACETS)
    # int [shape=(items, labels, 3)]: hits, false alarms, misses.
    counts = np.zeros((len(items), len(names), 3), dtype=np.int64)
    # A facet that no item of a file holds was not labelled in it.
    labelled = {*STEPS, *LINES, *(name for item in items for name in item.facets)}
    for row, item, answer in zip(counts, items, answers, strict=True):
        for cell, name in zip(row, names, strict=True):
            if name in labelled:
                cell[:] = _counted(name, item, answer, mistakes)
    # The first draw is the sample itself.
    draws = np.ones((DRAWS + 1, len(items)), dtype=np.int64)
    chance = np.random.default_rng(SEED)
    draws[1:] = chance.multinomial(len(items), np.full(len(items), 1 / len(items)), size=DRAWS)
    totals = np.einsum("di,ilc->dlc", draws, counts)
    hits, alarms, misses = (totals[..., number] for number in range(3))
    f1 = share(2 * hits, 2 * hits + alarms + misses)
    steps = counts[:, : len(STEPS)]
    traps = np.array([item.trap for item in items])
    raised = (steps[..., 1].sum(axis=1) > 0) & traps
    right = steps[..., 1:].sum(axis=(1, 2)) == 0
    precision, recall = share(hits, hits + alarms), share(hits, hits + misses)
    return Scores(
        items=len(items),
        traps=int(traps.sum()),
        refused=sum(bool(answer.refused) for answer in answers),
        labels=tuple(
            LabelScore(
                name,
                figure(precision[:, j]),
                figure(recall[:, j]),
                figure(f1[:, j]),
                int(hits[0, j] + misses[0, j]),
                int(hits[0, j]),
                int(alarms[0, j]),
                int(misses[0, j]),
            )
            for j, name in enumerate(names)
        ),
        macro_f1=figure(_mean(f1[:, : len(STEPS)])),
        exact=figure(share(draws @ right, draws.sum(axis=1))),
        traps_raised=figure(share(draws @ raised, draws @ traps)),
        mistakes=tuple(mistakes),
    )


def _counted(
    name: str, item: Item, answer: Answer, mistakes: list[Mistake]
) -> tuple[int, int, int]:
    if name in LINES:
        return _lines(name, item, answer, mistakes)
    if name in FACETS:
        there, found, words = name in item.facets, name in answer.facets, answer.text
    else:
        there, found = name in item.steps, name in answer.steps
        words = " … ".join(answer.steps.get(name, ())) or answer.text
    if there != found:
        why = f" [{answer.refused}]" if answer.refused else ""
        mistakes.append(Mistake(item.id, name, "missed" if there else "raised", words + why))
    return int(there and found), int(found and not there), int(there and not found)


def _lines(name: str, item: Item, answer: Answer, mistakes: list[Mistake]) -> tuple[int, int, int]:
    labelled, found = item.lines[name], answer.lines[name]
    hits = 0
    for line in labelled:
        if any(same_line(line, other) for other in found):
            hits += 1
        else:
            mistakes.append(Mistake(item.id, name, "missed", line))
    neither = (*labelled, *(item.borderline if name == "cheesy" else ()))
    wrong = [line for line in found if not any(same_line(line, other) for other in neither)]
    mistakes += [Mistake(item.id, name, "raised", line) for line in wrong]
    return hits, len(wrong), len(labelled) - hits


def same_line(one: str, other: str) -> bool:
    """Whether two quotations are of the same words, more or less.

    Words and not positions are compared, since a recogniser may write others.

    >>> same_line("So, when do I start?", "when do I start")
    True
    >>> same_line("So, when do I start?", "I never miss a day")
    False
    """
    first, second = _words(one), _words(other)
    shorter = min(len(first), len(second))
    return shorter > 0 and len(first & second) >= SHARED * shorter


def _words(text: str) -> set[str]:
    return {word.strip(".,;:!?\"'“”‘’()–—").lower() for word in text.split()} - {""}


def share(part: NDArray[Any], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    """`part` of `whole`, and not a number where there is nothing to divide by."""
    import numpy as np

    shares: NDArray[np.float64] = np.full(whole.shape, np.nan)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares


def _mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of each row, without labels that neither the items nor the answers hold."""
    import numpy as np

    there = ~np.isnan(values)
    return share(np.nansum(values, axis=1), there.sum(axis=1))


def figure(draws: NDArray[np.float64]) -> Figure:
    """The first draw, which is the sample itself, with the interval of all others."""
    import numpy as np

    if np.isnan(draws[0]):
        return Figure(None, None, None)
    low, high = np.nanpercentile(draws[1:], COVERED)
    return Figure(float(draws[0]), float(low), float(high))
