"""What the functions of the interface are asked with, and what they may answer."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import Path, Query, Request

from rehearse.history.rows import LARGEST
from rehearse.session import LONGEST_LABEL
from rehearse.web.job import NAME
from rehearse.web.place import Place
from rehearse.web.shapes import Failure

LONGEST_NAME: Final = 255
"""Characters of a file's name."""

MOST_SECONDS: Final = 24 * 3600.0
"""Where a part of a recording may lie: what is decoded until then takes time as well. Ours."""


Number = Annotated[int, Path(ge=1, le=LARGEST, description="The number of a session.")]
JobName = Annotated[str, Path(pattern=f"^{NAME.pattern}$", description="The id of a job.")]
Label = Annotated[str, Query(alias="for", max_length=LONGEST_LABEL, description="What it is for.")]


def failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the description says of answers that are no success."""
    return {status: {"model": Failure} for status in (*statuses, 403, 421, 422)}


def place_of(request: Request) -> Place:
    """What this server serves."""
    place: Place = request.app.state.place
    return place
