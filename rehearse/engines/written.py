"""Filler sounds that were written: which word is which sound, and where it was said.

A recogniser that writes "um" may time it anywhere between the words beside it, half a
second and more from where it was said.  The sound says where.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rehearse.transcript import filler_sound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rehearse.transcript import FillerSound, Spoken

LEAST: Final = 0.75
"""How sure the network must be of a sound. Ours."""

LEAST_BESIDE: Final = 0.8
"""How sure where the recogniser wrote another filler between the same two words: one long
"um" is mostly heard as two. Ours."""

SAME_S: Final = 0.25
"""A sound so near to a written filler is that filler: a recogniser's times are this rough."""

LEAST_WORD_S: Final = 0.04
"""A word keeps so much of its time when the filler beside it is put in its place."""


def written(
    sounds: Sequence[FillerSound], words: Sequence[Spoken]
) -> tuple[tuple[Spoken, ...], list[FillerSound]]:
    """Put written fillers where they were heard; tell which sounds are none of them.

    A written filler stands for the surest sound between the words beside it.

    Returns
    -------
    The words, and the other sounds without those that are unsure.
    """
    middles, fillers = _slots(words)
    places = [bisect_left(middles, middle(sound)) for sound in sounds]
    left = dict(enumerate(sounds))
    put: dict[int, FillerSound] = {}
    for slot, group in groupby(fillers, lambda filler: filler[0]):
        numbers = [number for _, number in group]
        mine = [
            n
            for n, sound in left.items()
            if places[n] == slot or any(_near(sound, words[number]) for number in numbers)
        ]
        pairs = _paired({n: left[n] for n in mine}, {number: words[number] for number in numbers})
        put.update((number, left.pop(n)) for n, number in pairs)
    slots = {slot for slot, _ in fillers}
    others = [
        sound
        for n, sound in left.items()
        if sound.probability >= (LEAST_BESIDE if places[n] in slots else LEAST)
    ]
    return _moved(words, put), others


def _paired(
    sounds: Mapping[int, FillerSound], fillers: Mapping[int, Spoken]
) -> list[tuple[int, int]]:
    """The surest sounds with the surest fillers, as many as there are of both, in order."""
    count = min(len(sounds), len(fillers))
    heard = sorted(sounds, key=lambda n: sounds[n].probability, reverse=True)[:count]
    wrote = sorted(fillers, key=lambda n: fillers[n].probability, reverse=True)[:count]
    return list(
        zip(
            sorted(heard, key=lambda n: sounds[n].start_s),
            sorted(wrote, key=lambda n: fillers[n].start_s),
            strict=True,
        )
    )


def _moved(words: Sequence[Spoken], put: Mapping[int, FillerSound]) -> tuple[Spoken, ...]:
    """The words with each filler at its sound, and the words beside it out of its way."""
    moved = list(words)
    sure = sorted(number for number, sound in put.items() if sound.probability >= LEAST)
    # One that goes later waits for the one after it to go, one that goes earlier for the other.
    for number in (*reversed(sure), *sure):
        sound = put[number]
        start_s, end_s = sound.start_s, sound.end_s
        if number:
            start_s = max(start_s, moved[number - 1].start_s + LEAST_WORD_S)
        if number + 1 < len(moved):
            end_s = min(end_s, moved[number + 1].end_s - LEAST_WORD_S)
        if end_s - start_s < LEAST_WORD_S:
            continue
        moved[number] = replace(moved[number], start_s=start_s, end_s=end_s)
        if number:
            before = moved[number - 1]
            moved[number - 1] = replace(before, end_s=min(before.end_s, start_s))
        if number + 1 < len(moved):
            after = moved[number + 1]
            moved[number + 1] = replace(after, start_s=max(after.start_s, end_s))
    return tuple(moved)


def _slots(words: Sequence[Spoken]) -> tuple[list[float], list[tuple[int, int]]]:
    """Middles of the words that are no filler; how many precede each filler, and its number."""
    middles: list[float] = []
    fillers = []
    for number, word in enumerate(words):
        if filler_sound(word.text) is None:
            middles.append(max((word.start_s + word.end_s) / 2, middles[-1] if middles else 0.0))
        else:
            fillers.append((len(middles), number))
    return middles, fillers


def middle(sound: FillerSound) -> float:
    """Its middle, in seconds."""
    return (sound.start_s + sound.end_s) / 2


def _near(sound: FillerSound, word: Spoken) -> bool:
    return word.start_s - SAME_S < sound.end_s and sound.start_s < word.end_s + SAME_S
