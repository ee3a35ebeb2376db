"""Phrases that a speaker uses far more than others do, and in most of their takes.

A habit of speech moves about: "to be honest" stands before this and before that.  What is
rehearsed stands still, among the same words in every take, and so does the story that is
told again.  What is left after that is held against what others say (`Reference`).

Three things are asked of a phrase.  It is made of small words, and of grammar alone it is
none: "and it was" says how a story is told.  It is frequent in the takes and rare elsewhere.
It moves about.  In doubt it is no habit.
"""

from __future__ import annotations

import gzip
import math
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from rehearse.history.places import Use, places
from rehearse.history.sentences import LONGEST, ngrams, split
from rehearse.history.small_words import NO_END, SMALL, Ngram, possible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

LEAST_TAKES: Final = 5
"""Takes below which nothing is said. With four, three that share a phrase are most of them."""

MOST: Final = 0.6
"""Share of the takes in which a habit is heard: "most". Ours."""

LEAST_LIFT: Final = 4.0
"""Times as often as in the reference. Ours: `models/phrases/CARD.md` has what other factors do."""

LEAST_PLACES: Final = 4
"""Different places in which a habit stands. A text with three versions has three. Ours."""

PLACES_PER_TAKE: Final = 0.4
"""Different places, for each take in which the phrase is. One story has some twelve clauses to
say it in, so that twenty takes cannot have twenty places. Ours."""

FIXED: Final = 0.4
"""A place that this share of the takes have belongs to the text, not to the speaker. Ours."""

LEAST_FIXED: Final = 3
"""Takes that have such a place at least: two uses may be alike by chance. Ours."""

PART: Final = 0.6
"""Where this share of the uses have the same word before, or after, there is a longer phrase, of
which this one is a part: "be honest" of "to be honest". Ours."""

COUNTED: Final = 4
"""Words of the longest phrase that a reference knows."""

RETURNED: Final = 5
"""Phrases that come back at most: nobody listens to themselves for more. Ours."""

FLOOR: Final = 20.0
"""The least rate of a reference, per million words. Six uses in all the closes that others
spoke: what is rarer was not counted, it was met by chance."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that is a habit.

    Parameters
    ----------
    text
        As it is written, in lower case but for "I".
    takes, among
        In how many of how many takes it is.
    times
        How often in all.
    lift
        Times as often as in the reference, >= `LEAST_LIFT`. Where the reference has `FLOOR` it
        is at least that.
    """

    text: str
    takes: int
    among: int
    times: int
    lift: float


class Reference:
    """How often others say a phrase: in a close, or in general spoken English.

    `models/phrases/CARD.md` says what it was made from.

    Parameters
    ----------
    rates
        Per million words, the higher of the two, by phrase in lower case.
    """

    __slots__ = ("_rates",)

    def __init__(self, rates: Mapping[str, float]) -> None:
        self._rates = rates

    @classmethod
    def read(cls, path: Path) -> Reference:
        """Read a table of phrase, rate in closes, and rate in general."""
        rates = {}
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                phrase, closes, general = line.split("\t")
                rates[phrase] = max(float(closes), float(general))
        return cls(rates)

    def rate(self, ngram: str) -> float:
        """Uses per million words, >= `FLOOR`.

        A phrase of more than `COUNTED` words is as frequent as the rarest of its parts: that is
        the most that it can be.
        """
        words = ngram.lower().replace("’", "'").split()
        if len(words) <= COUNTED:
            return max(FLOOR, self._rates.get(" ".join(words), FLOOR))
        return min(
            self.rate(" ".join(words[start : start + COUNTED]))
            for start in range(len(words) - COUNTED + 1)
        )


@dataclass(frozen=True, slots=True)
class _Candidate:
    words: Ngram
    uses: Sequence[Use]
    lift: float

    @property
    def strength(self) -> float:
        """What the uses say against the reference, as a log-likelihood in nats."""
        return len(self.uses) * math.log(self.lift)

    def holds(self, other: _Candidate) -> bool:
        """Whether the other is a part of it."""
        longer, shorter = len(self.words), len(other.words)
        return longer > shorter and any(
            self.words[start : start + shorter] == other.words
            for start in range(longer - shorter + 1)
        )


def phrases(takes: Sequence[str], reference: Reference) -> list[Phrase]:
    """Find the habits of a speaker in what was said in their last takes, strongest first.

    Parameters
    ----------
    takes
        What was said, one text a take, from a recogniser or typed.
    reference
        What others say.
    """
    if len(takes) < LEAST_TAKES:
        return []
    spoken = [split(take) for take in takes]
    found = list(_candidates(spoken, reference))
    kept = [each for each in found if not _stood_for(each, found)]
    kept.sort(key=lambda each: (-each.strength, each.words))
    return [
        Phrase(
            text=shown(each.words),
            takes=len({use.take for use in each.uses}),
            among=len(takes),
            times=len(each.uses),
            lift=each.lift,
        )
        for each in kept[:RETURNED]
    ]


