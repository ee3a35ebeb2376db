"""The whole program: from sound or text to a report."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, Protocol

from rehearse.audio.clips import Cutter, cut
from rehearse.checks import CHECKS
from rehearse.checks.steps.evidence import evidence
from rehearse.finding import Level
from rehearse.locating import proposed_start
from rehearse.prosody import Prosody, Stretch, of_text
from rehearse.report import Ear, Report
from rehearse.screening import (
    Hearing,
    require_english_speech,
    require_english_text,
    require_speech,
)
from rehearse.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rehearse.audio.clips import Clip
    from rehearse.checks.check import Check
    from rehearse.close import Close
    from rehearse.engines import Engine
    from rehearse.finding import Finding
    from rehearse.language import Language
    from rehearse.recording import Recording
    from rehearse.transcript import Spoken

STEPS: Final = ("interest", "fit", "concerns", "thanks")
FACETS: Final = ("next_steps", "business_card", "follow_up", "quantified", "reminder")

NO_SPEECH: Final = 0.5
NO_SENSE: Final = -0.7
"""A clip that the engine takes for silence this surely, and writes with this little
confidence, holds no words. Ours, laxer than Whisper's .6 and -1.0: voice activity has
let through a growl (.57, -.83), and no speech in the recordings measured came near."""


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


def analyze(
    sound: Sound,
    engine: Callable[[], Engine],
    language: Callable[[], Language],
    *,
    checks: Sequence[Check] = CHECKS,
    progress: Callable[[float], None] = lambda _: None,
) -> Report:
    """Listen to `sound` and say what worked and what to change.

    Parameters
    ----------
    sound
        What to listen to.
    engine
        Gives what turns it into words; called when the first clips are cut, so that it
        can load meanwhile.
    language
        Gives the loaded language models; called when the words are there, so that
        they can load meanwhile.
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
    clips = _measured(cut(sound.blocks(), cutter), prosody)
    first = list(islice(clips, READ_AHEAD))
    ready = engine()
    transcript = Transcript.of_speech(_words(ready, chain(first, clips), hearing, progress))
    require_speech(transcript, sound.name)
    require_english_speech(hearing, transcript, sound.name)
    loaded = language()
    span = Stretch(sound.from_s, cutter.duration_s)
    close = loaded.read(transcript, prosody.sum_up(transcript, cutter.voiced_frames, span))
    questions = evidence(close, "concerns")
    delivery = prosody.sum_up(transcript, cutter.voiced_frames, span, questions)
    notes = [*sound.notes, *([] if sound.part else proposed_start(close, cutter.duration_s))]
    ear = Ear(ready.name, ready.model, ready.sha256)
    return judge(replace(close, delivery=delivery), sound.name, ear, notes, checks)


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


def _measured(clips: Iterable[Clip], prosody: Prosody) -> Iterator[Clip]:
    for clip in clips:
        prosody.listen(clip)
        yield clip


def _words(
    engine: Engine,
    clips: Iterable[Clip],
    hearing: Hearing,
    progress: Callable[[float], None],
) -> Iterator[Spoken]:
    """The words of all clips, without keeping any sound."""
    for heard in engine.hear(clips):
        hearing.add(heard)
        progress(heard.clip.recording.end_s)
        silent = heard.no_speech > NO_SPEECH and heard.logprob < NO_SENSE
        for word in heard.words:
            yield replace(word, heard=False) if silent else word
