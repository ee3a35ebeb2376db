"""The closes of a cohort, counted: how often, and how far chance alone may move it."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rehearse.bars import LENGTH_S
from rehearse.cohort.practice import EXERCISES, Exercise
from rehearse.history.estimates import binomial_interval, estimate
from rehearse.history.measures import MEASURES, Point
from rehearse.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rehearse.cohort.rows import Row
    from rehearse.history.estimates import Estimate
    from rehearse.history.measures import Measure

LEAST_SHARE: Final = 0.1
"""What fewer have than this is for them alone, not for a workshop. Ours."""

MOST_PRACTICES: Final = 5
LEAST_QUOTED: Final = 2
"""A line is quoted where at least so many said it: then it is nobody's."""

COUNTED: Final = tuple(each for each in MEASURES if each.name not in {"steps", "cheesy"})
"""The measures that are told of a cohort."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and the 95 % interval of the share (Clopper and Pearson)."""

    count: int
    among: int

    @property
    def value(self) -> float:
        """In [0, 1]; 0 of none."""
        return self.count / self.among if self.among else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Low and high, in [0, 1]."""
        return binomial_interval(self.count, self.among) if self.among else (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Told:
    """One measure over the cohort: its mean with interval, and the median of the recordings."""

    measure: Measure
    estimate: Estimate
    median: float


@dataclass(frozen=True, slots=True)
class Cheesy:
    """Lines that are flagged for one reason: in how many recordings, and what several said."""

    why: str
    share: Share
    said: str


@dataclass(frozen=True, slots=True)
class Practice:
    """What a workshop should practise."""

    check: str
    exercise: Exercise
    share: Share


@dataclass(frozen=True, slots=True)
class Failure:
    """A recording without a report; `name` is empty where it is to be nowhere."""

    name: str
    error: str
    hint: str


@dataclass(frozen=True, slots=True)
class Cohort:
    """A cohort.

    Parameters
    ----------
    recordings
        With a report.
    failures
        Those without.
    steps, all_steps
        In how many each step was there, and in how many all were.
    measures
        Lengths, rates and spreads.
    short, inside, long
        Below, within and above the length of a close.
    cheesy
        Why lines were flagged, the commonest first.
    practices
        What to practise, the most wanted first.
    """

    recordings: int
    failures: tuple[Failure, ...]
    steps: Mapping[str, Share]
    all_steps: Share
    measures: tuple[Told, ...]
    short: Share
    inside: Share
    long: Share
    cheesy: tuple[Cheesy, ...]
    practices: tuple[Practice, ...]

    @property
    def commonest_missing(self) -> tuple[str, ...]:
        """The step that most leave out, or several that as many do; none where nobody does."""
        fewest = min(self.steps[step].count for step in STEPS)
        if fewest == self.recordings:
            return ()
        return tuple(step for step in STEPS if self.steps[step].count == fewest)


@dataclass
class _Counting:
    recordings: int = 0
    whole: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    lengths: Counter[str] = field(default_factory=Counter)
    whys: Counter[str] = field(default_factory=Counter)
    lines: dict[str, Counter[str]] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)
    points: dict[str, list[Point]] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        self.recordings += 1
        self.whole += not row.missing
        self.steps.update(step for step in STEPS if row.steps[step])
        self.checks.update(row.checks)
        for measure in COUNTED:
            if (point := row.points.get(measure.name)) is not None:
                self.points.setdefault(measure.name, []).append(point)
        if (length := row.points.get("length")) is not None:
            low, high = LENGTH_S
            where = "short" if length.value < low else "long" if length.value > high else "inside"
            self.lengths[where] += 1
        self._add_lines(row)

    def _add_lines(self, row: Row) -> None:
        self.whys.update({why for _, why in row.cheesy})
        for why, plain in {(why, _plain(line)) for line, why in row.cheesy}:
            self.lines.setdefault(why, Counter())[plain] += 1
        for line, _ in row.cheesy:
            self.spelled.setdefault(_plain(line), line)

    def share(self, count: int) -> Share:
        return Share(count, self.recordings)


def summed_up(rows: Iterable[Row], failures: Sequence[Failure] = ()) -> Cohort:
    """Count a cohort, one report after the other; what is kept of each is a few numbers."""
    counting = _Counting()
    for row in rows:
        counting.add(row)
    measured = counting.lengths.total()
    short, inside, long = (
        Share(counting.lengths[where], measured) for where in ("short", "inside", "long")
    )
    return Cohort(
        counting.recordings,
        tuple(failures),
        {step: counting.share(counting.steps[step]) for step in STEPS},
        counting.share(counting.whole),
        tuple(
            _told(measure, counting.points[measure.name])
            for measure in COUNTED
            if measure.name in counting.points
        ),
        short=short,
        inside=inside,
        long=long,
        cheesy=_cheesy(counting),
        practices=_practices(counting),
    )


def _told(measure: Measure, points: Sequence[Point]) -> Told:
    return Told(
        measure, estimate(measure, points), statistics.median(point.value for point in points)
    )


def _cheesy(counting: _Counting) -> tuple[Cheesy, ...]:
    found = []
    for why, count in counting.whys.most_common():
        (plain, said), *_ = counting.lines[why].most_common(1)
        quoted = counting.spelled[plain] if said >= LEAST_QUOTED else ""
        found.append(Cheesy(why, counting.share(count), quoted))
    return tuple(found)


def _practices(counting: _Counting) -> tuple[Practice, ...]:
    wanted = [
        Practice(check, EXERCISES[check], counting.share(count))
        for check, count in counting.checks.most_common()
        if check in EXERCISES and count >= LEAST_SHARE * counting.recordings
    ]
    return tuple(wanted[:MOST_PRACTICES])


def _plain(line: str) -> str:
    """A line as everybody says it, whatever the recogniser made of its commas."""
    return " ".join(re.findall(r"[\w']+", line.lower().replace("’", "'")))
