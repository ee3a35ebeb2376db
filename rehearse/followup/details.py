"""What the writer of a note says beside what was said: names, addresses, the card."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rehearse.errors import FollowUpError
from rehearse.session import readable

LONGEST: Final = 200
"""Characters of a name. Ours."""

_ADDRESS: Final = r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@<>()\[\],;:\\\"]{1,255}"
_FORM: Final = re.compile(
    rf"(?P<plain>{_ADDRESS})|\"?(?P<name>[^<>@\"]*)\"? *<(?P<inner>{_ADDRESS})>"
)


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address and the name with it, which may be empty."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Details:
    """What fills the gaps of a note; None is a gap.

    Parameters
    ----------
    name
        The interviewer.
    role, company
        What the interview was for.
    recipient, sender
        The addresses of the draft; the name of the sender signs the note.
    card
        Whether a line about business cards and a postal card are wanted.
    """

    name: str | None = None
    role: str | None = None
    company: str | None = None
    recipient: Address | None = None
    sender: Address | None = None
    card: bool = False


def named(text: str | None, option: str) -> str | None:
    """Read a name given to `option`: one line, whatever it was made of; None for none.

    Raises
    ------
    FollowUpError
        Where nothing of it can be read, or it is too long.
    """
    if text is None:
        return None
    name = readable(text)
    if not name:
        raise FollowUpError(
            f"{option} is empty.", hint="Give a name, or leave the option out: a gap is left."
        )
    if len(name) > LONGEST:
        raise FollowUpError(
            f"{option} has {len(name)} characters.", hint=f"Give {LONGEST} at most."
        )
    return name


def addressed(text: str | None, option: str) -> Address | None:
    """Read an address given to `option`, as in `Ann Lee <ann@example.org>`; None for none.

    Raises
    ------
    FollowUpError
        Where it is no address, or more than one line: what follows a line break would be a
        header of its own.
    """
    if text is None:
        return None
    match = _FORM.fullmatch(text.strip())
    if match is None or not text.strip().isprintable():
        raise FollowUpError(
            f"{option} {text!r} is not an e-mail address.",
            hint='Write it as in ann@example.org or "Ann Lee <ann@example.org>".',
        )
    name = (match["name"] or "").strip()
    return Address(named(name, option) or "" if name else "", match["plain"] or match["inner"])
