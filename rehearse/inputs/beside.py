"""What is handed over beside a close: a conversation, a job posting, notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rehearse.errors import PostingError
from rehearse.inputs.plain import plain, read_text_file, require_whole
from rehearse.interview import turns
from rehearse.interview.notes import MOST, lines
from rehearse.interview.posting import LONGEST, Posting, cut

WORDS_A_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Conversation:
    """A typed conversation."""

    turns: tuple[turns.Turn, ...]


def conversation(source: str, *, from_s: float = 0.0, to_s: float | None = None) -> Conversation:
    """Take a typed conversation from a file, or from standard input where it is called "-".

    Raises
    ------
    InputError
        Where it is missing, unreadable, no plain text, not told who says what, or where a
        part of it is asked for.
    """
    return conversation_of(*read_text_file(source), from_s=from_s, to_s=to_s)


def conversation_of(
    name: str, raw: bytes, *, from_s: float = 0.0, to_s: float | None = None
) -> Conversation:
    """Take a typed conversation from bytes that are UTF-8.

    Raises
    ------
    TextError
        Where they are no plain text, too many, or not told who says what.
    RangeError
        Where a part of it is asked for.
    """
    require_whole(name, from_s, to_s)
    told = "Begin each turn with “Candidate:” or “Interviewer:”."
    text = plain(raw, name, "the end of an interview", less="Give its last minutes.", more=told)
    return Conversation(turns.read(text, name))


def posting(source: str) -> Posting:
    """Take a job posting from a file.

    Raises
    ------
    InputError
        Where it is missing, unreadable, no plain text, or much longer than a posting.
    """
    return posting_of(*read_text_file(source))


def posting_of(name: str, raw: bytes) -> Posting:
    """Take a job posting from bytes that are UTF-8.

    Raises
    ------
    InputError
        Where they are no plain text, or much longer than a posting.
    """
    part = "Give the part that says whom they want."
    text = plain(raw, name, "a posting", less=part, more="Paste the posting into it.")
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
    return notes_of(*read_text_file(source))


def notes_of(name: str, raw: bytes) -> tuple[str, ...]:
    """Take notes of what was discussed from bytes that are UTF-8.

    Raises
    ------
    InputError
        Where they are no plain text, or too many.
    """
    more = "Write a line for each thing that was talked about."
    text = plain(raw, name, "notes", less="Keep a line for each thing.", more=more)
    found = lines(text)
    if not found or len(found) > MOST:
        raise PostingError(
            f"{name} holds {len(found) or 'no'} lines of notes"
            + (f"; {MOST} are the most." if found else "."),
            hint="Keep a line for each thing that matters for the close." if found else more,
        )
    return found
