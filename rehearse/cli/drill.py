"""`rehearse drill`: the close, the interviewer's answer, and yours."""

from __future__ import annotations

from typing import Any

import click

from rehearse.cli.take_options import practise_with, take_options
from rehearse.interview.concerns import ANSWERS


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
@take_options
def command(**options: Any) -> None:
    """Practise what comes after the concerns question.

    Give your close, and ask. The interviewer answers: no concern, or one. You respond,
    and the report says whether you took it up, found what is behind it, answered it with
    something you did, and checked that it helped. Their words are shown, and spoken
    where this computer has a voice; they are in no recording.
    """
    from rehearse.cli.practice import Opponent

    wanted, rounds = options.pop("concern"), options.pop("rounds")
    if wanted == "job" and options["job"] is None:
        raise click.UsageError("--concern job asks about a posting: give one with --job.")
    aloud, seed = not options.pop("silent"), options.pop("seed")
    practise_with(options, Opponent(wanted, rounds, aloud, seed))
