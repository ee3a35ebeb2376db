"""Takes what is sent, and writes it down as it comes."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool

from rehearse.errors import InputError, TooLargeError, UnwritableError, UploadError
from rehearse.inputs import is_text
from rehearse.inputs.plain import UNSAVED, UNWRITTEN
from rehearse.web.forms import LONGEST_FIELD, parts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from pathlib import Path

    from rehearse.web.job import Job, Wish
    from rehearse.web.place import Place

STALLS_S: Final = 30.0
"""Nothing for so long, and an upload is given up."""

WRITTEN: Final = 1 << 20
"""Bytes that are gathered before they are written."""

FILE: Final = "file"
"""The field of a form that is what is handed over."""

AROUND: Final = 3 * LONGEST_FIELD
"""Bytes of a form beside its file: a posting, notes, and what is between them."""


async def receive(place: Place, wish: Wish, body: AsyncIterator[bytes], stated: int | None) -> Job:
    """Write a body to disk while it comes, and accept it.

    Parameters
    ----------
    place
        Where to.
    wish
        What is to be done with it.
    body
        Its bytes; no more of them is held than is written at a time.
    stated
        How many there will be, where that was said.

    Raises
    ------
    TooLargeError
        As soon as it is.
    InputError
        Where nothing came.
    UploadError
        Where it cannot be written, or too many wait.
    """
    most = place.limits.upload_bytes
    place.jobs.require_room()
    if stated is not None and stated > most:
        raise _too_large(wish.name, most)
    with place.jobs.receiving() as half:
        count = await written(half, body, wish.name, most)
        _require_some(count, wish.name)
        if stated is not None and count != stated:
            raise UploadError(f"{wish.name} did not arrive whole.", hint="Send it again.")
        return await run_in_threadpool(place.jobs.accept, wish, half)


async def receive_form(
    place: Place,
    wished: Callable[[Mapping[str, str], str], Wish],
    body: AsyncIterator[bytes],
    kind: str,
    stated: int | None,
) -> Job:
    """Take a form apart while it comes, write its file to disk, and accept it.

    Parameters
    ----------
    place
        Where to.
    wished
        Reads the other fields, which may be empty, beside what the file is called.
    body, stated
        As in `receive`.
    kind
        Its content type.

    Raises
    ------
    UploadError, InputError, TooLargeError
        As `receive` does, and where it is no form with a file.
    """
    most = place.limits.upload_bytes
    place.jobs.require_room()
    if stated is not None and stated > most + AROUND:
        raise _too_large("The file", most)
    fields: dict[str, str] = {}
    name = None
    with place.jobs.receiving() as half:
        async for part in parts(_counted(body, most), kind):
            if part.name == FILE:
                name = part.file or ""
                _require_some(await written(half, part.content, name or "The file", most), name)
            elif text := await part.text():
                fields[part.name] = text
        if name is None:
            raise UploadError(
                f"The form has no field {FILE!r}.", hint="Send the recording in that field."
            )
        return await run_in_threadpool(place.jobs.accept, wished(fields, name), half)


async def _counted(body: AsyncIterator[bytes], most: int) -> AsyncIterator[bytes]:
    """The same, as long as it keeps coming and is not too much."""
    count = 0
    async for data in _steady(body, "The form"):
        count += len(data)
        if count > most + AROUND:
            raise _too_large("The form", most)
        yield data


def _require_some(count: int, name: str) -> None:
    if not count:
        raise InputError(
            f"{name or 'The file'} is empty: it holds 0 bytes.",
            hint=UNWRITTEN if is_text(name) else UNSAVED,
        )


async def written(half: Path, body: AsyncIterator[bytes], name: str, most: int) -> int:
    """Write a body into a file, and force it onto the disk; give how many bytes it has.

    Raises
    ------
    TooLargeError
        As soon as there are more than `most`.
    UploadError
        Where it cannot be written.
    """
    count = 0
    waiting = bytearray()
    try:
        with half.open("wb") as file:
            async for data in _steady(body, name):
                count += len(data)
                if count > most:
                    raise _too_large(name, most)
                waiting += data
                if len(waiting) >= WRITTEN:
                    await run_in_threadpool(file.write, bytes(waiting))
                    waiting.clear()
            file.write(waiting)
            file.flush()
            await run_in_threadpool(os.fsync, file.fileno())
    except OSError as error:
        raise UnwritableError(
            f"{name} cannot be written: {error.strerror or error} ({half.parent}).",
            hint="Make room on that disk, and send it again.",
        ) from error
    return count


async def _steady(body: AsyncIterator[bytes], name: str) -> AsyncIterator[bytes]:
    """The same, as long as it keeps coming."""
    while True:
        try:
            data = await asyncio.wait_for(anext(body, None), STALLS_S)
        except TimeoutError as error:
            raise UploadError(
                f"{name} stopped arriving: nothing came for {STALLS_S:.0f} seconds.",
                hint="Send it again.",
            ) from error
        if data is None:
            return
        yield data


def _too_large(name: str, most: int) -> TooLargeError:
    return TooLargeError(
        f"{name} is larger than {most / 1e6:.0f} MB, which is the most that the page takes.",
        hint="Send the sound alone, or the last minutes of it; `rehearse analyze` takes any size.",
    )
