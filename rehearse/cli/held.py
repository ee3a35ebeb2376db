"""The options that say what a close is held against: the job, notes, whom it is for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import click

from rehearse.interview.audience import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rehearse.interview import Interview
    from rehearse.interview.audience import Audience
    from rehearse.interview.plan import Plan

JOB_HELP: Final = "The job posting, a plain-text file: says which of its criteria you answer."
DISCUSSED_HELP: Final = "Notes of what was talked about, a plain-text file: says what you recall."
TO_NAMES: Final = f"{', '.join(NAMES[:-1])} or {NAMES[-1]}"

_TIME: Final = re.compile(r"[-+\d:.]")


def held_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--job` and `--discussed`."""
    for option in (
        click.option("--discussed", metavar="NOTES", help=DISCUSSED_HELP),
        click.option("--job", metavar="POSTING", help=JOB_HELP),
    ):
        command = option(command)
    return command


def interview_of(
    job: str | None, discussed: str | None, to: str | None, *, plan: Plan | None = None
) -> Interview:
    """Read what was given.

    Raises
    ------
    InputError
        Where a file cannot be used.
    UnknownNameError
        Where nobody is called like that.
    """
    from rehearse.inputs import notes, posting
    from rehearse.interview import Interview

    return Interview(
        posting=None if job is None else posting(job),
        notes=None if discussed is None else notes(discussed),
        audience=None if to is None else audience_of(to),
        plan=plan,
    )


def plan_of(label: str) -> Plan | None:
    """The plan for something; None where there is none.

    A history that cannot be read says so when the session is to be kept.
    """
    from rehearse.errors import HistoryError
    from rehearse.history import History

    try:
        with History() as history:
            found = history.planned(label)
    except HistoryError:
        return None
    return None if found is None else found[1]


def audience_of(name: str) -> Audience:
    """Whom a close is for.

    Raises
    ------
    UnknownNameError
        Where nobody is called like that.
    """
    from rehearse.interview.audience import audience

    return audience(name.strip().lower().replace(" ", "-").replace("_", "-"))


def parted(values: Sequence[str]) -> tuple[str | None, str | None]:
    """What `--to` names: whom it is for, and a time at which a recording ends."""
    times = [value for value in values if _TIME.match(value.strip())]
    names = [value for value in values if value not in times]
    return (names[-1] if names else None), (times[-1] if times else None)
