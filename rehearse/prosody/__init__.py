"""Measures of how something was said. Judging them is for `rehearse.checks`.

`Prosody` takes the clips of a stream as they come and keeps only a number or
two for each 32 ms, so that two hours of sound measure in a few megabytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.delivery import Delivery
from rehearse.prosody.fillers import fillers_in
from rehearse.prosody.loudness import loudness_dbfs, loudness_range_db
from rehearse.prosody.pauses import pauses_in, stretches
from rehearse.prosody.pitch import pitch_st, spread_st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.audio.clips import Clip
    from rehearse.transcript import Span, Transcript

__all__ = ["Prosody", "Stretch", "of_text"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Seconds from the start of the source to the input, and the input's length in seconds."""

    start_s: float
    duration_s: float


class Prosody:
    """Collects what clips tell, and sums it up when the transcript is there."""

    def __init__(self) -> None:
        self._pitch: list[float] = []
        self._loudness: list[float] = []

    def listen(self, clip: Clip) -> None:
        """Measure one clip."""
        levels = loudness_dbfs(clip)
        self._loudness.extend(levels)
        self._pitch.extend(pitch_st(clip))

    def sum_up(
        self,
        transcript: Transcript,
        voiced: Sequence[bool],
        stretch: Stretch,
        questions: Sequence[Span] = (),
    ) -> Delivery:
        """Make a `Delivery` of everything that was measured.

        Parameters
        ----------
        transcript
            The words, with times.
        voiced
            For each 32 ms of the input, whether somebody speaks.
        stretch
            Where in its source the input lies.
        questions
            Where the concerns question was asked: the pause after it is named.
        """
        # The last frame is filled up with silence and may reach past the sound.
        end_s = stretch.start_s + stretch.duration_s
        speech = [
            (begin, min(end, end_s))
            for begin, end in stretches(voiced, stretch.start_s, transcript)
        ]
        span_s = speech[-1][1] - speech[0][0] if speech else None
        pauses = pauses_in(speech, transcript, questions)
        silent_s = sum(pause.length_s for pause in pauses)
        speech_s = None if span_s is None else max(0.0, span_s - silent_s)
        count = len(transcript.heard_words)
        sd_st, range_st = spread_st(self._pitch)
        return Delivery(
            duration_s=stretch.duration_s,
            span_s=span_s,
            speech_s=speech_s,
            words=count,
            pace_wpm=_per_minute(count, span_s),
            articulation_wpm=_per_minute(count, speech_s),
            fillers=fillers_in(transcript),
            pauses=pauses,
            pitch_sd_st=sd_st,
            pitch_range_st=range_st,
            loudness_range_db=loudness_range_db(self._loudness),
        )


def of_text(transcript: Transcript) -> Delivery:
    """What a typed close tells of its delivery: its words and written fillers."""
    return Delivery(
        duration_s=None,
        span_s=None,
        speech_s=None,
        words=len(transcript.words),
        pace_wpm=None,
        articulation_wpm=None,
        fillers=fillers_in(transcript),
        pauses=None,
    )


def _per_minute(count: int, seconds: float | None) -> float | None:
    return None if not seconds else 60.0 * count / seconds
