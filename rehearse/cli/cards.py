"""The cue card of a plan, on standard error before a take, or as the answer of a command."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from rehearse.errors import HistoryError

if TYPE_CHECKING:
    from rehearse.history import History
    from rehearse.interview.card import Line
    from rehearse.interview.plan import Plan


def tell(label: str) -> None:
    """Show the card for something before a take; nothing where there is no plan."""
    from rehearse.history import History

    try:
        with History() as history:
            found = history.planned(label)
            if found is None:
                return
            label, plan = found
            lines = of(plan, history, label)
    except HistoryError:
        return  # told when the take is to be kept
    from rehearse.cli.console import live_console
    from rehearse.outputs.cue_card import write

    console = live_console(sys.stderr)
    write(lines, label, console)
    console.print()


def of(plan: Plan, history: History, label: str) -> tuple[Line, ...]:
    """The card of a plan, as short as the takes for it have made it."""
    from rehearse.interview.card import card

    return card(plan if plan.cues else cued(plan), history.said(label))


def cued(plan: Plan) -> Plan:
    """The same with its cue words chosen; that takes a second, and is done when it is kept.

    Raises
    ------
    AssetError
        Where spaCy's pipeline is not installed.
    """
    from rehearse.interview.plan import LONGEST_CUE
    from rehearse.language.cue_words import cue_words
    from rehearse.language.parser import load_parser

    return plan.cued(partial(cue_words, load_parser(), longest=LONGEST_CUE))
