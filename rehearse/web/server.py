"""Binds an address and serves there until it is told to end."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import sys
import threading
import webbrowser
from typing import TYPE_CHECKING, Any, Final

from rehearse.errors import ServerError
from rehearse.settings import data_folder
from rehearse.web.app import application
from rehearse.web.place import Place
from rehearse.web.safety import Address, loopback
from rehearse.web.taking import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOCK: Final = "serving.lock"
WHERE: Final = "serving"
"""Which address the program that holds the lock serves."""

PATIENCE_S: Final = 20
"""How long a take that is being finished is waited for at the end."""


def serve(
    host: str,
    port: int,
    *,
    model: str,
    token: bool = False,
    opened: bool | None = None,
    told: Callable[[str], None],
) -> None:
    """Serve until Ctrl-C.

    Parameters
    ----------
    host, port
        Where; port 0 is one that is free.
    model
        Which weights.
    token
        Whether one is asked for on this machine's own address as well.
    opened
        Whether a browser is opened; None is where there is a desktop.
    told
        Is told the address when it answers.

    Raises
    ------
    ServerError
        Where the address cannot be had, or another program serves these data.
    """
    folder = data_folder()
    with _alone(folder) as noted, _bound(host, port) as listening:
        needed = token or not loopback(host)
        address = Address(
            host, listening.getsockname()[1], secrets.token_urlsafe(24) if needed else ""
        )
        noted(address.url)

        def answers() -> None:
            told(address.url)
            if opened or (opened is None and _desktop()):
                threading.Thread(target=webbrowser.open, args=(address.url,), daemon=True).start()

        _run(Place.at(folder, model), address, listening, answers)


def _run(
    place: Place, address: Address, listening: socket.socket, answers: Callable[[], None]
) -> None:
    import uvicorn

    class Told(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                answers()

    config = uvicorn.Config(
        application(place, address),
        ws="websockets-sansio",
        ws_max_size=LARGEST,
        ws_per_message_deflate=False,  # sound on its way through one machine
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=PATIENCE_S,
    )
    with contextlib.suppress(KeyboardInterrupt):
        Told(config).run(sockets=[listening])


@contextlib.contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise ServerError(
            f"{host!r} is no address of this machine: {getattr(error, 'strerror', error)}.",
            hint="Leave --host out, or name an address that `ip address` or `ipconfig` shows.",
        ) from error
    family, kind, protocol, _, where = found[0]
    listening = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(where)
    except OSError as error:
        listening.close()
        raise ServerError(
            f"{host}, port {port} cannot be had: {error.strerror or error}.",
            hint="Name another with --port, or let one be found with --port 0.",
        ) from error
    with listening:
        yield listening


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[Callable[[str], None]]:
    """Hold these data against another server; give what notes the address."""
    import filelock

    where = folder / WHERE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = filelock.FileLock(folder / LOCK, timeout=0, mode=0o600)
        lock.acquire()
    except filelock.Timeout:
        raise ServerError(
            f"The page is open already{_noted(where)}.", hint="Use that one, or end it first."
        ) from None
    except OSError as error:
        raise ServerError(
            f"The page has no place for its data: {error.strerror or error} ({folder}).",
            hint="Make room or take the right to write there, or set REHEARSE_HOME to a folder of "
            "yours.",
        ) from error

    def note(url: str) -> None:
        with contextlib.suppress(OSError):
            where.touch(mode=0o600)
            where.write_text(url, "utf-8")

    try:
        yield note
    finally:
        with contextlib.suppress(OSError):
            where.unlink(missing_ok=True)
        lock.release()


def _noted(where: Path) -> str:
    with contextlib.suppress(OSError):
        return f" at {where.read_text('utf-8')}"
    return ""


def _desktop() -> bool:
    """Whether there is a screen on which a browser can open."""
    if not sys.stderr.isatty():
        return False
    if sys.platform in {"win32", "darwin"}:
        return not os.environ.get("SSH_CONNECTION")
    environment: Any = os.environ
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
