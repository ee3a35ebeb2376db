"""A letter as a draft that mail programs open: `.eml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rehearse.followup.details import Address, Details
    from rehearse.followup.letter import Letter


def message(letter: Letter, details: Details) -> bytes:
    """Make the draft; without an address there is no such header.

    It has no date and no number: whoever sends it sets them.  `X-Unsent` has mail programs
    open it for writing.
    """
    from email import policy
    from email.message import EmailMessage

    people = (details.recipient, details.sender)
    # Such an address cannot be written otherwise (RFC 6532); names in ASCII are read everywhere.
    plain = all(each is None or each.address.isascii() for each in people)
    mail = EmailMessage(policy=policy.SMTP if plain else policy.SMTPUTF8)
    mail["Subject"] = letter.subject
    if details.sender is not None:
        mail["From"] = _header(details.sender, "")
    if details.recipient is not None:
        mail["To"] = _header(details.recipient, details.name or "")
    mail["X-Unsent"] = "1"
    mail.set_content(letter.text + "\n", charset="utf-8", cte="quoted-printable")
    return mail.as_bytes()


def _header(address: Address, name: str) -> object:
    from email.headerregistry import Address as Parsed

    user, _, domain = address.address.rpartition("@")
    return Parsed(address.name or name, user, domain)
