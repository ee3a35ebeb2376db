"""How many workers a machine is given, and how many threads each.

Measured, not guessed: docs/batch.md has the table (`benchmarks/cohort.py --sizes`).  A worker a
core with one thread each does the most work a second, because part of an analysis runs on one
thread whatever it is given; more threads are for machines whose memory has no room for a worker
a core.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rehearse import assets

WORKER_BYTES: Final = 560_000_000
PER_WEIGHT_BYTE: Final = 1.2
"""What a worker needs at the most: measured with `tiny.en` and `base`, and a line through both."""

LEFT_BYTES: Final = 800_000_000
"""What is left to everything else, this program's own loop among it. Ours."""

_GROUP: Final = Path("/sys/fs/cgroup")


@dataclass(frozen=True, slots=True)
class Size:
    """How many worker processes, and threads of each."""

    workers: int
    threads: int


def size_of(model: str, workers: int | None = None) -> Size:
    """Choose a size for this machine as it is now.

    Parameters
    ----------
    model
        The name of the recogniser's weights.
    workers
        So many, because somebody says so.
    """
    usable = cores()
    if workers is None:
        room = (available_bytes() - LEFT_BYTES) // needed_bytes(model)
        workers = max(1, min(usable, room))
    return Size(workers, max(1, usable // workers))


def needed_bytes(model: str) -> int:
    """The memory that a worker needs with these weights."""
    weights = assets.asset(model, kind="recogniser").files[0].size or 0
    return round(WORKER_BYTES + PER_WEIGHT_BYTE * weights)


def available_bytes() -> int:
    """The memory that can be had, in a container as well."""
    import psutil

    free = int(psutil.virtual_memory().available)
    return int(min(free, _group_room("memory.max", "memory.current")))


def _group_room(limit: str, taken: str) -> float:
    """What the control group of this process leaves; infinite where it sets no limit."""
    try:
        most, now = ((_GROUP / name).read_text("ascii").strip() for name in (limit, taken))
        return math.inf if most == "max" else int(most) - int(now)
    except (OSError, ValueError):
        return math.inf


def cores() -> int:
    """Cores that this process may use: two threads of one core compute no faster than one."""
    import joblib

    return int(joblib.cpu_count(only_physical_cores=True))
