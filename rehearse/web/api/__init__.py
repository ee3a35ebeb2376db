"""The HTTP interface below `/api`: hand over, follow, read, forget."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from rehearse.checks import CHECKS
from rehearse.web.api import jobs, sessions, takes
from rehearse.web.api.asking import failures
from rehearse.web.shapes import CheckShape

router = APIRouter(prefix="/api", tags=["rehearse"], responses=failures())
for part in (jobs, sessions, takes):
    router.include_router(part.router)


@router.get("/checks", response_model=list[CheckShape])
def checks() -> Any:
    """List the checks."""
    return [{"name": each.name, "question": each.question} for each in CHECKS]
