"""The HTTP interface below `/api`: hand over, follow, read, forget."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import FileResponse

from rehearse.checks import CHECKS
from rehearse.errors import NoSoundError, TakeError, UnknownNameError
from rehearse.history.importing import Brought
from rehearse.history.rows import LARGEST
from rehearse.outputs import history_json
from rehearse.outputs.waveform import peaks
from rehearse.session import ANY, LONGEST_LABEL, Session, readable
from rehearse.takes import Kept, Unfinished
from rehearse.web.archives import MOST_BYTES, unpack
from rehearse.web.jobs import NAME, Job, Wish
from rehearse.web.place import Place
from rehearse.web.receiving import receive, written
from rehearse.web.shapes import (
    BroughtShape,
    CheckShape,
    Failure,
    JobShape,
    SessionShape,
    TakeShape,
    Trouble,
    WholeSessionShape,
)
from rehearse.web.wording import of_page

LONGEST_NAME: Final = 255
"""Characters of a file's name."""

MOST_SECONDS: Final = 24 * 3600.0
"""Where a part of a recording may lie: what is decoded until then takes time as well. Ours."""


def failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the description says of answers that are no success."""
    return {status: {"model": Failure} for status in (*statuses, 403, 421, 422)}


router = APIRouter(prefix="/api", tags=["rehearse"], responses=failures())

Number = Annotated[int, Path(ge=1, le=LARGEST, description="The number of a session.")]
JobName = Annotated[str, Path(pattern=f"^{NAME.pattern}$", description="The id of a job.")]
Label = Annotated[str, Query(alias="for", max_length=LONGEST_LABEL, description="What it is for.")]


def place_of(request: Request) -> Place:
    """What this server serves."""
    place: Place = request.app.state.place
    return place


@router.post(
    "/jobs",
    status_code=202,
    response_model=JobShape,
    responses=failures(400, 413, 429, 507),
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "The bytes of a sound or video file, or of a text in UTF-8.",
            "content": {
                "application/octet-stream": {
                    "schema": {"type": "string", "format": "binary", "minLength": 1}
                }
            },
        }
    },
)
async def hand_over(  # noqa: PLR0913 - as many as there are wishes
    request: Request,
    response: Response,
    name: Annotated[
        str,
        Query(
            min_length=1,
            max_length=LONGEST_NAME,
            description="What the file is called; one that ends in .txt is a typed close.",
        ),
    ],
    label: Label = ANY,
    speaker: Annotated[
        int | None, Query(ge=1, le=100, description="Whose close it is, where several speak.")
    ] = None,
    from_s: Annotated[
        float, Query(ge=0, le=MOST_SECONDS, description="Begin here, in seconds.")
    ] = 0.0,
    to_s: Annotated[
        float | None, Query(gt=0, le=MOST_SECONDS, description="End here, in seconds.")
    ] = None,
    *,
    keep: Annotated[bool, Query(description="Whether it goes into the history.")] = True,
) -> Any:
    """Hand over a recording or a typed close. It is analysed when its turn comes."""
    wish = Wish(_named(name), readable(label), speaker, from_s, to_s, keep)
    _require_order(from_s, to_s)
    place = place_of(request)
    stated = request.headers.get("content-length", "")
    try:
        job = await receive(
            place, wish, request.stream(), int(stated) if stated.isdecimal() else None
        )
    except ClientDisconnect:
        return Response(status_code=400)  # nobody reads it
    response.headers["location"] = f"/api/jobs/{job.id}"
    return _job(place, job)


@router.get("/jobs", response_model=list[JobShape])
def jobs(request: Request) -> Any:
    """List what was handed over, in the order in which it came."""
    place = place_of(request)
    return [_job(place, job) for job in place.jobs.all()]


@router.get("/jobs/{job_id}", response_model=JobShape, responses=failures(404))
def job(request: Request, job_id: JobName) -> Any:
    """How far something is that was handed over."""
    place = place_of(request)
    return _job(place, found(place, job_id))


@router.get("/jobs/{job_id}/report", responses=failures(404), response_model=dict[str, Any])
def job_report(request: Request, job_id: JobName) -> Response:
    """A report that is in no history. It is gone when the server ends."""
    line = found(place_of(request), job_id).line
    if line is None:
        raise UnknownNameError(
            f"There is no report of {job_id} here.", hint="Look where it was kept."
        )
    return Response(line, media_type="application/json")


@router.delete("/jobs/{job_id}", status_code=204, responses=failures(404))
def drop(request: Request, job_id: JobName) -> None:
    """Cancel what is not done yet; forget what is."""
    place = place_of(request)
    place.jobs.drop(found(place, job_id))


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
                "application/zip": {
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


@router.get("/takes", response_model=list[TakeShape])
def takes(request: Request) -> Any:
    """Takes that were cut short, and those that are in no session."""
    return [take_shape(each) for each in takes_of(place_of(request))]


TakeName = Annotated[str, Path(max_length=LONGEST_NAME, description="The name of a take.")]


@router.post(
    "/takes/{name}/recover",
    status_code=202,
    response_model=JobShape,
    responses=failures(404, 429, 507),
)
def recover(request: Request, name: TakeName, label: Label = ANY) -> Any:
    """Finish a take that was cut short, and analyse it."""
    place = place_of(request)
    _take_named(place, name)
    accepted = place.jobs.accept(Wish(name, readable(label), take=name), None)
    return _job(place, accepted)


@router.delete("/takes/{name}", status_code=204, responses=failures(404))
def discard(request: Request, name: TakeName) -> None:
    """Delete a take that was cut short."""
    place = place_of(request)
    take = _take_named(place, name)
    if isinstance(take, Kept):
        raise TakeError(
            f"{name} is whole, and a file of its own.", hint="Analyse it, and forget the session."
        )
    place.takes.discard(take)


@router.get("/checks", response_model=list[CheckShape])
def checks() -> Any:
    """List the checks."""
    return [{"name": each.name, "question": each.question} for each in CHECKS]


@lru_cache(maxsize=32)
def _peaks(path: FilePath, _changed: int) -> list[int]:
    return peaks(path)


def found(place: Place, name: str) -> Job:
    """A job by its id.

    Raises
    ------
    UnknownNameError
        Where there is none.
    """
    if (job := place.jobs.find(name)) is None:
        raise UnknownNameError(
            f"There is nothing called {name} here.",
            hint="It was done and forgotten, or dropped.",
        )
    return job


def sound_of(history: Any, kept: Session) -> FilePath | None:
    """Where the sound of a session is; None where it has none."""
    try:
        path: FilePath = history.sound_of(kept)
    except NoSoundError:
        return None
    return path


def takes_of(place: Place) -> list[Unfinished | Kept]:
    """Takes that can be brought back, but for those that wait for it already."""
    with place.history() as history:
        known = history.sounds()
    names = {job.wish.take for job in place.jobs.all() if not job.over}
    names |= {job.copied for job in place.jobs.all()}
    # By the same name a take that was cut short becomes a whole one.
    waiting = {name.partition(".")[0] for name in names if name is not None}
    every: list[Unfinished | Kept] = [
        *place.takes.unfinished(),
        *place.takes.finished(but=known),
    ]
    return [each for each in every if name_of(each).partition(".")[0] not in waiting]


def name_of(take: Unfinished | Kept) -> str:
    """The name of its file."""
    return take.path.name if isinstance(take, Kept) else take.written.path.name


def _take_named(place: Place, name: str) -> Unfinished | Kept:
    for each in takes_of(place):
        if name_of(each) == name:
            return each
    raise UnknownNameError(f"No take called {name!r} waits.", hint="It may be done already.")


def take_shape(take: Unfinished | Kept) -> dict[str, Any]:
    """A take that can be brought back, as it is told."""
    whole = isinstance(take, Kept)
    return {
        "name": name_of(take),
        "when": (take.ended if isinstance(take, Kept) else take.began).isoformat("T", "seconds"),
        "length_s": take.duration_s if isinstance(take, Kept) else take.written.duration_s,
        "whole": whole,
    }


def _job(place: Place, job: Job) -> dict[str, Any]:
    error = (
        None
        if job.error is None
        else Trouble(message=of_page(job.error[0]), hint=of_page(job.error[1]))
    )
    return {
        "id": job.id,
        "name": job.wish.name,
        "for": job.wish.label,
        "state": job.state,
        "ahead": 0 if job.over else place.jobs.ahead(job),
        "heard_s": job.heard_s,
        "length_s": job.length_s,
        "session": job.session,
        "report": job.line is not None,
        "error": error,
    }


def _named(name: str) -> str:
    """What a file is called, without folders: a browser may send some."""
    last = readable(name.replace("\\", "/").rpartition("/")[2])
    return last if last.strip(".") else "recording"


def _require_order(from_s: float, to_s: float | None) -> None:
    from rehearse.errors import RangeError
    from rehearse.timecode import clock

    if to_s is not None and from_s >= to_s:
        raise RangeError(
            f"The beginning, {clock(from_s)}, is not before the end, {clock(to_s)}.",
            hint="Give the earlier time first.",
        )
