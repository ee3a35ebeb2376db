"""What an interviewer may answer when they are asked for concerns."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from rehearse.criterion import Answered

Kind = Literal[
    "experience",
    "seniority",
    "gap",
    "relocation",
    "overqualified",
    "skill",
    "culture",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

Answer = Literal["any", "none", "job", Kind]
ANSWERS: Final[tuple[Answer, ...]] = get_args(Answer)
"""What may be asked of an interviewer: anything, no concern, what the job leaves open, a kind."""

Likely = Literal["often", "sometimes", "rarely"]

WEIGHT: Final[dict[Likely, int]] = {"often": 4, "sometimes": 2, "rarely": 1}
"""How often each is drawn beside the others. Ours."""

LONGEST: Final = 90
"""Characters of a criterion that an interviewer says aloud. Ours: some six seconds of speech."""


@dataclass(frozen=True, slots=True)
class Concern:
    """A doubt about a candidate.

    Parameters
    ----------
    kind
        One of `KINDS`, or "job" where it comes from what the job asks for.
    say
        What the interviewer says.
    behind
        What they mean by it, when they are asked.
    likely
        How often one meets it.
    """

    kind: str
    say: str
    behind: str
    likely: Likely = "often"


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything that an interviewer may say.

    Parameters
    ----------
    concerns
        The doubts.
    none
        Ways to have none.
    helped, unsure, noted
        Ways to say that an answer helped, that it did not yet, and neither.
    """

    concerns: tuple[Concern, ...]
    none: tuple[str, ...]
    helped: tuple[str, ...]
    unsure: tuple[str, ...]
    noted: tuple[str, ...]


@cache
def bank() -> Bank:
    """Read the list that comes with the program."""
    told = tomllib.loads(files("rehearse.interview").joinpath("concerns.toml").read_text("utf-8"))
    return Bank(
        tuple(
            Concern(each["kind"], each["say"], each["behind"], each["likely"])
            for each in told["concern"]
        ),
        tuple(told["none"]),
        *(tuple(told[name]) for name in ("helped", "unsure", "noted")),
    )


def about(answered: Answered) -> Concern:
    """The doubt that a criterion leaves which was not answered."""
    wanted = _short(answered.criterion.text)
    behind = "It is high on our list, and I would like to hear about one time when you did it."
    if answered.named:
        say = f"You mentioned “{wanted}”, and I have not heard what you did about it yourself."
    else:
        say = f"Our advert says “{wanted}”, and I have not heard you on that."
    return Concern("job", say, behind)


def _short(text: str) -> str:
    bare = text.rstrip(" .;,!")
    if len(bare) <= LONGEST:
        return bare
    return bare[: LONGEST - 1].rsplit(" ", 1)[0] + " …"
