"""Stretches of speech and the pauses between them, from voice activity."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from rehearse.audio.voice import FRAME_S
from rehearse.delivery import Pause, Where

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rehearse.transcript import Span, Transcript, Word

SHORTEST_S: Final = 0.25
"""Gaps below this are not pauses. Ours; Campione and Véronis (2002) set the border
between brief and medium pauses at 0.2 s, and one frame of the network is added."""

BLIP_S: Final = 0.1
"""Voice shorter than this, with no word on it, is a click or a breath."""


def stretches(
    voiced: Sequence[bool], start_s: float, transcript: Transcript
) -> list[tuple[float, float]]:
    """Start and end in seconds of every stretch of speech, in order."""
    found: list[tuple[float, float]] = []
    begin: int | None = None
    for number, speaks in enumerate([*voiced, False]):
        if speaks and begin is None:
            begin = number
        elif not speaks and begin is not None:
            found.append((start_s + begin * FRAME_S, start_s + number * FRAME_S))
            begin = None
    words = [word for word in transcript.heard_words if word.start_s is not None]
    return [each for each in found if each[1] - each[0] >= BLIP_S or _covered(words, each)]


def _covered(words: Sequence[Word], stretch: tuple[float, float]) -> bool:
    """Whether one of the words, which are in order, has sound in the stretch."""
    later = bisect_left(words, stretch[1], key=lambda word: word.start_s or 0.0)
    return later > 0 and (words[later - 1].end_s or 0.0) > stretch[0]


def pauses_in(
    speech: Sequence[tuple[float, float]], transcript: Transcript, questions: Sequence[Span]
) -> tuple[Pause, ...]:
    """Every pause of `SHORTEST_S` and more, each with where it falls."""
    words = [word for word in transcript.heard_words if word.start_s is not None]
    asked = {inside[-1].span for question in questions if (inside := transcript.words_in(question))}
    pauses: list[Pause] = []
    number = 0
    for (_, start), (end, _) in itertools.pairwise(speech):
        if end - start < SHORTEST_S:
            continue
        middle = (start + end) / 2
        while number < len(words) and (words[number].start_s or 0.0) < middle:
            number += 1
        before = words[number - 1] if number else None
        pauses.append(Pause(round(start, 3), round(end, 3), _where(before, asked)))
    return tuple(pauses)


def _where(before: Word | None, asked: Collection[Span]) -> Where:
    """After which word: one that ends a question, or, by its punctuation, a clause."""
    if before is None:
        return "boundary"
    if before.span in asked:
        return "after-question"
    if before.text.rstrip("\"'”’)")[-1:] in {".", ",", "?", "!", ";", ":", "…", "–", "—"}:
        return "boundary"
    return "mid-clause"
