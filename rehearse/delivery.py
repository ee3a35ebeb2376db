"""How it was said, in named units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Where = Literal["boundary", "mid-clause", "after-question"]


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence of 0.25 s and more between the first and the last speech.

    Times count in seconds from the start of the source.
    """

    start_s: float
    end_s: float
    where: Where

    @property
    def length_s(self) -> float:
        """Seconds, >= 0.25."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Filler:
    """A sound that fills time, and who noticed it: the recogniser or the detector."""

    text: str
    start_s: float | None
    end_s: float | None
    source: Literal["word", "sound"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """Measures of one close. None is what its input cannot tell.

    Parameters
    ----------
    duration_s
        The whole input.
    span_s
        From the first to the last heard sound of speech.
    speech_s
        The span less its pauses of 0.25 s and more.
    words
        Heard words, fillers included.
    pace_wpm, articulation_wpm
        Words a minute over the span, and over its speech alone.
    fillers, pauses
        Each with its place.
    pitch_sd_st, pitch_range_st
        Standard deviation, and distance from the 10th to the 90th percentile,
        of the pitch of voiced sound, in semitones, >= 0.
    loudness_range_db
        Distance from the 10th to the 90th percentile of loudness during speech.
    """

    duration_s: float | None
    span_s: float | None
    speech_s: float | None
    words: int
    pace_wpm: float | None
    articulation_wpm: float | None
    fillers: tuple[Filler, ...]
    pauses: tuple[Pause, ...] | None
    pitch_sd_st: float | None = None
    pitch_range_st: float | None = None
    loudness_range_db: float | None = None
