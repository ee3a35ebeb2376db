"""Who is across the table while a take is spoken: nobody, or an interviewer who answers.

The terminal and the page share this; each brings a voice of its own.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final, Protocol, Self

from rehearse.drill import RESPONDED_S
from rehearse.outputs.hints import facing_hint, hint

if TYPE_CHECKING:
    from rehearse.drill import Drill, Said
    from rehearse.live import Take

ECHO_S: Final = 0.3
"""Sound that is still dropped after the interviewer has spoken: a room answers too. Ours."""

ENDED_S: Final = 3.0
"""Silence that ends a take when the interviewer has nothing more to say, and what is given beyond
the usual to begin an answer to their last words. Ours."""


LONGEST_S: Final = 30.0
"""Longer than this nothing is spoken: what speaks does not tell that it is over, or hangs. Ours."""


class Voice(Protocol):
    """What speaks the interviewer's words."""

    @property
    def there(self) -> bool:
        """Whether anything can be heard."""

    @property
    def speaking(self) -> bool:
        """Whether it is still at it."""

    def say(self, text: str) -> bool:
        """Begin; tell whether that is heard."""

    def stop(self) -> None:
        """End it."""


class Alone:
    """Nobody answers; a context manager.

    Parameters
    ----------
    take
        That is being spoken.
    ends
        What ends it, in a sentence: a key, or a button.
    """

    def __init__(self, take: Take, *, ends: str = "Enter") -> None:
        self._take, self._ends = take, ends

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def turn(self) -> Said | None:
        """What is said to the speaker now: nothing."""
        return None

    def ended(self, stop_after: float) -> bool:
        """Whether a silence has ended the take."""
        return self._take.silent(stop_after)

    def hint(self, stop_after: float) -> str:
        """What the speaker is told."""
        return hint(self._take, stop_after=stop_after, ends=self._ends)


class Facing:
    """An interviewer who answers, in words and where it may aloud; a context manager.

    Parameters
    ----------
    take
        That is being spoken.
    drill
        What they say.
    voice
        What says it.
    ends
        What ends the take, in a sentence.
    """

    def __init__(self, take: Take, drill: Drill, voice: Voice, *, ends: str = "Enter") -> None:
        self._take, self._drill, self._voice, self._ends = take, drill, voice, ends
        self._heard_until: float | None = None
        self._trouble: Exception | None = None
        self._preparing = threading.Thread(target=self._prepare, name="prepare", daemon=True)

    def __enter__(self) -> Self:
        self._preparing.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._voice.stop()
        self._take.muted = False

    def turn(self) -> Said | None:
        """What they say now; None while it is not their turn.

        Raises
        ------
        RehearseError
            Where they cannot be prepared.
        """
        if self._trouble is not None:
            raise self._trouble
        if self._speaking():
            return None
        said = self._drill.turn(self._take)
        if said is None:
            return None
        # First the words, and from there on nothing is recorded until they are spoken.
        self._take.reply(said.text, said.about)
        if self._voice.there:
            self._heard_until = None
            self._take.muted = True
            if not self._voice.say(said.text):
                self._take.muted = False
        return said

    def ended(self, stop_after: float) -> bool:
        """Whether a silence has ended the take: not while they are to answer, or to be answered."""
        take = self._take
        if self._speaking() or not stop_after:
            return False
        if take.failed:
            return take.silent(stop_after)  # for an answer that cannot come nobody waits
        if not take.replies:
            due = "concerns" in take.draft.steps and take.trouble is None
            return not due and take.silent(stop_after)
        if not self._drill.over or not take.understood:
            return False
        since_s = take.replies[-1].at_s
        if take.meter.spoken_s > since_s:
            return take.meter.silence_s >= min(stop_after, ENDED_S)
        # Nothing was said to their last words, and nothing need be.
        return take.duration_s - since_s >= stop_after + ENDED_S

    def hint(self, stop_after: float) -> str:
        """What the speaker is told."""
        if not self._take.replies:
            return hint(self._take, stop_after=stop_after, ends=self._ends)
        return facing_hint(
            self._take,
            speaking=self._speaking(),
            over=self._drill.over,
            ended_s=RESPONDED_S,
            ends=self._ends,
        )

    def _speaking(self) -> bool:
        """Whether they are heard; the room is given a moment to fall silent."""
        if not self._take.muted:
            return False
        now = time.monotonic()
        if self._voice.speaking:
            self._heard_until = now + ECHO_S
            return True
        if self._heard_until is not None and now < self._heard_until:
            return True
        self._take.muted = False
        return False

    def _prepare(self) -> None:
        try:
            self._drill.prepare()
        except Exception as error:  # It is raised where their turn is asked for.
            self._trouble = error
