"""`rehearse plan`: what is to be said, and a few words that bring it back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import click

from rehearse.cli.keeping import FOR_HELP, label_of

if TYPE_CHECKING:
    from rehearse.history import History
    from rehearse.interview.plan import Plan, Point

_MATTERS: Final = (
    "What matters most to them?",
    "What comes second?",
    "What comes third?",
)

_ANSWERS: Final = ("role", "criterion", "proof", "question", "why")


@click.command("plan")
@click.option("--for", "label", metavar="WHAT", help=FOR_HELP)
@click.option("--role", metavar="TEXT", help="What the job is called.")
@click.option(
    "--criterion",
    multiple=True,
    metavar="TEXT",
    help="What matters most to them; up to three, each with a --proof.",
)
@click.option(
    "--proof", multiple=True, metavar="TEXT", help="One thing you did, for the criterion before it."
)
@click.option("--question", metavar="TEXT", help="How you ask for their concerns.")
@click.option("--why", metavar="TEXT", help="Why you want the job.")
@click.option("--show", is_flag=True, help="Show the plan and its cue card.")
@click.option("--card", is_flag=True, help="Show the cue card alone.")
@click.option("--forget", is_flag=True, help="Delete the plan.")
def command(*, label: str | None, show: bool, card: bool, forget: bool, **given: Any) -> None:
    """Plan a close, and get a cue card.

    You are asked for the role, for what matters most to them with one thing that
    you did for each, for your question, and why you want the job. Where there is
    a plan, Enter keeps an answer. What you give as an option is not asked.

    The card has a few words of each part. `rehearse record` shows it before a
    take with the same --for, and each take that says a part makes its cue shorter.
    """
    from rehearse.history import History

    answered = {name: given[name] for name in _ANSWERS if given[name] not in {None, ()}}
    if sum((show, card, forget, bool(answered))) > 1:
        raise click.UsageError("--show, --card, --forget and answers do not go together.")
    label = label_of(label)
    with History() as history:
        label = history.spelled(label)
        if forget:
            _forget(history, label)
        elif show or card:
            _show(history, label, whole=show)
        else:
            before = history.plan(label)
            made = _given(before, **answered) if answered else _asked(before, label)
            _keep(history, label, made)


def _keep(history: History, label: str, plan: Plan) -> None:
    from rehearse.cli import cards

    history.keep_plan(label, cards.cued(plan))
    _show(history, label, whole=False)
    click.echo(f"Kept: your plan{_of(label)}.", err=True)


def _show(history: History, label: str, *, whole: bool) -> None:
    from rehearse.cli import cards
    from rehearse.cli.reporting import say, show

    plan = history.plan(label)
    if plan is None:
        raise _missing(history, label)
    from rehearse.outputs import cue_card

    if whole:
        show(partial(cue_card.write_plan, plan, history.said(label), label))
        say("")
    show(partial(cue_card.write, cards.of(plan, history, label), label))


def _forget(history: History, label: str) -> None:
    from rehearse.cli.reporting import say

    if not history.forget_plan(label):
        raise _missing(history, label)
    say(f"Your plan{_of(label)} is forgotten.")


def _asked(before: Plan | None, label: str) -> Plan:
    """A plan by questions, with the answers of the one before."""
    from rehearse.cli import asking
    from rehearse.interview.plan import QUESTION, Plan

    asking.begin()
    click.echo(f"A plan{_of(label)}. Ctrl-C keeps nothing.\n", err=True)
    role = asking.ask("What is the role?", "The role", kept=before.role if before else "")
    points = _asked_points(before.points if before else ())
    question = asking.ask(
        "How will you ask for their concerns?",
        "The question",
        kept=before.question if before else QUESTION,
    )
    why = asking.ask(
        f"Why do you want it?{'' if before and before.why else ' Enter for no answer.'}",
        "The reason",
        kept=before.why if before else "",
        needed=False,
    )
    click.echo(err=True)
    return Plan(role, why, points, question)


def _asked_points(before: tuple[Point, ...]) -> tuple[Point, ...]:
    from rehearse.cli.asking import ask
    from rehearse.interview.plan import MOST_POINTS, Point

    points: list[Point] = []
    kept = list(before)
    while len(points) < MOST_POINTS:
        number = len(points) + 1
        old = kept.pop(0) if kept else Point("", "")
        last = "" if old.criterion or number == 1 else " Enter for no more."
        criterion = ask(
            f"{_MATTERS[len(points)]}{last}",
            f"Criterion {number}",
            kept=old.criterion,
            needed=not points and not kept,
        )
        if not criterion and not kept:
            break
        if criterion:
            proof = ask("One thing you did that proves it?", f"Proof {number}", kept=old.proof)
            points.append(Point(criterion, proof))
    return tuple(points)


def _given(
    before: Plan | None,
    *,
    role: str | None = None,
    criterion: tuple[str, ...] = (),
    proof: tuple[str, ...] = (),
    question: str | None = None,
    why: str | None = None,
) -> Plan:
    """A plan by options; what is not given is kept, and asked where there is nothing to keep."""
    from rehearse.cli import asking
    from rehearse.interview.plan import QUESTION, Plan, Point
    from rehearse.session import readable

    if len(criterion) != len(proof):
        raise click.UsageError(
            f"There are {len(criterion)} times --criterion and {len(proof)} times --proof: they "
            "come in pairs."
        )
    points = tuple(
        Point(readable(one), readable(other)) for one, other in zip(criterion, proof, strict=True)
    )
    asking.begin()
    if role is None:
        role = before.role if before else asking.ask("What is the role?", "The role")
    if not points:
        points = before.points if before else _asked_points(())
    if question is None:
        question = before.question if before else QUESTION
    if why is None:
        why = before.why if before else ""
    return Plan(readable(role), readable(why), points, readable(question))


def _missing(history: History, label: str) -> Exception:
    from rehearse.errors import PlanError

    there = [each or "nothing in particular" for each in history.plans()]
    others = f" There are plans for: {'; '.join(there)}." if there else ""
    return PlanError(
        f"There is no plan{_of(label)}.",
        hint=f"`rehearse plan` makes one; --for says what it is for.{others}",
    )


def _of(label: str) -> str:
    return f" for {label}" if label else ""
