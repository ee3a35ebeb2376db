"""Hand something over, and follow it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.requests import ClientDisconnect

from rehearse.errors import RangeError, UnknownNameError
from rehearse.session import ANY, readable
from rehearse.timecode import clock
from rehearse.web.api.asking import LONGEST_NAME, MOST_SECONDS, JobName, Label, failures, place_of
from rehearse.web.job import Job, Wish
from rehearse.web.place import Place
from rehearse.web.receiving import receive
from rehearse.web.shapes import JobShape, Trouble
from rehearse.web.wording import of_page

router = APIRouter()


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
    return job_shape(place, job)


@router.get("/jobs", response_model=list[JobShape])
def jobs(request: Request) -> Any:
    """List what was handed over, in the order in which it came."""
    place = place_of(request)
    return [job_shape(place, job) for job in place.jobs.all()]


@router.get("/jobs/{job_id}", response_model=JobShape, responses=failures(404))
def job(request: Request, job_id: JobName) -> Any:
    """How far something is that was handed over."""
    place = place_of(request)
    return job_shape(place, found(place, job_id))


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


def job_shape(place: Place, job: Job) -> dict[str, Any]:
    """A job as it is told."""
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
    if to_s is not None and from_s >= to_s:
        raise RangeError(
            f"The beginning, {clock(from_s)}, is not before the end, {clock(to_s)}.",
            hint="Give the earlier time first.",
        )
