"""The whole program: from sound or text to a report."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, Protocol

from rehearse.audio.clips import Cutter, cut
from rehearse.checks import CHECKS
from rehearse.checks.steps.evidence import evidence
from rehearse.engines.evidence import with_evidence
from rehearse.finding import Level
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
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rehearse.audio.clips import Clip
    from rehearse.checks.check import Check
    from rehearse.close import Close
    from rehearse.engines import Engine, HeardClip
    from rehearse.finding import Finding
    from rehearse.language import Language
    from rehearse.recording import Recording
    from rehearse.speakers.embedding import VoiceEncoder
    from rehearse.transcript import Spoken

STEPS: Final = ("interest", "fit", "concerns", "thanks")
FACETS: Final = ("next_steps", "business_card", "follow_up", "quantified", "reminder")

READ_AHEAD: Final = 8
"""Clips that are cut before the recogniser is asked for: what it takes at once."""


class Sound(Protocol):
    """A stream of sound with a name: a file, or a microphone."""

    @property
    def name(self) -> str:
        """How a report and an error call it."""

    @property
    def from_s(self) -> float:
        """Where in its source it begins."""

    @property
    def part(self) -> bool:
        """Whether somebody picked this part of a longer recording."""

    @property
    def notes(self) -> Sequence[str]:
        """What its owner should know of how it was read."""

    def blocks(self) -> Iterator[Recording]:
        """Its sound, in order."""


class Models(Protocol):
    """The loaded models of a run; each waits for its own."""

    def engine(self) -> Engine:
        """What turns sound into words."""

    def language(self) -> Language:
        """What parses and tags them."""

    def voices(self) -> VoiceEncoder:
        """What tells voices apart."""


class Listener(Protocol):
    """Something that measures clips as they pass."""

    def listen(self, clip: Clip) -> None:
        """Take one clip."""


def analyze(
    sound: Sound,
    models: Models,
    *,
    speaker: int | None = None,
    checks: Sequence[Check] = CHECKS,
    progress: Callable[[float], None] = lambda _: None,
) -> Report:
    """Listen to `sound` and say what worked and what to change.

    Parameters
    ----------
    sound
        What to listen to.
    models
        The recogniser is asked for when the first clips are cut, the language models when
        the words are there, so that they can load meanwhile.
    speaker
        Whose close it is, where several speak; None takes the one who speaks most.
    checks
        Which checks to run, in the order of the report.
    progress
        Is told, again and again, how many seconds of the source were recognised.

    Raises
    ------
    InputError
        Where it cannot be analysed.
    """
    cutter, prosody, hearing = Cutter(), Prosody(), Hearing()
    meter, speakers = QualityMeter(), Speakers(models.voices)
    clips = _measured(cut(sound.blocks(), cutter), prosody, meter, speakers)
    first = list(islice(clips, READ_AHEAD))
    engine = models.engine()
    transcript = Transcript.of_speech(
        _words(engine.hear(chain(first, clips)), hearing, prosody, progress)
    )
    require_speech(transcript, sound.name)
    require_english_speech(hearing, transcript, sound.name)
    voices = Voices.of(speakers.turns(prosody.pitch_st), speaker)
    transcript = voices.told(transcript)
    loudness = Loudness.of(sound.from_s, cutter.envelope.bands_dbfs, cutter.voiced_frames)
    quality = meter.sum_up(loudness.dbfs, loudness.voiced, sound.from_s, transcript)
    sum_up = partial(
        prosody.sum_up, transcript, loudness, cutter.duration_s, others_s=voices.others_s
    )
    close = models.language().read(transcript, sum_up())
    delivery = sum_up(questions=evidence(close, "concerns")).without(quality.distrust())
    notes = [*sound.notes, *noted(voices), *quality.advice()]
    if not sound.part:
        notes.extend(proposed_start(close, cutter.duration_s))
    report = judge(
        replace(close, delivery=delivery),
        sound.name,
        Ear(engine.name, engine.model, engine.sha256),
        notes,
        checks,
    )
    return replace(report, voices=voices, quality=quality)


def analyze_text(
    text: str, source: str, language: Callable[[], Language], *, checks: Sequence[Check] = CHECKS
) -> Report:
    """Judge a typed close: the same checks, no sound.

    Raises
    ------
    LanguageError
        Where it is not in English.
    """
    transcript = Transcript.of_text(text)
    # spaCy does not stand being imported by two threads at once: first wait for the one
    # that loads it, then look at the words.
    loaded = language()
    require_english_text(transcript, source)
    return judge(loaded.read(transcript, of_text(transcript)), source, None, (), checks)


def judge(
    close: Close, source: str, ear: Ear | None, notes: Sequence[str], checks: Sequence[Check]
) -> Report:
    """Run the checks over a close."""
    findings = tuple(finding for check in checks for finding in check.run(close))
    return Report(
        source=source,
        engine=ear,
        transcript=close.transcript,
        delivery=close.delivery,
        steps={step: evidence(close, step) for step in STEPS},
        facets=_facets(close, findings),
        findings=findings,
        filler_words=close.filler_words,
        notes=tuple(notes),
    )


def _facets(close: Close, findings: Sequence[Finding]) -> dict[str, bool]:
    """What else was there; "So, when do I start?" is no question about the next steps."""
    lines = [
        finding.at
        for finding in findings
        if finding.check == "wording.cheesy" and finding.level is Level.FIX and finding.at
    ]
    sincere = [
        sentence
        for sentence in close.sentences
        if not any(line.overlaps(sentence.span) for line in lines)
    ]
    return {facet: any(sentence.holds(facet) for sentence in sincere) for facet in FACETS}


def _measured(clips: Iterable[Clip], *listeners: Listener) -> Iterator[Clip]:
    for clip in clips:
        for each in listeners:
            each.listen(clip)
        yield clip


def _words(
    clips: Iterable[HeardClip],
    hearing: Hearing,
    prosody: Prosody,
    progress: Callable[[float], None],
) -> Iterator[Spoken]:
    """The words of all clips, without keeping any sound."""
    for heard in clips:
        hearing.add(heard)
        progress(heard.clip.recording.end_s)
        words = list(with_evidence(heard))
        if any(word.unheard is None for word in words):
            prosody.fillers(heard.fillers)
        yield from words
