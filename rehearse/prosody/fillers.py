"""Filler sounds: what the recogniser, or the typist, wrote down, and what was heard beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.delivery import Filler
from rehearse.transcript import filler_sound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehearse.transcript import FillerSound, Transcript

HEARD: Final = "um"
"""How a filler is shown that was heard and not written."""


def fillers_in(transcript: Transcript, sounds: Iterable[FillerSound] = ()) -> tuple[Filler, ...]:
    """Put together the filler sounds that were written and those that were heard beside them.

    Parameters
    ----------
    transcript
        Its heard words that are a filler sound and nothing else count.
    sounds
        What was heard and not written.

    Returns
    -------
    In the order of time; of typed words in the order of the text.
    """
    found = [
        Filler(text, word.start_s, word.end_s, "word")
        for word in transcript.own_words
        if (text := filler_sound(word.text)) is not None
    ]
    for sound in sounds:
        # Speech that is heard a second time may have its filler written only then.
        if not any(_overlap(sound, filler) for filler in found):
            found.append(Filler(HEARD, sound.start_s, sound.end_s, "sound"))
    return tuple(sorted(found, key=lambda each: each.start_s or 0.0))


def _overlap(sound: FillerSound, filler: Filler) -> bool:
    return (filler.start_s or 0.0) < sound.end_s and sound.start_s < (filler.end_s or 0.0)
