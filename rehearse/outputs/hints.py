"""What a speaker is told in one line while a take is running."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from rehearse.errors import RehearseError

BEHIND_S: Final = 8.0
"""When it is said that the recogniser does not keep up."""


class Draft(Protocol):
    """What was understood so far."""

    @property
    def asked(self) -> bool:
        """Whether the last thing said is the concerns question."""


class Meter(Protocol):
    """What was heard so far."""

    @property
    def begun_s(self) -> float | None:
        """When somebody began to speak; None while nobody has."""


class Take(Protocol):
    """What is looked at of a take."""

    @property
    def trouble(self) -> RehearseError | None:
        """Why there will be no report."""

    @property
    def unwritten(self) -> str | None:
        """Why what comes now is not written to disk."""

    @property
    def behind_s(self) -> float:
        """How much of it waits for the recogniser."""

    @property
    def understood(self) -> bool:
        """Whether the draft knows of everything that was said."""

    @property
    def draft(self) -> Draft:
        """What was understood."""

    @property
    def meter(self) -> Meter:
        """What was heard."""


def hint(take: Take, *, stop_after: float, ends: str = "Enter") -> str:
    """What to do just now, or what is waited for.

    Parameters
    ----------
    take
        As it is now.
    stop_after
        Seconds of silence that end it; 0 is never.
    ends
        What else ends it.
    """
    if wrong := _wrong(take):
        return wrong
    if take.draft.asked and take.understood:
        return f"You have asked: waiting for their answer is right. {ends} ends the take."
    if take.meter.begun_s is None:
        return f"Begin when you are ready. {ends} ends the take."
    return f"{ends} ends the take" + (
        f"; so does a silence of {stop_after:g} s." if stop_after else "."
    )


def facing_hint(
    take: Take, *, speaking: bool, over: bool, ended_s: float, ends: str = "Enter"
) -> str:
    """What to do after the interviewer has answered.

    Parameters
    ----------
    take
        As it is now.
    speaking
        Whether they are heard just now; nothing is recorded meanwhile.
    over
        Whether they have nothing more to say.
    ended_s
        Seconds of silence from which on an answer is over.
    ends
        What ends the take.
    """
    if wrong := _wrong(take):
        return wrong
    if speaking:
        return "They answer. Nothing is recorded until they have finished."
    if over:
        return f"Close in a few words. {ends}, or a short silence, ends the take."
    return (
        f"Answer when you are ready; {ended_s:g} s of silence end your answer. {ends} ends the "
        "take."
    )


def _wrong(take: Take) -> str:
    """What has gone wrong, and what becomes of the words; empty where nothing has."""
    if take.trouble is not None:
        return f"There will be no report: {take.trouble.message} Your words are kept."
    if take.unwritten is not None:
        return f"Not written to disk any more: {take.unwritten}. The report will have it all."
    if take.behind_s > BEHIND_S:
        return (
            f"The recogniser is {take.behind_s:.0f} s behind. Nothing is lost; go on, and "
            "the report comes when it is ready."
        )
    return ""
