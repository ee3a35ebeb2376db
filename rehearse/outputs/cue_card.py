"""A plan and its cue card, in a terminal or as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rehearse.interview.card import GONE
from rehearse.session import ANY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import Console

    from rehearse.interview.card import Line, Said
    from rehearse.interview.plan import Plan

_STYLES: Final = {"want": "step.interest", "ask": "step.concerns", "thank": "step.thanks"}
_OF_FIT: Final = "step.fit"


def write(lines: Sequence[Line], label: str, console: Console) -> None:
    """Write a card: a line for each step, and for each criterion."""
    console.print(Text(_title("Your cues", label), "heading"), highlight=False)
    _rows(((each.mark, Text(each.cues, "say")) for each in lines), console)
    if any(GONE in each.cues.split() for each in lines):
        told = f"{GONE}  you have said this so often that you need no cue."
        console.print(Padding(Text(told, "quiet"), (0, 0, 0, 2)), highlight=False)


def line(lines: Iterable[Line]) -> str:
    """A card as one line of plain text.

    >>> from rehearse.interview.card import Line
    >>> line([Line("want", "calm mornings"), Line("1", "busy ward → 40 beds"), Line("thank", "")])
    'want: calm mornings · 1 busy ward → 40 beds · thank'
    """
    return " · ".join(
        f"{each.mark}{'' if each.mark.isdigit() else ':'} {each.cues}" if each.cues else each.mark
        for each in lines
    )


def write_plan(plan: Plan, said: Mapping[str, Said], label: str, console: Console) -> None:
    """Write a plan, and of each part in how many takes it was said."""

    def told(text: str, part: str) -> Text:
        return Text.assemble(text, (_told(said.get(part)), "quiet"))

    rows = [("role", Text(plan.role))]
    if plan.why:
        rows.append(("want", told(plan.why, "why")))
    for number, point in enumerate(plan.points, start=1):
        criterion = told(point.criterion, f"criterion {number}")
        proof = told(f"→ {point.proof}", f"proof {number}")
        rows.append((str(number), Text("\n").join([criterion, proof])))
    rows.append(("ask", told(plan.question, "question")))
    console.print(Text(_title("Your plan", label), "heading"), highlight=False)
    _rows(rows, console)


def _title(what: str, label: str) -> str:
    return what if label == ANY else f"{what} · {label}"


def _told(said: Said | None) -> str:
    if said is None:
        return ""
    if not said.takes:
        return "  (not said yet)"
    missed = "" if said.last else ", not in the last"
    return f"  (said in {said.takes} take{'' if said.takes == 1 else 's'}{missed})"


def _rows(rows: Iterable[tuple[str, Text]], console: Console) -> None:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, min_width=5)
    table.add_column(overflow="fold")
    for mark, text in rows:
        style = "quiet" if mark == "role" else _STYLES.get(mark, _OF_FIT)
        table.add_row(Text(mark, style), text)
    console.print(Padding(table, (0, 0, 0, 2)), highlight=False)
