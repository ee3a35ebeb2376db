"""Whether a word that a recogniser wrote was said: is there voice under it?

Whisper writes "Thank you." into silence, "I'm sorry." into music and fillers into noise.
No list of phrases tells those from words that were said; the sound does.  In 176 clips of
synthetic silence, hum, breath, clicks and music, and 38 real recordings, `base` and
`tiny.en` alike wrote what nobody said only where there was under 2 s of voice and they
were unsure, or where nothing near the word sounded like a voice.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rehearse.audio.clips import OFF
from rehearse.audio.frames import FRAME_S, SILENCE_DBFS
from rehearse.engines import STATE_S
from rehearse.engines.filler_sounds import events_in
from rehearse.transcript import filler_sound

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from rehearse.engines import HeardClip
    from rehearse.transcript import Spoken, Unheard

SILENT_NO_SPEECH: Final = 0.5
SILENT_LOGPROB: Final = -0.7
"""A clip that the engine takes for silence this surely, and writes with this little
confidence, holds no words. Laxer than Whisper's .6 and -1.0: voice activity has let
through a growl (.57, -.83), and no speech in the recordings measured came near. Ours."""

LITTLE_VOICE_S: Final = 2.0
UNSURE_LOGPROB: Final = -0.55
UNSURE_PROBABILITY: Final = 0.2
"""With less voice than this in a clip, its words must be surer, unless the voice is clear.
Sung and played notes came to -.56 and .04 at best. Ours."""

CLEAR_VOICE: Final = 0.9
CLEAR_VOICE_S: Final = 0.2
CLEAR_LOGPROB: Final = -1.0
CLEAR_PROBABILITY: Final = 0.35
CLEAR_NO_SPEECH: Final = 0.6
"""A few words said quietly are written unsurely, but voice activity is sure of them: so sure
for .35 s and more of each of eight quiet thanks below `UNSURE_LOGPROB`, for .03 s at most
of what is no voice. Then these limits are enough; the thanks came to -.93, .42 and .53 at
worst. Ours."""

SPOKEN_NO_SPEECH: Final = 0.35
SPOKEN_PROBABILITY: Final = 0.5
SPOKEN_VOICE_S: Final = 0.5
"""Over a telephone voice activity is seldom so sure. Then it is enough that the engine hears
speech, and is sure of its words, and that there is so much voice. Ours: in the 176 clips of
nobody both engines came to .42 at best, with .52 and less; a thanks and a question over G.711,
unsure as a whole, to .33 and .01, with .97 and .58."""

NEAR_S: Final = 0.3
"""A recogniser's times are this rough: voice counts so far beside a word."""

LOUD_DB: Final = 20.0
SURE: Final = 0.5
"""Voice activity misses a hoarse voice. A word that is surer than this, in a clip written
surely, is taken for said where it stands this far above the quietest of its clip. Ours."""


UNLIKE_FILLER: Final = 0.1
LIKE_FILLER: Final = 0.7
OFF_FILLER: Final = 0.15
"""A written "um" is none where nothing beside it sounds as much like one as the first of
these; where something sounds like one as much as the second, so little voice suffices. Ours:
on the real recordings `tiny.en` wrote four at .06 that nobody said, and the least that was
said came to .14; voice activity missed two of a hoarse voice, at .31 and .34."""


TWO_S: Final = 0.6
TWO_PROBABILITY: Final = 0.1
"""A sound so long may be two fillers run together, if the recogniser is so sure of both. Ours:
real ones of 1.3 and 1.4 s were written twice, the second time at .08 and .02."""


def with_evidence(heard: HeardClip) -> Iterator[Spoken]:
    """Give the words of a clip, each marked with why it counts as not said, if it does."""
    import numpy as np

    whole = _doubt(heard)
    echoes = _echoes(heard)
    levels = heard.clip.levels_dbfs()
    floor = float(np.percentile(levels, 10))
    for number, word in enumerate(heard.words):
        unheard = whole
        like = _like_filler(number, heard)
        if unheard is None and like is not None and (like < UNLIKE_FILLER or number in echoes):
            unheard = "no filler"
        elif unheard is None and not _voiced(word, heard, like):
            loud = _highest(word, heard, levels, 0.0) >= floor + LOUD_DB
            sure = word.probability >= SURE and heard.logprob > UNSURE_LOGPROB
            unheard = None if loud and sure else "no voice"
        yield replace(word, unheard=unheard)


