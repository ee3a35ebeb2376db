"""Yes-or-no verdicts beside labels, and how right they are, with intervals.

Intervals are percentile bootstraps as in `rehearse.closebench.scores`, drawn over whole items:
the closes of one posting are not independent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rehearse.closebench.scores import DRAWS, SEED, Figure, figure, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that is there or not, and whether it was found.

    Parameters
    ----------
    item
        Of which labelled item it is part.
    label
        What it is about.
    truth, found
        What the label says, and what the program says.
    words
        What it is about, for whoever looks at mistakes.
    """

    item: str
    label: str
    truth: bool
    found: bool
    words: str


@dataclass(frozen=True, slots=True)
class Judged:
    """How right the verdicts about one label are.

    Parameters
    ----------
    accuracy
        Share of verdicts that agree with the label.
    precision, recall, f1
        Of what is there.
    count, support
        How many verdicts, and in how many of them it is there.
    """

    label: str
    accuracy: Figure
    precision: Figure
    recall: Figure
    f1: Figure
    count: int
    support: int


def judged(verdicts: Sequence[Verdict]) -> tuple[Judged, ...]:
    """Score verdicts label by label, in the order in which labels first occur."""
    import numpy as np

    if not verdicts:
        return ()
    items = list(dict.fromkeys(each.item for each in verdicts))
    place = {name: number for number, name in enumerate(items)}
    draws = np.ones((DRAWS + 1, len(items)), dtype=np.int64)
    chance = np.random.default_rng(SEED)
    draws[1:] = chance.multinomial(len(items), np.full(len(items), 1 / len(items)), size=DRAWS)
    labels = dict.fromkeys(each.label for each in verdicts)
    return tuple(
        _judged(label, [each for each in verdicts if each.label == label], place, draws)
        for label in labels
    )


def _judged(
    label: str, verdicts: Sequence[Verdict], place: dict[str, int], draws: NDArray[Any]
) -> Judged:
    import numpy as np

    # int [shape=(items, 4)]: hits, false alarms, misses, rightly passed over.
    counts = np.zeros((len(place), 4), dtype=np.int64)
    for each in verdicts:
        kind = (0 if each.found else 2) if each.truth else (1 if each.found else 3)
        counts[place[each.item], kind] += 1
    hits, alarms, misses, passed = (draws @ counts).T
    return Judged(
        label,
        figure(share(hits + passed, hits + alarms + misses + passed)),
        figure(share(hits, hits + alarms)),
        figure(share(hits, hits + misses)),
        figure(share(2 * hits, 2 * hits + alarms + misses)),
        len(verdicts),
        sum(each.truth for each in verdicts),
    )
