"""The loop: recordings go to workers, reports come back, and nothing is waited for in vain."""

from __future__ import annotations

import math
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from rehearse.batch.executor import EndedError, LostError
from rehearse.batch.work import Task
from rehearse.cohort import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from rehearse.batch.database import Kept
    from rehearse.batch.executor import Executor
    from rehearse.batch.found import Found
    from rehearse.batch.results import Results
    from rehearse.batch.work import Done

PATIENCE_S: Final = 600.0
PATIENT_BYTES: Final = 5_000_000
"""How long a recording may take for each so many bytes of it: an hour of telephone sound is
5 MB. Ours."""

TRIES: Final = 2
"""A recording that ends its worker is tried once more: something else may have done it."""

LOOK_S: Final = 0.5
"""How often somebody who waits is told how far it is."""


@dataclass
class Counts:
    """How far a run is."""

    total: int = 0
    made: int = 0
    same: int = 0
    failed: int = 0
    work_s: float = 0.0
    peak_bytes: int = 0
    failures: list[Failure] = field(default_factory=list)
    """By their real names in any case: what is shown to whoever called goes nowhere else."""

    @property
    def done(self) -> int:
        """Those that were come to."""
        return self.made + self.same + self.failed


@dataclass(frozen=True, slots=True)
class _Underway:
    found: Found
    task: Task
    kept: Kept | None
    tries: int = 1


def run(
    results: Results,
    executor: Executor,
    counts: Counts,
    *,
    model: str,
    patience_s: float = PATIENCE_S,
    progress: Callable[[], None] = lambda: None,
) -> None:
    """Do what is queued in `results`.

    Parameters
    ----------
    results
        Where reports go.
    executor
        What does the work.
    counts
        How far it is: kept up to date, and right whatever ends it.
    model
        The recogniser's weights.
    patience_s
        How long a recording may take for each `PATIENT_BYTES` of it.
    progress
        Called whenever there may be something new, and twice a second.

    Raises
    ------
    RehearseError
        Where nothing more can be done; what is done is kept.
    """
    loop = _Loop(results, executor, counts, model, patience_s)
    counts.total = results.count
    for _ in loop.steps():
        progress()


class _Loop:
    def __init__(
        self,
        results: Results,
        executor: Executor,
        counts: Counts,
        model: str,
        patience_s: float,
    ) -> None:
        self._results, self._executor, self._counts = results, executor, counts
        self._model, self._patience_s = model, patience_s
        self._nothing_known = results.empty
        self._under_way: dict[Future[Done], _Underway] = {}

    def steps(self) -> Iterator[None]:
        """Do all of it, a little at a time."""
        queued = self._results.queued()
        while True:
            self._fill(queued)
            yield
            if not self._under_way:
                self._results.finished = True
                return
            done, _ = wait(self._under_way, timeout=LOOK_S, return_when=FIRST_COMPLETED)
            for future in done:
                self._settle(future, self._under_way.pop(future))

    def _fill(self, queued: Iterator[Found]) -> None:
        while len(self._under_way) < self._executor.at_once:
            if (found := next(queued, None)) is None:
                return
            if found.trouble:
                name = "A folder" if self._results.anonymous else found.name
                what = f"{name} cannot be looked into: {found.trouble}."
                self._fail(found, "", what, "Give yourself the right to read it.")
                continue
            kept = None if self._results.anonymous else self._results.known(found.name)
            self._begin(found, kept, look=kept is None and not self._nothing_known)

    def _begin(self, found: Found, kept: Kept | None, *, look: bool) -> None:
        task = Task(
            found.source,
            found.address,
            model=self._model,
            threads=self._executor.threads,
            page=self._results.pages,
            anonymous=self._results.anonymous,
            known=kept.sha256 if kept else "",
            look=look,
            limit_s=self._limit_s(found),
        )
        self._submit(_Underway(found, self._executor.task_of(task, found), kept))

    def _submit(self, each: _Underway) -> None:
        self._under_way[self._executor.submit(each.task)] = each

    def _limit_s(self, found: Found) -> float:
        return self._patience_s * max(1, math.ceil(found.size / PATIENT_BYTES))

    def _settle(self, future: Future[Done], each: _Underway) -> None:
        try:
            done = future.result()
        except EndedError as error:
            if not error.how:
                self._submit(each)
            elif each.tries < TRIES:
                self._submit(replace(each, tries=each.tries + 1))
            else:
                self._lost(each, LostError(error.how))
        except LostError as error:
            self._lost(each, error)
        else:
            self._take(each, done)

    def _take(self, each: _Underway, done: Done) -> None:
        self._counts.peak_bytes = max(self._counts.peak_bytes, done.peak_bytes)
        self._counts.work_s += done.work_s
        if done.error:
            self._fail(each.found, done.sha256, done.error, done.hint)
        elif done.line is not None:
            self._results.keep(each.found, done)
            self._counts.made += 1
        elif (kept := each.kept or self._results.same(done.sha256, each.found)) is not None:
            self._results.keep_again(each.found, kept)
            self._counts.same += 1
        else:
            self._submit(replace(each, task=replace(each.task, look=False)))

    def _lost(self, each: _Underway, error: LostError) -> None:
        name = "A recording" if self._results.anonymous else PurePosixPath(each.found.name).name
        if error.overdue:
            minutes = f"{each.task.limit_s / 60:.3g}"
            what = f"{name} was given up: it took longer than {minutes} minutes."
            hint = "Listen to it; if it is a recording, give it longer with --patience."
        else:
            what = f"{name} ended the program that read it, again and again ({error.how})."
            hint = "Export it again as WAV, MP3 or M4A."
        self._fail(each.found, "", what, hint)

    def _fail(self, found: Found, sha256: str, error: str, hint: str) -> None:
        self._results.fail(found, sha256, error, hint)
        self._counts.failed += 1
        self._counts.failures.append(Failure(found.name, error, hint))