def _doubt(heard: HeardClip) -> Unheard | None:
    """Why nothing in the clip counts as said."""
    if heard.no_speech > SILENT_NO_SPEECH and heard.logprob < SILENT_LOGPROB:
        return "no sense"
    if heard.clip.speech_s >= LITTLE_VOICE_S or not heard.words:
        return None
    mean = sum(word.probability for word in heard.words) / len(heard.words)
    if heard.logprob >= UNSURE_LOGPROB and mean >= UNSURE_PROBABILITY:
        return None
    clear = _clear_voice(heard) and mean >= CLEAR_PROBABILITY and heard.no_speech <= CLEAR_NO_SPEECH
    spoken = (
        heard.clip.speech_s >= SPOKEN_VOICE_S
        and mean >= SPOKEN_PROBABILITY
        and heard.no_speech <= SPOKEN_NO_SPEECH
    )
    return None if (clear or spoken) and heard.logprob >= CLEAR_LOGPROB else "no sense"


def _clear_voice(heard: HeardClip) -> bool:
    return float((heard.clip.voice >= CLEAR_VOICE).sum()) * FRAME_S >= CLEAR_VOICE_S


def _voiced(word: Spoken, heard: HeardClip, like_filler: float | None) -> bool:
    least = OFF if like_filler is None or like_filler < LIKE_FILLER else OFF_FILLER
    return _highest(word, heard, heard.clip.voice, NEAR_S) >= least


def _like_filler(number: int, heard: HeardClip) -> float | None:
    """How much the sound between the words beside a written filler is like one, at most."""
    if heard.like_filler is None or filler_sound(heard.words[number].text) is None:
        return None
    first, last = _room(number, number + 1, heard)
    return float(heard.like_filler[first:last].max(initial=0.0))


def _echoes(heard: HeardClip) -> set[int]:
    """The fillers written beside each other that have no sound of their own.

    A recogniser that was asked for fillers likes to write one "uh" twice.
    """
    if heard.like_filler is None:
        return set()
    fillers = [filler_sound(word.text) is not None for word in heard.words]
    found: set[int] = set()
    for written, run in groupby(range(len(fillers)), lambda number: fillers[number]):
        numbers = list(run)
        if not written or len(numbers) < 2:
            continue
        first, last = _room(numbers[0], numbers[-1] + 1, heard)
        events = events_in(heard.like_filler[first:last])
        unsure = sorted(numbers, key=lambda number: heard.words[number].probability)
        sounds = len(events)
        if heard.words[unsure[0]].probability >= TWO_PROBABILITY:
            sounds += sum((event.last - event.first) * STATE_S >= TWO_S for event in events)
        if events and sounds < len(numbers):
            found.update(unsure[: len(numbers) - sounds])
    return found


def _room(number: int, end: int, heard: HeardClip) -> tuple[int, int]:
    """The first and the last state that may belong to words `number` up to `end`."""
    words = heard.words
    begin_s, end_s = words[number].start_s - NEAR_S, words[end - 1].end_s + NEAR_S
    if number:
        begin_s = min(begin_s, words[number - 1].end_s - NEAR_S)
    if end < len(words):
        end_s = max(end_s, words[end].start_s + NEAR_S)
    return heard.state_at(begin_s), heard.state_at(end_s) + 1


def _highest(
    word: Spoken, heard: HeardClip, values: NDArray[np.floating], beside_s: float
) -> float:
    """The highest of the frame values under a word, and so many seconds beside it."""
    first = heard.clip.frame_at(word.start_s - beside_s)
    last = max(first + 1, heard.clip.frame_at(word.end_s + beside_s) + 1)
    return float(values[first:last].max(initial=SILENCE_DBFS))
