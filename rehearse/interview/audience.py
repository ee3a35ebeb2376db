"""Whom a close is for: what each of them needs to hear, with the reasons.

One file each in `audiences/`. The advice is ours; that one closes with everybody, and that the
approach varies with their position, is the recruiter's column's.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal, get_args

from rehearse.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping

Name = Literal["hiring-manager", "recruiter", "peer", "executive", "panel"]
NAMES: Final[tuple[Name, ...]] = get_args(Name)


@dataclass(frozen=True, slots=True)
class Audience:
    """Somebody who interviews.

    Parameters
    ----------
    name
        On the command line.
    title
        In a sentence: "the hiring manager".
    why
        What matters to them, and why.
    unexpected
        Steps that they need not be given.
    say
        For a step, what to say to them where it is missing; a step that is not here has the
        advice that everybody gets.
    unfit
        For a step, why it does not suit them where it was taken; empty where it does.
    advice
        What they look for besides, of "result_first", "next_steps" and "all_thanked", and what to
        do where it is missing.
    """

    name: str
    title: str
    why: str
    unexpected: frozenset[str] = frozenset()
    say: Mapping[str, str] = field(default_factory=dict)
    unfit: Mapping[str, str] = field(default_factory=dict)
    advice: Mapping[str, str] = field(default_factory=dict)


@cache
def audience(name: str) -> Audience:
    """Read one.

    Raises
    ------
    UnknownNameError
        Where there is none of this name.
    """
    if name not in NAMES:
        raise UnknownNameError(
            f"--to {name}: there is no such interviewer.", hint=f"There are {', '.join(NAMES)}."
        )
    told = tomllib.loads(
        files("rehearse.interview").joinpath("audiences", f"{name}.toml").read_text("utf-8")
    )
    return Audience(
        name,
        told["title"],
        " ".join(told["why"].split()),
        frozenset(told.get("unexpected", ())),
        told.get("say", {}),
        told.get("unfit", {}),
        told.get("advice", {}),
    )
