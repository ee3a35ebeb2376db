"""Where text goes: a terminal 80 columns wide at the most, or a pipe."""

from __future__ import annotations

import os
import shutil
import sys
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def report_console() -> Console:
    """A console on standard output: plain where it is no terminal or NO_COLOR is set."""
    from rich.console import Console

    from rehearse.outputs.terminal import THEME, WIDEST

    width = min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)
    return Console(file=sys.stdout, theme=THEME, width=max(40, width), highlight=False, emoji=False)


def live_console(file: IO[str]) -> Console:
    """A console for what is drawn over itself, as wide as the terminal really is.

    What COLUMNS and LINES say may be older than the last change of the window, and rich believes
    them first; a view that wraps would be drawn again below itself.
    """
    from rich.console import Console

    from rehearse.outputs.terminal import THEME

    said = {"COLUMNS", "LINES"}
    measured = {name: value for name, value in os.environ.items() if name not in said}
    return Console(file=file, theme=THEME, highlight=False, emoji=False, _environ=measured)
