"""A form that a browser or curl sends (RFC 7578), taken apart while it comes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.errors import TooLargeError, UploadError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

KIND: Final = "multipart/form-data"

MOST_PARTS: Final = 40
"""Parts of a form. Ours: there are hardly more wishes than a dozen."""

LONGEST_HEAD: Final = 8_000
"""Bytes of what a part says of itself."""

LONGEST_FIELD: Final = 400_000
"""Bytes of a field that is no file."""

LONGEST_MARK: Final = 70
"""Characters of what stands between parts (RFC 2046, 5.1.1)."""

AGAIN: Final = "Send it again, as `curl -F file=@close.m4a` does."

_MARK: Final = re.compile(r"""boundary=(?:"([^"]+)"|([^\s;,"]+))""", re.IGNORECASE)
_NAMED: Final = re.compile(r'\b(name|filename)="([^"]*)"', re.IGNORECASE)
_ESCAPED: Final = {"%22": '"', "%0D": "", "%0A": " "}
"""How browsers write what would end a name."""


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a form.

    Parameters
    ----------
    name
        Of the field.
    file
        What the file is called; None where it is none.
    content
        Its bytes, as they come; what is not read is passed over.
    """

    name: str
    file: str | None
    content: AsyncIterator[bytes]

    async def text(self) -> str:
        """The whole of a field as text.

        Raises
        ------
        TooLargeError
            As soon as it is longer than any field is.
        """
        whole = bytearray()
        async for data in self.content:
            whole += data
            if len(whole) > LONGEST_FIELD:
                raise TooLargeError(
                    f"The field {self.name} has more than {LONGEST_FIELD // 1000} kB.",
                    hint="Give only the part that matters for the close.",
                )
        return whole.decode("utf-8", "replace")


async def parts(body: AsyncIterator[bytes], kind: str) -> AsyncIterator[Part]:
    """Take a form apart; each part has to be read before the next is asked for.

    Parameters
    ----------
    body
        As it comes.
    kind
        The content type, which says what stands between the parts.

    Raises
    ------
    UploadError
        Where it is no whole form.
    """
    found = _MARK.search(kind)
    mark = (found[1] or found[2]) if found else ""
    if not mark or len(mark) > LONGEST_MARK:
        raise UploadError("The form does not say what stands between its fields.", hint=AGAIN)
    reading = _Reading(body, b"\r\n--" + mark.encode("latin-1", "replace"))
    async for _ in reading.to_mark():
        pass
    for _ in range(MOST_PARTS):
        if await reading.ended():
            return
        name, file = _named(await reading.head())
        part = Part(name, file, reading.to_mark())
        yield part
        async for _ in part.content:
            pass
    raise UploadError(f"The form has more than {MOST_PARTS} fields.", hint=AGAIN)


class _Reading:
    """What has come and was not given yet."""

    def __init__(self, body: AsyncIterator[bytes], mark: bytes) -> None:
        self._body, self._mark = body, mark
        # Before the first mark there is no line that it ends.
        self._held = b"\r\n"

    async def to_mark(self) -> AsyncIterator[bytes]:
        """The bytes up to the next mark, and leave both behind."""
        while (at := self._held.find(self._mark)) < 0:
            # The mark may have come in half.
            sure = max(0, len(self._held) - len(self._mark) + 1)
            given, self._held = self._held[:sure], self._held[sure:]
            if given:
                yield given
            await self._more()
        given, self._held = self._held[:at], self._held[at + len(self._mark) :]
        if given:
            yield given

    async def ended(self) -> bool:
        """Whether the mark just read was the last."""
        while len(self._held) < 2:
            await self._more()
        return self._held.startswith(b"--")

    async def head(self) -> str:
        """What the next part says of itself."""
        while (at := self._held.find(b"\r\n\r\n")) < 0:
            if len(self._held) > LONGEST_HEAD:
                raise UploadError("A field of the form does not say what it is.", hint=AGAIN)
            await self._more()
        head, self._held = self._held[:at], self._held[at + 4 :]
        return head.decode("utf-8", "replace")

    async def _more(self) -> None:
        data = await anext(self._body, None)
        if data is None:
            raise UploadError("The form did not arrive whole.", hint=AGAIN)
        self._held += data


def _named(head: str) -> tuple[str, str | None]:
    """The name of a field, and what its file is called."""
    line = next(
        (each for each in head.split("\r\n") if each.lower().startswith("content-disposition:")), ""
    )
    names = {key.lower(): value for key, value in _NAMED.findall(line)}
    if "name" not in names:
        raise UploadError("A field of the form has no name.", hint=AGAIN)
    file = names.get("filename")
    for written, meant in _ESCAPED.items():
        file = file.replace(written, meant) if file is not None else None
    return names["name"], file
