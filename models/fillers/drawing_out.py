"""Fillers as long as people's, and words drawn out as people do who think while they speak.

A synthesiser says "um" in a fifth of a second and hurries on.  People take twice that, and
wait; and they draw out "and" and "the", which must not pass for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import librosa
import numpy as np
from sound import RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FILLER_S = (0.36, 0.42)
"""Median, and standard deviation of the logarithm, of how long a filler is. Ours: about as in
the real recordings that were listened to."""

FILLER_RANGE_S = (0.13, 1.0)
WORD = (1.4, 3.2)
"""A word that is drawn out becomes so many times as long."""

SHORT_S = 0.2
DRAWN, SHORT_DRAWN = 0.08, 0.22
"""Share of words, and of those shorter than `SHORT_S`, that are drawn out."""

LEAST_S = 0.05
"""What is shorter cannot be stretched, and is left alone."""

PAUSE_BEFORE, PAUSE_AFTER = 0.35, 0.45
"""Share of fillers with a pause beside them. Half of the words drawn out have one after."""

FADE = 80


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a close to change, in seconds; `name` of a filler."""

    start_s: float
    end_s: float
    name: str = ""


def drawn_out(
    samples: NDArray[np.float64],
    fillers: Sequence[tuple[float, float, str]],
    words: Sequence[tuple[float, float]],
    chance: np.random.Generator,
) -> tuple[NDArray[np.float64], list[tuple[float, float, str]]]:
    """Give the sound, and where its fillers are now; those too short to stretch are left out.

    Parameters
    ----------
    samples
        float64 [shape=(n,)], at `RATE_HZ`.
    fillers, words
        (start, end, name) and (start, end), seconds.
    chance
        What draws.
    """
    pieces: list[NDArray[np.float64]] = []
    moved, done, length = [], 0, 0
    for part in _chosen(fillers, words, chance):
        first, last = int(part.start_s * RATE_HZ), int(part.end_s * RATE_HZ)
        if first < done or last - first < LEAST_S * RATE_HZ or last > len(samples):
            continue
        before, sound, after = _said(samples[first:last], part, chance)
        pieces += [samples[done:first], before, sound, after]
        length += first - done + len(before)
        if part.name:
            moved.append((length / RATE_HZ, (length + len(sound)) / RATE_HZ, part.name))
        length += len(sound) + len(after)
        done = last
    return np.concatenate([*pieces, samples[done:]]), moved


def _chosen(
    fillers: Sequence[tuple[float, float, str]],
    words: Sequence[tuple[float, float]],
    chance: np.random.Generator,
) -> list[Part]:
    found = [Part(*filler) for filler in fillers]
    for start, end in words:
        if chance.random() < (SHORT_DRAWN if end - start < SHORT_S else DRAWN):
            found.append(Part(start, end))
    return sorted(found, key=lambda part: part.start_s)


def _said(
    sound: NDArray[np.float64], part: Part, chance: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Silence before, the sound as long as it shall be, silence after."""
    now_s = len(sound) / RATE_HZ
    if part.name:
        median, spread = FILLER_S
        wanted_s = float(np.clip(median * np.exp(spread * chance.normal()), *FILLER_RANGE_S))
    else:
        wanted_s = now_s * chance.uniform(*WORD)
    if wanted_s > 1.1 * now_s:
        rate = now_s / wanted_s
        sound = librosa.effects.time_stretch(sound, rate=rate, n_fft=512, hop_length=64)
    before = _pause(0.1, 0.8, PAUSE_BEFORE if part.name else 0.0, chance)
    after = _pause(0.1, 1.0, PAUSE_AFTER if part.name else 0.5, chance)
    sound = sound.copy()
    if len(before):
        sound[:FADE] *= np.linspace(0, 1, FADE)
    if len(after):
        sound[-3 * FADE :] *= np.linspace(1, 0, 3 * FADE)
    if part.name:
        sound *= 10 ** (chance.uniform(-6, 2) / 20)
    return before, sound, after


def _pause(
    least_s: float, most_s: float, share: float, chance: np.random.Generator
) -> NDArray[np.float64]:
    count = int(chance.uniform(least_s, most_s) * RATE_HZ) if chance.random() < share else 0
    return np.zeros(count)
