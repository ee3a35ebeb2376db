"""Two sessions side by side as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rehearse.outputs.comparing import OWN, compare
from rehearse.outputs.one_file import page
from rehearse.session import ANY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehearse.outputs.links import Links
    from rehearse.session import Session

PART: Final = "parts/comparison.html"

STYLES: Final = ("page.css", "comparison.css")
"""What the page looks like, in this order."""


def html(first: Session, second: Session) -> str:
    """Write two sessions as one file that opens without a network, without their sound.

    Raises
    ------
    KeyError, TypeError
        Where one has no report of this format; `rehearse.outputs.kept` says so for people.
    """
    return page(PART, fields(first, second), title=title(first, second), styles=STYLES)


def title(first: Session, second: Session) -> str:
    """What the page is called: "Sessions 3 and 12"."""
    return f"Sessions {first.number} and {second.number}"


def fields(
    first: Session,
    second: Session,
    *,
    sounds: Mapping[int, str | None] | None = None,
    links: Links | None = None,
) -> dict[str, Any]:
    """What the template of the comparison is given.

    Parameters
    ----------
    first, second
        On the left and on the right, or above and below where there is no room.
    sounds
        The address of each session's sound, by its number; there is no player without one.
    links
        Where the numbers lead to; None where they lead nowhere.

    Raises
    ------
    KeyError, TypeError
        Where one has no report of this format.
    """
    compared = compare(first, second)
    return {
        "heading": title(first, second),
        "sides": [
            _side("first", first, compared.words.first, links),
            _side("second", second, compared.words.second, links),
        ],
        "sounds": dict(sounds or {}),
        "steps": compared.steps,
        "measures": compared.measures,
        "flagged": [
            (where, lines)
            for where, lines in (
                (f"Only in session {first.number}", compared.lines.first),
                (f"Only in session {second.number}", compared.lines.second),
                ("In both", compared.lines.both),
            )
            if lines
        ],
        "same": compared.words.same,
        "marked": compared.words.marked,
        "own": OWN,
        "back": None if links is None else links.history(),
    }


def _side(place: str, session: Session, words: Any, links: Links | None) -> dict[str, Any]:
    when = session.held_at.astimezone()
    return {
        "place": place,
        "number": session.number,
        "link": None if links is None else links.session(session.number),
        "when": f"{when.day} {when:%b %Y %H:%M}",
        "label": "" if session.label == ANY else session.label,
        "repeats": session.repeats,
        "source": session.source,
        "words": words,
    }
