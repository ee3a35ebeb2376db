"""Sounds in which nobody speaks: silence, rooms, hum, breath, clicks, puffs and music.

Each function gives so many samples at 16 kHz, not yet scaled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, sosfilt

from rehearse.recording import SAMPLE_RATE

HISS_DBFS = -80.0
"""What any microphone adds."""


def silence(count, chance):
    return np.zeros(count)


def white(count, chance):
    return chance.standard_normal(count)


def room(count, chance):
    return _lowpass(chance.standard_normal(count), 400)


def hum(count, chance):
    """The mains and its overtones."""
    time, mains_hz = np.arange(count) / SAMPLE_RATE, chance.choice([50, 60])
    return sum(
        chance.uniform(0.2, 1) / n * np.sin(2 * np.pi * mains_hz * n * time + chance.uniform(0, 6))
        for n in range(1, 9)
    )


def breath(count, chance):
    """Rushes of air that swell and fade."""
    swell, at_s = np.zeros(count), chance.uniform(0, 0.3)
    while at_s * SAMPLE_RATE < count:
        length_s = chance.uniform(0.3, 1.2)
        first = int(at_s * SAMPLE_RATE)
        length = min(count - first, int(length_s * SAMPLE_RATE))
        shape = np.sin(np.pi * np.arange(length) / length) ** 2
        swell[first : first + length] = shape * chance.uniform(0.3, 1)
        at_s += length_s + chance.uniform(0.3, 2)
    air = sosfilt(
        butter(2, (400, 5000), "bandpass", fs=SAMPLE_RATE, output="sos"),
        chance.standard_normal(count),
    )
    return air * swell + 1e-4 * chance.standard_normal(count)


def clicks(count, chance):
    """A mouse, a pen, a keyboard."""
    sound, at_s = 1e-4 * chance.standard_normal(count), chance.uniform(0, 0.2)
    while at_s * SAMPLE_RATE < count - 800:
        first, length = int(at_s * SAMPLE_RATE), int(chance.uniform(40, 600))
        decay = np.exp(-np.arange(length) / (length / 5))
        sound[first : first + length] += (
            chance.standard_normal(length) * decay * chance.uniform(0.2, 1)
        )
        at_s += chance.exponential(0.25) + 0.03
    return sound


def puffs(count, chance):
    """Air in bursts, four or five a second, as laughter has them."""
    time = np.arange(count) / SAMPLE_RATE
    swell = np.maximum(0, np.sin(2 * np.pi * 4.5 * time)) ** 2 * (np.sin(0.4 * np.pi * time) > 0)
    air = sosfilt(
        butter(2, (500, 3000), "bandpass", fs=SAMPLE_RATE, output="sos"),
        chance.standard_normal(count),
    )
    return swell * air + 1e-4 * chance.standard_normal(count)


def chords(count, chance):
    """Three voices that change twice a second and fade."""
    time = np.arange(count) / SAMPLE_RATE
    number = (time * 2).astype(int)
    steps = chance.choice([1, 1.125, 1.25, 1.333, 1.5, 1.667], (200, 3))
    lowest_hz = chance.choice([110, 147, 196, 220])
    sound = np.zeros(count)
    for voice in range(3):
        phase = 2 * np.pi * np.cumsum(lowest_hz * steps[number % 200, voice]) / SAMPLE_RATE
        sound += np.sin(phase) + 0.3 * np.sin(2 * phase) + 0.2 * np.sin(3 * phase)
    return sound * np.exp(-2 * (2 * time % 1))


def melody(count, chance):
    """One rich voice with vibrato and two formants: what sounds most like a singer."""
    time = np.arange(count) / SAMPLE_RATE
    number = (time * chance.choice([2, 3, 4])).astype(int)
    notes_hz = chance.choice([165, 196, 220, 247, 262, 330, 392], 400)
    pitch_hz = notes_hz[number % 400] * (1 + 0.012 * np.sin(2 * np.pi * 5.5 * time))
    phase = 2 * np.pi * np.cumsum(pitch_hz) / SAMPLE_RATE
    sound = sum(np.sin(overtone * phase) / overtone for overtone in range(1, 20))
    for middle_hz, half_hz in ((700, 130), (1200, 150)):
        band = butter(
            2, (middle_hz - half_hz, middle_hz + half_hz), "bandpass", fs=SAMPLE_RATE, output="sos"
        )
        sound = sound + 2 * sosfilt(band, sound)
    return sound * (0.3 + 0.7 * np.abs(np.sin(1.4 * np.pi * time)))


def drums(count, chance):
    sound, length = np.zeros(count), 4000
    decay, falling = np.exp(-np.arange(length) / 600), np.exp(-np.arange(length) / 300)
    for beat, first in enumerate(range(0, count - length, SAMPLE_RATE // 4)):
        deep = np.sin(2 * np.pi * (60 + 80 * falling) * np.arange(length) / SAMPLE_RATE)
        struck = deep if beat % 4 in (0, 3) else 0.4 * chance.standard_normal(length)
        sound[first : first + length] += decay * struck
    return sound + 1e-4 * chance.standard_normal(count)


KINDS = (
    (silence, (-90,)),
    (white, (-60, -40)),
    (room, (-70, -50, -35)),
    (hum, (-50, -30)),
    (breath, (-45, -30)),
    (clicks, (-45, -25)),
    (puffs, (-40, -28)),
    (chords, (-40, -20)),
    (melody, (-40, -20)),
    (drums, (-35, -20)),
)
"""Each kind, and how loud it is, in dBFS."""

LENGTHS_S = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 29.9, 30.0, 35.0)
"""Thirty seconds are Whisper's window, where it invents most."""


@dataclass(frozen=True)
class Case:
    """One sound in which nobody speaks."""

    number: int
    kind: str
    level_dbfs: float
    length_s: float

    @property
    def name(self):
        return f"{self.kind}, {self.level_dbfs:g} dBFS, {self.length_s:g} s"

    def sound(self):
        """float32 [shape=(n,)], the same for the same case."""
        make = next(make for make, _ in KINDS if make.__name__ == self.kind)
        chance = np.random.default_rng(self.number)
        count = int(self.length_s * SAMPLE_RATE)
        made = make(count, chance)
        if make is silence:
            return made.astype(np.float32)
        made = made / np.sqrt((made**2).mean()) * 10 ** (self.level_dbfs / 20)
        hiss = 10 ** (HISS_DBFS / 20) * chance.standard_normal(count)
        return np.clip(made + hiss, -1, 1).astype(np.float32)


def cases():
    """Every kind at every level and length."""
    numbered = (
        (make.__name__, level, length)
        for make, levels in KINDS
        for level in levels
        for length in LENGTHS_S
    )
    return [Case(number, *each) for number, each in enumerate(numbered, start=1)]


def _lowpass(sound, edge_hz):
    return sosfilt(butter(1, edge_hz, "lowpass", fs=SAMPLE_RATE, output="sos"), sound)
