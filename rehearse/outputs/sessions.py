"""A session that was kept, in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from rehearse.outputs import terminal
from rehearse.outputs.kept import report
from rehearse.session import ANY

if TYPE_CHECKING:
    from rich.console import Console

    from rehearse.session import Session


def write(session: Session, console: Console) -> None:
    """Write when it was, and its report."""
    console.print(Text(headline(session), "quiet"), highlight=False)
    terminal.write(report(session.report), console)


def headline(session: Session) -> str:
    """A session in a line: "Session 12 · 28 Nov 2026 18:02 · for Acme"."""
    when = session.held_at.astimezone()
    parts = [f"Session {session.number}", f"{when.day} {when:%b %Y %H:%M}"]
    if session.label != ANY:
        parts.append(f"for {session.label}")
    if session.repeats is not None:
        parts.append(f"the same as session {session.repeats}")
    return " · ".join(parts)
