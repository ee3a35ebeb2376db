"""Pitch in semitones, by YIN.

de Cheveigné and Kawahara, "YIN, a fundamental frequency estimator for speech and
music", JASA 111(4), 2002.  librosa's `yin` agrees to 0.3 semitones wherever the
voice is clearly periodic, and in all but a few of a hundred voiced frames, which a
test holds; importing it costs two seconds of processor time and a first call
compiles for many more, which is why the few lines stand here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.audio.clips import ON
from rehearse.audio.frames import FRAME, FRAME_S
from rehearse.recording import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rehearse.audio.clips import Clip
    from rehearse.recording import Samples

LOWEST_HZ: Final = 65.0
HIGHEST_HZ: Final = 450.0
"""The range of speaking voices, women's and men's."""

WINDOW: Final = 1024
"""Samples an estimate looks at: 64 ms, four periods of the lowest voice."""

PERIODIC: Final = 0.2
"""Normalised differences below this count as voiced; YIN's paper uses 0.1 for clean
sound, librosa's documentation the same; ours is laxer for rooms and laptops."""

LEAST_VOICED: Final = 30
"""Fewer voiced frames than this, about a second, say nothing about a voice."""

LEAST_IN_STRETCH: Final = 5
"""The same for the pitch of a single stretch of a second or two. Ours."""


def yin_hz(samples: Samples) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Estimate the pitch of each 32 ms.

    Parameters
    ----------
    samples
        float32 [shape=(n,)], in [-1, 1].

    Returns
    -------
    (pitch, aperiodicity)
        float64 [shape=(n // 512,)] each: Hz, in [65, 450]; and the normalised
        difference at that period, >= 0, where small is periodic.
    """
    import numpy as np
    from numpy.lib.stride_tricks import sliding_window_view

    count = len(samples) // FRAME
    if count == 0:
        return np.zeros(0), np.zeros(0)
    shortest = int(SAMPLE_RATE / HIGHEST_HZ)
    longest = int(np.ceil(SAMPLE_RATE / LOWEST_HZ))
    padded = np.pad(samples.astype(np.float64), (WINDOW // 2, WINDOW + longest + FRAME))
    frames = sliding_window_view(padded, WINDOW + longest)[::FRAME][:count]
    heads = frames[:, :WINDOW]
    size = 1 << int(np.ceil(np.log2(2 * WINDOW + longest)))
    spectrum = np.fft.rfft(frames, size) * np.conj(np.fft.rfft(heads, size))
    correlation = np.fft.irfft(spectrum, size)[:, : longest + 1]
    energy = np.cumsum(np.pad(frames**2, ((0, 0), (1, 0))), axis=1)
    lags = np.arange(longest + 1)
    power = energy[:, lags + WINDOW] - energy[:, lags]
    difference = np.maximum(power[:, :1] + power - 2 * correlation, 0.0)
    running = np.cumsum(difference[:, 1:], axis=1) / np.arange(1, longest + 1)
    normalised = np.ones_like(difference)
    # Digital silence differs from itself by nothing, and has no period for all that.
    sounds = running > 1e-12
    normalised[:, 1:][sounds] = difference[:, 1:][sounds] / running[sounds]
    return _best_period(normalised, shortest, longest)


def _best_period(
    normalised: NDArray[np.float64], shortest: int, longest: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The first dip below the threshold, or the deepest, refined by a parabola."""
    import numpy as np

    inner = normalised[:, shortest:longest]
    left, right = (
        normalised[:, shortest - 1 : longest - 1],
        normalised[:, shortest + 1 : longest + 1],
    )
    dips = (inner <= left) & (inner < right)
    good = dips & (inner < PERIODIC)
    first = np.where(good.any(axis=1), good.argmax(axis=1), inner.argmin(axis=1))
    rows = np.arange(len(inner))
    a, b, c = left[rows, first], inner[rows, first], right[rows, first]
    bend = a - 2 * b + c
    shift = np.where(np.abs(bend) > 1e-12, (a - c) / (2 * np.where(bend == 0, 1, bend)), 0.0)
    period = first + shortest + np.clip(shift, -1, 1)
    return SAMPLE_RATE / period, b


def pitch_st(clip: Clip) -> tuple[list[float], list[float]]:
    """Pitch of each voiced 32 ms of a clip.

    Returns
    -------
    (times, pitch)
        When each begins, in seconds from the start of the source; semitones above 55 Hz.
    """
    import numpy as np

    pitch, aperiodicity = yin_hz(clip.recording.samples)
    count = min(len(pitch), len(clip.voice))
    voiced = np.flatnonzero((aperiodicity[:count] < PERIODIC) & (clip.voice[:count] >= ON))
    times = clip.recording.start_s + voiced * FRAME_S
    return times.tolist(), (12 * np.log2(pitch[voiced] / 55.0)).round(3).tolist()


def spread_st(semitones: Sequence[float]) -> tuple[float | None, float | None]:
    """Standard deviation and 10th-to-90th-percentile range of pitch, in semitones.

    Values an octave and more from the median are left out: there YIN has taken
    two periods for one, or half of one.  None and None where hardly anything
    is voiced.
    """
    import numpy as np

    if len(semitones) < LEAST_VOICED:
        return None, None
    values = np.asarray(semitones)
    values = values[np.abs(values - np.median(values)) < 12]
    low, high = np.percentile(values, [10, 90])
    return round(float(values.std()), 2), round(float(high - low), 2)
