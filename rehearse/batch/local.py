"""Workers of this machine: processes that load the models once, and may die without harm."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TYPE_CHECKING, Final

from pebble import ProcessExpired, ProcessPool

from rehearse.batch.executor import EndedError, LostError
from rehearse.batch.work import OVERDUE, Done, Task, do
from rehearse.errors import WorkersError

if TYPE_CHECKING:
    from rehearse.batch.found import Found
    from rehearse.batch.sizing import Size

SPARE_S: Final = 15.0
"""How much later than a worker itself its parent gives a recording up: where it was stopped."""

REBUILT: Final = 5
"""How often, one after the other, all workers may be lost before that is told."""


class LocalExecutor:
    """Worker processes.

    Parameters
    ----------
    size
        How many, with how many threads each.
    """

    def __init__(self, size: Size) -> None:
        self.threads = size.threads
        self._size = size
        self._pool: ProcessPool | None = None
        self._lost = 0

    @property
    def told(self) -> str:
        """What works, for a person."""
        return f"{self._size.workers} worker{'' if self._size.workers == 1 else 's'}"

    @property
    def at_once(self) -> int:
        """Each worker has a task, and the next one lies ready."""
        return 2 * self._size.workers

    def task_of(self, task: Task, found: Found) -> Task:  # noqa: ARG002 - of the seam
        """The same: every worker reads what this process can read."""
        return task

    def submit(self, task: Task) -> Future[Done]:
        """Let a worker do a task. Called by one thread only: workers live as long as it does.

        Raises
        ------
        WorkersError
            Where no worker can be started.
        """
        outcome: Future[Done] = Future()
        try:
            if self._pool is None:
                self._pool = self._made()
            running = self._pool.schedule(do, (task,), timeout=task.limit_s + SPARE_S)
        except (BrokenProcessPool, RuntimeError, OSError) as error:
            self._give_up(error)
            outcome.set_exception(EndedError())
        else:
            end_s = time.monotonic() + task.limit_s
            running.add_done_callback(partial(self._settle, outcome, end_s))
        return outcome

    def close(self) -> None:
        """End the workers, whatever they do."""
        if self._pool is not None:
            pool, self._pool = self._pool, None
            with contextlib.suppress(RuntimeError, OSError):
                pool.stop()  # type: ignore[no-untyped-call]
                pool.join()

    def _made(self) -> ProcessPool:
        # Not forked: the threads of the libraries would not be in the copy.
        context = multiprocessing.get_context("spawn")
        return ProcessPool(
            max_workers=self._size.workers,
            initializer=begin,
            initargs=(os.getpid(),),
            context=context,
        )

    def _give_up(self, error: BaseException) -> None:
        """Leave a pool that has no workers any more; the next task gets another."""
        self.close()
        self._lost += 1
        if self._lost >= REBUILT:
            raise WorkersError(
                f"The workers end as soon as they begin: {error or type(error).__name__}.",
                hint="Close other programs, or take fewer with --workers 1.",
            ) from error

    def _settle(self, outcome: Future[Done], end_s: float, running: Future[Done]) -> None:
        if running.cancelled():
            outcome.cancel()
            return
        error = running.exception()
        if error is None:
            self._lost = 0
            outcome.set_result(running.result())
        elif isinstance(error, TimeoutError) or (
            isinstance(error, ProcessExpired)
            and error.exitcode == OVERDUE
            and time.monotonic() >= end_s
        ):
            outcome.set_exception(LostError(overdue=True))
        elif isinstance(error, ProcessExpired):
            outcome.set_exception(EndedError(how=_how(error.exitcode)))
        elif isinstance(error, BrokenProcessPool):
            outcome.set_exception(EndedError())
        else:
            outcome.set_exception(error)


def begin(parent: int) -> None:
    """Begin as a worker: end with whoever started it, by whatever means that ends."""
    from rehearse.audio.confinement import die_with

    die_with(parent)


def _how(code: int | None) -> str:
    """How a process ended: "signal 9"."""
    if code is None:
        return ""
    return f"signal {-code}" if code < 0 else f"exit code {code}"
