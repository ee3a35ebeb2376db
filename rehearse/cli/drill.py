"""`rehearse drill`: the close, the interviewer's answer, and yours."""

from __future__ import annotations

from typing import Any, Final

import click

from rehearse.cli.held import TO_NAMES, held_options, interview_of, plan_of
from rehearse.cli.keeping import FOR_HELP, label_of
from rehearse.interview.concerns import KINDS

ANSWERS: Final = ("any", "none", "job", *KINDS)


@click.command("drill")
@click.option(
    "--concern",
    type=click.Choice(ANSWERS),
    default="any",
    show_default=True,
    help="What they answer: anything, no concern, what the job leaves open, or one of a kind.",
)
@click.option(
    "--rounds",
    type=click.IntRange(1, 5),
    default=1,
    show_default=True,
    help="How many concerns they have at the most.",
)
@click.option("--silent", is_flag=True, help="Only show their words.")
@click.option("--seed", type=int, metavar="N", help="The same gives the same interviewer.")
@click.option("--device", metavar="NAME", help="Which microphone: its number, or part of its name.")
@click.option(
    "--stop-after",
    type=click.FloatRange(min=0),
    default=5.0,
    show_default=True,
    metavar="SECONDS",
    help="End after so much silence, but not while an answer is due; 0 is never.",
)
@click.option("--plain", is_flag=True, help="Show the time alone while you speak.")
@click.option("--again", is_flag=True, help="Go straight into the next take, until Ctrl-C.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line a take.")
@click.option("--model", default="base", show_default=True, metavar="NAME", help="Which weights.")
@held_options
@click.option("--to", metavar="WHOM", help=f"Whom it is for: {TO_NAMES}.")
@click.option("--for", "label", metavar="WHAT", help=FOR_HELP)
@click.option("--no-keep", is_flag=True, help="Delete the take when its report is shown.")
def command(**options: Any) -> None:
    """Practise what comes after the concerns question.

    Give your close, and ask. The interviewer answers: no concern, or one. You respond,
    and the report says whether you took it up, found what is behind it, answered it with
    something you did, and checked that it helped. Their words are shown, and spoken
    where this computer has a voice; they are in no recording.
    """
    from rehearse.cli.hushed import hushed
    from rehearse.cli.signals import leaving_in_order

    with hushed(), leaving_in_order():
        from rehearse.assets import asset
        from rehearse.audio.devices import chosen
        from rehearse.cli.practice import Opponent, Options, practise

        options["label"] = label_of(options["label"])
        plan = plan_of(options["label"])
        given = [options.pop(name) for name in ("job", "discussed", "to")]
        opponent = Opponent(
            options.pop("concern"),
            options.pop("rounds"),
            not options.pop("silent"),
            options.pop("seed"),
        )
        wanted = Options(
            **options,
            countdown=0,
            speaker=None,
            interview=interview_of(*given, plan=plan),
            opponent=opponent,
        )
        asset(wanted.model, kind="recogniser")
        failed = practise(wanted, chosen(wanted.device))
    if failed:
        raise SystemExit(2)
