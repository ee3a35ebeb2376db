"""`rehearse analyze`: recordings and typed closes, one after the other."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import click

from rehearse.cli.held import TO_NAMES, held_options, interview_of, parted, plan_of
from rehearse.cli.keeping import FOR_HELP, Keeping, Sound, label_of
from rehearse.cli.reporting import Reporting
from rehearse.errors import InputError, RangeError, RehearseError, TakeError
from rehearse.inputs import Conversation, Typed, conversation, opened
from rehearse.timecode import parse_clock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rehearse.audio.decode import SoundFile
    from rehearse.cli.progress import Progress
    from rehearse.engines import Engine
    from rehearse.interview import Interview
    from rehearse.models import Models
    from rehearse.recording import Sound as Sounding
    from rehearse.report import Report
    from rehearse.session import Origin

    Input = Typed | Conversation | SoundFile


@click.command("analyze")
@click.argument("sources", nargs=-1, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line a FILE.")
@click.option("--from", "from_", metavar="TIME", help="Begin here, as in 0:41.")
@click.option(
    "--to",
    multiple=True,
    metavar="WHOM|TIME",
    help=f"Whom it is for: {TO_NAMES}; or where to end, as in 1:35.",
)
@click.option(
    "--turns",
    multiple=True,
    metavar="FILE",
    help="A typed conversation, each turn after “Candidate:” or “Interviewer:”.",
)
@held_options
@click.option("--model", default="base", show_default=True, metavar="NAME", help="Which weights.")
@click.option(
    "--speaker",
    type=click.IntRange(min=1),
    metavar="N",
    help="Whose close it is, where several speak; without it, that of who speaks most.",
)
@click.option("--for", "label", metavar="WHAT", help=FOR_HELP)
@click.option("--no-keep", is_flag=True, help="Do not keep this in the history.")
def command(  # noqa: PLR0913 - as many as there are options
    sources: tuple[str, ...],
    *,
    as_json: bool,
    from_: str | None,
    to: tuple[str, ...],
    turns: tuple[str, ...],
    job: str | None,
    discussed: str | None,
    model: str,
    speaker: int | None,
    label: str | None,
    no_keep: bool,
) -> None:
    """Analyse recordings or typed closes.

    FILE is any sound or video file, a typed close that ends in .txt, or - for a
    typed close from standard input. Several are done one after the other; one
    that cannot be done does not stop the others, and the exit code is then 2.
    With --turns, how you answer the interviewer's concern is judged as well.
    """
    if not sources and not turns:
        raise click.UsageError("Missing argument 'FILE...'.")
    whom, end = parted(to)
    from_s, to_s = _part(from_, end)
    reporting = Reporting(as_json=as_json)
    for_ = label_of(label)
    keeping = None if no_keep else Keeping(for_, reporting)
    plan = plan_of(for_)
    interview = interview_of(job, discussed, whom, plan=plan)
    run = Run(reporting, keeping, model=model, speaker=speaker, interview=interview)
    close = partial(opened, from_s=from_s, to_s=to_s)
    both = partial(conversation, from_s=from_s, to_s=to_s)
    inputs = [
        *(_looked_at(source, close) for source in sources),
        *(_looked_at(source, both) for source in turns),
    ]
    run.prepare([each for _, each in inputs if not isinstance(each, InputError)])
    for number, (source, each) in enumerate(inputs):
        run.one(source, each, number=number, count=len(inputs))
    if run.failed:
        raise SystemExit(2)


def _part(from_: str | None, to: str | None) -> tuple[float, float | None]:
    """Where a part begins and ends, in seconds.

    Raises
    ------
    RangeError
        Where one is no time, or it ends before it begins.
    """
    from_s = parse_clock(from_, "--from") if from_ is not None else 0.0
    to_s = parse_clock(to, "--to") if to is not None else None
    if to_s is not None and from_s >= to_s:
        raise RangeError(
            f"--from {from_ or '0:00'} is not before --to {to}.",
            hint="Give the earlier time to --from.",
        )
    return from_s, to_s


def _looked_at(source: str, look: Callable[[str], Input]) -> tuple[str, Input | InputError]:
    """An input as it is named, but for bytes that are no text in any report, or why it is none."""
    name = os.fsencode(source).decode(errors="replace")
    try:
        return name, look(source)
    except InputError as error:
        return name, error


class Run:
    """One call: the models it needs, loaded once, and where its reports go.

    Parameters
    ----------
    reporting
        Where they are written.
    keeping
        What keeps them; None where nothing is to be kept.
    model, speaker
        As on the command line.
    interview
        What they are held against.
    origin
        By which command.
    """

    def __init__(
        self,
        reporting: Reporting,
        keeping: Keeping | None,
        *,
        model: str,
        speaker: int | None = None,
        interview: Interview | None = None,
        origin: Origin = "analyze",
    ) -> None:
        from rehearse.assets import asset
        from rehearse.interview import Interview

        asset(model, kind="recogniser")
        self._reporting, self._keeping = reporting, keeping
        self._model, self._speaker, self._origin = model, speaker, origin
        self._interview = interview or Interview()
        self._models: Models | None = None
        self._failed = False

    @property
    def failed(self) -> bool:
        """Whether something could not be analysed, or not be kept."""
        return self._failed or (self._keeping is not None and self._keeping.failed)

    def prepare(self, inputs: Sequence[Input]) -> None:
        """Begin to load what the inputs need, if any of them can be read.

        Raises
        ------
        LanguageError, PostingError
            Where nothing can be told of the posting that they are to be held against.
        """
        if not inputs:
            return
        from rehearse.models import Models

        sound = any(not isinstance(each, Typed | Conversation) for each in inputs)
        self._models = Models(self._model if sound else None)
        if self._interview.posting is not None:
            from rehearse.judging import asked_for

            asked_for(self._interview.posting, self._models)

    def one(self, source: str, each: Input | InputError, *, number: int, count: int) -> None:
        """Analyse one input, write its report and keep it."""
        label = source if count == 1 else f"{number + 1} of {count}: {source}"
        try:
            if isinstance(each, InputError):
                raise each
            if isinstance(each, Typed | Conversation):
                self._typed(source, each, label)
            else:
                self._spoken(source, each, label)
        except RehearseError as error:
            self._failed = True
            self._reporting.error(source, error)

    def _typed(self, source: str, each: Typed | Conversation, label: str) -> None:
        from rehearse.pipeline import analyze_text, analyze_turns

        with self._progress(label):
            if isinstance(each, Typed):
                report = analyze_text(each.text, source, self._loaded, interview=self._interview)
            else:
                report = analyze_turns(each.turns, source, self._loaded, interview=self._interview)
        self._reporting.report(report)
        if self._keeping is not None:
            self._keeping.keep(_line(report), self._origin, source, None)

    def _spoken(self, source: str, each: SoundFile, label: str) -> None:
        sound = None if self._keeping is None else Sound(each)
        kept = False
        try:
            report = self._heard(each, each if sound is None else sound.source, label)
            report = replace(report, source=source)
            self._reporting.report(report)
            if self._keeping is None or sound is None:
                return
            try:
                name = sound.name()
            except TakeError as error:
                self._keeping.told(error)
            else:
                added = self._keeping.keep(_line(report), self._origin, source, name, each.from_s)
                kept = added is not None
        finally:
            if sound is not None:
                sound.close(kept=kept)

    def _heard(self, file: SoundFile, sound: Sounding, label: str) -> Report:
        from rehearse.pipeline import analyze

        with self._progress(label) as progress:
            progress.say("reading the sound")
            told = _Telling(self._loaded, progress, file)
            return analyze(
                sound,
                told,
                speaker=self._speaker,
                interview=self._interview,
                progress=progress.at,
            )

    def _progress(self, label: str) -> Progress:
        from rehearse.cli.progress import Progress

        return Progress(label, shown=not self._reporting.as_json)

    @property
    def _loaded(self) -> Models:
        if self._models is None:
            raise RuntimeError("an input was analysed before anything was loaded")
        return self._models


class _Telling:
    """The models, and a word to whoever waits for the largest."""

    def __init__(self, models: Models, progress: Progress, sound: SoundFile) -> None:
        self.language = models.language
        self.voices = models.voices
        self.reader = models.reader
        self._models = models
        self._progress = progress
        self._sound = sound

    def engine(self) -> Engine:
        """Wait for the recogniser."""
        self._progress.say("loading the recogniser")
        loaded = self._models.engine()
        self._progress.listen(self._sound)
        return loaded


def _line(report: Report) -> str:
    from rehearse.outputs import json

    return json.line(report)
