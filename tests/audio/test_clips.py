"""A stream of sound, cut at pauses: recordings of speech, and sound without any."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from rehearse.audio.clips import ON, Clip, CutRule, Cutter, cut, halves
from rehearse.audio.decode import SoundFile
from rehearse.audio.frames import FRAME, FRAME_S
from rehearse.audio.voice import VoiceActivity
from rehearse.recording import SAMPLE_RATE, Recording
from tests.audio.sounds import music, noise, sample, silence, tone

SPOKEN = ("strong-close", "missing-fit", "rambling", "badly-recorded", "thin-close")


@cache
def sound_of(name):
    """A whole sample, float32 [shape=(n,)]."""
    return np.concatenate([block.samples for block in SoundFile(sample(name)).blocks()])


def blocks_of(samples, seconds=1.0, *, start_s=0.0):
    """The same sound in blocks of this length."""
    size = round(seconds * SAMPLE_RATE)
    for start in range(0, len(samples), size):
        yield Recording(samples[start : start + size], start_s + start / SAMPLE_RATE)


@cache
def clips_of(name):
    return tuple(cut(blocks_of(sound_of(name))))


@pytest.mark.parametrize("make", [silence, noise, music, tone])
def test_sound_without_speech_gives_no_clip(make):
    samples = make(seconds=12.0, rate=SAMPLE_RATE)
    assert list(cut(blocks_of(samples))) == []


def test_no_sound_gives_no_clip():
    assert list(cut([])) == []


@pytest.mark.parametrize("name", SPOKEN)
def test_speech_gives_clips(name):
    assert sum(clip.speech_s for clip in clips_of(name)) > 5.0


@pytest.mark.parametrize("name", SPOKEN)
def test_no_clip_is_longer_than_the_rule_allows(name):
    longest_s = max(clip.recording.duration_s for clip in clips_of(name))
    assert longest_s <= CutRule().longest_s + FRAME_S


@pytest.mark.parametrize("name", SPOKEN)
def test_clips_follow_each_other_without_overlap(name):
    clips = clips_of(name)
    for before, after in pairwise(clips):
        assert before.recording.end_s <= after.recording.start_s + 1e-6


@pytest.mark.parametrize("name", SPOKEN)
def test_a_clip_is_the_sound_at_its_time(name):
    whole = sound_of(name)
    for clip in clips_of(name):
        start = round(clip.recording.start_s * SAMPLE_RATE)
        expected = whole[start : start + len(clip.recording.samples)]
        # The last frame may be filled up with silence.
        np.testing.assert_array_equal(clip.recording.samples[: len(expected)], expected)


@pytest.mark.parametrize("name", SPOKEN)
def test_every_frame_of_speech_is_in_a_clip(name):
    activity = VoiceActivity()
    voice = np.concatenate([activity.feed(sound_of(name)), activity.finish()])
    covered = np.zeros(len(voice), dtype=bool)
    for clip in clips_of(name):
        first = round(clip.recording.start_s / FRAME_S)
        covered[first : first + len(clip.voice)] = True
    assert covered[voice >= ON].all()


@pytest.mark.parametrize("seconds", [0.02, 0.37, 5.0, 1000.0])
def test_the_length_of_the_blocks_changes_no_clip(seconds):
    expected = clips_of("strong-close")
    clips = list(cut(blocks_of(sound_of("strong-close"), seconds)))
    assert [clip.recording.start_s for clip in clips] == [
        clip.recording.start_s for clip in expected
    ]
    for clip, same in zip(clips, expected, strict=True):
        np.testing.assert_array_equal(clip.recording.samples, same.recording.samples)
        np.testing.assert_allclose(clip.voice, same.voice, atol=1e-4)


def test_times_count_from_the_start_of_the_source():
    samples = sound_of("thin-close")
    early = next(iter(cut(blocks_of(samples))))
    late = next(iter(cut(blocks_of(samples, start_s=41.0))))
    assert late.recording.start_s == pytest.approx(early.recording.start_s + 41.0)


def test_a_clip_has_a_voice_for_each_of_its_frames():
    for clip in clips_of("strong-close"):
        frames = len(clip.recording.samples) / FRAME
        assert len(clip.voice) - 1 <= frames <= len(clip.voice)


def test_a_long_pause_makes_two_clips():
    close = sound_of("thin-close")
    pause = silence(6.0, rate=SAMPLE_RATE)
    clips = list(cut(blocks_of(np.concatenate([close, pause, close]))))
    begins_s = (len(close) + len(pause)) / SAMPLE_RATE
    assert any(begins_s - 1 < clip.recording.start_s < begins_s + 2 for clip in clips)
    assert all(
        clip.recording.end_s < begins_s or clip.recording.start_s > begins_s - 1 for clip in clips
    )


def test_a_clip_is_given_while_the_pause_after_it_lasts():
    cutter = Cutter()
    pause = silence(5.0, rate=SAMPLE_RATE)
    samples = np.concatenate([sound_of("thin-close"), pause])
    given = [clip for block in blocks_of(samples) for clip in cutter.feed(block)]
    assert given
    assert list(cutter.finish()) == []


def test_what_is_left_comes_at_the_end():
    cutter = Cutter(CutRule(pauses=()))
    given = [clip for block in blocks_of(sound_of("thin-close")) for clip in cutter.feed(block)]
    assert given == []
    assert len(list(cutter.finish())) == 1


def test_speech_without_a_pause_is_cut_at_the_longest_length():
    rule = CutRule(pauses=(), longest_s=5.0)
    clips = list(cut(blocks_of(sound_of("strong-close")), Cutter(rule)))
    lengths = [clip.recording.duration_s for clip in clips]
    assert len(clips) > 5
    assert max(lengths) <= 5.0 + FRAME_S
    assert all(length >= 2.4 for length in lengths[:-1])


def test_a_cut_inside_speech_loses_and_repeats_nothing():
    rule = CutRule(pauses=(), longest_s=5.0)
    clips = list(cut(blocks_of(sound_of("rambling")), Cutter(rule)))
    speech_s = sum(clip.speech_s for clip in clips)
    assert speech_s == pytest.approx(sum(c.speech_s for c in clips_of("rambling")), abs=0.1)


def test_the_margin_is_kept_before_the_first_sound_of_speech():
    lead_s = 3.0
    samples = np.concatenate([silence(lead_s, rate=SAMPLE_RATE), sound_of("thin-close")])
    (first, *_) = cut(blocks_of(samples))
    onset = int((first.voice >= ON).argmax()) * FRAME_S
    assert onset == pytest.approx(CutRule().margin_s, abs=FRAME_S)


def test_the_cutter_says_how_much_it_took_in():
    cutter = Cutter()
    for block in blocks_of(silence(2.5, rate=SAMPLE_RATE)):
        list(cutter.feed(block))
    assert cutter.duration_s == 2.5


def test_silence_is_not_kept_in_memory():
    cutter = Cutter()
    for block in blocks_of(silence(60.0, rate=SAMPLE_RATE)):
        list(cutter.feed(block))
    assert len(cutter._sound) < 2 * SAMPLE_RATE


def voiced(*stretches):
    """A clip of stretches of (seconds, whether somebody speaks)."""
    voice = np.concatenate(
        [np.full(round(seconds / FRAME_S), float(speaks)) for seconds, speaks in stretches]
    ).astype(np.float32)
    sound = np.arange(len(voice) * FRAME, dtype=np.float32)
    return Clip(Recording(sound, 7.0), voice)


def test_halves_are_cut_in_the_middle_of_the_longest_pause():
    clip = voiced((2, True), (0.3, False), (2, True), (0.8, False), (2, True), (1.5, False))
    first, second = halves(clip)
    assert first.recording.duration_s == pytest.approx(4.7, abs=0.1)
    assert second.recording.start_s == pytest.approx(7.0 + first.recording.duration_s)
    assert np.array_equal(
        np.concatenate([first.recording.samples, second.recording.samples]), clip.recording.samples
    )
    assert np.array_equal(np.concatenate([first.voice, second.voice]), clip.voice)


def test_halves_of_speech_without_a_pause_are_of_one_length():
    first, second = halves(voiced((6, True)))
    assert len(first.voice) == pytest.approx(len(second.voice), abs=1)
