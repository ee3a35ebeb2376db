"""A file of sound, decoded block by block; what cannot be decoded, refused."""

from __future__ import annotations

import time
from fractions import Fraction

import av
import numpy as np
import pytest

from rehearse.audio import decode
from rehearse.audio.decode import BLOCK_S, SoundFile
from rehearse.errors import RangeError, SoundError
from rehearse.recording import SAMPLE_RATE
from tests.audio.sounds import (
    cut_short,
    float_wav,
    noise,
    odd_wav,
    opposite,
    sample,
    silence,
    tone,
    video_without_sound,
    wav,
    webm_without_duration,
    write,
)


def heard(path, **part):
    """All of a file, float32 [shape=(n,)]."""
    blocks = list(SoundFile(path, **part).blocks())
    return np.concatenate([block.samples for block in blocks])


def refusal(path, **part):
    """The error that decoding a file ends with."""
    with pytest.raises(SoundError) as caught:
        heard(path, **part)
    assert caught.value.hint
    return caught.value.message


def loudness(samples):
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))


def strongest_hz(samples):
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(spectrum.argmax() * SAMPLE_RATE / len(samples))


CONTAINERS = {
    "sound.wav": "pcm_s16le",
    "deep.wav": "pcm_s24le",
    "float.wav": "pcm_f32le",
    "phone.wav": "pcm_mulaw",
    "sound.aiff": "pcm_s16be",
    "sound.mp3": "libmp3lame",
    "sound.m4a": "aac",
    "lossless.m4a": "alac",
    "sound.aac": "aac",
    "sound.mp4": "aac",
    "sound.mov": "aac",
    "sound.ogg": "libopus",
    "sound.opus": "libopus",
    "sound.webm": "libopus",
    "sound.mka": "flac",
    "sound.flac": "flac",
    "sound.avi": "libmp3lame",
    "sound.wma": "wmav2",
    "sound.ts": "mp2",
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_tone_comes_out_of_every_container(tmp_path, name):
    path = write(tmp_path / name, tone(440, 3.0), codec=CONTAINERS[name], bit_rate=64_000)
    samples = heard(path)
    assert len(samples) / SAMPLE_RATE == pytest.approx(3.0, abs=0.15)
    middle = samples[SAMPLE_RATE : 2 * SAMPLE_RATE]
    assert strongest_hz(middle) == pytest.approx(440, abs=2)
    assert loudness(middle) == pytest.approx(0.5 / np.sqrt(2), rel=0.1)


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000])
def test_a_tone_keeps_its_pitch_and_length_at_every_rate(tmp_path, rate):
    samples = heard(wav(tmp_path / "sound.wav", tone(440, 2.0, rate=rate), rate=rate))
    assert len(samples) == pytest.approx(2 * SAMPLE_RATE, abs=32)
    assert strongest_hz(samples) == pytest.approx(440, abs=1)


def test_the_suffix_of_a_recording_does_not_matter(tmp_path):
    path = wav(tmp_path / "sound.wav", tone()).rename(tmp_path / "sound.mp3")
    assert strongest_hz(heard(path)) == pytest.approx(440, abs=1)


def test_six_channels_become_one(tmp_path):
    path = wav(tmp_path / "around.wav", np.stack([tone()] * 6))
    assert strongest_hz(heard(path)) == pytest.approx(440, abs=1)


def test_blocks_are_a_second_long_and_follow_each_other(tmp_path):
    blocks = list(SoundFile(wav(tmp_path / "sound.wav", tone(seconds=3.5))).blocks())
    assert [block.start_s for block in blocks] == [0.0, 1.0, 2.0, 3.0]
    assert {block.duration_s for block in blocks[:-1]} == {BLOCK_S}
    assert blocks[-1].end_s == pytest.approx(3.5, abs=0.01)


def test_the_second_reading_gives_the_same_sound(tmp_path):
    path = write(tmp_path / "sound.m4a", noise(), codec="aac")
    np.testing.assert_array_equal(heard(path), heard(path))


def test_an_error_names_the_file_without_its_folder(tmp_path):
    path = tmp_path / "words.wav"
    path.write_text("Thank you for your time.")
    assert str(tmp_path) not in refusal(path)


# A part of it


def test_a_part_is_the_same_sound_as_in_the_whole():
    path = sample("thin-close")
    whole = heard(path)
    part = heard(path, from_s=2.5, to_s=6.25)
    np.testing.assert_array_equal(part, whole[int(2.5 * SAMPLE_RATE) : int(6.25 * SAMPLE_RATE)])


def test_the_times_of_a_part_count_from_the_start_of_the_source(tmp_path):
    path = wav(tmp_path / "sound.wav", tone(seconds=5.0))
    blocks = list(SoundFile(path, from_s=2.25, to_s=4.5).blocks())
    assert blocks[0].start_s == 2.25
    assert blocks[-1].end_s == 4.5


def test_a_part_that_ends_past_the_end_ends_with_the_sound(tmp_path):
    path = wav(tmp_path / "sound.wav", tone(seconds=3.0))
    assert len(heard(path, from_s=1.0, to_s=60.0)) == pytest.approx(2 * SAMPLE_RATE, abs=32)


