"""Files and their bytes as plain text, and what is no plain text refused."""

from __future__ import annotations

import re
import stat
import sys
from pathlib import Path
from typing import Final

from rehearse.characters import cleaned
from rehearse.errors import InputError, RangeError, TextError

LARGEST_TEXT: Final = 1_000_000
"""Bytes of a typed close at the most: some three hours of speech."""

MAGIC: Final = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word or other office document"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a rich-text document"),
)

"""How documents begin that are no plain text, and what they are called."""


UNSAVED: Final = "Record or copy it again; the recording may not have been saved."
UNWRITTEN: Final = "Paste the text into it, save it, and try again."
"""What to do with an empty file, of sound and of text."""


def require_file(path: Path, *, empty: str = UNSAVED) -> None:
    """Refuse what is no file with something in it; `empty` is what to do with an empty one.

    Raises
    ------
    InputError
        Where it is missing, empty, or something else than a file.
    """
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise InputError(
            f"There is no file {str(path)!r}.", hint="Check the name and the folder."
        ) from error
    except (OSError, ValueError) as error:
        raise InputError(
            f"{str(path)!r} cannot be opened: {getattr(error, 'strerror', None) or error}.",
            hint="Check the name, and that you may read it.",
        ) from error
    if stat.S_ISDIR(status.st_mode):
        raise InputError(
            f"{str(path)!r} is a folder.", hint=f"Name the files in it: {path}/close.m4a"
        )
    if not stat.S_ISREG(status.st_mode):
        raise InputError(
            f"{str(path)!r} is not a file but a device or a pipe.", hint="Name a file."
        )
    if status.st_size == 0:
        raise InputError(
            f"{path.name} is empty: it holds 0 bytes.",
            hint=empty,
        )


def read_bytes(path: Path, count: int = LARGEST_TEXT + 1) -> bytes:
    """The first bytes of a file.

    Raises
    ------
    InputError
        Where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise InputError(
            f"{path.name} cannot be read: {error.strerror}.",
            hint="Give yourself the right to read it, or copy it elsewhere.",
        ) from error


_spent: Final[list[object]] = []
"""The stream that was read as standard input, once one was."""


def read_stdin() -> bytes:
    """The first bytes of standard input, which can be read once.

    Raises
    ------
    InputError
        Where it is closed, was read before, or cannot be read.
    """
    stdin = sys.stdin
    # Python has none where it was closed before the program began.
    if stdin is None or stdin.buffer.closed:
        raise InputError("- names standard input, which is closed.", hint="Name a file.")
    if any(each is stdin for each in _spent):
        raise InputError(
            "- can stand for one file only: standard input was read already.",
            hint="Save the other text as a file, and name that.",
        )
    _spent[:] = [stdin]
    try:
        return stdin.buffer.read(LARGEST_TEXT + 1)
    except OSError as error:
        raise InputError(
            f"Standard input cannot be read: {error.strerror or error}.", hint="Name a file."
        ) from error


def read_text_file(source: str) -> tuple[str, bytes]:
    """The name and the bytes of a file, or of standard input where it is called "-".

    Raises
    ------
    InputError
        Where it cannot be read.
    """
    if source == "-":
        return "standard input", read_stdin()
    path = Path(source)
    require_file(path, empty=UNWRITTEN)
    return path.name, read_bytes(path)


def require_whole(name: str, from_s: float, to_s: float | None) -> None:
    """Refuse to take a part of a text.

    Raises
    ------
    RangeError
        Where a part of it is asked for.
    """
    if from_s or to_s is not None:
        raise RangeError(
            f"--from and --to pick a part of a recording; {name} is text.",
            hint="Leave them out, or cut the text.",
        )


def plain(raw: bytes, name: str, what: str, *, less: str, more: str) -> str:
    """The text of bytes that are UTF-8, without what moves a cursor.

    Parameters
    ----------
    raw, name
        What was read, and from where.
    what
        What it should be.
    less, more
        What to do where it is too long, and where it holds no words.

    Raises
    ------
    TextError
        Where they are no plain text, too many, or hold no words.
    """
    if len(raw) > LARGEST_TEXT:
        raise TextError(
            f"{name} is too long for {what}: more than {LARGEST_TEXT // 1000} kB.", hint=less
        )
    save = "Save it as plain text, encoded as UTF-8."
    for magic, kind in MAGIC:
        if raw.startswith(magic):
            raise TextError(f"{name} is {kind}, not plain text.", hint=save)
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise TextError(f"{name} is encoded as UTF-16.", hint=save)
    if b"\0" in raw:
        raise TextError(f"{name} is not plain text: it holds zero bytes.", hint=save)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextError(
            f"{name} is not UTF-8: byte {raw[error.start]:#04x} at position {error.start}.",
            hint=save,
        ) from error
    if not re.search(r"\w", text):
        raise TextError(f"{name} holds no words.", hint=more)
    return cleaned(text)
