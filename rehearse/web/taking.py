"""A take that is spoken in the browser: its sound comes over a WebSocket as it is spoken.

The conversation, each message a JSON object unless it is sound:

    page    {"rate": 48000, "for": "Acme", "stop_after": 5, "keep": true, "speaker": null,
             "device": "USB Audio"}
    server  {"ready": true}
    page    bytes: mono, 16-bit, little-endian, at that rate, again and again
    server  {"state": {...}}, ten times a second
    page    {"stop": true}, or {"discard": true}; or it is gone, which is the same as stop
    server  {"ended": true} when no more sound is taken: a silence may have ended it
    server  {"session": 12}, or {"job": "..."} for a report that is in no history,
            or {"error": {"message", "hint"}}

Whatever happens to the page, what has come is on disk, and becomes a session.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocketDisconnect, WebSocketState

from rehearse.errors import RehearseError, UploadError
from rehearse.live import Take
from rehearse.outputs.hints import hint
from rehearse.outputs.taking import TROUBLE
from rehearse.session import readable
from rehearse.web.keeping import Wanted, finished, told
from rehearse.web.microphone import BrowserMicrophone

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from rehearse.takes import Begun
    from rehearse.web.place import Place

TELL_S: Final = 0.1
"""How often the page is told how it goes."""

AHEAD_S: Final = 30.0
"""By so much sound may come sooner than it can have been spoken. Ours: a page that was held up
sends what it has all at once."""

SILENT_FOR_S: Final = 20.0
"""No sound for so long, and the page has fallen asleep. Ours: others wait for their turn."""

SILENT: Final = f"The page sent no sound for {SILENT_FOR_S:.0f} seconds."
TOO_FAST: Final = "Sound came faster than anybody speaks; hand a recording over as a file."

BEGINS_S: Final = 10.0
"""How long the page may take to say what it wants."""

LARGEST: Final = 1 << 20
"""Bytes of one message."""


@dataclass(frozen=True, slots=True)
class _Ending:
    """Why a take ended."""

    discarded: bool = False
    failed: str = ""
    """What its report says of that, where it was not the speaker's wish."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A take of which no more sound comes."""

    take: Take
    begun: Begun
    ending: _Ending


