"""Takes one after the other: each recorded, kept and reported."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import click

from rehearse.cli import cards
from rehearse.cli.beginning import count_down, load_what_follows, wake
from rehearse.cli.keeping import Keeping
from rehearse.cli.reporting import Reporting
from rehearse.cli.signals import undisturbed
from rehearse.errors import RehearseError, TakeError

if TYPE_CHECKING:
    from rehearse.audio.devices import Device
    from rehearse.cli.keys import Keys
    from rehearse.facing import Alone, Facing
    from rehearse.interview import Interview
    from rehearse.live import Take
    from rehearse.report import Report
    from rehearse.takes import Begun

LOOK_S: Final = 0.1
"""How often the view is drawn and the end looked for."""


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
    label: str
    no_keep: bool
    interview: Interview
    opponent: Opponent | None = None


@dataclass(frozen=True, slots=True)
class Opponent:
    """Who answers the concerns question.

    Parameters
    ----------
    wanted, rounds, seed
        As `rehearse.drill.Drill` takes them.
    aloud
        Whether it may speak.
    """

    wanted: str
    rounds: int
    aloud: bool
    seed: int | None


def practise(options: Options, device: Device) -> bool:
    """Record and report once, or with `--again` until Ctrl-C.

    Returns
    -------
    bool
        Whether something could not be done.

    Raises
    ------
    DeviceError, TakeError
        Where a take cannot begin.
    LanguageError, PostingError
        Where nothing can be told of the posting.
    """
    session = _Session(options, device)
    session.look_before()
    while session.take() and options.again:
        pass
    return session.failed


class _Session:
    """The models, loaded once, and where the reports go."""

    def __init__(self, options: Options, device: Device) -> None:
        from rehearse.models import Models
        from rehearse.takes import Takes

        self._options, self._device = options, device
        self._models, self._takes = Models(options.model), Takes()
        self._reporting = Reporting(as_json=options.as_json)
        self._keeping = None if options.no_keep else Keeping(options.label, self._reporting)
        self._before: Any = None
        if options.again and self._keeping is not None and (line := self._keeping.before()):
            self._before = json.loads(line)
        self._count = 0
        self._failed = False

    @property
    def failed(self) -> bool:
        """Whether something could not be done."""
        return self._failed or (self._keeping is not None and self._keeping.failed)

    def look_before(self) -> None:
        """Look at what is needed before anybody speaks: what cannot be used costs no take.

        Raises
        ------
        AssetError
            Where what a drill needs is missing or damaged.
        LanguageError, PostingError
            Where nothing can be told of it.
        """
        if self._options.opponent is not None:
            from rehearse.assets import locate

            locate("pairs")  # what is damaged is told before anybody speaks
        posting = self._options.interview.posting
        if posting is None:
            return
        from rehearse.cli.progress import Progress
        from rehearse.judging import asked_for

        with Progress("reading the posting", shown=not self._options.as_json):
            asked_for(posting, self._models)

    def take(self) -> bool:
        """Record and report once; tell whether another may follow."""
        begun, take, interrupted = self._recorded()
        self._count += 1
        ended_again = self._count > 1 and interrupted and take.gone is None
        if ended_again and take.meter.speech_s == 0:
            # Whoever leaves `--again` says nothing more.
            begun.discard()
            return False
        if not take.duration_s:
            # Ended before the first block: there is nothing to make a file of.
            self._show(take, "this take")
            begun.discard()
        elif self._keeping is not None:
            self._keep(begun, take, self._keeping)
        elif self._show(take, "this take") is not None or take.meter.speech_s == 0:
            begun.discard()
        else:
            # There is no report to have instead of the sound.
            click.echo(f"Kept as {begun.finish().path}", err=True)
        begun.let_go()
        return not interrupted

    def _recorded(self) -> tuple[Begun, Take, bool]:
        """A take that has ended, and whether Ctrl-C ended it."""
        from rehearse.audio.microphone import Microphone
        from rehearse.cli.keys import Keys
        from rehearse.live import Take

        with Keys() as keys, Microphone(self._device) as microphone:
            cards.tell(self._options.label)
            self._tell_goal()
            wake(microphone)
            if self._options.countdown:
                count_down(self._options.countdown)
                microphone.forget()
            keys.forget()
            begun = self._takes.begin(self._device.name)
            take = Take(
                microphone,
                begun.journal,
                self._models,
                self._options.speaker,
                self._options.interview,
            )
            take.start()
            try:
                interrupted = self._watched(take, keys)
            except BaseException:
                take.stop()
                raise
            undisturbed(take.stop)
            return begun, take, interrupted

    def _tell_goal(self) -> None:
        goal = None if self._keeping is None else self._keeping.goal()
        if goal is not None:
            click.echo(f"  Your goal: {goal}.", err=True)

    def _keep(self, begun: Begun, take: Take, keeping: Keeping) -> None:
        """Make a file of a take while the rest of it is recognised, and show the report."""
        try:
            kept = undisturbed(begun.finish)
        except TakeError as error:
            self._failed = True
            source = begun.journal.path.name
            self._show(take, source)
            self._reporting.error(source, error)
            return
        added = None
        try:
            line = self._show(take, kept.path.name)
            if line is not None:
                added = keeping.keep(line, "record", kept.path.name, kept.path.name)
        finally:
            if added is None:
                # It is in no history, and its owner should know where it is.
                click.echo(f"\nKept as {kept.path}", err=True)

    def _watched(self, take: Take, keys: Keys) -> bool:
        """Show the take until it ends; tell whether Ctrl-C ended it."""
        from rehearse.cli.taking import Shown

        stop_after = self._options.stop_after
        opponent = self._opponent(take)
        try:
            with opponent, Shown(plain=self._options.plain, every_s=LOOK_S) as shown:
                shown.at(take, opponent.hint(stop_after))
                load_what_follows(kept=self._keeping is not None)
                while take.running:
                    if keys.enter(LOOK_S) or opponent.ended(stop_after):
                        return False
                    if said := opponent.turn():
                        shown.say(said.text)
                    shown.at(take, opponent.hint(stop_after))
        except KeyboardInterrupt:
            return True
        return False

    def _opponent(self, take: Take) -> Alone | Facing:
        """Who answers in this take: nobody, or an interviewer."""
        from rehearse.facing import Alone, Facing

        wanted = self._options.opponent
        if wanted is None:
            return Alone(take)
        from rehearse.cli.voice import Voice
        from rehearse.drill import Drill

        drill = Drill(
            self._models,
            wanted=wanted.wanted,
            rounds=wanted.rounds,
            posting=self._options.interview.posting,
            seed=wanted.seed,
        )
        return Facing(take, drill, Voice(aloud=wanted.aloud))

    def _show(self, take: Take, source: str) -> str | None:
        """Write the report, or why there is none; give it as JSON."""
        from rehearse.cli.progress import Progress
        from rehearse.outputs import json as as_json

        try:
            with Progress("listening to the rest", shown=not self._options.as_json):
                report = replace(take.report(), source=source)
        except RehearseError as error:
            self._failed = True
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
