"""A take that is spoken in the browser: its sound comes over a WebSocket as it is spoken.

The conversation, each message a JSON object unless it is sound:

    page    {"rate": 48000, "for": "Acme", "stop_after": 5, "keep": true, "speaker": null,
             "device": "USB Audio", "job": "...", "discussed": "...", "to": "recruiter",
             "interviewer": {"concern": "any", "rounds": 1, "aloud": true, "seed": null}}
    server  {"ready": true}
    page    bytes: mono, 16-bit, little-endian, at that rate, again and again
    server  {"state": {...}}, ten times a second
    server  {"interviewer": {"text", "kind"}} where one answers
    page    {"speaking": true} when it speaks these words, and {"speaking": false} when it has;
            until then nothing is recorded
    page    {"stop": true}, or {"discard": true}; or it is gone, which is the same as stop
    server  {"ended": true} when no more sound is taken: a silence may have ended it
    server  {"session": 12}, or {"job": "..."} for a report that is in no history,
            or {"discarded": true} where nothing is kept of it, as was asked or for want of sound,
            or {"error": {"message", "hint"}}

Whatever happens to the page, what has come is on disk, and becomes a session.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocketDisconnect, WebSocketState

from rehearse.drill import Drill
from rehearse.errors import PostingError, RehearseError, UploadError
from rehearse.facing import Alone, Facing
from rehearse.judging import asked_for
from rehearse.live import Take
from rehearse.session import readable
from rehearse.web.interviews import interview_of
from rehearse.web.keeping import Wanted, finished, told
from rehearse.web.listening import Ending, Listening
from rehearse.web.microphone import BrowserMicrophone
from rehearse.web.voice import BrowserVoice

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from rehearse.interview import Interview
    from rehearse.takes import Begun
    from rehearse.web.place import Place

BEGINS_S: Final = 10.0
"""How long the page may take to say what it wants."""

LARGEST: Final = 1 << 20
"""Bytes of one message."""

ENDS: Final = "Stop"
"""The button that ends a take."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A take of which no more sound comes."""

    take: Take
    begun: Begun
    ending: Ending


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
        interview = interview_of(wanted.job, wanted.discussed, wanted.to)
        asked = wanted.interviewer
        if interview.posting is None and asked is not None and asked.concern == "job":
            raise PostingError(
                "There is no job posting that they could have a concern about.",
                hint="Paste one, or choose another answer.",
            )
        if interview.posting is not None:
            # Before anybody has spoken for a job of which nothing can be told.
            await run_in_threadpool(asked_for, interview.posting, self._place.models)
        begun = await run_in_threadpool(
            self._place.takes.begin, readable(wanted.device) or "a browser"
        )
        microphone = BrowserMicrophone(wanted.rate)
        models = self._place.models
        take = Take(microphone, begun.journal, models, wanted.speaker, interview)
        take.start()
        try:
            opponent, voice = self._opponent(take, wanted, interview)
            listening = Listening(self._socket, self._say, take, microphone, opponent, voice)
            with opponent:
                ending = await listening.until_ended(
                    stop_after=wanted.stop_after, longest_s=self._place.limits.longest_s
                )
            microphone.failed = ending.failed
        except Exception as error:
            ending = Ending(failed=_broken(error).message)
            microphone.failed = ending.failed
        finally:
            # In a thread of its own, that nothing interrupts: what came must be on the disk.
            await asyncio.shield(run_in_threadpool(take.stop))
        return _Spoken(take, begun, ending)

    def _opponent(
        self, take: Take, wanted: Wanted, interview: Interview
    ) -> tuple[Alone | Facing, BrowserVoice]:
        """Who answers in this take, and what speaks for them."""
        asked = wanted.interviewer
        voice = BrowserVoice(aloud=asked is not None and asked.aloud)
        if asked is None:
            return Alone(take, ends=ENDS), voice
        drill = Drill(
            self._place.models,
            wanted=asked.concern,
            rounds=asked.rounds,
            posting=interview.posting,
            seed=asked.seed,
        )
        return Facing(take, drill, voice, ends=ENDS), voice

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

    async def _say(self, message: dict[str, Any]) -> None:
        """Tell the page, if it is still there."""
        if self._socket.application_state is not WebSocketState.CONNECTED:
            return
        with contextlib.suppress(WebSocketDisconnect, RuntimeError, OSError):
            await self._socket.send_json(message)


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
