"""What a rival or rehearse found, against what is known."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.transcript import Word

NEAR_S = 0.3
PAUSE_S = 0.5


@dataclass
class Found:
    """Counts of what was found rightly, found wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, right: int, wrong: int, missed: int) -> None:
        """Count more."""
        self.right += right
        self.wrong += wrong
        self.missed += missed

    @property
    def recall(self) -> float:
        """In [0, 1]; 1 where there was nothing to find."""
        known = self.right + self.missed
        return self.right / known if known else 1.0

    @property
    def precision(self) -> float:
        """In [0, 1]; 1 where nothing was found."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def f1(self) -> float:
        """In [0, 1]; 1 where there was nothing to find and nothing was found."""
        everything = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / everything if everything else 1.0

    def __str__(self) -> str:
        return f"{self.f1:.3f} ({self.right}+ {self.wrong}? {self.missed}-)"


def matched(
    known: Sequence[tuple[float, float]], found: Sequence[tuple[float, float]]
) -> tuple[int, int, list[int]]:
    """Pair events within 0.3 s: how many are right and wrong, and which known are missed."""
    left, right = dict(enumerate(known)), 0
    for start, end in sorted(found):
        near = [
            number
            for number, (begin, stop) in left.items()
            if start - NEAR_S <= stop and begin - NEAR_S <= end
        ]
        if near:
            right += 1
            del left[min(near, key=lambda number: abs(left[number][0] - start))]
    return right, len(found) - right, sorted(left)


def by_count(known: int, found: int) -> tuple[int, int, int]:
    """Right, wrong and missed where places are not known."""
    return min(known, found), max(0, found - known), max(0, known - found)


@dataclass
class Pauses:
    """Pauses of 0.5 s and more, and how far off their ends are, in seconds."""

    found: Found = field(default_factory=Found)
    off_s: list[float] = field(default_factory=list)

    def add(
        self, known: Sequence[tuple[float, float]], found: Sequence[tuple[float, float]]
    ) -> None:
        """Match by overlap; one on the border of 0.5 s, by 60 ms, is neither right nor wrong."""
        left = [pause for pause in found if pause[1] - pause[0] >= PAUSE_S - 0.06]
        right = missed = 0
        for begin, end in known:
            hits = [pause for pause in left if pause[0] < end and begin < pause[1]]
            for pause in hits:
                left.remove(pause)
            if end - begin < PAUSE_S:
                continue
            if hits:
                right += 1
                longest = max(hits, key=lambda pause: pause[1] - pause[0])
                self.off_s += [abs(longest[0] - begin), abs(longest[1] - end)]
            else:
                missed += 1
        wrong = sum(end - begin >= PAUSE_S + 0.06 for begin, end in left)
        self.found.add(right, wrong, missed)

    def __str__(self) -> str:
        off = 1000 * statistics.median(self.off_s) if self.off_s else 0.0
        return f"{self.found.recall:.3f}; {self.found.precision:.3f}; {off:.0f} ms"


@dataclass
class Voices:
    """Two voices noticed, one voice taken for two, words given to the right voice."""

    noticed: list[bool] = field(default_factory=list)
    split: list[bool] = field(default_factory=list)
    right: int = 0
    words: int = 0

    def add_words(
        self, words: Sequence[Word], turns: Sequence[tuple[float, float, int]], candidate: int
    ) -> None:
        """Count words that are, or are not, rightly taken for the candidate's."""
        for word in words:
            if word.start_s is None or word.end_s is None or word.unheard is not None:
                continue
            middle = (word.start_s + word.end_s) / 2
            whose = min(turns, key=lambda turn: max(turn[0] - middle, middle - turn[1]))[2]
            self.words += 1
            self.right += (whose == candidate) is not word.theirs

    def __str__(self) -> str:
        cells = [
            f"{statistics.mean(self.noticed):.3f} of {len(self.noticed)}" if self.noticed else "–",
            f"{statistics.mean(self.split):.3f} of {len(self.split)}" if self.split else "–",
            f"{self.right / self.words:.3f} of {self.words}" if self.words else "–",
        ]
        return "; ".join(cells)


def talks_most(turns: Sequence[tuple[float, float, int]]) -> int:
    """Who speaks longest."""
    spoken: Counter[int] = Counter()
    for start, end, speaker in turns:
        spoken[speaker] += round(1000 * (end - start))
    return spoken.most_common(1)[0][0]
