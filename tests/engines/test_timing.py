"""Word times drawn in to the speech under them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.clips import Clip
from rehearse.audio.frames import FRAME, FRAME_S
from rehearse.engines.timing import timed_words
from rehearse.recording import Recording

FRAMES = 100


def clip(*runs, start_s=0.0):
    """A clip in which somebody speaks between the seconds of each run."""
    voice = np.zeros(FRAMES, dtype=np.float32)
    for begin, end in runs:
        voice[round(begin / FRAME_S) : round(end / FRAME_S)] = 1.0
    return Clip(Recording(np.zeros(FRAMES * FRAME, dtype=np.float32), start_s), voice)


def entry(word, start, end, probability=0.9):
    return {"word": word, "tokens": [1], "start": start, "end": end, "probability": probability}


def timed(clip, *entries):
    return timed_words([entry(*each) for each in entries], clip)


def test_a_word_on_its_speech_keeps_its_times():
    (word,) = timed(clip((0.0, 3.2)), (" job", 1.0, 1.4))
    assert (word.start_s, word.end_s) == (1.0, 1.4)


def test_a_word_spread_over_silence_is_drawn_in_to_its_speech():
    (word,) = timed(clip((1.6, 2.08)), (" job", 0.0, 3.0))
    assert (word.start_s, word.end_s) == pytest.approx((1.6, 2.08), abs=FRAME_S)


def test_of_two_stretches_the_longer_is_the_word():
    (word,) = timed(clip((0.32, 0.48), (1.6, 2.4)), (" job", 0.0, 3.0))
    assert word.start_s == pytest.approx(1.6, abs=FRAME_S)


def test_times_count_from_the_start_of_the_source():
    (word,) = timed(clip((0.0, 3.2), start_s=41.0), (" job", 1.0, 1.4))
    assert (word.start_s, word.end_s) == (42.0, 42.4)


def test_punctuation_belongs_to_its_word():
    words = timed(clip((0.0, 3.2)), (" job", 1.0, 1.4), (".", 1.4, 1.5))
    assert [word.text.strip() for word in words] == ["job."]


def test_an_empty_word_is_left_out():
    assert timed(clip((0.0, 3.2)), (" ", 1.0, 1.4)) == ()


@given(st.floats(0, 3.1), st.floats(0, 1), st.floats(0, 3), st.floats(0, 1.5))
def test_a_word_ends_after_it_starts(start, length, begin, speech):
    (word,) = timed(clip((begin, begin + speech)), (" job", start, start + length))
    assert word.start_s < word.end_s
