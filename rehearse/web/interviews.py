"""What comes with a take or a file: the job, what was discussed, whom it is for, who answers."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from rehearse.inputs import notes_of, posting_of
from rehearse.interview import Interview
from rehearse.interview.audience import NAMES, Name, audience
from rehearse.interview.concerns import Answer

LONGEST_TEXT: Final = 100_000
"""Characters of a posting, and of notes. Ours: far more than the words that a posting may have, of
which more can be said than that there are too many."""

To = Literal["", Name]
"""Whom a close is for; empty where nobody said."""

TITLES: Final[dict[Answer, str]] = {
    "any": "Anything, or that there is nothing",
    "none": "That there is nothing",
    "job": "What the job leaves open",
    "experience": "Too little experience",
    "seniority": "Too junior",
    "gap": "A gap, or many changes",
    "relocation": "Moving house",
    "overqualified": "Overqualified",
    "skill": "A skill that is missing",
    "culture": "Whether you fit in",
}
"""What an interviewer may answer, and how the page calls it."""

PEOPLE: Final[dict[str, str]] = {name: audience(name).title for name in NAMES}
"""Whom a close may be for, and how they are called in a sentence."""

Long = Annotated[str, Field(max_length=LONGEST_TEXT)]


class Opponent(BaseModel):
    """An interviewer who answers the concerns question.

    Parameters
    ----------
    concern
        What they answer.
    rounds
        How many concerns they have at the most.
    aloud
        Whether the page speaks their words.
    seed
        The same gives the same interviewer.
    """

    model_config = ConfigDict(strict=True, extra="forbid")

    concern: Answer = "any"
    rounds: int = Field(1, ge=1, le=5)
    aloud: bool = False
    seed: int | None = Field(None, ge=0, lt=2**63)


def interview_of(job: str, discussed: str, to: str) -> Interview:
    """Read what came; what is empty was not given.

    Raises
    ------
    InputError
        Where the posting or the notes are too long, or hold nothing.
    """
    return Interview(
        posting=posting_of("The job posting", _bytes(job)) if job.strip() else None,
        notes=notes_of("What was discussed", _bytes(discussed)) if discussed.strip() else None,
        audience=audience(to) if to else None,
    )


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
