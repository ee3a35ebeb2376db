"""Rooms, noise, telephones and distance for spoken closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import butter, fftconvolve, resample_poly, sosfilt

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE_HZ = 16000
WAYS = ("clean", "noise", "room", "telephone", "quiet")


def treated(samples: NDArray[np.float64], chance: np.random.Generator, way: str) -> NDArray:
    """Record `samples` again in one of `WAYS` [float32, same length]."""
    if way == "noise":
        samples = samples + noise(len(samples), chance) * speech_rms(samples) * 10 ** (
            -chance.uniform(8, 25) / 20
        )
    elif way == "room":
        samples = room(samples, chance)
    elif way == "telephone":
        samples = telephone(samples)
    samples = samples / np.abs(samples).max() * 10 ** (-chance.uniform(1, 12) / 20)
    if way == "quiet":
        samples = samples * 10 ** (-chance.uniform(15, 32) / 20)
    floor = noise(len(samples), chance) * 10 ** (-chance.uniform(62, 75) / 20)
    return (samples + floor).astype(np.float32)


def noise(length: int, chance: np.random.Generator) -> NDArray[np.float64]:
    """White noise, or darker, at an RMS of 1."""
    white = chance.standard_normal(length)
    edge_hz = chance.choice((0, 400, 900))
    if edge_hz:
        white = sosfilt(butter(1, edge_hz, "lowpass", fs=RATE_HZ, output="sos"), white)
    made: NDArray[np.float64] = white / np.sqrt((white**2).mean())
    return made


def speech_rms(samples: NDArray[np.float64]) -> float:
    """RMS of the 20 ms frames within 30 dB of the loudest."""
    power = (samples[: len(samples) // 320 * 320].reshape(-1, 320) ** 2).mean(axis=1)
    return float(np.sqrt(power[power > power.max() * 1e-3].mean()))


def room(samples: NDArray[np.float64], chance: np.random.Generator) -> NDArray[np.float64]:
    """Reverberation: noise that decays by 60 dB in 0.25 to 0.7 s."""
    decay_s = chance.uniform(0.25, 0.7)
    length = int(decay_s * RATE_HZ)
    echo = chance.standard_normal(length) * 10 ** (-3 * np.arange(length) / length)
    echo[:64] = 0
    echo *= 10 ** (-chance.uniform(2, 8) / 20) / np.sqrt((echo**2).sum())
    echo[0] = 1
    heard: NDArray[np.float64] = fftconvolve(samples, echo)[: len(samples)]
    return heard


def telephone(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """300 to 3400 Hz, in the eight bits of G.711's mu-law."""
    narrow = resample_poly(samples, 1, 2)
    narrow = sosfilt(butter(4, (300, 3400), "bandpass", fs=RATE_HZ // 2, output="sos"), narrow)
    narrow = narrow / np.abs(narrow).max() * 0.6
    squeezed = np.sign(narrow) * np.log1p(255 * np.abs(narrow)) / np.log(256)
    squeezed = np.round((squeezed + 1) / 2 * 255) / 255 * 2 - 1
    narrow = np.sign(squeezed) * (256 ** np.abs(squeezed) - 1) / 255
    wide: NDArray[np.float64] = resample_poly(narrow, 2, 1)[: len(samples)]
    return wide
