"""Bring back takes that were cut short."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from rehearse.errors import TakeError, UnknownNameError
from rehearse.session import ANY, readable
from rehearse.takes import Kept, Unfinished
from rehearse.web.api.asking import LONGEST_NAME, Label, failures, place_of
from rehearse.web.api.jobs import job_shape
from rehearse.web.job import Wish
from rehearse.web.place import Place
from rehearse.web.shapes import JobShape, TakeShape

router = APIRouter()


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
    return job_shape(place, accepted)


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
