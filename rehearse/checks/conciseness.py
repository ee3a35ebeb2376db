"""# Let every sentence do something

## What it looks for

Sentences that serve no step, and say nothing else a close is for (what they need, what comes
next, a card, a note you will send); things said twice; and the shortest set of your own
sentences that still takes every step you took, with the words and seconds it saves.

## Why it matters

Time is short, and what does nothing hides what does. A warm word to begin with is not a
fault, which is why only a large share is called one.

## Known limits

A sentence that prepares the next may be counted as doing nothing. The shortest set is a
measure, not a script: it shows how little is needed, not how to sound.

## Source

The recruiter's column "Interviews: 4 Steps to Closing Strong!": be clear and concise. The
thresholds are ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rehearse.checks.check import check
from rehearse.checks.steps.evidence import proofs
from rehearse.finding import Finding, Level
from rehearse.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rehearse.close import Close, Sentence

USEFUL: Final = ("criterion", "next_steps", "business_card", "follow_up", "reminder")

MUCH: Final = 0.5
SOME: Final = 0.35
"""Shares of words that serve no step: from `MUCH` on a fix, from `SOME` on a tip. Ours."""

LEAST_WORDS: Final = 25
"""Fewer idle words than this are never worth a remark. Ours."""

TIGHT: Final = 0.15
TIGHT_WORDS: Final = 60

SAME: Final = 0.5
SAME_WORDS: Final = 2
"""Two sentences say the same where they share this much of their content words, and at
least so many. Ours."""

CONTENT: Final = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM"})


@dataclass(frozen=True, slots=True)
class Shortest:
    """The speaker's own sentences that keep every step, and what they save."""

    sentences: tuple[Sentence, ...]
    words_saved: int
    seconds_saved: float | None


@check(
    "Did every sentence do something?",
    good=(
        (
            "You said the hard part is keeping errors down with a new team. I trained fourteen "
            "pickers last spring and we went from three percent to under one. I would like to "
            "work here. Do you have any concerns about me? Thank you for the tour."
        ),
    ),
    bad=(
        (
            "The traffic was dreadful this morning, there was a lorry across two lanes by the "
            "bridge. My neighbour drives one of those, he says they are the devil to turn in the "
            "wet. Anyway, it was sunny by ten, and I had a sandwich in the car. I would love to "
            "work here. The canteen looks nice, I saw they do soup on Thursdays. Thank you."
        ),
    ),
)
def conciseness(close: Close) -> Iterator[Finding]:
    """Judge what could be left out."""
    close = close.own_turn  # what answers a concern takes as long as it takes
    idle = idle_sentences(close)
    words = sum(len(sentence.words) for sentence in close.sentences)
    wasted = sum(len(sentence.words) for sentence in idle)
    share = wasted / words if words else 0.0
    shortest = shortest_set(close)
    if share >= SOME and wasted >= LEAST_WORDS:
        longest = max(idle, key=lambda sentence: len(sentence.words))
        yield Finding(
            Level.FIX if share >= MUCH else Level.TIP,
            f"{wasted} of {words} words serve no step; this is the longest stretch of them.",
            _saving(shortest) or "Leave it out.",
            longest.span,
            weight=17 if share >= MUCH else 6,
        )
    elif share <= TIGHT and words >= TIGHT_WORDS:
        yield Finding(Level.STRENGTH, f"Nearly every sentence did something: {words} words.")
    yield from _repetitions(close)
    if shortest is not None and share >= TIGHT and shortest.words_saved >= LEAST_WORDS:
        kept = " ".join(sentence.text for sentence in shortest.sentences)
        yield Finding(
            Level.NOTE, f"The shortest close in your own words that keeps every step: “{kept}”",
            _saving(shortest),
        )  # fmt: skip


def idle_sentences(close: Close) -> tuple[Sentence, ...]:
    """The sentences that serve no step and nothing else a close is for."""
    useful = frozenset({*STEPS, *USEFUL})
    answering = {span for each in close.criteria or () for span in (*each.evidence, *each.named)}
    recalling = {span for each in close.recalled or () for span in each.at}
    return tuple(
        sentence
        for sentence in close.sentences
        if not useful & sentence.tags.present
        and sentence.span not in answering | recalling
        and len(sentence.words) > 2
    )


def shortest_set(close: Close) -> Shortest | None:
    """Choose the fewest words of whole sentences that keep every step that was taken.

    Exact: each set of steps keeps its cheapest choice while sentences are added
    one by one. None where no step was taken.
    """
    holds = [0] * len(close.sentences)
    place = {id(sentence): number for number, sentence in enumerate(close.sentences)}
    for bit, step in enumerate(STEPS):
        for sentence in proofs(close, step):
            holds[place[id(sentence)]] |= 1 << bit
    wanted = 0
    for mask in holds:
        wanted |= mask
    if not wanted:
        return None
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for number, mask in enumerate(holds):
        if not mask:
            continue
        cost = len(close.sentences[number].words)
        for have, (spent, chosen) in list(best.items()):
            now = have | mask
            offer = (spent + cost, (*chosen, number))
            if now != have and (now not in best or offer < best[now]):
                best[now] = offer
    chosen = best[wanted][1]
    kept = tuple(close.sentences[number] for number in chosen)
    dropped = [sentence for number, sentence in enumerate(close.sentences) if number not in chosen]
    return Shortest(kept, sum(len(sentence.words) for sentence in dropped), _seconds(dropped))


def _seconds(sentences: Sequence[Sentence]) -> float | None:
    total = 0.0
    for sentence in sentences:
        if not sentence.words:
            continue
        start, end = sentence.words[0].start_s, sentence.words[-1].end_s
        if start is None or end is None:
            return None
        total += max(0.0, end - start)
    return total


def _saving(shortest: Shortest | None) -> str:
    if shortest is None or shortest.words_saved == 0:
        return ""
    seconds = f" and {shortest.seconds_saved:.0f} s" if shortest.seconds_saved else ""
    return f"Your steps alone would save {shortest.words_saved} words{seconds}."


def _repetitions(close: Close) -> Iterator[Finding]:
    """Sentences that say again what an earlier one said."""
    told: set[int] = set()
    contents = [_content(sentence) for sentence in close.sentences]
    for later_number, later in enumerate(close.sentences):
        if len(later.words) < 5 or later.holds("thanks"):
            continue
        for number, earlier in enumerate(close.sentences[:later_number]):
            if number in told or len(earlier.words) < 5:
                continue
            if _same(contents[number], contents[later_number]):
                told.add(later_number)
                yield Finding(
                    Level.TIP,
                    f"You said this before: “{earlier.text}”",
                    "Say it once, where it counts most.",
                    later.span,
                    weight=5,
                )
                break
    yield from _stammered(close)


def _same(first: set[str], second: set[str]) -> bool:
    shared = len(first & second)
    return shared >= SAME_WORDS and shared >= SAME * len(first | second)


def _content(sentence: Sentence) -> set[str]:
    return {token.lemma_.lower() for token in sentence.parsed if token.pos_ in CONTENT}


def _stammered(close: Close) -> Iterator[Finding]:
    """Words said twice in a row, where that happens often enough to be heard."""
    words = [re.sub(r"\W", "", word.text).lower() for word in close.transcript.own_words]
    twice = sum(
        a == b and a not in {"very", "really", "no", "that", "had", "so"}
        for a, b in pairwise(words)
    )
    if twice >= 3:
        yield Finding(
            Level.NOTE, f"You began a word again {twice} times.", "Pause instead, and go on."
        )
