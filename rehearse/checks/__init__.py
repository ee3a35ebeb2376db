"""The checks, in the order in which a report shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.checks import audience, conciseness, discussed, job, length
from rehearse.checks.delivery import fillers, pace, pauses
from rehearse.checks.exchange import answer, calm, hearing, settling
from rehearse.checks.steps import concerns, fit, interest, thanks
from rehearse.checks.wording import arrogant, cheesy, hedging
from rehearse.errors import UnknownNameError

if TYPE_CHECKING:
    from rehearse.checks.check import Check

CHECKS: tuple[Check, ...] = (
    interest.interest,
    fit.fit,
    concerns.concerns,
    thanks.thanks,
    answer.answer,
    calm.calm,
    hearing.hearing,
    settling.settling,
    job.job,
    discussed.discussed,
    audience.audience,
    cheesy.cheesy,
    arrogant.arrogant,
    hedging.hedging,
    length.length,
    conciseness.conciseness,
    pace.pace,
    pauses.pauses,
    fillers.fillers,
)


def named(name: str) -> Check:
    """The check called `name`.

    Raises
    ------
    UnknownNameError
        Where there is none.
    """
    import difflib

    names = [each.name for each in CHECKS]
    for each in CHECKS:
        if each.name == name:
            return each
    near = difflib.get_close_matches(name, [*names, *(n.split(".")[-1] for n in names)], n=1)
    raise UnknownNameError(
        f"There is no check called {name!r}.",
        hint=f"Did you mean {near[0]}? `rehearse checks` lists them all."
        if near
        else "`rehearse checks` lists them all.",
    )
