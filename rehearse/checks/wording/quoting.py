"""Lines that are quoted, told of somebody else, or rejected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rehearse.close import Sentence

REJECTED: Final = re.compile(
    r"\b(?:not going to|won'?t|would ?n'?t|will not|never|don'?t (?:want to|like to)|rather not|hate|"
    r"instead of|refuse to|spare you|no intention of|not here to)\b.{0,30}\b(?:say|saying|tell|ask|asking|"
    r"pretend|claim|promise|sell|give you|do the|use|line|call)\b|\bthe kind of (?:person|candidate) who says\b",
    re.IGNORECASE,
)

REPORTED: Final = re.compile(
    r"\b(?:he|she|they|people|somebody|someone|everybody|everyone|candidates?|boss|manager|colleague|brother|sister|"
    r"dad|mum|mom|friend|uncle|lad|guy|books?|websites?|internet)\b.{0,25}"
    r"\b(?:said|says|say|told|tells|tell|asked|asks|ask|used to|always|claimed|claims|went|goes|advises?|was a|is a)\b",
    re.IGNORECASE,
)


def rejects(sentence: Sentence) -> bool:
    """Tell whether a sentence only quotes, reports or rejects what it says."""
    text = sentence.parsed.text
    if REJECTED.search(text):
        return True
    return bool(REPORTED.search(text)) and not re.match(r"\W*i\b", text, re.IGNORECASE)
