"""What the command line would say, in the words of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

CALLED: Final = {
    "--from": "“Begin at”",
    "--to": "“End at”",
    "--speaker": "“Whose voice”",
    "`rehearse record`": "the first page",
    "`rehearse history`": "the page “Progress”",
    "`rehearse recover`": "the first page",
}
"""What the first page calls the options and the commands that a message may name."""

_NAMED: Final = re.compile("|".join(rf"{re.escape(each)}(?![\w-])" for each in CALLED))


def of_page(text: str) -> str:
    """Name what a message names as the page does.

    >>> of_page("Pick the part with --from and --to.")
    'Pick the part with “Begin at” and “End at”.'
    """
    return _NAMED.sub(lambda found: CALLED[found[0]], text)


def view_of_page(view: Mapping[str, Any]) -> dict[str, Any]:
    """A view of a report (`rehearse.outputs.report_page`), its notes worded so."""
    return {**view, "notes": [of_page(note) for note in view["notes"]]}
