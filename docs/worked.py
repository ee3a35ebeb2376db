"""The worked example of docs/drill.md: a posting, a conversation, its report, the note after it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

TOP: Final = Path(__file__).resolve().parent.parent
EXAMPLE: Final = TOP / "docs" / "example"

ANALYZED: Final = (
    "rehearse analyze --job docs/example/posting.txt --discussed docs/example/notes.txt \\\n"
    "    --to hiring-manager --turns docs/example/conversation.txt"
)
AFTER: Final = (
    "And after the interview, with the number of the session, `rehearse followup 1 "
    '--name "Dawn Hale" --role "shift lead" --company "Harbour Road"`, which also writes a draft '
    "for a mail program and a reminder for a calendar ([after the interview](followup.md)):"
)


def example() -> str:
    """What goes in and what comes out, in Markdown."""
    with tempfile.TemporaryDirectory() as home:
        report = _run(
            home,
            "analyze",
            *("--job", "docs/example/posting.txt", "--discussed", "docs/example/notes.txt"),
            *("--to", "hiring-manager", "--turns", "docs/example/conversation.txt"),
        )
        letter = _run(
            home,
            "followup",
            *("1", "--name", "Dawn Hale", "--role", "shift lead", "--company", "Harbour Road"),
            *("--at", "18:30", "--out", home),
        )
    note = letter.partition("\n----")[0]
    said = _shown("conversation.txt")
    parts = [
        f"The posting ([posting.txt](example/posting.txt)):\n\n{_shown('posting.txt')}",
        f"What was talked about ([notes.txt](example/notes.txt)):\n\n{_shown('notes.txt')}",
        f"The end of the interview ([conversation.txt](example/conversation.txt)):\n\n{said}",
        f"```sh\n{ANALYZED}\n```",
        f"```text\n{report}\n```",
        f"{AFTER}\n\n```text\n{note.strip()}\n```",
    ]
    return "\n\n".join(parts)


def _shown(name: str) -> str:
    return f"```text\n{(EXAMPLE / name).read_text('utf-8').strip()}\n```"


def _run(home: str, *arguments: str) -> str:
    """What the program writes to a pipe, 80 columns wide, with a data folder of its own."""
    settings = {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8", "XDG_DATA_HOME": home}
    done = subprocess.run(
        [sys.executable, "-m", "rehearse", *arguments],
        cwd=TOP,
        env=os.environ | settings,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())
