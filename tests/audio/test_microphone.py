"""A microphone without a device: a stand-in stream for what no machine does on request.

Recording from a real device is tested in `tests/live`.
"""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import numpy as np
import pytest

try:
    import sounddevice
except OSError:
    pytest.skip("there is no PortAudio here", allow_module_level=True)

from rehearse.audio import devices, microphone, resampling
from rehearse.audio.devices import Device
from rehearse.audio.microphone import Microphone
from rehearse.errors import DeviceError

A_DEVICE = Device(3, "USB Audio", "ALSA", 48000.0, 2, default=True)
FINE = SimpleNamespace(input_overflow=False)
OVERFLOWN = SimpleNamespace(input_overflow=True)


class Stream:
    """Stands in for `sounddevice.RawInputStream`."""

    refusals = None
    made = None

    def __init__(self, *, samplerate, blocksize, device, channels, dtype, latency, callback):
        if samplerate in self.refusals:
            raise self.refusals[samplerate]
        self.rate_hz, self.channels, self.bring = samplerate, channels, callback
        self.ended = False
        self.made.append(self)

    def start(self):
        pass

    def stop(self):
        self.ended = True

    def close(self):
        pass


@pytest.fixture
def stream(monkeypatch):
    """The stand-in, with nothing refused yet."""
    monkeypatch.setattr(sounddevice, "RawInputStream", Stream)
    monkeypatch.setattr(Stream, "refusals", {})
    monkeypatch.setattr(Stream, "made", [])
    return Stream


def refused(text, code, host=""):
    return sounddevice.PortAudioError(text, code, *([(0, -1, host)] if host else []))


def opened():
    with Microphone(A_DEVICE):
        pass


class TestOpening:
    def test_asks_for_the_rate_that_is_worked_with(self, stream):
        opened()
        assert [(each.rate_hz, each.channels) for each in stream.made] == [(16000, 1)]

    def test_takes_the_rate_of_the_device_where_it_does_no_other(self, stream):
        stream.refusals[16000] = refused("Invalid sample rate", -9997)
        opened()
        assert [each.rate_hz for each in stream.made] == [48000]

    def test_a_device_that_does_no_rate_is_said_with_the_rates(self, stream):
        for rate_hz in (16000, 44100, 48000):
            stream.refusals[rate_hz] = refused("Invalid sample rate", -9997)
        with pytest.raises(DeviceError) as raised:
            opened()
        assert raised.value.message == "USB Audio records at none of 16000, 48000, 44100 Hz."
        assert "rehearse devices" in raised.value.hint

    def test_a_busy_device_is_said_to_be_busy(self, stream):
        for rate_hz in (16000, 44100, 48000):
            stream.refusals[rate_hz] = refused("Device unavailable", -9985)
        with pytest.raises(DeviceError, match="another program uses it"):
            opened()

    def test_a_refusal_of_the_system_is_told_in_its_words(self, stream):
        for rate_hz in (16000, 44100, 48000):
            stream.refusals[rate_hz] = refused(
                "Error opening RawInputStream: Unanticipated host error", -9999, "Permission denied"
            )
        with pytest.raises(DeviceError) as raised:
            opened()
        assert raised.value.message == "USB Audio cannot be opened: Permission denied."
        assert "settings" in raised.value.hint


