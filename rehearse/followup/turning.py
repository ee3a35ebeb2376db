"""From a spoken sentence to one that can stand in a letter: only words are left out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rehearse.followup.pieces import Said

LONGEST: Final = 30
"""Words of a sentence that are still read in one go. Ours."""

SHORTEST: Final = 3
"""Words of a sentence at the least. Ours: fewer, as in "I did", say nothing in a letter."""

LEAST_KEPT: Final = 8
"""Words at the least of what is left of a sentence that is cut. Ours: less may be only how it
begins, as in "When I came to the ward"."""

_OPENER: Final = re.compile(
    r"(?:(?:so|and|but|or|because|cos|oh|um|aye|yeah|yes|also|plus|anyway|basically|listen)[,:]?"
    r"|(?:well|nah|okay|ok|right|look|now|then|honestly|actually|finally|lastly|sorry|please|sir|"
    r"ma['’]am|madam|one|two|three|four|second|third|to summarise|"
    r"first of all|first off|to be honest|i['’]ll be honest|"
    r"i have to say|i must say|let me say|i mean|you know|you see|the thing is|be honest|"
    r"to sum up)[,:]|(?:well|okay|right|look)(?= (?:I|we)\b))\s+",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"(?:,? (?:and|so),? (?:yeah|that|stuff|so on)|,? you know|,? or (?:whatever|something)|, yeah"
    r"|, i (?:guess|think|suppose)|,? ?(?:sir|ma['’]?am|madam|boss|mate|pal|dear|gentlemen|guys|"
    r"folks|love|pet)|,)(?=[.!?]*$)",
    re.IGNORECASE,
)
_UNPRINTABLE: Final = re.compile(r"[\[\]{}<>|\\*_#]|https?:|\.\.\.|…")
_DANGLING: Final = re.compile(
    "a|after|an|and|as|at|because|before|but|by|for|from|i|if|in|into|is|it's|its|like|my|"
    "no|of|on|or|our|since|so|than|that|the|their|they|to|um|was|we|were|which|who|with|your"
)
_TURN: Final = re.compile(
    r"(?:;|:|,? [–—]|,? (?:but|so)|, (?:and|or)|,(?= (?:I|we|you|it|he|she|they|I['’]\w+)\b))\s"
)
_SPLICE: Final = re.compile(
    r"[;:–—]\s|,\s(?=(?:I|you|we|it)(?:['’]\w+)?\s)|,\s(?:so|but)\s"
    r"|\s(?:and|so|but)\s(?=(?:you|they|he|she|there|then)\b)"
)


def turned(said: Said, *, longest: int = LONGEST) -> Said | None:
    """Make a sentence of what was said, or None where it cannot be one.

    What opens and closes spoken sentences is left out, and what is too long is cut where a
    clause ends.  The first letter and the full stop are those of a sentence.
    """
    text = _stripped(said.text)
    if len(text.split()) > longest:
        text = _first_clauses(text, longest)
    text = text.rstrip(" ,;:–—")
    words = re.findall(r"[\w'’]+", text.lower())
    if len(words) < SHORTEST or _DANGLING.fullmatch(words[-1]) or _UNPRINTABLE.search(text):
        return None
    text = text[0].upper() + text[1:]
    return replace(said, text=text if text[-1] in ".!?”" else text + ".")


def clause(said: Said, begins: re.Pattern[str], *, longest: int) -> Said | None:
    """Make a sentence of the clause that begins as given, or None where there is none.

    It ends with the sentence, or where another clause begins if the sentence is too long or
    runs two together with a comma.
    """
    text = _stripped(said.text)
    match = begins.search(text)
    if match is None:
        return None
    text = text[match.start("clause") :]
    splice = _SPLICE.search(text)
    if splice is not None and len(text[: splice.start()].split()) >= SHORTEST:
        text = text[: splice.start()]
    return turned(replace(said, text=text), longest=longest)


def _stripped(text: str) -> str:
    text = text.strip()
    while (match := _OPENER.match(text)) is not None and len(text) > match.end():
        text = text[match.end() :]
    end = re.search(r"[.!?]*$", text)
    stop = end[0] if end else ""
    while (match := _TAIL.search(text)) is not None and match.start():
        text = text[: match.start()].rstrip() + stop
    return text


def _first_clauses(text: str, longest: int) -> str:
    """The most clauses from the front that are short enough; nothing where none is."""
    best = ""
    for match in _TURN.finditer(text):
        if LEAST_KEPT <= len(text[: match.start()].split()) <= longest:
            best = text[: match.start()]
    return best
