"""Filler sounds that were heard and not written: is it one, and did the decoder pass over it?

The network over the encoder's states hears something like "um", which may be a drawn-out
"a", a cut-off word or a laugh.  Where it is not quite sure, the decoder has to agree: asked
how likely "um" would have been at that place, it gives true ones on real recordings a loss
of 2 to 6 nats, and those others of 7 to 23.  The decoder alone cannot tell, for an "um"
that it took for "I'm" or "arm" it finds as unlikely.
"""

from __future__ import annotations

from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING, Any, Final

from rehearse.audio.clips import OFF
from rehearse.engines import STATE_S
from rehearse.engines.written import middle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rehearse.engines import HeardClip
    from rehearse.engines.whisper import Whisper
    from rehearse.transcript import FillerSound, Spoken

FILLERS: Final = ("um", "uh")
"""What is tried at such a place."""

AFTER: Final = 5
"""Tokens after it whose likelihood it may change."""

MOST_LOST: Final = 6.0
"""Nats of log-probability that the text may lose by the filler. Ours, see above."""

CERTAIN: Final = 0.98
CERTAIN_S: Final = 0.15
"""A sound counts whatever the decoder says if it is at some point as sure as this, and its
probabilities add up to so many seconds. Ours: so are 63 of 98 that `base` passed over in 60
synthetic closes by other voices, as spoken and drawn out, and two of what was none; in the
real recordings one drawn-out word."""

MOSTLY: Final = 0.7
"""A sound in so much of a word is before it: a recogniser begins a word with what it left out
before it more often than it ends one with what comes after. Ours."""


def passed_over(
    sounds: Sequence[FillerSound], heard: HeardClip, whisper: Whisper, encoded: Any, row: int
) -> list[FillerSound]:
    """Leave out the sounds that are neither certain nor likely to the decoder.

    All places are filled in one text, so that a clip costs three passes of the decoder
    however many there are: without a filler, with "um" and with "uh".

    Parameters
    ----------
    sounds
        What the network over the encoder's states heard.
    heard
        The clip and its words.
    whisper
        The decoder.
    encoded, row
        What `whisper.encode` gave for several clips, and which of them is this.
    """
    sounds = [sound for sound in sounds if _voiced(sound, heard)]
    unsure = [sound for sound in sounds if not _certain(sound, heard)]
    losses = losses_of(unsure, heard, whisper, encoded, row) if unsure and heard.words else []
    agreed = [sound for sound, lost in zip(unsure, losses, strict=False) if lost <= MOST_LOST]
    return [sound for sound in sounds if sound in agreed or sound not in unsure]


def _voiced(sound: FillerSound, heard: HeardClip) -> bool:
    """Whether there is voice in it, and not only in what was said right before it.

    A note of a melody sounds like "um" to the network, but not to voice activity, which
    takes a moment to see that the last word is over.
    """
    clip = heard.clip
    first = clip.frame_at(sound.start_s + (sound.end_s - sound.start_s) / 3)
    return float(clip.voice[first : clip.frame_at(sound.end_s) + 1].max(initial=0.0)) >= OFF


def _certain(sound: FillerSound, heard: HeardClip) -> bool:
    if heard.like_filler is None or sound.probability < CERTAIN:
        return False
    first, last = heard.state_at(sound.start_s), heard.state_at(sound.end_s)
    return float(heard.like_filler[first:last].sum()) * STATE_S >= CERTAIN_S


def losses_of(
    sounds: Sequence[FillerSound], heard: HeardClip, whisper: Whisper, encoded: Any, row: int
) -> list[float]:
    """How many nats of log-probability the text loses by each sound written as a filler."""
    words = heard.words
    pieces = [whisper.tokens(word.text) for word in words]
    places = [place_of(sound, words) for sound in sounds]
    tried = [{place: _spelt(name, place, words, whisper) for place in places} for name in FILLERS]
    texts = [_filled(pieces, fillers) for fillers in ({}, *tried)]
    without, *filled = whisper.scores(encoded, row, heard.clip, texts)
    starts = [0, *accumulate(len(piece) for piece in pieces)]
    losses = dict.fromkeys(places, inf)
    for scores, fillers in zip(filled, tried, strict=True):
        inserted = 0
        for place in sorted(fillers):
            after = without[starts[place] :][:AFTER]
            first, length = starts[place] + inserted, len(fillers[place])
            gained = scores[first : first + length + len(after)].sum()
            losses[place] = min(losses[place], float(after.sum() - gained))
            inserted += length
    return [losses[place] for place in places]


def _spelt(name: str, place: int, words: Sequence[Spoken], whisper: Whisper) -> list[int]:
    """The tokens of a filler, with a capital where a sentence begins."""
    begins = place == 0 or words[place - 1].text.endswith((".", "?", "!"))
    return whisper.tokens(f" {name.capitalize() if begins else name},")


def _filled(pieces: Sequence[Sequence[int]], fillers: Mapping[int, Sequence[int]]) -> list[int]:
    """The tokens of words, with fillers before some of them."""
    tokens: list[int] = []
    for number in range(len(pieces) + 1):
        tokens.extend(fillers.get(number, ()))
        if number < len(pieces):
            tokens.extend(pieces[number])
    return tokens


def place_of(sound: FillerSound, words: Sequence[Spoken]) -> int:
    """How many words come before a sound; a word that it lies in is before or after it."""
    at = middle(sound)
    for number, word in enumerate(words):
        if at < word.end_s:
            early = at < word.start_s + MOSTLY * (word.end_s - word.start_s)
            return number if early else number + 1
    return len(words)
