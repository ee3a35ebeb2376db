"""The sound of a take as a page sends it, and what the page is told, until something ends it."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool

from rehearse.errors import RehearseError
from rehearse.facing import Facing
from rehearse.outputs.taking import TROUBLE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.websockets import WebSocket

    from rehearse.facing import Alone
    from rehearse.live import Take
    from rehearse.web.microphone import BrowserMicrophone
    from rehearse.web.voice import BrowserVoice

TELL_S: Final = 0.1
"""How often the page is told how it goes."""

AHEAD_S: Final = 30.0
"""By so much sound may come sooner than it can have been spoken. Ours: a page that was held up
sends what it has all at once."""

SILENT_FOR_S: Final = 20.0
"""No sound for so long, and the page has fallen asleep. Ours: others wait for their turn."""

SILENT: Final = f"The page sent no sound for {SILENT_FOR_S:.0f} seconds."
TOO_FAST: Final = "Sound came faster than anybody speaks; hand a recording over as a file."


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a take ended."""

    discarded: bool = False
    failed: str = ""
    """What its report says of that, where it was not the speaker's wish."""


class Listening:
    """Takes sound from a page.

    Parameters
    ----------
    socket, say
        What the page sends, and what tells it something.
    take, microphone
        That is being spoken, and what its sound goes into.
    opponent, voice
        Who answers, and what the page speaks for them.
    """

    def __init__(
        self,
        socket: WebSocket,
        say: Callable[[dict[str, Any]], Awaitable[None]],
        take: Take,
        microphone: BrowserMicrophone,
        opponent: Alone | Facing,
        voice: BrowserVoice,
    ) -> None:
        self._socket, self._say = socket, say
        self._take, self._microphone = take, microphone
        self._opponent, self._voice = opponent, voice
        self._began = self._last = self._told = 0.0

    async def until_ended(self, *, stop_after: float, longest_s: float) -> Ending:
        """Take sound until something ends it.

        Parameters
        ----------
        stop_after
            Seconds of silence that do; 0 is never.
        longest_s
            No take is longer.
        """
        await self._say({"ready": True})
        self._began = self._last = time.monotonic()
        receiving = asyncio.ensure_future(self._socket.receive())
        try:
            while True:
                await asyncio.wait({receiving}, timeout=TELL_S)
                while receiving.done():
                    if (ending := self._received(receiving.result())) is not None:
                        return ending
                    receiving = asyncio.ensure_future(self._socket.receive())
                    await asyncio.sleep(0)
                if (ending := self._over(stop_after, longest_s)) is not None:
                    return ending
                if time.monotonic() - self._told >= TELL_S:
                    self._told = time.monotonic()
                    await self._answer()
                    await self._say({"state": self._state(stop_after)})
        except RehearseError as error:
            return Ending(failed=error.message)
        finally:
            receiving.cancel()

    async def _answer(self) -> None:
        """Let the interviewer speak, if it is their turn."""
        if not isinstance(self._opponent, Facing):
            return
        # The words are understood in a thread, for sound comes meanwhile.
        said = await run_in_threadpool(self._opponent.turn)
        if said is not None:
            await self._say({"interviewer": {"text": said.text, "kind": said.kind}})

    def _over(self, stop_after: float, longest_s: float) -> Ending | None:
        """What has ended it, where the page did not."""
        if self._opponent.ended(stop_after) or not self._take.running:
            return Ending()
        if time.monotonic() - self._last > SILENT_FOR_S:
            return Ending(failed=SILENT)
        if self._take.duration_s > longest_s:
            return Ending(failed=f"No take is longer than {longest_s / 60:.0f} minutes.")
        return None

    def _received(self, message: Any) -> Ending | None:
        """Take one message; tell what it ends."""
        self._last = time.monotonic()
        if message["type"] == "websocket.disconnect":
            return Ending()
        if (data := message.get("bytes")) is not None:
            self._microphone.bring(data)
            ahead_s = self._microphone.arrived_s - (self._last - self._began)
            return Ending(failed=TOO_FAST) if ahead_s > AHEAD_S else None
        try:
            meant = json.loads(message.get("text") or "")
        except (ValueError, RecursionError):
            return Ending(failed="The page sent what is not known.")
        if isinstance(meant, dict) and isinstance(speaking := meant.get("speaking"), bool):
            self._voice.told(speaking=speaking)
            return None
        return Ending(discarded=isinstance(meant, dict) and meant.get("discard") is True)

    def _state(self, stop_after: float) -> dict[str, Any]:
        """How a take goes."""
        take = self._take
        trouble = take.meter.trouble
        return {
            "recorded_s": round(take.duration_s, 2),
            "speaking_s": round(take.speaking_s, 2),
            "level_dbfs": round(take.meter.level_dbfs, 1),
            "steps": sorted(take.draft.steps),
            "asked": take.draft.asked and take.understood,
            "muted": take.muted,
            "trouble": None if trouble in {None, "no voice"} else TROUBLE[trouble],
            "hint": self._opponent.hint(stop_after),
        }
