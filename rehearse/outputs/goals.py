"""What is said of a take when it has been kept: the goal, and what is pointed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from rehearse.history.store import Added

RECITED: Final = (
    "Your last takes are nearly word for word the same, and your voice has become flatter. You "
    "know it now: keep the four steps, and let the words be new each time."
)


def write(added: Added, console: Console) -> None:
    """Write it: nothing where there is nothing to say."""
    said = added.said
    if added.repeats is not None:
        console.print()
        console.print(
            Text(
                f"The same as session {added.repeats}, and not counted again: your goal waits "
                "for a new take.",
                "quiet",
            )
        )
        return
    if said.judged is None and said.goal is None and not said.recited:
        return
    console.print()
    console.print(Text("Your goal", "heading"))
    if said.judged is not None:
        mark, style, how = (
            ("✓", "level.strength", "reached")
            if said.judged.reached
            else ("✗", "level.fix", "not yet")
        )
        _line(console, mark, style, f"{how}: {said.judged.goal.text}", "")
    if said.goal is not None and (said.judged is None or said.judged.goal != said.goal):
        _line(console, "→", "say", f"for the next take: {said.goal.text}", "say")
    elif said.goal is not None:
        _line(console, "→", "say", "for the next take: the same once more", "say")
    if said.recited:
        _line(console, "·", "level.note", RECITED, "")


def _line(console: Console, mark: str, style: str, text: str, text_style: str) -> None:
    line = Text.assemble((f"{mark} ", style), (text, text_style))
    console.print(Padding(line, (0, 0, 0, 2)), highlight=False)
