"""What every take into the microphone may be asked for, alone or with an interviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from rehearse.cli.held import TO_NAMES, held_options, interview_of, plan_of
from rehearse.cli.keeping import FOR_HELP, label_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehearse.cli.practice import Opponent

_OPTIONS: Final = (
    click.option(
        "--device", metavar="NAME", help="Which microphone: its number, or part of its name."
    ),
    click.option(
        "--stop-after",
        type=click.FloatRange(min=0),
        default=5.0,
        show_default=True,
        metavar="SECONDS",
        help="End after so much silence, but not after the concerns question; 0 is never.",
    ),
    click.option("--plain", is_flag=True, help="Show the time alone while you speak."),
    click.option(
        "--countdown",
        type=click.IntRange(min=0, max=60),
        is_flag=False,
        flag_value=3,
        default=0,
        metavar="[SECONDS]",
        help="Count down before the take begins; 3 unless you say otherwise.",
    ),
    click.option("--again", is_flag=True, help="Go straight into the next take, until Ctrl-C."),
    click.option(
        "--json", "as_json", is_flag=True, help="One JSON object a line, one line a take."
    ),
    click.option(
        "--model", default="base", show_default=True, metavar="NAME", help="Which weights."
    ),
    click.option("--speaker", type=click.IntRange(min=1), metavar="N", help="As in `analyze`."),
    held_options,
    click.option("--to", metavar="WHOM", help=f"Whom it is for: {TO_NAMES}."),
    click.option("--for", "label", metavar="WHAT", help=FOR_HELP),
    click.option("--no-keep", is_flag=True, help="Delete the take when its report is shown."),
)


def take_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a take."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def practise_with(options: dict[str, Any], opponent: Opponent | None = None) -> None:
    """Take one take, or with `--again` one after the other, and leave with 2 where one failed.

    Parameters
    ----------
    options
        As `take_options` gives them.
    opponent
        Who answers the concerns question; None where nobody does.
    """
    from rehearse.cli.hushed import hushed
    from rehearse.cli.signals import leaving_in_order

    with hushed(), leaving_in_order():
        from rehearse.assets import asset
        from rehearse.audio.devices import chosen
        from rehearse.cli.practice import Options, practise

        options["label"] = label_of(options["label"])
        plan = plan_of(options["label"])
        given = [options.pop(name) for name in ("job", "discussed", "to")]
        interview = interview_of(*given, plan=plan)
        wanted = Options(**options, interview=interview, opponent=opponent)
        asset(wanted.model, kind="recogniser")
        failed = practise(wanted, chosen(wanted.device))
    if failed:
        raise SystemExit(2)
