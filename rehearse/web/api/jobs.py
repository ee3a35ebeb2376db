"""Hand something over, and follow it."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.requests import ClientDisconnect

from rehearse.errors import UnknownNameError
from rehearse.web.api.asking import JobName, failures, place_of
from rehearse.web.api.wishes import BODY, Asked, wish_of, wish_of_form
from rehearse.web.forms import KIND
from rehearse.web.job import Job
from rehearse.web.place import Place
from rehearse.web.receiving import receive, receive_form
from rehearse.web.shapes import JobShape, Trouble
from rehearse.web.wording import of_page

router = APIRouter()


@router.post(
    "/jobs",
    status_code=202,
    response_model=JobShape,
    responses=failures(400, 413, 429, 507),
    openapi_extra={"requestBody": BODY},
)
async def hand_over(request: Request, response: Response, asked: Annotated[Asked, Query()]) -> Any:
    """Hand over a recording, a typed close or a conversation. It is analysed in its turn."""
    place = place_of(request)
    length = request.headers.get("content-length", "")
    stated = int(length) if length.isdecimal() else None
    kind = request.headers.get("content-type", "")

    try:
        if kind.lower().startswith(KIND):
            job = await receive_form(
                place, partial(wish_of_form, asked), request.stream(), kind, stated
            )
        else:
            job = await receive(place, wish_of(asked), request.stream(), stated)
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
