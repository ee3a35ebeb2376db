"""Questions on standard input, one after the other: a terminal, or lines from a pipe."""

from __future__ import annotations

import contextlib
import importlib
import io
import sys
from typing import Final

import click

from rehearse.errors import PlanError
from rehearse.interview.plan import LONGEST, require
from rehearse.session import readable

TRIES: Final = 3
"""How often a question is asked."""

LONGEST_LINE: Final = 10_000
"""Characters that are read of a line: what never ends is no answer."""

LEAVE_OUT: Final = "-"
"""What leaves an answer out that is there already."""


def begin() -> None:
    """Let any byte be read, and a line be changed with the arrow keys where that can be had."""
    if isinstance(sys.stdin, io.TextIOWrapper) and _open():
        sys.stdin.reconfigure(errors="surrogateescape")
    if _by_hand():
        with contextlib.suppress(ImportError):
            importlib.import_module("readline")


def ask(question: str, what: str, *, kept: str = "", needed: bool = True) -> str:
    """Ask until there is an answer.

    Parameters
    ----------
    question
        As it is shown.
    what
        How a sentence about its answer begins: "Proof 1".
    kept
        What Enter alone keeps.
    needed
        Whether it may be left out.

    Returns
    -------
    str
        Empty where it was left out.

    Raises
    ------
    PlanError
        Where there is none after three times, or the input has ended.
    """
    for tried in range(1, TRIES + 1):
        _show(question, kept, needed=needed)
        answer = readable(_line(what)) or kept
        if answer == LEAVE_OUT:
            answer = ""
        if not answer and not needed:
            return ""
        try:
            require(what, answer)
        except PlanError as error:
            if tried == TRIES:
                raise PlanError(
                    f"{error.message.rstrip('.')}, and nothing was kept.", hint=error.hint
                ) from error
            click.echo(f"  {error.message} {error.hint}", err=True)
        else:
            return answer
    raise RuntimeError("a question was asked no time")


def _show(question: str, kept: str, *, needed: bool) -> None:
    # Without its answer it is shown as well: whoever writes into a pipe reads what is wanted.
    click.echo(question, err=True)
    if kept:
        also = "" if needed else f"   ({LEAVE_OUT} leaves it out)"
        click.echo(f"  Enter keeps: {kept}{also}", err=True)


def _line(what: str) -> str:
    try:
        line = _read()
    except (EOFError, OSError) as error:
        if _by_hand():
            click.echo(err=True)
        raise _ended(what) from error
    if len(line) > LONGEST_LINE:
        raise PlanError(
            f"{what} has more than {LONGEST_LINE} characters, and {LONGEST} are the most; nothing "
            "was kept.",
            hint="Shorten it: a plan is what you remember, not what you read out.",
        )
    return line


def _read() -> str:
    if _by_hand():
        return input("> ")
    if not _open():
        raise EOFError
    if sys.stdin.isatty():
        click.echo("> ", nl=False, err=True)
    line = sys.stdin.readline(LONGEST_LINE + 1)
    if not line:
        raise EOFError
    return line


def _by_hand() -> bool:
    """Whether somebody types, and sees on standard output what they type."""
    return _open() and sys.stdin.isatty() and sys.stdout.isatty()


def _open() -> bool:
    return sys.stdin is not None and not sys.stdin.closed


def _ended(what: str) -> PlanError:
    begins = what[0].lower() + what[1:]
    return PlanError(
        f"The input ended before {begins} was answered, and nothing was kept.",
        hint="Answer every question, or give the answers as options: `rehearse plan --help`.",
    )