@pytest.mark.parametrize("from_s", [3.01, 60.0, 1e9])
def test_a_part_that_begins_past_the_end_is_refused_with_both_times(tmp_path, from_s):
    path = wav(tmp_path / "sound.wav", tone(seconds=3.0))
    with pytest.raises(RangeError, match=r"--from .* past the end of sound\.wav, .* 0:03 long"):
        list(SoundFile(path, from_s=from_s).blocks())


def test_a_part_that_lies_wholly_past_the_end_is_refused(tmp_path):
    path = wav(tmp_path / "sound.wav", tone(seconds=3.0))
    with pytest.raises(RangeError, match="--from 0:10 lies past the end"):
        list(SoundFile(path, from_s=10.0, to_s=20.0).blocks())


def test_nothing_is_decoded_beyond_the_part(tmp_path):
    path = wav(tmp_path / "sound.wav", tone(seconds=60.0, rate=8_000), rate=8_000)
    sound = SoundFile(path, to_s=2.0)
    list(sound.blocks())
    assert sound.decoded_s <= 3.0


# What works although it looks odd


def test_a_webm_without_a_duration_is_read_whole(tmp_path):
    sound = SoundFile(webm_without_duration(tmp_path / "browser.webm", tone(seconds=4.0)))
    blocks = list(sound.blocks())
    assert sound.stated_s is None
    assert blocks[-1].end_s == pytest.approx(4.0, abs=0.1)


def test_stereo_in_opposite_phase_is_as_loud_as_one_channel(tmp_path):
    mono = tone()
    both = heard(wav(tmp_path / "both.wav", opposite(mono)))
    alone = heard(wav(tmp_path / "alone.wav", mono))
    assert loudness(both) == pytest.approx(loudness(alone), rel=0.01)


def test_the_first_of_two_audio_tracks_is_read_and_said(tmp_path):
    path = write(tmp_path / "call.mp4", tone(300), tone(900), codec="aac", picture=True)
    sound = SoundFile(path)
    samples = np.concatenate([block.samples for block in sound.blocks()])
    assert strongest_hz(samples) == pytest.approx(300, abs=2)
    assert sound.notes == ["call.mp4 has 2 audio tracks; only the first was analysed."]


def test_one_audio_track_needs_no_note(tmp_path):
    sound = SoundFile(write(tmp_path / "call.mp4", tone(), codec="aac", picture=True))
    list(sound.blocks())
    assert sound.notes == []


def test_silence_is_decoded_as_silence(tmp_path):
    assert not heard(wav(tmp_path / "silence.wav", silence())).any()


def test_floats_beyond_one_are_clipped(tmp_path):
    path = float_wav(tmp_path / "loud.wav", 4 * tone(rate=16_000), rate=16_000)
    assert np.abs(heard(path)).max() == 1.0


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_an_mp3_that_states_no_length_is_read_as_far_as_it_goes(tmp_path, share):
    whole = write(
        tmp_path / "whole.mp3", tone(seconds=8.0), codec="libmp3lame", options={"write_xing": "0"}
    )
    path = cut_short(whole, share, tmp_path / "part.mp3")
    assert len(heard(path)) / SAMPLE_RATE == pytest.approx(8.0 * share, abs=0.3)


def test_a_little_damage_is_silence_and_is_told(tmp_path):
    raw = bytearray(sample("missing-fit").read_bytes())
    # The sound lies in `mdat`; a stretch of it becomes what no decoder takes.
    start = raw.index(b"mdat") + len(raw) // 3
    raw[start : start + 9_000] = b"\xff" * 9_000
    path = tmp_path / "scratched.m4a"
    path.write_bytes(raw)
    sound = SoundFile(path)
    blocks = list(sound.blocks())
    assert 0.5 <= sound.lost_s < 3.0
    assert blocks[-1].end_s == pytest.approx(len(heard(sample("missing-fit"))) / SAMPLE_RATE, abs=1)
    assert "scratched.m4a is damaged" in sound.notes[-1]


def test_damage_that_never_ends_comes_out_second_by_second(tmp_path):
    path = tmp_path / "ruined.mov"
    with av.open(str(path), "w") as opened:
        stream = opened.add_stream("alac", rate=16_000, layout="mono")
        for number in range(3_000):
            packet = av.Packet(b"\x55" * 40)
            packet.stream, packet.time_base = stream, Fraction(1, 16_000)
            packet.pts = packet.dts = number * 16_000
            packet.duration = 16_000
            opened.mux(packet)
    sound = SoundFile(path)
    blocks = sound.blocks()
    assert not next(blocks).samples.any()
    assert sound.lost_s <= 2.0
    with pytest.raises(SoundError, match="holds no sound"):
        list(blocks)


# What is refused


def test_a_text_named_wav_is_refused(tmp_path):
    path = tmp_path / "close.wav"
    path.write_text("I would love to work here. " * 100)
    assert "close.wav is not a recording that can be read" in refusal(path)


def test_random_bytes_are_refused(tmp_path):
    path = tmp_path / "close.m4a"
    path.write_bytes(np.random.default_rng(3).bytes(100_000))
    assert "close.m4a" in refusal(path)


