"""What a long history costs: `make bench`.

Ten thousand sessions, each with a report as long as that of a close of half a minute: how long
`rehearse history` and `rehearse show` take as whole commands, beside a Python that does nothing,
and how long one more session takes to be kept.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from rehearse.history import History  # noqa: E402
from tests.history.reports import entry  # noqa: E402
from tests.history.telling import COOK, told, with_habit  # noqa: E402

if TYPE_CHECKING:
    from rehearse.history.rows import Entry

LABELS = ("", "Acme, hiring manager", "Harbour Hotel, owner")


def main() -> None:
    """Fill a history, and measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sessions", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=10)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "rehearse"
        fill(folder, chosen.sessions)
        size = (folder / "history.sqlite").stat().st_size / 1e6
        print(f"{chosen.sessions} sessions, {size:.0f} MB, on {platform.system()}")
        for name, command in (
            ("python -c pass", ["-c", "pass"]),
            ("rehearse --version", ["-m", "rehearse", "--version"]),
            ("rehearse history", ["-m", "rehearse", "history"]),
            ("rehearse history --for Acme", ["-m", "rehearse", "history", "--for", "Acme"]),
            ("rehearse show 5000", ["-m", "rehearse", "show", str(chosen.sessions // 2)]),
        ):
            say(name, [timed(command, home) for _ in range(chosen.rounds)])
        say("one more is kept", added(folder, chosen.sessions, chosen.rounds * 5))


def fill(folder: Path, count: int) -> None:
    """Keep so many sessions."""
    rng = random.Random(1)
    entries = [one(rng, number) for number in range(count)]
    with History(folder) as history:
        history.add_all(entries)


def one(rng: random.Random, number: int) -> Entry:
    """A session of somebody who tells the same story in other words each time."""
    (text,) = told(rng, COOK, 1)
    text = f"{with_habit(rng, text, 'to be honest', 2)} Take {number}."
    return entry(
        number, text, label=rng.choice(LABELS), fillers=rng.randrange(9), span_s=rng.uniform(40, 80)
    )


def timed(command: list[str], home: str) -> float:
    """Seconds of a whole command."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *command],
        env={**os.environ, "XDG_DATA_HOME": home, "PYTHONPATH": str(TOP)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - began


def added(folder: Path, first: int, count: int) -> list[float]:
    """Seconds for each of so many more sessions."""
    rng = random.Random(2)
    times = []
    with History(folder) as history:
        history.add(one(rng, first))  # loads what is loaded once
        for number in range(first + 1, first + 1 + count):
            more = one(rng, number)
            began = time.perf_counter()
            history.add(more)
            times.append(time.perf_counter() - began)
    return times


def say(name: str, times: list[float]) -> None:
    """One line of the result."""
    print(f"{name:30} {1000 * statistics.median(times):7.1f} ms, most {1000 * max(times):7.1f}")


if __name__ == "__main__":
    main()
