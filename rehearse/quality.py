"""Is the recording good enough for what is measured on it?

Level, clipping, noise and bandwidth of the sound, and how much of the speech the
recogniser left without words.  A number that the recording cannot carry is not printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.audio.clips import ON
from rehearse.audio.envelope import STEP_S
from rehearse.audio.frames import FRAME, clipped
from rehearse.audio.meter import CLIPPED, QUIET_DBFS
from rehearse.recording import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rehearse.audio.clips import Clip
    from rehearse.transcript import Transcript

SPEECH_PERCENTILE: Final = 85
FLOOR_PERCENTILE: Final = 10

BARS_DB: Final = (
    (6.0, ("pauses", "fillers", "pitch", "loudness")),
    (12.0, ("pitch", "loudness")),
    (20.0, ("loudness",)),
)
"""Which measures fall below which distance of the voice from the background. Ours, as all bars:
`docs/measurements.md` has what each loses on the way there."""

FLATTENED: Final = 0.3
"""Beyond this share of clipped speech the range of loudness is off by over 2 dB."""

WORDLESS: Final = 0.25
"""Beyond this share of speech without words, what is counted in words is not counted."""

NOISY_DB: Final = 12.0
NARROW_HZ: Final = 4500.0
"""Where advice begins, beside `QUIET_DBFS` and `CLIPPED`, which a take is told of as well."""

BESIDE_S: Final = 0.3
"""Speech so near to a word has that word: a recogniser's times are this rough."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What a recording is like. None is what cannot be told.

    Parameters
    ----------
    level_dbfs
        Of speech, <= 0: the 85th percentile over 10 ms.
    snr_db
        How far that stands above the background, >= 0.
    clipped
        Share of the frames with speech, in [0, 1], that reach full scale and stay there.
    bandwidth_hz
        Below which 99.9 % of the power of speech lies.
    wordless
        Share of the speech, in [0, 1], with no word on or near it.
    """

    level_dbfs: float | None
    snr_db: float | None
    clipped: float | None
    bandwidth_hz: float | None
    wordless: float | None

    def distrust(self) -> dict[str, str]:
        """Which measures this recording cannot carry, and why, in words."""
        found: dict[str, str] = {}
        for measures, reason in self._reasons():
            for measure in measures:
                found.setdefault(measure, reason)
        return found

    def _reasons(self) -> Iterator[tuple[Sequence[str], str]]:
        if self.wordless is not None and self.wordless > WORDLESS:
            yield (
                ("pace", "fillers"),
                f"{self.wordless:.0%} of the speech was not understood",
            )
        for bar_db, measures in BARS_DB:
            if self.snr_db is not None and self.snr_db < bar_db:
                yield measures, f"the voice is only {self.snr_db:.0f} dB above the background"
        if self.clipped is not None and self.clipped > FLATTENED:
            yield ("loudness",), "the sound is clipped"

    def advice(self) -> list[str]:
        """What to do better next time, each with the figure that shows it."""
        said = []
        if self.clipped is not None and self.clipped > CLIPPED:
            said.append(
                f"The sound is clipped in {self.clipped:.0%} of the speech: turn the microphone "
                "down or move back."
            )
        if self.level_dbfs is not None and self.level_dbfs < QUIET_DBFS:
            said.append(
                f"The voice is very quiet ({self.level_dbfs:.0f} dBFS): move nearer or turn the "
                "microphone up."
            )
        if self.snr_db is not None and self.snr_db < NOISY_DB:
            said.append(
                f"The background is loud (the voice is {self.snr_db:.0f} dB above it): find a "
                "quieter room or move nearer."
            )
        if self.bandwidth_hz is not None and self.bandwidth_hz < NARROW_HZ:
            said.append(
                f"There is nothing above {self.bandwidth_hz / 1000:.1f} kHz, as over a telephone, "
                "and more words are misheard: record with the device in front of you."
            )
        if self.wordless is not None and self.wordless > WORDLESS:
            said.append(
                f"{self.wordless:.0%} of the speech in it was not understood, so that steps may "
                "be missed: speak nearer to the microphone."
            )
        return said


class QualityMeter:
    """Collects what clips tell of the recording."""

    def __init__(self) -> None:
        self._frames = 0
        self._clipped = 0
        self._power: NDArray[np.float64] | None = None

    def listen(self, clip: Clip) -> None:
        """Take one clip."""
        import numpy as np

        samples = clip.recording.samples
        count = min(len(samples) // FRAME, len(clip.voice))
        frames = samples[: count * FRAME].reshape(count, FRAME)[clip.voice[:count] >= ON]
        if not len(frames):
            return
        self._clipped += int(clipped(frames).sum())
        self._frames += len(frames)
        spectra = np.abs(np.fft.rfft(frames * np.hanning(FRAME))) ** 2
        # The mean of the loud and the quiet alike: a hiss is as telling as a vowel.
        power = (spectra / np.maximum(spectra.sum(axis=1, keepdims=True), 1e-12)).sum(axis=0)
        self._power = power if self._power is None else self._power + power

    def sum_up(
        self,
        dbfs: NDArray[np.float32],
        voiced: NDArray[np.bool_],
        start_s: float,
        transcript: Transcript,
    ) -> Quality:
        """Say what the recording is like.

        Parameters
        ----------
        dbfs, voiced
            float32 and bool [shape=(n,)], for each 10 ms the level, and whether somebody
            speaks.
        start_s
            Where in its source it begins.
        transcript
            The words, with times.
        """
        import numpy as np

        if not voiced.any():
            return Quality(None, None, None, None, None)
        level = float(np.percentile(dbfs[voiced], SPEECH_PERCENTILE))
        floor = float(np.percentile(dbfs, FLOOR_PERCENTILE))
        return Quality(
            level_dbfs=round(level, 1),
            snr_db=round(max(0.0, level - floor), 1),
            clipped=round(self._clipped / self._frames, 4) if self._frames else None,
            bandwidth_hz=self._bandwidth_hz(),
            wordless=round(_wordless(voiced, start_s, transcript), 3),
        )

    def _bandwidth_hz(self) -> float | None:
        import numpy as np

        if self._power is None:
            return None
        share = np.cumsum(self._power) / self._power.sum()
        return float(np.searchsorted(share, 0.999)) * SAMPLE_RATE / FRAME


def _wordless(voiced: NDArray[np.bool_], start_s: float, transcript: Transcript) -> float:
    import numpy as np

    under = np.zeros(len(voiced), dtype=bool)
    for word in transcript.words:
        if word.heard and word.start_s is not None and word.end_s is not None:
            low = round((word.start_s - BESIDE_S - start_s) / STEP_S)
            high = round((word.end_s + BESIDE_S - start_s) / STEP_S)
            under[max(0, low) : max(0, high)] = True
    return float((voiced & ~under).sum() / voiced.sum())
