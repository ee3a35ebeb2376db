"""`rehearse analyze`: recordings and typed closes, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rehearse.cli.reporting import Reporting
from rehearse.errors import InputError, RangeError, RehearseError
from rehearse.inputs import Typed, opened
from rehearse.timecode import parse_clock

if TYPE_CHECKING:
    from rehearse.audio.decode import SoundFile
    from rehearse.cli.progress import Progress
    from rehearse.engines import Engine
    from rehearse.models import Models
    from rehearse.report import Report


@click.command("analyze")
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line a FILE.")
@click.option("--from", "from_", metavar="TIME", help="Begin here, as in 0:41.")
@click.option("--to", metavar="TIME", help="End here, as in 1:35.")
@click.option("--model", default="base", show_default=True, metavar="NAME", help="Which weights.")
@click.option(
    "--speaker",
    type=click.IntRange(min=1),
    metavar="N",
    help="Whose close it is, where several speak; without it, that of who speaks most.",
)
@click.option("--no-keep", is_flag=True, help="Do not keep this take. (Nothing is kept yet.)")
def command(
    sources: tuple[str, ...],
    *,
    as_json: bool,
    from_: str | None,
    to: str | None,
    model: str,
    speaker: int | None,
    no_keep: bool,
) -> None:
    """Analyse recordings or typed closes.

    FILE is any sound or video file, a typed close that ends in .txt, or - for a
    typed close from standard input. Several are done one after the other; one
    that cannot be done does not stop the others, and the exit code is then 2.
    """
    del no_keep
    from_s = parse_clock(from_, "--from") if from_ is not None else 0.0
    to_s = parse_clock(to, "--to") if to is not None else None
    if to_s is not None and from_s >= to_s:
        raise RangeError(
            f"--from {from_ or '0:00'} is not before --to {to}.",
            hint="Give the earlier time to --from.",
        )
    run = Run(as_json=as_json, model=model, speaker=speaker)
    inputs: list[tuple[str, Typed | SoundFile | InputError]] = []
    for source in sources:
        try:
            inputs.append((source, opened(source, from_s=from_s, to_s=to_s)))
        except InputError as error:
            inputs.append((source, error))
    run.prepare([each for _, each in inputs if not isinstance(each, InputError)])
    for number, (source, each) in enumerate(inputs):
        run.one(source, each, number=number, count=len(inputs))
    if run.failed:
        raise SystemExit(2)


class Run:
    """One call: the models it needs, loaded once, and where its reports go."""

    def __init__(self, *, as_json: bool, model: str, speaker: int | None) -> None:
        from rehearse.assets import asset

        asset(model, kind="recogniser")
        self._reporting = Reporting(as_json=as_json)
        self._model = model
        self._speaker = speaker
        self._models: Models | None = None
        self.failed = False

    def prepare(self, inputs: list[Typed | SoundFile]) -> None:
        """Begin to load what the inputs need, if any of them can be read."""
        if not inputs:
            return
        from rehearse.models import Models

        sound = any(not isinstance(each, Typed) for each in inputs)
        self._models = Models(self._model if sound else None)

    def one(
        self, source: str, each: Typed | SoundFile | InputError, *, number: int, count: int
    ) -> None:
        """Analyse one input and write its report."""
        try:
            if isinstance(each, InputError):
                raise each
            report = self._report(source, each, number=number, count=count)
        except RehearseError as error:
            self.failed = True
            self._reporting.error(source, error)
        else:
            self._reporting.report(report)

    def _report(self, source: str, each: Typed | SoundFile, *, number: int, count: int) -> Report:
        from rehearse.cli.progress import Progress
        from rehearse.pipeline import analyze, analyze_text

        if self._models is None:
            raise RuntimeError("an input was analysed before anything was loaded")
        label = source if count == 1 else f"{number + 1} of {count}: {source}"
        with Progress(label, shown=not self._reporting.as_json) as progress:
            if isinstance(each, Typed):
                return analyze_text(each.text, source, self._models.language)
            progress.say("reading the sound")
            told = _Telling(self._models, progress, each)
            report = analyze(each, told, speaker=self._speaker, progress=progress.at)
        return _named(report, source)


class _Telling:
    """The models, and a word to whoever waits for the largest."""

    def __init__(self, models: Models, progress: Progress, sound: SoundFile) -> None:
        self.language = models.language
        self.voices = models.voices
        self._models = models
        self._progress = progress
        self._sound = sound

    def engine(self) -> Engine:
        """Wait for the recogniser."""
        self._progress.say("loading the recogniser")
        loaded = self._models.engine()
        self._progress.listen(self._sound)
        return loaded


def _named(report: Report, source: str) -> Report:
    from dataclasses import replace

    return replace(report, source=source)
