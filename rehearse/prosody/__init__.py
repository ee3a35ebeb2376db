"""Measures of how something was said. Judging them is for `rehearse.checks`.

`Prosody` takes the clips of a stream as they come and keeps only a number or
two for each 32 ms, so that two hours of sound measure in a few megabytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.delivery import Delivery
from rehearse.prosody.fillers import fillers_in
from rehearse.prosody.loudness import loudness_dbfs, loudness_range_db
from rehearse.prosody.pace import per_minute, windows_in
from rehearse.prosody.pauses import Loudness, pauses_in, span_of
from rehearse.prosody.pitch import LEAST_IN_STRETCH, pitch_st, spread_st
from rehearse.prosody.tracks import Track

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rehearse.audio.clips import Clip
    from rehearse.transcript import FillerSound, Span, Transcript

__all__ = ["Loudness", "Prosody", "of_text"]


class Prosody:
    """Collects what clips tell, and sums it up when the transcript is there."""

    def __init__(self) -> None:
        self._pitch = Track()
        self._loudness = Track()
        self._sounds: list[FillerSound] = []

    def listen(self, clip: Clip) -> None:
        """Measure one clip."""
        self._loudness.add(*loudness_dbfs(clip))
        self._pitch.add(*pitch_st(clip))

    def pitch_st(self, start_s: float, end_s: float) -> float | None:
        """Median pitch of a stretch, in semitones above 55 Hz; None where hardly any is voiced."""
        return self._pitch.median(start_s, end_s, LEAST_IN_STRETCH)

    def fillers(self, sounds: Iterable[FillerSound]) -> None:
        """Take filler sounds that the engine heard beside its words."""
        self._sounds.extend(sounds)

    def sum_up(
        self,
        transcript: Transcript,
        sound: Loudness,
        duration_s: float,
        *,
        questions: Sequence[Span] = (),
        others_s: Sequence[tuple[float, float]] = (),
    ) -> Delivery:
        """Make a `Delivery` of everything that was measured.

        Parameters
        ----------
        transcript
            The words, with times.
        sound
            How loud the whole input is, and where somebody speaks in it.
        duration_s
            Its length.
        questions
            Where the concerns question was asked: the pause after it is named.
        others_s
            When somebody else speaks: nothing that is measured there counts.
        """
        span = span_of(sound.without(others_s), transcript)
        pauses, between_s = (
            pauses_in(sound, span, transcript, questions, others_s) if span else ((), 0.0)
        )
        span_s = None if span is None else _own_span_s(span, others_s) - between_s
        silent_s = sum(pause.length_s for pause in pauses)
        speech_s = None if span_s is None else max(0.0, span_s - silent_s)
        count = len(transcript.own_words)
        sd_st, range_st = spread_st(self._pitch.outside(others_s))
        sounds = [each for each in self._sounds if not _inside(each, others_s)]
        return Delivery(
            duration_s=duration_s,
            span_s=span_s,
            speech_s=speech_s,
            words=count,
            pace_wpm=per_minute(count, span_s),
            articulation_wpm=per_minute(count, speech_s),
            fillers=fillers_in(transcript, sounds),
            pauses=pauses,
            windows=windows_in(transcript, span, others_s) if span else (),
            pitch_sd_st=sd_st,
            pitch_range_st=range_st,
            loudness_range_db=loudness_range_db(self._loudness.outside(others_s)),
        )


def _inside(sound: FillerSound, others_s: Sequence[tuple[float, float]]) -> bool:
    return any(start_s < sound.end_s and sound.start_s < end_s for start_s, end_s in others_s)


def _own_span_s(span: tuple[float, float], others_s: Sequence[tuple[float, float]]) -> float:
    """Seconds of a span less what others say in it."""
    said_s = (min(end, span[1]) - max(start, span[0]) for start, end in others_s)
    return span[1] - span[0] - sum(max(0.0, each) for each in said_s)


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
