"""Workers of a Dask cluster that somebody runs already.

Scheduling, retries and heartbeats are all `dask.distributed`'s.  What is ours is to see that
every worker is like this program before it is given anything, and that it can read what it is
to read; otherwise the recordings are sent.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import platform
import time
import warnings
from collections import Counter
from concurrent.futures import CancelledError, Future
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rehearse import assets
from rehearse.batch.executor import EndedError, LostError
from rehearse.batch.made import Made, made_with
from rehearse.batch.sizing import cores
from rehearse.batch.work import Done, Task, do
from rehearse.errors import AssetError, ClusterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rehearse.batch.found import Folder, Found

CONNECTING_S: Final = 10.0
"""How long a scheduler is waited for."""

COUNTED_S: Final = 5.0
"""How often workers are counted."""

PROBED: Final = 3
"""Recordings that every worker has to read as they are before it is believed to reach all."""

MOST_THREADS: Final = 4
"""More are no faster."""

INSTALL: Final = "Install it with: pip install 'rehearse[cluster]'"


class DaskExecutor:
    """The workers of a cluster.

    Parameters
    ----------
    address
        Of its scheduler, as in `tcp://scheduler:8786`.
    model
        The recogniser's weights.
    folder
        What is to be read.

    Raises
    ------
    ClusterError
        Where it cannot be reached, has no workers, or one is not like this program.
    """

    def __init__(self, address: str, model: str, folder: Folder) -> None:
        self._address = address
        self._model = model
        self._client = _connected(address)
        try:
            made = made_with(model)
            self._key = made.key
            told = self._alike(made)
            self.threads = threads_of((said["host"], said["cores"]) for said in told.values())
            self._sent = folder.local and not self._reached(folder)
            self._workers, self._counted = len(told), time.monotonic()
        except BaseException:
            self.close()
            raise
        self._executor = self._client.get_executor(pure=False)

    @property
    def told(self) -> str:
        """What works, for a person."""
        count = self._workers
        how = ", recordings are sent" if self._sent else ""
        return f"{count} worker{'' if count == 1 else 's'} of {self._address}{how}"

    @property
    def at_once(self) -> int:
        """Each worker has a task, and the next one lies ready."""
        if time.monotonic() - self._counted > COUNTED_S and self._client.status == "running":
            # Workers come and go.
            self._workers = len(self._client.nthreads()) or self._workers
            self._counted = time.monotonic()
        return 2 * self._workers

    def task_of(self, task: Task, found: Found) -> Task:
        """Where workers find the recording: by its whole path, or in the task itself."""
        task = replace(task, made=self._key)
        if "://" in task.address:
            return task
        task = replace(task, address=str(Path(found.address).absolute()))
        if not self._sent:
            return task
        with contextlib.suppress(OSError):  # what cannot be read here is told by a worker
            return replace(task, content=Path(found.address).read_bytes())
        return task

    def submit(self, task: Task) -> Future[Done]:
        """Let a worker do a task.

        Raises
        ------
        ClusterError
            Where the scheduler is gone.
        """
        self._require_there()
        outcome: Future[Done] = Future()
        with warnings.catch_warnings():
            # A recording that is sent is as large as it is.
            warnings.filterwarnings("ignore", message="Sending large graph")
            running = self._executor.submit(do, task)
        running.add_done_callback(partial(self._settle, outcome))
        return outcome

    def close(self) -> None:
        """Leave the cluster as it was."""
        with contextlib.suppress(Exception):
            self._client.close(timeout=CONNECTING_S)

    def _settle(self, outcome: Future[Done], running: Any) -> None:
        from distributed import KilledWorker

        if running.cancelled():
            # The scheduler knows nothing of it any more: it is gone, or another one.
            outcome.set_exception(EndedError())
            return
        error = running.exception()
        if error is None:
            outcome.set_result(running.result())
        elif isinstance(error, KilledWorker):
            outcome.set_exception(LostError("by the word of the scheduler"))
        elif isinstance(error, CancelledError):
            outcome.set_exception(EndedError())
        else:
            outcome.set_exception(error)

    def _require_there(self) -> None:
        if self._client.status != "running":
            raise ClusterError(
                f"The scheduler at {self._address} is gone.",
                hint="Start it, and give the same command again: what is done is not done again.",
            )

    def _alike(self, ours: Made) -> Mapping[str, Any]:
        """Refuse a cluster of which one worker would make other reports, or none."""
        told = self._on_each(describe, self._model)
        if not told:
            raise ClusterError(
                f"The scheduler at {self._address} has no workers.",
                hint=f"Start one on each machine: dask worker {self._address} --nthreads 1",
            )
        for worker, said in sorted(told.items()):
            if said["trouble"]:
                raise ClusterError(
                    f"Worker {worker}: {said['trouble']}",
                    hint=said["hint"] or "Put it right there, and give the same command again.",
                )
            if differs := ours.differs(Made(**said["made"])):
                raise ClusterError(
                    f"Worker {worker} has {differs}.",
                    hint="Install the same version of rehearse on every machine, and start its "
                    "workers again.",
                )
        return told

    def _reached(self, folder: Folder) -> bool:
        """Whether every worker reads some recordings as they are here."""
        here: dict[str, str | None] = {}
        for found in folder:
            if not found.trouble and found.size:
                path = str(Path(found.address).absolute())
                here[path] = digest_of(path)
            if len(here) == PROBED:
                break
        there = self._on_each(digests_of, list(here))
        return all(said == here for said in there.values())

    def _on_each(self, function: Any, argument: Any) -> Mapping[str, Any]:
        try:
            return self._client.run(function, argument)  # type: ignore[no-any-return]
        except ModuleNotFoundError as error:
            raise ClusterError(
                f"A worker of {self._address} has no rehearse ({error}).",
                hint="Install the same version of rehearse on every machine.",
            ) from error
        except Exception as error:
            raise ClusterError(
                f"The workers of {self._address} do not answer: {type(error).__name__}: {error}.",
                hint="Look at the log of the scheduler, and start its workers again.",
            ) from error


def describe(model: str) -> dict[str, Any]:
    """What a worker would make reports with; its weights are verified, byte by byte."""
    try:
        made = made_with(model)
        assets.folder(model)
        for name, entry in assets.manifest().items():
            if entry.kind != "recogniser":
                assets.locate(name)
    except AssetError as error:
        return {"made": None, "trouble": error.message, "hint": error.hint}
    return {
        "made": asdict(made),
        "trouble": "",
        "hint": "",
        "host": platform.node(),
        "cores": cores(),
    }


def threads_of(workers: Iterable[tuple[str, int]]) -> int:
    """How many threads each worker may have, so that no machine has more than it has cores.

    >>> threads_of([("a", 8), ("a", 8), ("b", 4)])
    4
    """
    on_each = Counter[str]()
    cores_of = {}
    for host, count in workers:
        on_each[host] += 1
        cores_of[host] = count
    fewest = min((cores_of[host] // on_each[host] for host in on_each), default=1)
    return min(MOST_THREADS, max(1, fewest))


def digests_of(paths: list[str]) -> dict[str, str | None]:
    """What a worker reads of some files; None where it cannot."""
    return {path: digest_of(path) for path in paths}


def digest_of(path: str) -> str | None:
    """The SHA-256 of a file; None where it cannot be read."""
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError(f"--cluster needs Dask, and {error}.", hint=INSTALL) from error
    # What it logs is said below, in a line; its tracebacks are for its own log.
    for name in list(logging.root.manager.loggerDict):
        if name.startswith("distributed"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        return Client(address, timeout=CONNECTING_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ClusterError(
            f"There is no scheduler at {address}: {why}.",
            hint="Start one with: dask scheduler, and give the address that it says.",
        ) from error
