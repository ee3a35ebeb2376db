"""Where text goes: a terminal 80 columns wide at the most, or a pipe."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def report_console() -> Console:
    """A console on standard output: plain where it is no terminal or NO_COLOR is set."""
    from rich.console import Console

    from rehearse.outputs.terminal import THEME, WIDEST

    width = min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)
    return Console(file=sys.stdout, theme=THEME, width=max(40, width), highlight=False, emoji=False)
