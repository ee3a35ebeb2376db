"""How it was said, in named units."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from rehearse.bars import RATE_LEAST_S
from rehearse.rates import Rate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehearse.transcript import Span

Where = Literal["boundary", "mid-clause", "after-question"]
"""At the end of a clause, inside one, or after the concerns question."""


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
class Window:
    """Ten seconds of a close, from the start of the source, and the words a minute in them."""

    start_s: float
    end_s: float
    pace_wpm: float


@dataclass(frozen=True, slots=True)
class Filler:
    """A sound that fills time, and who noticed it: the recogniser or the detector."""

    text: str
    start_s: float | None
    end_s: float | None
    source: Literal["word", "sound"]


@dataclass(frozen=True, slots=True)
class FillerWord:
    """A word that does no work where it stands: "like", "you know".

    `at` is its place in the transcript; times are None for typed words.
    """

    text: str
    at: Span
    start_s: float | None
    end_s: float | None


WITHHELD: Final = {
    "pace": ("pace_wpm", "articulation_wpm", "windows"),
    "fillers": ("fillers",),
    "pauses": ("pauses", "speech_s", "articulation_wpm"),
    "pitch": ("pitch_sd_st", "pitch_range_st"),
    "loudness": ("loudness_range_db",),
}
"""The measures that fall with each."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Measures of one close. None is what its input cannot tell.

    Parameters
    ----------
    duration_s
        The whole input.
    span_s
        From the first to the last heard sound of the candidate's speech, less what others
        say in between and the silences beside it.
    speech_s
        The span less its pauses of 0.25 s and more.
    words
        Heard words, fillers included.
    pace_wpm, articulation_wpm
        Words a minute over the span, and over its speech alone.
    fillers, pauses
        Each with its place.
    windows
        The pace of every whole ten seconds, each beginning five after the one before.
    pitch_sd_st, pitch_range_st
        Standard deviation, and distance from the 10th to the 90th percentile,
        of the pitch of voiced sound, in semitones, >= 0.
    loudness_range_db
        Distance from the 10th to the 90th percentile of loudness during speech.
    withheld
        Groups of measures that the recording cannot carry, and why; they are None.
    """

    duration_s: float | None
    span_s: float | None
    speech_s: float | None
    words: int
    pace_wpm: float | None
    articulation_wpm: float | None
    fillers: tuple[Filler, ...] | None
    pauses: tuple[Pause, ...] | None
    windows: tuple[Window, ...] | None = None
    pitch_sd_st: float | None = None
    pitch_range_st: float | None = None
    loudness_range_db: float | None = None
    withheld: Mapping[str, str] = field(default_factory=dict)

    @property
    def filler_rate(self) -> Rate | None:
        """Fillers a minute; None where they are not known, or the span is too short to tell."""
        if self.fillers is None or self.span_s is None or self.span_s < RATE_LEAST_S:
            return None
        return Rate.of(len(self.fillers), self.span_s)

    def without(self, distrusted: Mapping[str, str]) -> Delivery:
        """Leave out what the recording cannot carry.

        Parameters
        ----------
        distrusted
            Why, for each group of measures in `WITHHELD`.
        """
        gone = {name: None for group in distrusted for name in WITHHELD[group]}
        fields: dict[str, Any] = {**gone, "withheld": dict(distrusted)}
        return replace(self, **fields)
