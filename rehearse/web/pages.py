"""The pages that people see."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi import Path as InPath
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, HTMLResponse, Response

from rehearse.checks import CHECKS, named
from rehearse.doctor import signs
from rehearse.history.rows import LARGEST
from rehearse.outputs import comparison_page, history_page, kept, report_page
from rehearse.outputs.goals import RECITED
from rehearse.outputs.links import Links
from rehearse.outputs.since import since
from rehearse.session import ANY, LONGEST_LABEL
from rehearse.steps import STEP_NAMES, STEPS
from rehearse.web.api.asking import JobName, Number, place_of
from rehearse.web.api.jobs import found
from rehearse.web.api.sessions import sound_of
from rehearse.web.api.takes import take_shape, takes_of
from rehearse.web.archives import pack
from rehearse.web.interviews import PEOPLE, TITLES
from rehearse.web.rendering import rendered
from rehearse.web.wording import of_page, view_of_page

if TYPE_CHECKING:
    from markupsafe import Markup

    from rehearse.history.overview import Row

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

LINKS: Final = Links()

LATEST: Final = 5
"""Sessions that the first page lists."""

CHECKS_AT: Final = "/checks/"

Label = Annotated[str, Query(alias="for", max_length=LONGEST_LABEL)]
Chosen = Annotated[int, Query(ge=1, le=LARGEST)]


@router.get("/")
def practise(request: Request, label: Label = ANY) -> str:
    """Record, choose a file, type."""
    place = place_of(request)
    with place.history() as history:
        goal = history.goal()
        told = history.overview(last=LATEST)
        labels = history.labels()
    return rendered(
        "practise.html",
        label=label,
        labels=labels,
        goal="" if goal is None else goal.text,
        steps=[(step, STEP_NAMES[step]) for step in STEPS],
        short=[take_shape(each) for each in takes_of(place)],
        latest=[_latest(row) for row in reversed(told.rows)],
        count=told.count,
        people=PEOPLE,
        answers=TITLES,
        upload_bytes=place.limits.upload_bytes,
        longest_name=LONGEST_LABEL,
    )


@router.get("/sessions/{number}")
def session(request: Request, number: Number) -> str:
    """The report of a session."""
    with place_of(request).history() as history:
        shown = history.session(number)
        said = history.said_of(number)
        before = history.before(shown)
        sound = sound_of(history, shown)
    whole = report_page.variables(
        shown,
        sound=None if sound is None else _sound(number, shown.from_s),
        checks=CHECKS_AT,
    )
    return rendered(
        "session.html",
        title=f"Session {number}",
        session=shown,
        before=before,
        since=[] if before is None else since(before.report, shown.report),
        judged=said.judged,
        goal=said.goal,
        recited=RECITED if said.recited else "",
        **{**whole, "report": view_of_page(whole["report"])},
    )


@router.get("/jobs/{job_id}")
def job(request: Request, job_id: JobName) -> str:
    """A report that is in no history, or how far a job is."""
    job = found(place_of(request), job_id)
    if job.line is None:
        return rendered("job.html", title=job.wish.name, job=job)
    return rendered(
        "unkept.html",
        title=job.wish.name,
        job=job,
        error=" ".join(map(of_page, job.error or ())),
        report=view_of_page(report_page.view(json.loads(job.line))),
        heading="",
        sound=None,
        checks=CHECKS_AT,
    )


@router.get("/sessions/{number}/file")
def session_file(request: Request, number: Number, *, sound: bool = False) -> Response:
    """The report of a session as one file, with its sound or without."""
    with place_of(request).history() as history:
        shown = history.session(number)
        path = history.sound_of(shown) if sound else None
    return _download(report_page.html(shown, sound=path), f"rehearse-session-{number}.html")


@router.get("/progress")
def progress(
    request: Request, label: Label = ANY, page: Annotated[int, Query(ge=1, le=10**6)] = 1
) -> str:
    """Where one stands, and every trend."""
    with place_of(request).history() as history:
        told = history.overview(label, last=history_page.LISTED * page)
    return rendered(
        "progress.html",
        title=history_page.title(told),
        file="/progress/file" + (f"?{urlencode({'for': label})}" if label else ""),
        **history_page.fields(told, links=LINKS, page=page),
    )


@router.get("/progress/file")
def progress_file(request: Request, label: Label = ANY) -> Response:
    """The same as one file."""
    with place_of(request).history() as history:
        told = history.overview(label)
    return _download(history_page.html(told), "rehearse-history.html")


@router.get("/compare")
def compare(request: Request, first: Chosen, second: Chosen) -> str:
    """Two sessions side by side."""
    with place_of(request).history() as history:
        sides = history.session(first), history.session(second)
        sounds = {
            each.number: None
            if sound_of(history, each) is None
            else f"/api/sessions/{each.number}/sound"
            for each in sides
        }
    for each in sides:
        kept.report(each.report)  # or it is said that it cannot be read
    fields = comparison_page.fields(*sides, sounds=sounds, links=LINKS)
    return rendered("compare.html", title=comparison_page.title(*sides), **fields)


@router.get("/export")
def everything(request: Request) -> Response:
    """The whole history with its sounds, as `rehearse export` writes it, in one archive."""
    folder = Path(mkdtemp(prefix="rehearse-"))
    try:
        with place_of(request).history() as history:
            archive = pack(history, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    tidy = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(
        archive, media_type="application/zip", filename="rehearse.zip", background=tidy
    )


@router.get("/computer")
def computer() -> str:
    """What works on this computer."""
    return rendered("computer.html", title="This computer", signs=signs())


@router.get("/checks")
def checks() -> str:
    """The list of checks."""
    return rendered("checks.html", title="The checks", checks=CHECKS)


@router.get("/checks/{name}")
def check(name: Annotated[str, InPath(max_length=100)]) -> str:
    """The page of a check."""
    chosen = named(name)
    return rendered("check.html", title=chosen.title, name=name, page=_markdown(name))


def _sound(number: int, from_s: float) -> dict[str, Any]:
    at = f"/api/sessions/{number}"
    return {
        "src": f"{at}/sound",
        "from_s": from_s,
        "waveform_src": f"{at}/waveform",
        "peaks": None,
    }


def _latest(row: Row) -> dict[str, Any]:
    when = row.held_at.astimezone()
    return {
        "number": row.number,
        "when": f"{when.day} {when:%b %Y %H:%M}",
        "label": row.label,
        "repeats": row.repeats,
        "steps": [(STEP_NAMES[step], row.points[f"step.{step}"].amount > 0) for step in STEPS],
    }


def _download(page: str, name: str) -> Response:
    return Response(
        page,
        media_type="text/html; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


@cache
def _markdown(name: str) -> Markup:
    """The page of a check as HTML, without its heading, which stands above it already."""
    from markdown_it import MarkdownIt
    from markupsafe import Markup

    page = named(name).page_with_examples.partition("\n")[2]
    written = MarkdownIt("commonmark", {"html": False}).enable("table").render(page)
    # Markdown of ours, in which no HTML is let through.
    return Markup(written)  # noqa: S704
