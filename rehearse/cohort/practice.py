"""What a workshop can do about what many closes lack. The exercises are ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Exercise:
    """What is to be practised, and how, in a room full of people."""

    title: str
    how: str


EXERCISES: Final[Mapping[str, Exercise]] = {
    "steps.interest": Exercise(
        "Saying that they want this job",
        "In pairs: one sentence with “I want”, the job and one reason that fits no other job. "
        "The partner says which employer it is; if they cannot, again.",
    ),
    "steps.fit": Exercise(
        "Tying something they have done to what the job needs",
        "Each reads one line of a posting aloud, and answers it with one thing they did and what "
        "came of it, in two sentences.",
    ),
    "steps.concerns": Exercise(
        "Asking for concerns about them",
        "Round the table, each asks in words of their own, and then says nothing until the "
        "other answers. The command rehearse drill does the same with one alone.",
    ),
    "steps.thanks": Exercise(
        "Thanking, for something",
        "Each thanks their neighbour for one thing that was said today, and stops there.",
    ),
    "wording.cheesy": Exercise(
        "Leaving out the lines everybody has heard",
        "Collect the lines below on the board; each replaces one with a fact of their own.",
    ),
    "wording.arrogant": Exercise(
        "Letting the work speak, not a comparison",
        "Strike every sentence about other candidates; put what you did in its place.",
    ),
    "wording.hedging": Exercise(
        "Standing by what they claim",
        "Say the close once without “maybe”, “I think” and “sort of”; the partner raises a hand "
        "at each.",
    ),
    "length": Exercise(
        "Keeping to about a minute",
        "Speak the close against a clock that all can see: between half a minute and a minute "
        "and a quarter.",
    ),
    "conciseness": Exercise(
        "Letting every sentence do something",
        "The partner lifts a finger for each of the four steps. A sentence without a finger goes.",
    ),
    "delivery.pace": Exercise(
        "Speaking so that others can follow",
        "The listener writes down the numbers that they hear. What is missing was too fast.",
    ),
    "delivery.pauses": Exercise(
        "Pausing between thoughts, not inside them",
        "Mark the ends of thoughts in the written close, and breathe there and nowhere else.",
    ),
    "delivery.fillers": Exercise(
        "Letting silence do what fillers do",
        "Speak for half a minute about anything; at each “um” the group taps once. Then the close.",
    ),
}
"""By the check that asks for it."""
