"""# Strong is not cocky

## What it looks for

Words that put others down or take your superiority for granted: "you won't interview
anyone better". Plain confidence with evidence is not meant, however proud.

## Why it matters

They are looking for someone to work beside. A result says how good you are and lets
them draw the conclusion; a comparison with people you have never met says something else.

## Known limits

Irony at your own expense may be taken at its word.

## Source

The recruiter's column "Interviews: 4 Steps to Closing Strong!": strong, not cocky. What
counts is set out in docs/labels.md; the examples are ours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rehearse.checks.check import check
from rehearse.checks.wording.quoting import rejects
from rehearse.finding import Finding, Level
from rehearse.language.cues import normalised_in_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.close import Close

PLAIN: Final = re.compile(
    r"\byou (?:won'?t|will not|wont|can'?t|cannot|will never) (?:\w+ )?(?:find|interview|meet|get|see|do) (?:\w+ )?"
    r"(?:anyone|anybody|someone|somebody)? ?(?:\w+ )?(?:better|smarter|cleverer|more qualified|as good|like me)\b"
    r"|\bi(?:'m| am|m) (?:simply |just |easily |clearly |obviously |usually |by far |probably )*"
    r"the (?:best|smartest|cleverest|strongest|most \w+) (?:candidate|person|developer|engineer|salesperson|one|applicant|nurse|teacher)\b"
    r"|\b(?:better|smarter|cleverer) than (?:any|every|all|anyone|everyone|most|whoever|the rest|your)\b"
    r"|\bthe (?:other candidates|rest|others|competition) (?:\w+ ){0,3}(?:can'?t|cannot|don'?t|won'?t|aren'?t|never)\b"
)


@check(
    "Did you let your work speak, rather than a comparison?",
    good=(
        "I closed the books three days faster than the year before, every month.",
        "I'm proud of that ward: nobody left in two years.",
    ),
    bad=(
        "You won't interview anyone better than me.",
        "I'm usually the cleverest person in the building.",
    ),
)
def arrogant(close: Close) -> Iterator[Finding]:
    """Look for superiority taken for granted."""
    for sentence in close.sentences:
        listed = PLAIN.search(normalised_in_place(sentence.parsed.text))
        if rejects(sentence) or not (listed or sentence.holds("arrogant")):
            continue
        yield Finding(
            Level.FIX,
            f"“{sentence.text}” puts you above others, which says more about you than a result "
            "would.",
            "Say what you did and what came of it, and leave the comparison to them.",
            sentence.span,
            weight=12,
        )