def test_a_video_without_sound_is_refused_as_one(tmp_path):
    message = refusal(video_without_sound(tmp_path / "call.mp4"))
    assert message == "call.mp4 is a video without sound: it has no audio track."


def test_a_recording_of_no_length_is_refused(tmp_path):
    assert "holds no sound" in refusal(float_wav(tmp_path / "none.wav", np.zeros((1, 0))))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_samples_that_are_not_numbers_are_refused(tmp_path, value):
    samples = tone(seconds=4.0, rate=16_000)
    samples[2 * 16_000 :] = value
    message = refusal(float_wav(tmp_path / "broken.wav", samples, rate=16_000))
    assert "broken.wav holds samples that are not numbers" in message
    assert "0:02" in message


@pytest.mark.parametrize("name", ["missing-interest", "strong-close", "rambling", "missing-thanks"])
@pytest.mark.parametrize("share", [0.2, 0.7, 0.9])
def test_a_recording_that_was_cut_off_is_refused_with_both_lengths(tmp_path, name, share):
    whole = sample(name)
    path = cut_short(whole, share, tmp_path / f"part{whole.suffix}")
    message = refusal(path)
    assert f"part{whole.suffix} is cut off: it should be" in message


@pytest.mark.parametrize("stated", [0, 2**31 - 1, 2**32 - 1, 2**31 - 4096])
def test_a_wav_from_a_pipe_that_could_not_state_its_length_is_read(tmp_path, stated):
    path = wav(tmp_path / "pipe.wav", tone(seconds=3.0))
    raw = bytearray(path.read_bytes())
    at = raw.index(b"data") + 4
    raw[at : at + 4] = stated.to_bytes(4, "little")
    path.write_bytes(raw)
    assert len(heard(path)) == pytest.approx(3 * SAMPLE_RATE, abs=32)


def test_the_hint_for_a_recording_that_was_cut_off_works(tmp_path):
    path = cut_short(sample("missing-interest"), 0.5, tmp_path / "part.mp3")
    with pytest.raises(SoundError, match="cut off") as caught:
        heard(path)
    minutes, seconds = caught.value.hint.rstrip(".").rsplit(" ", 1)[-1].split(":")
    to_s = 60 * int(minutes) + int(seconds)
    assert len(heard(path, to_s=to_s)) == to_s * SAMPLE_RATE


def test_a_recording_cut_off_at_once_is_not_offered_in_part(tmp_path):
    path = cut_short(sample("strong-close"), 0.005, tmp_path / "part.wav")
    with pytest.raises(SoundError, match="cut off") as caught:
        heard(path)
    assert "--to" not in caught.value.hint


@pytest.mark.parametrize("name", ["cheesy", "missing-fit"])
@pytest.mark.parametrize("share", [0.001, 0.2, 0.7])
def test_an_mp4_without_its_end_is_refused(tmp_path, name, share):
    whole = sample(name)
    assert "part" in refusal(cut_short(whole, share, tmp_path / f"part{whole.suffix}"))


@pytest.mark.parametrize("name", ["missing-concerns", "thin-close"])
@pytest.mark.parametrize("share", [0.2, 0.7])
def test_an_ogg_without_its_end_is_read_as_far_as_it_goes(tmp_path, name, share):
    # Its length is that of its last page, whichever that is.
    whole = sample(name)
    path = cut_short(whole, share, tmp_path / f"part{whole.suffix}")
    assert len(heard(path)) / len(heard(whole)) == pytest.approx(share, abs=0.1)


@pytest.mark.parametrize("rate", [1, 7, 3_999, 1_000_000, 2**31 - 1])
def test_a_rate_that_cannot_be_is_refused_at_once(tmp_path, rate):
    path = odd_wav(tmp_path / "odd.wav", rate=rate)
    assert f"it states {rate} samples a second" in refusal(path)


def test_sound_that_is_nothing_but_damage_is_refused(tmp_path):
    raw = bytearray(sample("missing-fit").read_bytes())
    at = raw.index(b"mdat") + 4
    end = raw.index(b"moov") if raw.index(b"moov") > at else len(raw)
    raw[at : end - 8] = b"\xff" * (end - 8 - at)
    path = tmp_path / "ruined.m4a"
    path.write_bytes(raw)
    assert "ruined.m4a" in refusal(path)


def test_a_file_that_gives_no_sound_for_too_long_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(decode, "PATIENCE_S", -1.0)
    assert "no sound came of it" in refusal(wav(tmp_path / "slow.wav", tone()))


def test_a_file_that_goes_away_is_refused(tmp_path):
    assert "gone.wav" in refusal(tmp_path / "gone.wav")


def test_a_slow_listener_is_no_fault_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(decode, "PATIENCE_S", 0.5)
    sound = tone(seconds=4.0)
    slowly = []
    for block in SoundFile(wav(tmp_path / "fine.wav", sound)).blocks():
        time.sleep(0.6)
        slowly.append(block.duration_s)
    assert sum(slowly) == pytest.approx(4.0, abs=0.01)
