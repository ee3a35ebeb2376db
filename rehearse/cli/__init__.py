"""The command line: one file a command, loaded when it is called."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import re
import sys
from typing import TYPE_CHECKING, Any, Final, NoReturn, TextIO

import click

from rehearse.cli.signals import SIGNALLED, others_run
from rehearse.errors import RehearseError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "plan": "Plan a close, and get a cue card.",
    "record": "Practise into the microphone.",
    "analyze": "Analyse recordings or typed closes.",
    "batch": "Analyse every recording below a folder, and sum them up.",
    "drill": "Practise the interviewer's answer to your question, and yours to it.",
    "recover": "Bring back takes that were cut short.",
    "history": "Show your sessions and where you stand.",
    "show": "Show the report of a session.",
    "compare": "Put two sessions side by side.",
    "play": "Hear a session.",
    "followup": "Write the thank-you note after an interview.",
    "forget": "Delete a session.",
    "export": "Write the history into a folder.",
    "import": "Read such a folder.",
    "serve": "Practise in your browser.",
    "devices": "List the microphones, and show the level of one.",
    "explain": "Show the page of a check.",
    "checks": "List the checks.",
    "bench": "Score this program on labelled closes.",
    "models": "List, verify and fetch weights.",
    "doctor": "Say what works on this machine, and what to do about what does not.",
}


INTERRUPTED: Final = SIGNALLED + 2
"""As every program does that Ctrl-C ends."""


class Commands(click.Group):
    """Names its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Give the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the one command that is called."""
        if cmd_name not in COMMANDS:
            return None
        # "import" is a word of Python's, and no module can be called that.
        name = "bring" if cmd_name == "import" else cmd_name
        module = importlib.import_module(f"rehearse.cli.{name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rehearse")
@click.pass_context
def rehearse(context: click.Context) -> None:
    """Practise the last minute of a job interview.

    Speak your close and read what to change: whether the four steps are there –
    interest, fit, the concerns question, thanks –, how long it was, and which
    lines to leave out. Everything happens on this computer.

    Start with:  rehearse record
    """
    if context.invoked_subcommand in {"record", "drill", "analyze"}:
        _tell_unfinished()


def _tell_unfinished() -> None:
    """Say that takes were cut short, and how to get them back."""
    from rehearse.errors import TakeError
    from rehearse.takes import Takes

    try:
        found = Takes().unfinished()
    except TakeError:
        return  # a folder into which nobody may look: told when something is to be kept
    if found:
        click.echo(_cut_short([each.written.duration_s for each in found]), err=True)


def _cut_short(lengths_s: Sequence[float]) -> str:
    from rehearse.timecode import clock

    what = (
        f"A take of {clock(lengths_s[0])} was"
        if len(lengths_s) == 1
        else f"{len(lengths_s)} takes of {clock(sum(lengths_s))} together were"
    )
    return f"{what} cut short, and nothing of it is lost: `rehearse recover` analyses it."


def main() -> None:
    """Run the program and leave with its exit code.

    0 whatever the findings, 2 where something could not be done, `INTERRUPTED` after
    Ctrl-C.
    """
    write_anything()
    stdout = sys.stdout
    try:
        code: Any = rehearse.main(standalone_mode=False)
    except SystemExit as left:
        # click puts another stream in its place where nobody reads ours any more.
        code = left.code if sys.stdout is stdout else 0
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        code = INTERRUPTED
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = 2
    except RehearseError as error:
        show_error(error)
        code = 2
    except BrokenPipeError:
        # Whoever read our output has gone; there is nobody left to tell.
        _to_nowhere(sys.stdout)
        code = 0
    _leave(code if isinstance(code, int) else 0)


def _leave(code: int) -> NoReturn:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError) as error:
            # Python would try once more at its end, and complain in its own words.
            _to_nowhere(stream)
            code = code if isinstance(error, BrokenPipeError) else code or 2
    if others_run(daemons=code <= SIGNALLED):
        # A recogniser at work cannot be told to stop, and is not waited for: what it works on
        # is on disk. Where Python ended under it, it would abort.
        os._exit(code)
    sys.exit(code)


def _to_nowhere(stream: TextIO) -> None:
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_anything(*, encoding: str | None = None) -> None:
    """Keep a character that a terminal or a pipe cannot show from ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def show_error(error: RehearseError) -> None:
    """Write an error to standard error, in two lines at most."""
    click.echo(f"error: {_one_line(error.message)}", err=True)
    if error.hint:
        click.echo(f"       {_one_line(error.hint)}", err=True)


def _one_line(text: str) -> str:
    # The name of a file may hold line breaks, and what moves a terminal's cursor.
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", "?", text)
