"""The ways in which a recogniser, or a hasty typist, would have written a close."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

    from reading import Said

FILLERS: Final = ("um", "uh", "like", "you know", "i mean", "so", "well", "er", "erm", "okay")

SOUND_ALIKE: Final = {
    "you're": "your",
    "your": "you're",
    "their": "there",
    "there": "their",
    "hire": "higher",
    "to": "too",
    "it's": "its",
    "than": "then",
    "know": "no",
    "here": "hear",
    "role": "roll",
    "fit": "feet",
    "team": "teem",
}

FILLED, TWICE, MISHEARD, RUN_ON, LOST = 0.03, 0.02, 0.06, 0.3, 0.006
"""How often a word has a filler before it, is said twice, is heard as another, loses its
apostrophe, is lost. Ours, from what `base` makes of the real recordings we measure with."""


def as_recognised(said: Said, chance: random.Random) -> Said:
    """The same close without punctuation and capitals, with fillers and slips."""
    text, sentences = "", []
    for sentence in said.sentences:
        words = written(said.text[sentence.start : sentence.end], chance)
        start = len(text) + 1 if text else 0
        text = f"{text} {words}" if text else words
        sentences.append(replace(sentence, start=start, end=len(text)))
    return replace(said, text=text, sentences=tuple(sentences))


def written(text: str, chance: random.Random) -> str:
    """Some words of it without punctuation and capitals, with fillers and slips."""
    written: list[str] = []
    for raw in text.split():
        word = raw.lower().strip('.,!?;:"“”()—–')
        if not word:
            continue
        if chance.random() < FILLED:
            written.append(chance.choice(FILLERS))
        if chance.random() < TWICE:
            written.append(word)
        if word in SOUND_ALIKE and chance.random() < MISHEARD:
            word = SOUND_ALIKE[word]
        if chance.random() < RUN_ON:
            word = re.sub("['’]", "", word)
        if chance.random() >= LOST:
            written.append(word)
    return " ".join(written) or text.lower()
