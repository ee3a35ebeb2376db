"""Who is across the table while a take is spoken: nobody, or an interviewer who answers."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING, Final, Self

from rehearse.cli.voice import Voice
from rehearse.errors import RehearseError

if TYPE_CHECKING:
    from rehearse.drill import Drill
    from rehearse.live import Take

ECHO_S: Final = 0.3
"""Sound that is still dropped after the interviewer has spoken: a room answers too. Ours."""

ENDED_S: Final = 3.0
"""Silence that ends a take when the interviewer has nothing more to say, and what is given beyond
the usual to begin an answer to their last words. Ours."""


class Alone:
    """Nobody answers; a context manager."""

    def __init__(self, take: Take) -> None:
        self._take = take

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def turn(self) -> str | None:
        """What is said to the speaker now: nothing."""
        return None

    def ended(self, stop_after: float) -> bool:
        """Whether a silence has ended the take."""
        return self._take.silent(stop_after)

    def hint(self, stop_after: float) -> str:
        """What the speaker is told."""
        from rehearse.outputs.hints import hint

        return hint(self._take, stop_after=stop_after)


class Facing:
    """An interviewer who answers, in words and where it may aloud; a context manager.

    Parameters
    ----------
    take
        That is being spoken.
    drill
        What they say.
    aloud
        Whether they may speak.
    """

    def __init__(self, take: Take, drill: Drill, *, aloud: bool) -> None:
        self._take, self._drill = take, drill
        self._voice = Voice(aloud=aloud)
        self._heard_until: float | None = None
        self._trouble: RehearseError | None = None
        self._preparing = threading.Thread(target=self._prepare, name="prepare", daemon=True)

    def __enter__(self) -> Self:
        self._preparing.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._voice.stop()
        self._take.muted = False

    def turn(self) -> str | None:
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
        self._take.reply(said.text)
        if self._voice.there:
            self._take.muted = True
            if not self._voice.say(said.text):
                self._take.muted = False
        return said.text

    def ended(self, stop_after: float) -> bool:
        """Whether a silence has ended the take: not while they are to answer, or to be answered."""
        take = self._take
        if self._speaking() or not stop_after:
            return False
        if not take.replies:
            return take.silent(stop_after)
        if not self._drill.over or not take.understood:
            return False
        since_s = take.replies[-1][0]
        if take.meter.spoken_s > since_s:
            return take.meter.silence_s >= min(stop_after, ENDED_S)
        # Nothing was said to their last words, and nothing need be.
        return take.duration_s - since_s >= stop_after + ENDED_S

    def hint(self, stop_after: float) -> str:
        """What the speaker is told."""
        from rehearse.outputs.hints import facing_hint, hint

        if not self._take.replies:
            return hint(self._take, stop_after=stop_after)
        return facing_hint(speaking=self._speaking(), over=self._drill.over)

    def _speaking(self) -> bool:
        """Whether they are heard; the room is given a moment to fall silent."""
        if not self._take.muted:
            return False
        if self._voice.speaking:
            self._heard_until = time.monotonic() + ECHO_S
            return True
        if self._heard_until is not None and time.monotonic() < self._heard_until:
            return True
        self._take.muted = False
        return False

    def _prepare(self) -> None:
        with contextlib.suppress(Exception):
            try:
                self._drill.prepare()
            except RehearseError as error:
                self._trouble = error