def shown(words: Ngram) -> str:
    """Write a phrase for people."""
    text = " ".join("I" + word[1:] if word.split("'")[0] == "i" else word for word in words)
    return text.replace("'", "’")


def _candidates(spoken: Sequence[Sequence[Ngram]], reference: Reference) -> Iterator[_Candidate]:
    """Phrases that are frequent in the takes, rare elsewhere, whole, and move about."""
    takes = len(spoken)
    total = sum(len(sentence) for sentences in spoken for sentence in sentences)
    for words, uses in _in_most(spoken).items():
        lift = len(uses) / total * 1e6 / reference.rate(" ".join(words))
        if (
            lift >= LEAST_LIFT
            and not _a_part(uses, len(words), spoken)
            and _moves(places(uses, len(words), spoken), takes)
        ):
            yield _Candidate(words, uses, lift)


def _in_most(spoken: Sequence[Sequence[Ngram]]) -> dict[Ngram, list[Use]]:
    """Every phrase that can be a habit and is in most takes, with its uses."""
    uses: dict[Ngram, list[Use]] = {}
    for words in sorted(filter(possible, _frequent(spoken, MOST * len(spoken)))):
        first, length = words[0], len(words)
        uses[words] = [
            Use(take, number, start)
            for take, sentences in enumerate(spoken)
            for number, sentence in enumerate(sentences)
            if first in sentence
            for start, word in enumerate(sentence)
            if word == first and sentence[start : start + length] == words
        ]
    return uses


def _frequent(spoken: Sequence[Sequence[Ngram]], least: float) -> set[Ngram]:
    """Runs of small words that are in so many takes, the longer ones made of the shorter.

    What holds a rare part is rare itself (Agrawal and Srikant 1994, "Fast algorithms for mining
    association rules", VLDB).
    """
    counts = Counter(word for sentences in spoken for word in {*chain(*sentences)} & SMALL)
    among = {word for word, count in counts.items() if count >= least}
    known: set[Ngram] = {(word,) for word in among}
    found = set(known)
    takes = [[*_runs(sentences, among)] for sentences in spoken]
    for length in range(2, LONGEST + 1):
        held: Counter[Ngram] = Counter()
        for runs in takes:
            held.update(
                {
                    words
                    for run in runs
                    for words in ngrams(run, length)
                    if words[1:] in known and words[:-1] in known
                }
            )
        known = {words for words, count in held.items() if count >= least}
        found |= known
        if not known:
            break
    return found


def _runs(sentences: Sequence[Ngram], among: AbstractSet[str]) -> Iterator[Ngram]:
    """What of the sentences is made of such words, where two and more of them come together."""
    for sentence in sentences:
        start = 0
        for end, word in enumerate(sentence):
            if word not in among:
                if end > start + 1:
                    yield sentence[start:end]
                start = end + 1
        if len(sentence) > start + 1:
            yield sentence[start:]


def _a_part(uses: Sequence[Use], length: int, spoken: Sequence[Sequence[Ngram]]) -> bool:
    """Whether the same word stands beside most uses, and makes a phrase with them."""
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for use in uses:
        sentence = spoken[use.take][use.sentence]
        before.update(sentence[max(0, use.start - 1) : use.start])
        following = sentence[use.start + length : use.start + length + 1]
        after.update(word for word in following if word not in NO_END)
    return max([0, *before.values(), *after.values()]) >= PART * len(uses)


def _moves(where: Sequence[Sequence[Use]], takes: int) -> bool:
    """Whether a phrase is in most takes apart from the places that belong to the text."""
    fixed = max(LEAST_FIXED, FIXED * takes)
    free = [place for place in where if len({use.take for use in place}) < fixed]
    in_takes = {use.take for place in free for use in place}
    least = max(LEAST_PLACES, PLACES_PER_TAKE * len(in_takes))
    return len(in_takes) >= MOST * takes and len(free) >= least


def _stood_for(each: _Candidate, found: Sequence[_Candidate]) -> bool:
    """Whether a longer phrase makes most of it, or it makes less of a shorter one."""
    return any(
        (other.holds(each) and len(other.uses) >= PART * len(each.uses))
        or (each.holds(other) and len(each.uses) < PART * len(other.uses))
        for other in found
    )
