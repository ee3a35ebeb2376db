"""Style sheets and scripts: ours from beside the templates, Plotly's from its own package."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Request, Response

from rehearse.errors import UnknownNameError
from rehearse.outputs.trends import library_path

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

router = APIRouter(include_in_schema=False)

KINDS: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

NAMES: Final = {
    ("rehearse.outputs", "templates"): (
        "page.css",
        "charts.css",
        "comparison.css",
        "history.css",
        "report.css",
        "charts.js",
        "report.js",
    ),
    ("rehearse.web", "static"): (
        "web.css",
        "clock.js",
        "desk.js",
        "interview.js",
        "interviewer.js",
        "progress.js",
        "recorder.js",
        "session.js",
        "worklet.js",
        "icon.svg",
    ),
}
"""Each file, by the package and the folder that it lies in."""

OURS: Final = {
    name: files(package) / folder / name
    for (package, folder), names in NAMES.items()
    for name in names
}

PLOTLY: Final = "plotly.min.js"


@router.get("/static/{name}")
def static(request: Request, name: str) -> Response:
    """Give a file that a page names; a browser that has it already is told so."""
    if name not in OURS and name != PLOTLY:
        raise UnknownNameError(f"There is no file {name!r} here.", hint="Begin at the first page.")
    content, tag = _read(name)
    headers = {"etag": tag, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    kind = KINDS[Path(name).suffix]
    return Response(content, media_type=f"{kind}; charset=utf-8", headers=headers)


@cache
def _read(name: str) -> tuple[bytes, str]:
    place: Traversable = library_path() if name == PLOTLY else OURS[name]
    content = place.read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()[:20]}"'
