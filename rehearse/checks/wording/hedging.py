"""# Do not take it back while you say it

## What it looks for

Words that weaken your own claim: "I guess", "sort of", "I think maybe". "This kind of
work" weakens nothing, a bare "I think" is plain speech, and a hedge in a question is
politeness.

## Why it matters

A claim that its speaker doubts is doubted. One hedge passes; several in a minute sound
as if you were not sure of yourself.

## Known limits

An honest uncertainty ("I might be wrong about the year") is hedged as well, and rightly.

## Source

Ours: no study of hedges in a close was found. What counts is set out in docs/labels.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rehearse.checks.check import check
from rehearse.finding import Finding, Level
from rehearse.language.cues import normalised_in_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.close import Close, Sentence
    from rehearse.transcript import Span

HEDGES: Final = re.compile(
    r"\bi guess\b|\bi suppose\b|\bi (?:kind of |sort of )?think maybe\b|\bmaybe (?=i (?:could|can|might|would|am|have|did|was))"
    r"|(?<!this )(?<!that )(?<!these )(?<!those )(?<!what )(?<!the )(?<!any )(?<!same )(?<!some )(?<!every )(?<!another )(?<!a )"
    r"(?<!certain )(?<!right )(?<!which )(?<!whatever )(?<!all )(?<!new )(?<!other )(?<!different )\b(?:kind of|sort of|kinda|sorta)\b"
    r"|\bor whatever\b|\bor something(?: like that)?\b|\bif that makes sense\b|\bi don'?t know if (?:that|this|it)\b"
    r"|\bi'?m no expert\b|\bi(?:'m| am) not (?:really )?an expert\b|\bi(?:'m| am|m) probably not\b|\bi could be wrong\b"
    r"|\bi (?:might|may) (?:be|have been) (?:able|okay|ok|good|decent|alright)\b|\bi'?d like to think\b|\bi feel like maybe\b"
    r"|\bprobably (?:kind of|sort of)\b|\bjust (?:a|an) (?:\w+ )?(?:little|small)\b|\bhopefully i\b|\bi(?:'m| am)? (?:somewhat|fairly|pretty) sure i\b"
)

OWN: Final = re.compile(r"\b(?:i|i'?m|i'?ve|i'?d|im|ive|id|my|me)\b")

MANY: Final = 3
"""From so many hedges on it is a fix. Ours."""


@check(
    "Did you stand by what you claimed?",
    good=(
        "This kind of work is what I did for six years.",
        "I think I can help you with that backlog.",
    ),
    bad=(
        "I guess I've sort of done that before.",
        "I think maybe that's, like, kind of close to what you need, I suppose.",
    ),
)
def hedging(close: Close) -> Iterator[Finding]:
    """Look for hedges on the speaker's own claims."""
    spans = [span for sentence in close.sentences for span in hedges_in(sentence)]
    for span in spans:
        quoted = close.transcript.text[span.start : span.end]
        yield Finding(
            Level.FIX if len(spans) >= MANY else Level.TIP,
            f"“{quoted}” takes back what you claim"
            + (f"; you hedged {len(spans)} times." if len(spans) >= MANY else "."),
            "Leave it out, and say the rest just as it is.",
            span,
            weight=3 if span is spans[0] else 0,
        )


def hedges_in(sentence: Sentence) -> Iterator[Span]:
    """The hedges of one sentence, unless it is a question or about others."""
    text = normalised_in_place(sentence.parsed.text)
    asks = "asks" in sentence.tags.cues and not re.search(r"\b(?:sort|kind) of\b", text)
    around = sentence.parsed.doc.text.lower()
    if asks or not (OWN.search(text) or OWN.search(around)):
        return
    for match in HEDGES.finditer(text):
        yield sentence.span_of(match.start(), match.start() + len(match.group().rstrip()))
