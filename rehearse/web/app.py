"""The application: its pages, its interface, who may ask, and how it fails."""

from __future__ import annotations

import contextlib
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI, WebSocket
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from rehearse.errors import (
    BusyError,
    HistoryError,
    InputError,
    NoExportError,
    NoSessionError,
    NoSoundError,
    RehearseError,
    TakeError,
    TooLargeError,
    UnknownNameError,
    UnwritableError,
    UploadError,
)
from rehearse.web import api, pages, static
from rehearse.web.desk import Desk
from rehearse.web.rendering import rendered
from rehearse.web.safety import Safety
from rehearse.web.taking import Taking
from rehearse.web.warming import warm
from rehearse.web.wording import of_page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from rehearse.web.place import Place
    from rehearse.web.safety import Address

STATUS: Final[dict[type[RehearseError], int]] = {
    NoExportError: 400,
    NoSessionError: 404,
    NoSoundError: 404,
    UnknownNameError: 404,
    TooLargeError: 413,
    UnwritableError: 507,
    InputError: 400,
    TakeError: 409,
    BusyError: 429,
    UploadError: 400,
    HistoryError: 503,
}
"""What is answered where something fails, the first that fits."""


def application(place: Place, address: Address) -> ASGIApp:
    """Make it.

    Parameters
    ----------
    place
        What it serves.
    address
        Where it will be asked for.
    """

    @contextlib.asynccontextmanager
    async def alive(_: FastAPI) -> AsyncIterator[None]:
        desk = Desk(place)
        await run_in_threadpool(desk.open)
        warm(place)
        yield
        desk.close()

    app = FastAPI(
        title="rehearse",
        summary="Practise the last minute of a job interview, on your own computer.",
        version=version("rehearse"),
        openapi_url="/api/openapi.json",
        # Their pages load scripts from another host.
        docs_url=None,
        redoc_url=None,
        lifespan=alive,
    )
    app.state.place, app.state.address = place, address
    app.include_router(api.router)
    app.include_router(static.router)
    app.include_router(pages.router)

    @app.websocket("/api/take")
    async def take(socket: WebSocket) -> None:
        await socket.accept()
        await Taking(place, socket).run()
        with contextlib.suppress(RuntimeError):  # it is closed already
            await socket.close()

    app.add_exception_handler(RehearseError, _failed)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _broken)
    return Safety(app, address)


async def _failed(request: Request, error: Exception) -> Response:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    if isinstance(error, RehearseError):
        return await _answer(request, status, of_page(error.message), of_page(error.hint))
    raise error


async def _misunderstood(request: Request, error: Exception) -> Response:
    first: Any = error.errors()[0] if isinstance(error, RequestValidationError) else {}
    where = ".".join(str(each) for each in first.get("loc", ())[1:])
    message = f"{where}: {first.get('msg', 'this is not understood')}."
    return await _answer(request, 422, message, "The description is at /api/openapi.json.")


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(getattr(error, "headers", None) or {})
    if status == 405:
        headers["allow"] = ", ".join(sorted(_methods(request)))
    what = {
        404: f"There is nothing at {request.url.path}.",
        405: f"{request.method} is not for {request.url.path}.",
    }
    message = what.get(status, str(getattr(error, "detail", "")) or "This cannot be done.")
    answer = await _answer(request, status, message, "Begin at the first page.")
    answer.headers.update(headers)
    return answer


def _methods(request: Request) -> set[str]:
    """What may be asked of a path, by any of the functions that answer there."""
    return {
        method
        for route in request.app.routes
        if isinstance(route, APIRoute) and route.path_regex.match(request.url.path)
        for method in route.methods or ()
    }


async def _broken(request: Request, error: Exception) -> Response:
    message = f"The program failed: {type(error).__name__}: {error}."
    return await _answer(request, 500, message, "This is a mistake of the program; report it.")


async def _answer(request: Request, status: int, message: str, hint: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"message": message, "hint": hint}}, status)
    page = await run_in_threadpool(rendered, "failure.html", message=message, hint=hint)
    return HTMLResponse(page, status)
