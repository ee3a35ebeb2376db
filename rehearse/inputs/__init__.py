"""What was handed over: a typed close or a recording, told apart before anything heavy loads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rehearse.audio.decode import SoundFile
from rehearse.errors import SoundError
from rehearse.inputs.beside import (
    Conversation,
    conversation,
    conversation_of,
    notes,
    notes_of,
    posting,
    posting_of,
)
from rehearse.inputs.plain import (
    LARGEST_TEXT,
    MAGIC,
    UNSAVED,
    UNWRITTEN,
    plain,
    read_bytes,
    read_stdin,
    require_file,
    require_whole,
)

__all__ = [
    "LARGEST_TEXT",
    "Conversation",
    "Typed",
    "conversation",
    "conversation_of",
    "notes",
    "notes_of",
    "opened",
    "posting",
    "posting_of",
    "require_readable",
    "typed",
]

HEAD: Final = 16
"""Bytes that tell a document."""

_DOCUMENTS: Final = {".docx", ".doc", ".pdf", ".rtf", ".odt", ".pages", ".md", ".html"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed close."""

    text: str


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
        return typed(read_stdin(), "standard input", from_s=from_s, to_s=to_s)
    path = Path(source)
    if is_text(path.name):
        require_file(path, empty=UNWRITTEN)
        return typed(read_bytes(path), path.name, from_s=from_s, to_s=to_s)
    require_readable(path)
    return SoundFile(path, from_s=from_s, to_s=to_s)


def require_readable(path: Path) -> None:
    """Refuse what is no recording before anything tries to decode it.

    Raises
    ------
    InputError
        Where it is missing, empty, unreadable or a document.
    """
    require_file(path, empty=UNSAVED)
    require_no_document(read_bytes(path, HEAD), path.name)


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
    found = [what for magic, what in MAGIC if head.startswith(magic)]
    if not found and Path(name).suffix.lower() in _DOCUMENTS:
        found = ["a document"]
    for what in found:
        raise SoundError(
            f"{name} is {what}, not a recording.",
            hint="Save its words as plain text (.txt, UTF-8) to have a typed close judged.",
        )


def typed(raw: bytes, name: str, *, from_s: float = 0.0, to_s: float | None = None) -> Typed:
    """Take a typed close from bytes that are UTF-8.

    Raises
    ------
    TextError
        Where they are no plain text, too many, or hold no words.
    RangeError
        Where a part of it is asked for.
    """
    require_whole(name, from_s, to_s)
    return Typed(
        plain(
            raw,
            name,
            "a close",
            less="Give only what is said in the last minute.",
            more="Write the close into it, as you say it.",
        )
    )
