"""`rehearse record`: speak, stop, read."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from rehearse.cli.reporting import Reporting
from rehearse.errors import RehearseError, TakeError

if TYPE_CHECKING:
    from rehearse.audio.microphone import Device
    from rehearse.cli.keys import Keys
    from rehearse.live import Take
    from rehearse.models import Models
    from rehearse.report import Report
    from rehearse.takes import Takes

LOOK_S = 0.1
"""How often the view is drawn and the end looked for."""

LEAST_SPEECH_S = 1.0
"""A silence ends a take only after so much speech: somebody has begun."""

BEHIND_S = 8.0
"""When it is said that the recogniser does not keep up."""


@click.command("record")
@click.option("--device", metavar="NAME", help="Which microphone: its number, or part of its name.")
@click.option(
    "--stop-after",
    type=click.FloatRange(min=0),
    default=5.0,
    show_default=True,
    metavar="SECONDS",
    help="End after so much silence, but not after the concerns question; 0 is never.",
)
@click.option("--plain", is_flag=True, help="Show the time alone while you speak.")
@click.option(
    "--countdown",
    type=click.IntRange(min=0, max=60),
    is_flag=False,
    flag_value=3,
    default=0,
    metavar="[SECONDS]",
    help="Count down before the take begins; 3 unless you say otherwise.",
)
@click.option("--again", is_flag=True, help="Go straight into the next take, until Ctrl-C.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line a take.")
@click.option("--model", default="base", show_default=True, metavar="NAME", help="Which weights.")
@click.option("--speaker", type=click.IntRange(min=1), metavar="N", help="As in `analyze`.")
@click.option("--no-keep", is_flag=True, help="Delete the take when its report is shown.")
def command(**options: Any) -> None:
    """Practise into the microphone.

    Speak your close. Enter, Ctrl-C or a silence ends it, and the report of
    `rehearse analyze` follows. While you speak, the four steps are marked as
    they are heard. What you say is written to disk as it comes: whatever
    happens, `rehearse recover` brings it back.
    """
    chosen = Options(**options)
    from rehearse.assets import asset

    asset(chosen.model, kind="recogniser")
    from rehearse.audio.microphone import chosen as device_of

    device = device_of(chosen.device)
    from rehearse.models import Models
    from rehearse.takes import Takes

    session = _Session(chosen, device, Models(chosen.model), Takes())
    while session.take() and chosen.again:
        pass
    if session.failed:
        raise SystemExit(2)


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    device: str | None
    stop_after: float
    plain: bool
    countdown: int
    again: bool
    as_json: bool
    model: str
    speaker: int | None
    no_keep: bool


class _Session:
    """Takes one after the other, with the models loaded once."""

    def __init__(self, options: Options, device: Device, models: Models, takes: Takes) -> None:
        self._options, self._device, self._models, self._takes = options, device, models, takes
        self._reporting = Reporting(as_json=options.as_json)
        self._before = takes.last_report() if options.again else None
        self._count = 0
        self.failed = False

    def take(self) -> bool:
        """Record and report once; tell whether another may follow."""
        from rehearse.audio.microphone import Microphone
        from rehearse.cli.keys import Keys
        from rehearse.live import Take

        with Keys() as keys:
            _count_down(self._options.countdown)
            with Microphone(self._device) as microphone:
                begun = self._takes.begin(self._device.name)
                take = Take(microphone, begun.journal, self._models, self._options.speaker)
                interrupted = True
                try:
                    take.start()
                    interrupted = self._watched(take, keys)
                finally:
                    take.stop()
        self._count += 1
        if self._said_nothing(take) and self._count > 1:
            begun.discard()
            return False
        if self._options.no_keep:
            self._show(take, "this take")
            begun.discard()
            return not interrupted
        try:
            kept = begun.finish()
        except TakeError as error:
            self.failed = True
            self._show(take, begun.journal.path.name)
            self._reporting.error(begun.journal.path.name, error)
            return not interrupted
        try:
            line = self._show(take, kept.path.name)
            if line is not None:
                self._takes.keep(kept, line)
        finally:
            click.echo(f"\nKept as {kept.path}", err=True)
        return not interrupted

    def _said_nothing(self, take: Take) -> bool:
        return take.meter is not None and take.meter.speech_s == 0

    def _watched(self, take: Take, keys: Keys) -> bool:
        """Show the take until it ends; tell whether Ctrl-C ended it."""
        from rehearse.cli.taking import Shown

        try:
            with Shown(plain=self._options.plain, every_s=LOOK_S) as shown:
                while take.running:
                    if keys.enter(LOOK_S) or self._silent(take):
                        return False
                    shown.at(take, self._hint(take))
        except KeyboardInterrupt:
            return True
        return False

    def _silent(self, take: Take) -> bool:
        """Whether the silence has lasted; the one after the concerns question may last."""
        after_s, meter = self._options.stop_after, take.meter
        if not after_s or meter is None or meter.speech_s < LEAST_SPEECH_S:
            return False
        return meter.silence_s >= after_s and take.understood and not take.draft.asked

    def _hint(self, take: Take) -> str:
        if take.behind_s > BEHIND_S:
            return (
                f"The recogniser is {take.behind_s:.0f} s behind. Nothing is lost; go on, and "
                "the report comes when it is ready."
            )
        if take.draft.asked and take.understood:
            return "You have asked: waiting for their answer is right. Enter ends the take."
        after_s = self._options.stop_after
        return "Enter ends the take" + (
            f"; so does a silence of {after_s:g} s." if after_s else "."
        )

    def _show(self, take: Take, source: str) -> str | None:
        """Write the report, or why there is none; give it as JSON."""
        from dataclasses import replace

        from rehearse.cli.progress import Progress
        from rehearse.outputs import json as as_json

        try:
            with Progress("listening to the rest", shown=not self._options.as_json):
                report = replace(take.report(), source=source)
        except RehearseError as error:
            self.failed = True
            for note in take.notes():
                click.echo(note, err=True)
            self._reporting.error(source, error)
            return None
        self._reporting.report(report)
        self._tell_since(report)
        return as_json.line(report)

    def _tell_since(self, report: Report) -> None:
        if not self._options.again:
            return
        from rehearse.outputs import json as as_json
        from rehearse.outputs.since import since

        now = json.loads(as_json.line(report))
        if self._before is not None and not self._options.as_json:
            click.echo("\nSince the take before")
            for each in since(self._before, now) or [
                "· nothing has changed that one take can show"
            ]:
                click.echo(f"  {each}")
        self._before = now


def _count_down(seconds: int) -> None:
    for left in range(seconds, 0, -1):
        click.echo(f"\r  {left} ", err=True, nl=False)
        time.sleep(1)
    if seconds:
        click.echo("\r     \r", err=True, nl=False)
        sys.stderr.flush()
