"""What was handed over: a typed close or a recording, told apart before anything heavy loads."""

from __future__ import annotations

import re
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rehearse.audio.decode import SoundFile
from rehearse.errors import InputError, PostingError, RangeError, SoundError, TextError
from rehearse.interview import turns
from rehearse.interview.notes import MOST, lines
from rehearse.interview.posting import LONGEST, Posting, cut

LARGEST_TEXT: Final = 1_000_000
"""Bytes of a typed close at the most: some three hours of speech."""

WORDS_A_PAGE: Final = 500

HEAD: Final = 16
"""Bytes that tell a document."""

_MAGIC: Final = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word or other office document"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a rich-text document"),
)

_DOCUMENTS: Final = {".docx", ".doc", ".pdf", ".rtf", ".odt", ".pages", ".md", ".html"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed close."""

    text: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A typed conversation."""

    turns: tuple[turns.Turn, ...]


def opened(source: str, *, from_s: float = 0.0, to_s: float | None = None) -> Typed | SoundFile:
    """Look at an input without decoding it.

    Parameters
    ----------
    source
        A path, or - for a typed close from standard input.
    from_s, to_s
        Which part of a recording, in seconds.

    Raises
    ------
    InputError
        Where it is missing, empty, unreadable or of a kind that is not analysed.
    """
    if source == "-":
        raw = sys.stdin.buffer.read(LARGEST_TEXT + 1)
        return typed(raw, "standard input", from_s=from_s, to_s=to_s)
    path = Path(source)
    _require_file(path)
    if is_text(path.name):
        return typed(_bytes(path), path.name, from_s=from_s, to_s=to_s)
    require_no_document(_bytes(path, HEAD), path.name)
    return SoundFile(path, from_s=from_s, to_s=to_s)


def is_text(name: str) -> bool:
    """Whether a file is a typed close, by its name."""
    return Path(name).suffix.lower() in {".txt", ".text"}


def require_no_document(head: bytes, name: str) -> None:
    """Refuse a document before anything tries to decode it.

    Parameters
    ----------
    head
        Its first `HEAD` bytes.
    name
        What it is called.

    Raises
    ------
    SoundError
        Where it is one.
    """
    found = [what for magic, what in _MAGIC if head.startswith(magic)]
    if not found and Path(name).suffix.lower() in _DOCUMENTS:
        found = ["a document"]
    for what in found:
        raise SoundError(
            f"{name} is {what}, not a recording.",
            hint="Save its words as plain text (.txt, UTF-8) to have a typed close judged.",
        )


def _require_file(path: Path) -> None:
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
            hint="Record or copy it again; the recording may not have been saved.",
        )


def _bytes(path: Path, count: int = LARGEST_TEXT + 1) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise InputError(
            f"{path.name} cannot be read: {error.strerror}.",
            hint="Give yourself the right to read it, or copy it elsewhere.",
        ) from error


def typed(raw: bytes, name: str, *, from_s: float = 0.0, to_s: float | None = None) -> Typed:
    """Take a typed close from bytes that are UTF-8.

    Raises
    ------
    TextError
        Where they are no plain text, too many, or hold no words.
    RangeError
        Where a part of it is asked for.
    """
    if from_s or to_s is not None:
        raise RangeError(
            f"--from and --to pick a part of a recording; {name} is text.",
            hint="Leave them out, or cut the text.",
        )
    return Typed(
        _plain(
            raw,
            name,
            "a close",
            less="Give only what is said in the last minute.",
            more="Write the close into it, as you say it.",
        )
    )


def conversation(source: str) -> Conversation:
    """Take a typed conversation from a file, or from standard input where it is called "-".

    Raises
    ------
    InputError
        Where it is missing, unreadable, no plain text, or not told who says what.
    """
    return conversation_of(*_read(source))


def conversation_of(name: str, raw: bytes) -> Conversation:
    """Take a typed conversation from bytes that are UTF-8.

    Raises
    ------
    TextError
        Where they are no plain text, too many, or not told who says what.
    """
    told = "Begin each turn with “Candidate:” or “Interviewer:”."
    text = _plain(raw, name, "the end of an interview", less="Give its last minutes.", more=told)
    return Conversation(turns.read(text, name))


def posting(source: str) -> Posting:
    """Take a job posting from a file.

    Raises
    ------
    InputError
        Where it is missing, unreadable, no plain text, or much longer than a posting.
    """
    return posting_of(*_read(source))


def posting_of(name: str, raw: bytes) -> Posting:
    """Take a job posting from bytes that are UTF-8.

    Raises
    ------
    InputError
        Where they are no plain text, or much longer than a posting.
    """
    part = "Give the part that says whom they want."
    text = _plain(raw, name, "a posting", less=part, more="Paste the posting into it.")
    count = len(text.split())
    if count > LONGEST:
        raise PostingError(
            f"{name} has {count} words, some {round(count / WORDS_A_PAGE)} pages; a posting has "
            f"{LONGEST} at the most.",
            hint=part,
        )
    return Posting(name, cut(text))


def notes(source: str) -> tuple[str, ...]:
    """Take notes of what was discussed from a file.

    Raises
    ------
    InputError
        Where they are missing, unreadable, no plain text, or too many.
    """
    return notes_of(*_read(source))


def notes_of(name: str, raw: bytes) -> tuple[str, ...]:
    """Take notes of what was discussed from bytes that are UTF-8.

    Raises
    ------
    InputError
        Where they are no plain text, or too many.
    """
    more = "Write a line for each thing that was talked about."
    text = _plain(raw, name, "notes", less="Keep a line for each thing.", more=more)
    found = lines(text)
    if not found or len(found) > MOST:
        raise PostingError(
            f"{name} holds {len(found) or 'no'} lines of notes"
            + (f"; {MOST} are the most." if found else "."),
            hint="Keep a line for each thing that matters for the close." if found else more,
        )
    return found


def _read(source: str) -> tuple[str, bytes]:
    if source == "-":
        return "standard input", sys.stdin.buffer.read(LARGEST_TEXT + 1)
    path = Path(source)
    _require_file(path)
    return path.name, _bytes(path)


def _plain(raw: bytes, name: str, what: str, *, less: str, more: str) -> str:
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
    for magic, kind in _MAGIC:
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
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", text.replace("\r\n", "\n"))