class Taking:
    """One take, from the first message of the page to its report.

    Parameters
    ----------
    place
        Where it is kept.
    socket
        Accepted.
    """

    def __init__(self, place: Place, socket: WebSocket) -> None:
        self._place, self._socket = place, socket

    async def run(self) -> None:
        """Take it."""
        try:
            wanted = await self._wanted()
        except RehearseError as error:
            await self._say(told(error))
            return
        except (WebSocketDisconnect, TimeoutError):
            return
        if not self._place.turn.speak():
            await self._say(told(_busy()))
            return
        with contextlib.ExitStack() as until_told:
            spoken = None
            try:
                spoken = await self._record(wanted)
            except RehearseError as error:
                await self._say(told(error))
            finally:
                self._place.turn.spoken()
                until_told.callback(self._place.turn.told)
            if spoken is not None:
                await self._answer(spoken, wanted)

    async def _answer(self, spoken: _Spoken, wanted: Wanted) -> None:
        try:
            await self._tell(spoken, wanted)
        except RehearseError as error:
            await self._say(told(error))
        except Exception as error:
            await self._say(told(_broken(error)))

    async def _wanted(self) -> Wanted:
        message = await asyncio.wait_for(self._socket.receive(), BEGINS_S)
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1000))
        if (text := message.get("text")) is None:
            raise UploadError(
                "The page sent sound before it began a take.", hint="Load the page again."
            )
        try:
            return Wanted.model_validate_json(text)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(each) for each in first["loc"])
            raise UploadError(
                f"The page asked for a take in a way that is not known: {where}: {first['msg']}.",
                hint="Load the page again.",
            ) from error

    async def _record(self, wanted: Wanted) -> _Spoken:
        begun = await run_in_threadpool(
            self._place.takes.begin, readable(wanted.device) or "a browser"
        )
        microphone = BrowserMicrophone(wanted.rate)
        take = Take(microphone, begun.journal, self._place.models, wanted.speaker)
        take.start()
        try:
            ending = await self._heard(take, microphone, wanted)
            microphone.failed = ending.failed
        except Exception as error:
            ending = _Ending(failed=_broken(error).message)
            microphone.failed = ending.failed
        finally:
            # In a thread of its own, that nothing interrupts: what came must be on the disk.
            await asyncio.shield(run_in_threadpool(take.stop))
        return _Spoken(take, begun, ending)

    async def _tell(self, spoken: _Spoken, wanted: Wanted) -> None:
        """Say what became of it."""
        take, begun, ending = spoken.take, spoken.begun, spoken.ending
        await self._say({"ended": True})
        if ending.discarded or not take.duration_s:
            await run_in_threadpool(begun.discard)
            await self._say({"discarded": True})
            return
        result = await asyncio.shield(run_in_threadpool(finished, self._place, take, begun, wanted))
        await self._say(result)

    async def _heard(self, take: Take, microphone: BrowserMicrophone, wanted: Wanted) -> _Ending:
        """Take sound until something ends it."""
        await self._say({"ready": True})
        began = last = time.monotonic()
        said = 0.0
        receiving = asyncio.ensure_future(self._socket.receive())
        try:
            while True:
                await asyncio.wait({receiving}, timeout=TELL_S)
                while receiving.done():
                    ending = self._received(receiving.result(), microphone)
                    if ending is not None:
                        return ending
                    last = time.monotonic()
                    ahead_s = microphone.arrived_s - (time.monotonic() - began)
                    if ahead_s > AHEAD_S:
                        return _Ending(failed=TOO_FAST)
                    receiving = asyncio.ensure_future(self._socket.receive())
                    await asyncio.sleep(0)
                if take.silent(wanted.stop_after) or not take.running:
                    return _Ending()
                if time.monotonic() - last > SILENT_FOR_S:
                    return _Ending(failed=SILENT)
                if take.duration_s > self._place.limits.longest_s:
                    return _Ending(failed=_too_long(self._place.limits.longest_s))
                if time.monotonic() - said >= TELL_S:
                    said = time.monotonic()
                    await self._say({"state": state(take, stop_after=wanted.stop_after)})
        finally:
            receiving.cancel()

    def _received(self, message: Any, microphone: BrowserMicrophone) -> _Ending | None:
        """Take one message; tell what it ends."""
        if message["type"] == "websocket.disconnect":
            return _Ending()
        if (data := message.get("bytes")) is not None:
            microphone.bring(data)
            return None
        try:
            meant = json.loads(message.get("text") or "")
        except (ValueError, RecursionError):
            return _Ending(failed="The page sent what is not known.")
        return _Ending(discarded=isinstance(meant, dict) and meant.get("discard") is True)

    async def _say(self, message: dict[str, Any]) -> None:
        """Tell the page, if it is still there."""
        if self._socket.application_state is not WebSocketState.CONNECTED:
            return
        with contextlib.suppress(WebSocketDisconnect, RuntimeError, OSError):
            await self._socket.send_json(message)


def state(take: Take, *, stop_after: float) -> dict[str, Any]:
    """How a take goes, for the page."""
    trouble = take.meter.trouble
    return {
        "recorded_s": round(take.duration_s, 2),
        "speaking_s": round(take.speaking_s, 2),
        "level_dbfs": round(take.meter.level_dbfs, 1),
        "steps": sorted(take.draft.steps),
        "asked": take.draft.asked and take.understood,
        "trouble": None if trouble in {None, "no voice"} else TROUBLE[trouble],
        "hint": hint(take, stop_after=stop_after, ends="Stop"),
    }


def _busy() -> UploadError:
    return UploadError(
        "Another take is being recorded.",
        hint="End it first; it may be in another tab or window.",
    )


def _broken(error: Exception) -> UploadError:
    return UploadError(
        f"The program failed at this take: {type(error).__name__}: {error}.",
        hint="This is a mistake of the program; report it. What you said is kept.",
    )


def _too_long(longest_s: float) -> str:
    return f"No take is longer than {longest_s / 60:.0f} minutes."
