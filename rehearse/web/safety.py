"""Who may ask the server: its own pages, on this machine, and whoever has the token.

A page of another site can send requests to 127.0.0.1 from the browser of whoever reads it,
and a name of that site can be made to lead there ("DNS rebinding": Jackson et al., "Protecting
Browsers from DNS Rebinding Attacks", 2007).  So the name that was asked for has to be one of
ours, and what changes something has to come from a page of ours.
"""

from __future__ import annotations

import hmac
import ipaddress
import platform
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS: Final = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "microphone=(self), camera=(), geolocation=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}

HARMLESS: Final = {"GET", "HEAD", "OPTIONS"}

HOST: Final = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(:(?P<port>\d{1,5}))?")
"""What a Host header looks like (RFC 9110, 7.2)."""

COOKIE: Final = "rehearse-token"

WRONG_HOST: Final = "This server answers only to the address that `rehearse serve` printed.\n"
WRONG_ORIGIN: Final = "This was asked for by a page of another site, and is refused.\n"
UNKNOWN: Final = "Open the whole address that `rehearse serve` printed: it ends in a token.\n"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server is.

    Parameters
    ----------
    host
        The address or name that it is bound to.
    port
        The port.
    token
        What has to be shown; empty where none is needed.
    """

    host: str
    port: int
    token: str = ""

    @property
    def url(self) -> str:
        """What to open."""
        # Whoever listens everywhere is found by the name of the machine.
        host = platform.node() if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104
        host = f"[{host}]" if ":" in host else host
        return f"http://{host}:{self.port}/" + (f"?token={self.token}" if self.token else "")

    def answers_to(self, host: str) -> bool:
        """Whether a Host header names this server."""
        asked = HOST.fullmatch(host)
        if asked is None or int(asked["port"] or 80) != self.port:
            return False
        name = asked["name"].strip("[]").lower()
        if loopback(self.host):
            return name == "localhost" or loopback(name)
        # An address leads to one machine alone; a name is whose it is today.
        return _address(name) or name in {self.host.lower(), platform.node().lower()}


def loopback(host: str) -> bool:
    """Whether an address or a name is this machine's for itself alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Safety:
    """Refuses what is not from us; gives every answer its headers.

    Parameters
    ----------
    app
        What answers.
    address
        Where.
    """

    def __init__(self, app: ASGIApp, address: Address) -> None:
        self._app, self._address = app, address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if (why := self._refused(scope, headers)) is not None:
            await _refuse(why, scope, receive, send)
            return
        if self._address.token and not self._known(scope, headers):
            await self._let_in(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    given.setdefault(name, value)
                # What somebody said is to lie in no cache.
                given.setdefault("cache-control", "no-store")
            await send(message)

        await self._app(scope, receive, with_headers)

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if len(headers.getlist("host")) != 1 or not self._address.answers_to(host):
            return 421, WRONG_HOST
        changes = scope["type"] == "websocket" or scope["method"] not in HARMLESS
        origins = headers.getlist("origin")
        # A browser says where a request comes from, and no page can keep it from that. What
        # says nothing is no browser.
        if changes and any(origin != f"http://{host}" for origin in origins):
            return 403, WRONG_ORIGIN
        ours = headers.get("sec-fetch-site", "none") in {"same-origin", "none"}
        # A link on another site may lead here, but to nothing that takes work.
        followed = (
            headers.get("sec-fetch-mode") == "navigate"
            and headers.get("sec-fetch-dest") == "document"
            and scope["path"] != "/export"
        )
        if not ours and (changes or not followed):
            return 403, WRONG_ORIGIN
        return None

    def _known(self, scope: Scope, headers: Headers) -> bool:
        shown = headers.get("authorization", "").removeprefix("Bearer ")
        cookie = HTTPConnection(scope).cookies.get(self._cookie, "")
        return any(
            hmac.compare_digest(each.encode(), self._address.token.encode())
            for each in (shown, cookie)
        )

    @property
    def _cookie(self) -> str:
        # Cookies of one host are shared by all of its ports.
        return f"{COOKIE}-{self._address.port}"

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Turn the token of an address into a cookie, so that it stands in no history."""
        query = parse_qsl(scope.get("query_string", b"").decode("latin-1"))
        token = dict(query).get("token", "")
        if scope["type"] == "websocket" or not hmac.compare_digest(
            token.encode(), self._address.token.encode()
        ):
            await _refuse((401, UNKNOWN), scope, receive, send)
            return
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        # "//elsewhere" would lead to another host.
        path = "/" + scope["path"].lstrip("/")
        answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        answer.set_cookie(self._cookie, self._address.token, httponly=True, samesite="strict")
        answer.headers.update({**HEADERS, "cache-control": "no-store"})
        await answer(scope, receive, send)


async def _refuse(why: tuple[int, str], scope: Scope, receive: Receive, send: Send) -> None:
    status, text = why
    if scope["type"] == "websocket":
        await receive()  # what asks for the connection
        await send({"type": "websocket.close", "code": 1008, "reason": text.strip()[:120]})
        return
    await PlainTextResponse(text, status, headers=HEADERS)(scope, receive, send)
