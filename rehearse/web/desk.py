"""Analyses what was handed over, one job after the other, in the order in which they came."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rehearse.audio.apart import Limits, SoundApart
from rehearse.audio.decode import SoundFile
from rehearse.errors import HistoryError, InputError, RehearseError, TakeError, TextError
from rehearse.history.rows import Entry
from rehearse.inputs import HEAD, conversation_of, is_text, require_no_document, typed
from rehearse.outputs import json as as_json
from rehearse.pipeline import analyze, analyze_text, analyze_turns
from rehearse.session import readable
from rehearse.takes import Copied
from rehearse.takes.folder import FINISHED
from rehearse.web.interviews import interview_of
from rehearse.web.watched import Watched

if TYPE_CHECKING:
    from rehearse.recording import Sound
    from rehearse.session import Origin
    from rehearse.takes import Begun
    from rehearse.web.job import Job
    from rehearse.web.jobs import Jobs
    from rehearse.web.place import Place

LARGEST_TEXT: Final = 30_000
"""Bytes of a typed close: half an hour of speech. Ours: while it is read nothing can be done."""

LOOK_S: Final = 0.2
"""How often somebody who waits looks whether the wait is over."""


class _Dropped(Exception):  # noqa: N818 - it never leaves this file
    """Nobody wants this job any more."""


class Desk:
    """A thread that analyses.

    Parameters
    ----------
    place
        Where the jobs are, and what they need.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._work, name="desk", daemon=True)

    def open(self) -> None:
        """Begin with what was left by an earlier program."""
        self._place.jobs.read()
        self._thread.start()

    def close(self) -> None:
        """Begin nothing more. What is being done is done again by the next program."""
        self._left.set()
        with self._place.jobs.changed:
            self._place.jobs.changed.notify_all()
        self._thread.join(LOOK_S)

    def _work(self) -> None:
        jobs = self._place.jobs
        while not self._left.is_set():
            with jobs.changed:
                job = jobs.next()
                if job is None:
                    jobs.changed.wait(1.0)
                    continue
            self._done(jobs.change(job, state="working"))

    def _done(self, job: Job) -> None:
        jobs = self._place.jobs
        try:
            _Work(self._place, job, self._left).do()
        except _Dropped:
            return
        except RehearseError as error:
            # What was dropped is known no more, and this changes nothing.
            jobs.end(job, "failed", error=(error.message, error.hint))
        except Exception as error:
            what = f"The program failed at {job.wish.name}: {type(error).__name__}: {error}."
            jobs.end(job, "failed", error=(what, "This is a mistake of the program; report it."))


