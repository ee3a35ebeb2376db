"""The whole program: from sound or text to a report."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from rehearse.audio.clips import Cutter
from rehearse.checks import CHECKS
from rehearse.checks.steps.evidence import evidence
from rehearse.engines.evidence import with_evidence
from rehearse.judging import ALONE, Reading, held, judge
from rehearse.locating import proposed_start
from rehearse.prosody import Loudness, Prosody, of_text
from rehearse.quality import QualityMeter
from rehearse.report import Ear, Report
from rehearse.screening import (
    Hearing,
    require_english_speech,
    require_english_text,
    require_speech,
)
from rehearse.speakers import Speakers, Voices, noted
from rehearse.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rehearse.audio.clips import Clip
    from rehearse.checks.check import Check
    from rehearse.close import Close
    from rehearse.engines import Engine, HeardClip
    from rehearse.interview import Interview
    from rehearse.interview.turns import Turn
    from rehearse.recording import Recording, Sound, Source
    from rehearse.speakers.embedding import VoiceEncoder
    from rehearse.transcript import Spoken, Unrecorded


TOGETHER: Final = 8
"""Clips of a file that are recognised together: what the recogniser takes at once."""


class Models(Reading, Protocol):
    """The loaded models of a run; each waits for its own."""

    def engine(self) -> Engine:
        """What turns sound into words."""

    def voices(self) -> VoiceEncoder:
        """What tells voices apart."""


class Analysis:
    """A close as its sound comes in, block by block; at the end, a report.

    Parameters
    ----------
    models
        The recogniser is asked for when the first clips are cut, the language models when
        the words are there, so that they can load meanwhile.
    together
        Clips that are recognised together. A file is quickest with `TOGETHER`; of a take
        each is recognised as soon as it is complete.
    progress
        Is told, again and again, how many seconds of the source were recognised.
    """

    def __init__(
        self,
        models: Models,
        *,
        together: int = TOGETHER,
        progress: Callable[[float], None] = lambda _: None,
    ) -> None:
        self.cutter = Cutter()
        self._models = models
        self._together = together
        self._progress = progress
        self._prosody, self._hearing = Prosody(), Hearing()
        self._meter, self._speakers = QualityMeter(), Speakers(models.voices)
        self._waiting: list[Clip] = []
        self._spoken: list[Spoken] = []
        self._ahead: HeardClip | None = None

    def feed(self, block: Recording) -> None:
        """Take the next sound, and recognise the clips that it completes."""
        for clip in self.cutter.feed(block):
            self._take(clip)

    def end_turn(self) -> None:
        """Recognise what was said so far by itself: somebody answers who is not recorded."""
        for clip in self.cutter.end_clip():
            self._take(clip)

    def finish(self) -> None:
        """Recognise what is left when the sound has ended."""
        for clip in self.cutter.finish():
            self._take(clip)
        self._hear()

    def draft(self) -> Close:
        """What was said so far, with what there is of the clip that is still open.

        Its words count for nothing later, unless the clip ends just there: then they are
        what would be recognised again.
        """
        words = list(self._spoken)
        if (clip := self.cutter.open_clip()) is not None:
            if self._ahead is None or not _same(self._ahead.clip, clip):
                (self._ahead,) = self._models.engine().hear([clip])
            words.extend(with_evidence(self._ahead))
        transcript = Transcript.of_speech(words)
        return self._models.language().read(transcript, of_text(transcript))

    def report(
        self,
        source: Source,
        *,
        speaker: int | None = None,
        interview: Interview = ALONE,
        replies: Sequence[Unrecorded] = (),
        checks: Sequence[Check] = CHECKS,
    ) -> Report:
        """Judge what was heard, after `finish`.

        Parameters
        ----------
        source
            Where the sound came from.
        speaker, interview, checks
            As in `analyze`.
        replies
            What an interviewer said who was not recorded, in order.

        Raises
        ------
        InputError
            Where there is nothing to judge.
        """
        transcript = Transcript.of_speech(self._spoken)
        require_speech(transcript, source.name)
        require_english_speech(self._hearing, transcript, source.name)
        voices = Voices.of(self._speakers.turns(self._prosody.pitch_st), speaker)
        transcript = voices.told(transcript).with_replies(replies)
        others_s = sorted([*voices.others_s, *((each.at_s, each.at_s) for each in replies)])
        cutter = self.cutter
        loudness = Loudness.of(source.from_s, cutter.envelope.bands_dbfs, cutter.voiced_frames)
        quality = self._meter.sum_up(loudness.dbfs, loudness.voiced, source.from_s, transcript)
        sum_up = partial(
            self._prosody.sum_up, transcript, loudness, cutter.duration_s, others_s=others_s
        )
        close = self._models.language().read(transcript, sum_up())
        delivery = sum_up(questions=evidence(close, "concerns")).without(quality.distrust())
        notes = [*source.notes, *noted(voices), *quality.advice()]
        if not source.part:
            notes.extend(proposed_start(close, cutter.duration_s))
        engine = self._models.engine()
        close = replace(close, delivery=delivery)
        known = {each.at_s: each.about for each in replies if each.about is not None}
        close = held(close, interview, self._models, known=known)
        report = judge(
            close,
            source.name,
            Ear(engine.name, engine.model, engine.sha256),
            notes,
            checks,
        )
        return replace(report, voices=voices, quality=quality)

    def _take(self, clip: Clip) -> None:
        for listener in (self._prosody, self._meter, self._speakers):
            listener.listen(clip)
        self._waiting.append(clip)
        if len(self._waiting) >= self._together:
            self._hear()

    def _hear(self) -> None:
        """Recognise the clips that wait; no sound is kept when that is done."""
        for heard in self._heard():
            self._hearing.add(heard)
            self._progress(heard.clip.recording.end_s)
            words = list(with_evidence(heard))
            if any(word.unheard is None for word in words):
                self._prosody.fillers(heard.fillers)
            self._spoken.extend(words)
        self._waiting = []
        self._ahead = None

    def _heard(self) -> Iterable[HeardClip]:
        if self._ahead is not None and [_same(self._ahead.clip, c) for c in self._waiting] == [
            True
        ]:
            return [self._ahead]
        return self._models.engine().hear(self._waiting)


def _same(one: Clip, other: Clip) -> bool:
    """Whether two clips are the same sound at the same time, seen in the same way."""
    import numpy as np

    return (
        one.recording.start_s == other.recording.start_s
        and np.array_equal(one.recording.samples, other.recording.samples)
        and np.array_equal(one.voice, other.voice)
    )


def analyze(
    sound: Sound,
    models: Models,
    *,
    speaker: int | None = None,
    interview: Interview = ALONE,
    checks: Sequence[Check] = CHECKS,
    progress: Callable[[float], None] = lambda _: None,
) -> Report:
    """Listen to `sound` and say what worked and what to change.

    Parameters
    ----------
    sound
        What to listen to.
    models
        Of the run.
    speaker
        Whose close it is, where several speak; None takes the one who speaks most.
    interview
        What it is held against.
    checks
        Which checks to run, in the order of the report.
    progress
        Is told, again and again, how many seconds of the source were recognised.

    Raises
    ------
    InputError
        Where it cannot be analysed.
    """
    analysis = Analysis(models, progress=progress)
    for block in sound.blocks():
        analysis.feed(block)
    analysis.finish()
    return analysis.report(sound, speaker=speaker, interview=interview, checks=checks)


def analyze_text(
    text: str,
    source: str,
    models: Reading,
    *,
    interview: Interview = ALONE,
    checks: Sequence[Check] = CHECKS,
) -> Report:
    """Judge a typed close: the same checks, no sound.

    Raises
    ------
    LanguageError
        Where it is not in English.
    """
    return _of_words(Transcript.of_text(text), source, models, interview, checks)


def analyze_turns(
    turns: Sequence[Turn],
    source: str,
    models: Reading,
    *,
    interview: Interview = ALONE,
    checks: Sequence[Check] = CHECKS,
) -> Report:
    """Judge a typed conversation: the candidate's words, and how they answer the interviewer.

    Raises
    ------
    LanguageError
        Where it is not in English.
    """
    transcript = Transcript.of_turns((turn.text, turn.theirs) for turn in turns)
    return _of_words(transcript, source, models, interview, checks)


def _of_words(
    transcript: Transcript,
    source: str,
    models: Reading,
    interview: Interview,
    checks: Sequence[Check],
) -> Report:
    # spaCy does not stand being imported by two threads at once: first wait for the one
    # that loads it, then look at the words.
    language = models.language()
    require_english_text(transcript, source)
    close = held(language.read(transcript, of_text(transcript)), interview, models)
    return judge(close, source, None, (), checks)