class TestReading:
    def test_brings_the_samples_in_order(self, stream):
        blocks = [np.full(800, value, dtype=np.int16) for value in (1, 2, 3)]
        with Microphone(A_DEVICE) as open_one:
            for block in blocks:
                stream.made[0].bring(block.tobytes(), 800, None, FINE)
            open_one.stop()
            assert np.array_equal(np.concatenate(list(open_one.read())), np.concatenate(blocks))

    def test_brings_what_came_before_it_was_stopped(self, stream):
        with Microphone(A_DEVICE) as open_one:
            stream.made[0].bring(b"\1\0" * 800, 800, None, FINE)
            open_one.stop()
            assert sum(map(len, open_one.read())) == 800
        assert stream.made[0].ended

    def test_counts_what_the_system_dropped(self, stream):
        with Microphone(A_DEVICE) as open_one:
            for status in (FINE, OVERFLOWN, FINE, OVERFLOWN):
                stream.made[0].bring(b"\0\0" * 800, 800, None, status)
            open_one.stop()
            list(open_one.read())
            assert open_one.drops == 2

    def test_forgets_what_came_before_the_take(self, stream):
        with Microphone(A_DEVICE) as open_one:
            stream.made[0].bring(b"\1\0" * 800, 800, None, FINE)
            open_one.forget()
            stream.made[0].bring(b"\2\0" * 800, 800, None, FINE)
            open_one.stop()
            assert set(np.concatenate(list(open_one.read()))) == {2}

    @pytest.mark.parametrize("channels", [1, 2])
    def test_another_rate_is_brought_to_ours(self, stream, channels):
        stream.refusals[16000] = refused("Invalid sample rate", -9997)
        tone = (np.sin(2 * np.pi * 440 * np.arange(48000) / 48000) * 12000).astype(np.int16)
        with Microphone(A_DEVICE) as open_one:
            if channels == 2:
                open_one._to_rate = resampling.ToRate(48000, 2)
            for block in np.repeat(tone, channels).reshape(20, -1):
                stream.made[0].bring(block.tobytes(), 2400, None, FINE)
            open_one.stop()
            heard = np.concatenate(list(open_one.read()))
        assert len(heard) == pytest.approx(16000, abs=2)
        spectrum = np.abs(np.fft.rfft(heard[1000:15000]))
        assert np.argmax(spectrum) * 16000 / 14000 == pytest.approx(440, abs=2)

    def test_a_microphone_that_falls_silent_is_gone(self, stream, monkeypatch):
        monkeypatch.setattr(microphone, "SILENT_FOR_S", 0.1)
        with Microphone(A_DEVICE) as open_one:
            stream.made[0].bring(b"\1\0" * 800, 800, None, FINE)
            read = open_one.read()
            assert len(next(read)) == 800
            with pytest.raises(DeviceError, match="no sound any more"):
                next(read)

    def test_one_that_never_wakes_up_is_not_waited_for_for_ever(self, stream, monkeypatch):
        monkeypatch.setattr(microphone, "WAKES_IN_S", 0.05)
        with Microphone(A_DEVICE) as open_one, pytest.raises(DeviceError, match="gives no sound"):
            open_one.wake()

    def test_one_that_does_not_close_does_not_hold_the_program_up(self, stream, monkeypatch):
        monkeypatch.setattr(microphone, "CLOSING_S", 0.05)
        never = threading.Event()
        monkeypatch.setattr(Stream, "stop", lambda _: never.wait(20))
        began = time.monotonic()
        with Microphone(A_DEVICE) as open_one:
            open_one.stop()
        never.set()
        assert time.monotonic() - began < 10


class TestAnswering:
    def test_what_answers_is_given_or_raised(self):
        assert devices.answered(lambda: 7) == 7
        with pytest.raises(ZeroDivisionError):
            devices.answered(lambda: 1 / 0)

    def test_what_hangs_is_not_waited_for_for_ever(self, stream, monkeypatch):
        monkeypatch.setattr(devices, "ANSWERS_S", 0.05)
        never = threading.Event()
        monkeypatch.setattr(Stream, "start", lambda _: never.wait(20))
        with pytest.raises(DeviceError, match="has not answered"), Microphone(A_DEVICE):
            pass
        never.set()


class TestChoosing:
    @pytest.fixture(autouse=True)
    def two(self, monkeypatch):
        there = [
            Device(0, "Built-in Microphone", "ALSA", 44100.0, 2, default=False),
            Device(4, "USB Audio", "ALSA", 48000.0, 1, default=True),
            Device(5, "USB Camera", "ALSA", 48000.0, 1, default=False),
        ]
        monkeypatch.setattr(devices, "devices", lambda: there)

    @pytest.mark.parametrize(
        ("wanted", "number"),
        [(None, 4), ("0", 0), ("built", 0), ("usb audio", 4), ("CAMERA", 5)],
    )
    def test_is_by_number_or_part_of_the_name(self, wanted, number):
        assert devices.chosen(wanted).number == number

    @pytest.mark.parametrize(
        ("wanted", "why"), [("usb", "more than one"), ("9", "none of"), ("harp", "none of")]
    )
    def test_says_what_there_is_where_it_is_unclear(self, wanted, why):
        with pytest.raises(DeviceError, match=why) as raised:
            devices.chosen(wanted)
        assert "5 USB Camera" in raised.value.message
