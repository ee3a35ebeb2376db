"""The seam between the loop and whatever does the work: processes here, or a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from concurrent.futures import Future

    from rehearse.batch.found import Found
    from rehearse.batch.work import Done, Task


class EndedError(Exception):
    """The worker of a task ended; the task may be given to another.

    `how` it ended is for a person; empty where it is no fault of the task's.
    """

    def __init__(self, how: str = "") -> None:
        super().__init__(how)
        self.how = how


class LostError(Exception):
    """A recording that is to be given up: it ended its worker again and again, or is overdue."""

    def __init__(self, how: str = "", *, overdue: bool = False) -> None:
        super().__init__(how)
        self.how = how
        self.overdue = overdue


class Executor(Protocol):
    """Does tasks, several at a time.

    What `submit` gives raises `EndedError` or `LostError` for one recording, and a
    `RehearseError` where no recording would fare better.
    """

    threads: int
    """That each worker is to use; 0 is what is quickest alone."""

    @property
    def told(self) -> str:
        """What works, for a person: "2 workers"."""

    @property
    def at_once(self) -> int:
        """Tasks that are worth having under way: enough that no worker waits."""

    def task_of(self, task: Task, found: Found) -> Task:
        """A task as these workers need it."""

    def submit(self, task: Task) -> Future[Done]:
        """Let a worker do a task."""

    def close(self) -> None:
        """End what was begun, at once."""
