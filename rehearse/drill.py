"""The duel: an interviewer who answers the concerns question, and what follows.

`Drill` looks at a take again and again and says when it is the interviewer's turn, and with
which words.  It knows neither screens nor sound.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.interview.concerns import WEIGHT, about, bank
from rehearse.judging import asked_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.close import Close, Sentence
    from rehearse.criterion import Criterion
    from rehearse.interview.concerns import Bank, Concern
    from rehearse.interview.posting import Posting
    from rehearse.judging import Reading
    from rehearse.live import Take
    from rehearse.matching.reader import Reader, Related
    from rehearse.transcript import About

ASKED_S: Final = 0.5
"""Silence after the question from which the interviewer answers. Ours: people answer after 0.2 s on
average (Stivers et al., "Universals and cultural variation in turn-taking in conversation", 2009),
and this listener has to be surer that it was asked."""

WENT_ON_S: Final = 2.5
"""The same where something was said after the question: they may not have finished. Ours."""

RESPONDED_S: Final = 3.0
"""Silence after a response that ends it; after a question of the candidate's, `ASKED_S` does. Ours:
a pause to think within an answer is seldom longer."""

HALF: Final = 0.5
"""How often a concern is taken from the job where it leaves one."""

NONE: Final = 0.25
"""How often there is no concern at all, unless a kind was asked for. Ours."""

Kind = str
"""One of `KINDS`, "job", "any" or "none"."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something the interviewer says.

    Parameters
    ----------
    text
        The words.
    kind
        What kind of concern; "none" for no concern, "behind" for what is meant by one, and
        "helped", "unsure" or "noted" after an answer.
    """

    text: str
    kind: str

    @property
    def about(self) -> About:
        """A concern, none, more about what they said before, or that nothing is left of it."""
        if self.kind in {"helped", "noted"}:
            return "settled"
        if self.kind in {"behind", "unsure"}:
            return "the same"
        return "no_concern" if self.kind == "none" else "concern"


class Drill:
    """An interviewer, for one take.

    Parameters
    ----------
    models
        Of the run: what tells a question about a concern from an answer to it.
    wanted
        Which answer is asked for: any, none, a kind of concern, or what the job leaves open.
    rounds
        How many concerns there are at the most, >= 1.
    posting
        The job; None where none was given.
    seed
        The same gives the same interviewer.
    """

    def __init__(
        self,
        models: Reading,
        *,
        wanted: Kind = "any",
        rounds: int = 1,
        posting: Posting | None = None,
        seed: int | None = None,
    ) -> None:
        self._models, self._wanted, self._left = models, wanted, rounds
        self._posting = posting
        self._chance = random.Random(seed)  # noqa: S311 - who asks what is no secret
        self._bank: Bank = bank()
        self._reader: Reader | None = None
        self._criteria: tuple[Criterion, ...] = ()
        self._concern: Concern | None = None
        self._explained = self._doubted = self._over = False
        self._used: set[str] = set()
        self._read: tuple[Close, str, Related] | None = None
        self.asked = False
        """Whether the interviewer has been asked, and has answered."""

    def prepare(self) -> None:
        """Load what is needed, while somebody speaks.

        Raises
        ------
        RehearseError
            Where it does not load, or the posting asks for nothing.
        """
        reader = self._models.reader()
        if self._posting is not None:
            self._criteria = asked_for(self._posting, self._models)
        self._reader = reader

    @property
    def over(self) -> bool:
        """Whether the interviewer has nothing more to say."""
        return self._over

    def turn(self, take: Take) -> Said | None:
        """What the interviewer says now; None while it is not their turn."""
        close = take.draft.close
        if self._over or self._reader is None or close is None or not take.caught_up:
            return None
        if self.asked:
            return self._next(take, close, self._reader)
        waited_s = ASKED_S if take.draft.asked else WENT_ON_S
        if "concerns" not in take.draft.steps or take.meter.silence_s < waited_s:
            return None
        self.asked = True
        return self._answer(close)

    def _answer(self, close: Close) -> Said:
        """The first answer: a concern, or none."""
        none = self._wanted == "none" or (self._wanted == "any" and self._chance.random() < NONE)
        if none:
            self._over = True
            return Said(self._chance.choice(self._bank.none), "none")
        return self._doubt(close)

    def _doubt(self, close: Close) -> Said:
        self._left -= 1
        self._concern = self._chosen(close)
        self._explained = False
        self._used.add(self._concern.say)
        return Said(self._concern.say, self._concern.kind)

    def _chosen(self, close: Close) -> Concern:
        """From what the job leaves open, or from the list by how likely each is."""
        open_ = self._open(close) if self._wanted in {"any", "job"} else []
        if open_ and (self._wanted == "job" or self._chance.random() < HALF):
            return open_[0]
        unused = self._unused()
        weights = [WEIGHT[each.likely] for each in unused]
        return self._chance.choices(unused, weights)[0]

    def _unused(self) -> list[Concern]:
        """What is left of the list, of the kind that was asked for."""
        return [
            each
            for each in self._bank.concerns
            if each.say not in self._used and self._wanted in {"any", "job", each.kind}
        ]

    def _open(self, close: Close) -> list[Concern]:
        """The criteria that must be there and are not answered, as doubts, the first first."""
        from rehearse.matching.close import answered

        if self._reader is None:
            return []
        musts = [each for each in self._criteria if each.level == "must"][:FIRST]
        left = [each for each in answered(musts, close, self._reader) if not each.covered]
        return [each for each in map(about, left) if each.say not in self._used]

    def _next(self, take: Take, close: Close, reader: Reader) -> Said | None:
        """After a response: what is behind the concern, another one, or that it helped."""
        at_s, said = take.replies[-1].at_s, take.replies[-1].text
        response = _since(close, at_s)
        silence_s = take.meter.silence_s
        if not response or take.meter.spoken_s <= at_s or silence_s < ASKED_S:
            return None
        related = self._judged(close, said, response, reader)
        last = len(response) - 1
        if self._concern and not self._explained and last in related.proofs("clarified"):
            self._explained = True
            return Said(self._concern.behind, "behind")
        checked = last in related.proofs("checked")
        if not checked and silence_s < RESPONDED_S:
            return None
        return self._settled(close, checked=checked, proven=related.there("evidence"))

    def _judged(
        self, close: Close, said: str, response: Sequence[Sentence], reader: Reader
    ) -> Related:
        """What a response is to what they said: read once, however often it is looked at."""
        if self._read is None or self._read[0] is not close or self._read[1] != said:
            (related,) = reader.read("response", [said], [each.parsed for each in response])
            self._read = (close, said, related)
        return self._read[2]

    def _settled(self, close: Close, *, checked: bool, proven: bool) -> Said:
        """After an answer; who asks whether it helped is told once that it did not, where so."""
        if checked and not proven and not self._doubted:
            self._doubted = True
            return Said(self._chance.choice(self._bank.unsure), "unsure")
        if self._left > 0 and self._unused():
            return self._doubt(close)
        self._over = True
        if proven:
            return Said(self._chance.choice(self._bank.helped), "helped")
        return Said(self._chance.choice(self._bank.noted), "noted")


FIRST: Final = 4
"""So many criteria from the top can become a doubt. Ours."""


def _since(close: Close, at_s: float) -> list[Sentence]:
    """The sentences that ended after a time."""
    return [
        each
        for each in close.sentences
        if each.words and each.words[-1].end_s is not None and each.words[-1].end_s > at_s
    ]