class _Work:
    """One job."""

    def __init__(self, place: Place, job: Job, left: threading.Event) -> None:
        self._place, self._job, self._left = place, job, left
        self._jobs: Jobs = place.jobs
        self._wish = wish = job.wish
        self._interview = interview_of(wish.job, wish.discussed, wish.to)

    def do(self) -> None:
        """Do it, and note how it ended."""
        if (number := self._kept_before()) is not None:
            self._jobs.end(self._job, "done", session=number)
        elif self._wish.take is not None:
            self._recover(self._wish.take)
        elif self._wish.turns or is_text(self._wish.name):
            self._read()
        else:
            self._listen()

    def _kept_before(self) -> int | None:
        """The session that a program kept which was ended before it could say so."""
        try:
            with self._place.history() as history:
                number = history.number_at(self._job.accepted)
        except HistoryError:
            return None  # It is told when the report is to be kept.
        if number is None and self._job.copied is not None:
            # It is copied again; this one belongs to no session.
            (self._place.takes.folder / self._job.copied).unlink(missing_ok=True)
        return number

    def _read(self) -> None:
        wish = self._wish
        raw = self._bytes(LARGEST_TEXT + 1)
        if len(raw) > LARGEST_TEXT:
            raise TextError(
                f"{wish.name} is too long for a close: more than {LARGEST_TEXT // 1000} kB.",
                hint="Give only what is said in the last minute.",
            )
        models, interview = self._place.models, self._interview
        if wish.turns:
            turns = conversation_of(wish.name, raw, from_s=wish.from_s, to_s=wish.to_s).turns
            report = analyze_turns(turns, wish.name, models, interview=interview)
        else:
            text = typed(raw, wish.name, from_s=wish.from_s, to_s=wish.to_s).text
            report = analyze_text(text, wish.name, models, interview=interview)
        self._keep(as_json.line(report), None, "analyze")

    def _listen(self) -> None:
        wish = self._wish
        require_no_document(self._bytes(HEAD), wish.name)
        sound = SoundApart(
            self._jobs.bytes_of(self._job),
            name=wish.name,
            from_s=wish.from_s,
            to_s=wish.to_s,
            limits=Limits(longest_s=self._place.limits.longest_s),
        )
        self._jobs.when_dropped(self._job, sound.cancel)
        if not wish.keep:
            self._keep(self._heard(sound, sound), None, "analyze")
            return
        try:
            begun = self._place.takes.begin(copy_of=readable(wish.name))
        except TakeError as error:
            self._unkept(self._heard(sound, sound), error)
            return
        self._listen_and_copy(sound, begun)

    def _listen_and_copy(self, sound: SoundApart, begun: Begun) -> None:
        copy = None
        kept = False
        try:
            line = self._heard(Copied(sound, begun.journal), sound)
            try:
                copy = begun.finish().path
                # Before it is kept: a program that finds no session knows what to clear away.
                self._job = self._jobs.change(self._job, durable=True, copied=copy.name)
            except RehearseError as error:
                # The copy is deleted, and there is nothing to bring back: there is the file.
                again = "Make room, and hand it over again."
                self._unkept(line, type(error)(error.message, hint=again))
            else:
                kept = self._keep(line, copy.name, "analyze")
        finally:
            if copy is None:
                begun.discard()
            elif not kept:
                with contextlib.suppress(OSError):
                    copy.unlink()
            begun.let_go()

    def _recover(self, name: str) -> None:
        takes = self._place.takes
        path = (takes.folder / name).with_suffix(FINISHED)
        for short in takes.unfinished():
            if short.written.path.name == name:
                path = takes.recover(short).path
        if not path.is_file():
            raise TakeError(f"There is no take {name} any more.")
        file = SoundFile(path)
        self._wish = replace(self._wish, name=path.name)
        self._keep(self._heard(file, file), path.name, "recover")

    def _heard(self, sound: Sound, stated: SoundApart | SoundFile) -> str:
        """The report of a sound, as a line."""
        watched = Watched(sound, self.go_on)

        def at(seconds: float) -> None:
            end = self._wish.to_s or stated.stated_s
            self._jobs.change(self._job, heard_s=seconds, length_s=end)

        report = analyze(
            watched,
            self._place.models,
            speaker=self._wish.speaker,
            interview=self._interview,
            progress=at,
        )
        return as_json.line(replace(report, source=self._wish.name))

    def _keep(self, line: str, sound: str | None, origin: Origin) -> bool:
        """Keep a report, or hold it until it is read; tell whether it was kept."""
        self.go_on()
        if not self._wish.keep:
            self._jobs.end(self._job, "done", line=line)
            return False
        wish = self._wish
        try:
            with self._place.history() as history:
                added = history.add(
                    Entry(
                        line,
                        origin,
                        wish.name,
                        label=history.spelled(wish.label),
                        sound=sound,
                        from_s=wish.from_s,
                        held_at=self._job.accepted,
                    )
                )
        except HistoryError as error:
            self._unkept(line, error)
            return False
        self._jobs.end(self._job, "done", session=added.number)
        return True

    def _unkept(self, line: str, error: RehearseError) -> None:
        self._jobs.end(self._job, "done", line=line, error=(error.message, error.hint))

    def go_on(self) -> None:
        """Wait while somebody speaks into the microphone.

        Raises
        ------
        _Dropped
            Where nobody wants the job any more.
        """
        while not self._place.turn.wait(LOOK_S):
            self._require_wanted()
        self._require_wanted()

    def _require_wanted(self) -> None:
        if self._left.is_set() or self._jobs.find(self._job.id) is None:
            raise _Dropped

    def _bytes(self, count: int) -> bytes:
        try:
            with self._jobs.bytes_of(self._job).open("rb") as file:
                return file.read(count)
        except OSError as error:
            raise InputError(
                f"{self._wish.name} cannot be read: {error.strerror}.", hint="Hand it over again."
            ) from error
