"""Read sessions and their history, hear them, forget them, bring others."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import FileResponse

from rehearse.errors import NoSoundError
from rehearse.history import History
from rehearse.history.importing import Brought
from rehearse.outputs import history_json
from rehearse.outputs.waveform import peaks
from rehearse.session import ANY, Session
from rehearse.web.api.asking import Label, Number, failures, place_of
from rehearse.web.archives import MOST_BYTES, unpack
from rehearse.web.receiving import written
from rehearse.web.shapes import BroughtShape, SessionShape, WholeSessionShape

router = APIRouter()


@router.get("/sessions", response_model=list[SessionShape])
def sessions(
    request: Request,
    label: Label = ANY,
    last: Annotated[int, Query(ge=1, le=1_000_000, description="So many of them.")] = 50,
) -> Any:
    """List sessions, the oldest first."""
    with place_of(request).history() as history:
        told = history.overview(label, last=last)
    return json.loads(history_json.line(told))["sessions"]


@router.get("/history", response_model=dict[str, Any])
def history(request: Request, label: Label = ANY) -> Response:
    """The history as `rehearse history --json` writes it."""
    with place_of(request).history() as history:
        told = history.overview(label)
    return Response(history_json.line(told), media_type="application/json")


@router.post(
    "/import",
    response_model=BroughtShape,
    responses=failures(400, 413, 429, 503, 507),
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "An archive, as `/export` gives it.",
            "content": {
                "application/octet-stream": {
                    "schema": {"type": "string", "format": "binary", "minLength": 1}
                }
            },
        }
    },
)
async def bring(request: Request) -> Any:
    """Add the sessions of an archive to the history, all of them or none."""
    place = place_of(request)

    def unpacked(archive: FilePath) -> Brought:
        with TemporaryDirectory(prefix="rehearse-") as folder, place.history() as history:
            return unpack(history, archive, FilePath(folder))

    try:
        with place.jobs.receiving() as half:
            await written(half, request.stream(), "The archive", MOST_BYTES)
            brought = await run_in_threadpool(unpacked, half)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody reads it
    return asdict(brought)


@router.get("/sessions/{number}", response_model=WholeSessionShape, responses=failures(404))
def session(request: Request, number: Number) -> Any:
    """One session with its report."""
    with place_of(request).history() as history:
        kept = history.session(number)
        return {
            "session": kept.number,
            "held_at": kept.held_at.isoformat(timespec="seconds"),
            "origin": kept.origin,
            "for": kept.label,
            "source": kept.source,
            "repeats": kept.repeats,
            "sound": sound_of(history, kept) is not None,
            "from_s": kept.from_s,
            "report": kept.report,
        }


@router.get("/sessions/{number}/report", responses=failures(404), response_model=dict[str, Any])
def report(request: Request, number: Number) -> Response:
    """The report of a session, as it was written."""
    with place_of(request).history() as history:
        return Response(history.session(number).line, media_type="application/json")


@router.get(
    "/sessions/{number}/sound",
    response_class=FileResponse,
    responses={
        **failures(404),
        200: {"content": {"audio/flac": {}}},
        206: {"description": "A part of it", "content": {"audio/flac": {}}},
        416: {"description": "There is no such part", "content": {"text/plain": {}}},
    },
)
def sound(request: Request, number: Number) -> FileResponse:
    """The sound of a session, whole or a range of its bytes."""
    with place_of(request).history() as history:
        path = history.sound_of(history.session(number))
    return FileResponse(path, media_type="audio/flac")


@router.get("/sessions/{number}/waveform", response_model=list[int], responses=failures(404))
def waveform(request: Request, number: Number) -> Any:
    """How loud the sound of a session is along its way: 0 to 100, at even distances."""
    with place_of(request).history() as history:
        path = history.sound_of(history.session(number))
    return _peaks(path, path.stat().st_mtime_ns)


@router.delete("/sessions/{number}", status_code=204, responses=failures(404))
def forget(request: Request, number: Number) -> None:
    """Delete a session: its report, its words and its sound. There is no way back."""
    with place_of(request).history() as history:
        history.forget(number)


def sound_of(history: History, kept: Session) -> FilePath | None:
    """Where the sound of a session is; None where it has none."""
    try:
        path: FilePath = history.sound_of(kept)
    except NoSoundError:
        return None
    return path


@lru_cache(maxsize=32)
def _peaks(path: FilePath, _changed: int) -> list[int]:
    return peaks(path)
