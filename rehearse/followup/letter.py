"""A thank-you note of up to 150 words from a report: their words, ours, and gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rehearse.errors import FollowUpError
from rehearse.followup import parts
from rehearse.followup.pieces import Gap, Line, Said, joined, written
from rehearse.followup.speech import Speech
from rehearse.outputs import kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehearse.followup.details import Details

MOST: Final = 150
"""Words. A note is read between two meetings; ours."""

UNSURE: Final = 0.6
"""Below this probability a word may well be another. Ours."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A note, and what its writer has to know about it.

    Parameters
    ----------
    subject
        The subject of the e-mail, without gaps.
    paragraphs
        From the greeting to the name.
    card
        What to write on a postal card; empty where none is wanted.
    unsure
        Words in it that the recogniser may have mistaken.
    """

    subject: str
    paragraphs: tuple[Line, ...]
    card: Line = ()
    unsure: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The e-mail, paragraphs apart."""
        return "\n\n".join(map(written, self.paragraphs))

    @property
    def words(self) -> int:
        """How many words it has, the gaps as they stand."""
        return len(self.text.split())

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is left to fill, each once, in order."""
        found = (each.asks for each in self._pieces() if isinstance(each, Gap))
        return tuple(dict.fromkeys(found))

    @property
    def said(self) -> tuple[Said, ...]:
        """The words in it that were said, in order."""
        return tuple(each for each in self._pieces() if isinstance(each, Said))

    def _pieces(self) -> Iterator[str | Gap | Said]:
        for paragraph in (*self.paragraphs, self.card):
            yield from paragraph


def letter(report: Mapping[str, Any], details: Details) -> Letter:
    """Write a note from a report.

    Parameters
    ----------
    report
        As `docs/json.md` describes it; what it does not have yet may be missing.
    details
        What fills the gaps.

    Raises
    ------
    FollowUpError
        Where no words were heard.
    HistoryError
        Where it is no such report.
    """
    with kept.reading():
        return _letter(report, details)


def _letter(report: Mapping[str, Any], details: Details) -> Letter:
    if not report.get("transcript") or (speech := Speech(report)).empty:
        raise FollowUpError(
            "There are no words in this session.",
            hint="Choose a session in which you speak: `rehearse history` lists them.",
        )
    middle = parts.middle(speech, report)
    # What matters least goes first where the note gets too long.
    for leave_out in parts.least(middle):
        made = _assembled(speech, report, details, middle)
        if made.words <= MOST:
            return made
        middle.pop(leave_out, None)
    return _assembled(speech, report, details, middle)


def _assembled(
    speech: Speech, report: Mapping[str, Any], details: Details, middle: Mapping[str, Line]
) -> Letter:
    panel = report.get("to") == "panel"
    name: str | Gap = details.name or Gap("their names" if panel else "their name")
    signature: str | Gap = Gap("your name")
    if details.sender is not None and details.sender.name:
        signature = details.sender.name
    opening = parts.opening(details, middle)
    paragraphs: tuple[Line, ...] = (
        ("Dear ", name, ","),
        joined((opening, middle.get("discussed", ()))),
        joined(
            (
                middle["interest"],
                middle.get("asked") or middle.get("need", ()),
                middle.get("fit", ()),
            )
        ),
        joined(middle.get(name, ()) for name in ("concern", "answer", "unanswered")),
        joined((middle.get("promise", ()), parts.card_line(report, details))),
        parts.ending(middle),
        ("Kind regards,\n", signature),
    )
    paragraphs = tuple(each for each in paragraphs if each)
    card = parts.card(name, signature, opening, middle["interest"]) if details.card else ()
    role = f" – {details.role}" if details.role else ""
    whole = Letter(f"Thank you for the interview{role}", paragraphs, card)
    unsure = speech.unsure(whole.said, below=UNSURE)
    return Letter(whole.subject, paragraphs, card, tuple(unsure))
