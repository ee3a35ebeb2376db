"""What a take costs whoever speaks it, through a real device: `make bench`.

Somebody speaks a close of about a minute into a virtual microphone, and `rehearse record`
runs in a real terminal: how long after Enter the whole report is on the screen, beside what
plain faster-whisper takes for the same file in the same run; how long after a step was
spoken its mark fills in; whether the kept file analyses the same.  Then what `kill -9`
costs, and what is dropped while both cores are busy.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from bench import mixed  # noqa: E402
from figures import put  # noqa: E402

from rehearse import assets  # noqa: E402
from rehearse.history import History  # noqa: E402
from tests.live import numbered, test_drops, test_kill  # noqa: E402
from tests.live.terminal import Terminal  # noqa: E402
from tests.live.virtual import VirtualMicrophone  # noqa: E402

CLOSES = (
    ("strong-close", "thin-close"),
    ("missing-fit", "cheesy"),
    ("missing-interest", "thin-close"),
    ("badly-recorded", "cheesy"),
    ("opening-thanks", "thin-close"),
)
STEPS = {
    "interest": "interest",
    "fit": "fit",
    "concerns": "concerns question",
    "thanks": "thanks",
}


@dataclass(frozen=True)
class Round:
    """One take.

    Parameters
    ----------
    report_s
        From Enter until the whole report is on the screen.
    plain_s
        What plain faster-whisper takes for the file, warm.
    marks_s
        From the end of the words of a step until its mark, of each step that is there.
    same
        Whether the file analyses as the take did.
    """

    report_s: float
    plain_s: float
    marks_s: list[float]
    same: bool


def main() -> None:
    """Measure, print, and write the figures down."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=10)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--busy", type=float, default=600, help="seconds with both cores busy")
    options.add_argument("--write", action="store_true", help="write README.md and the page")
    chosen = options.parse_args()
    with VirtualMicrophone() as microphone, tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        rounds = []
        for number in range(chosen.rounds):
            names = CLOSES[number % len(CLOSES)]
            rounds.append(spoken(microphone, mixed(names, folder / "close.wav")[0], number))
            print(f"{' + '.join(names)}: {rounds[-1]}", flush=True)
        wav = numbered.write(folder / "numbered.wav", 30)
        chance = random.Random(chosen.kills)
        lost = [
            test_kill.killed(microphone, wav, chance.uniform(1.0, 8.0)) for _ in range(chosen.kills)
        ]
        print(f"lost on kill -9: {sorted(lost)}", flush=True)
        out_of_order, busy = test_drops.dropped(microphone, folder, chosen.busy)
        drops = [note for note in busy["notes"] if "dropped" in note]
    figures = told(rounds, lost, chosen.busy, f"{out_of_order}{' '.join(['', *drops])}")
    print(figures)
    if chosen.write:
        put("live", figures)


def spoken(microphone: VirtualMicrophone, wav: Path, number: int) -> Round:
    """One take of a file, in a terminal."""
    shutil.rmtree(microphone.takes.parent, ignore_errors=True)
    command = (*microphone.command, "record", "--stop-after", "0")
    with Terminal(microphone.environment, microphone.home, *command) as terminal:
        terminal.until("Begin when you are ready")
        # Whoever waits a moment before speaking gives the models the time to load.
        time.sleep(2)
        filled: dict[str, float] = {}
        speaking = microphone.say(wav)
        over = None
        wait_s = random.Random(number).uniform(0.1, 1.0)
        while over is None or time.monotonic() < over + wait_s:
            screen, now = terminal.screen(), time.monotonic()
            for step, name in STEPS.items():
                if f"✓ {name}" in screen:
                    filled.setdefault(step, now)
            if over is None and speaking.poll() is not None:
                over = time.monotonic()
        pressed = time.monotonic()
        terminal.press("Enter")
        terminal.until("Kept as", every_s=0.01)
        report_s = time.monotonic() - pressed
        terminal.until("left with 0")
    (flac,) = microphone.takes.glob("*.flac")
    with History(microphone.takes.parent) as history:
        live = history.sessions(last=1)[0].report
    # The file ends where Enter was pressed: what was said so long before its end was said then.
    ends_s = live["measures"]["duration_s"]
    marks_s = [
        filled.get(step, pressed) - (pressed - (ends_s - found["evidence"][0]["end_s"]))
        for step, found in live["steps"].items()
        if found["present"]
    ]
    return Round(report_s, plain_s(flac), marks_s, analysed(microphone, flac) == live)


def analysed(microphone: VirtualMicrophone, flac: Path) -> dict:
    """What `rehearse analyze --json` says of a file, by the name that a take has."""
    command = [*microphone.command, "analyze", "--json", "--no-keep", str(flac)]
    done = subprocess.run(command, env=microphone.environment, capture_output=True, check=True)
    return json.loads(done.stdout) | {"source": flac.name}


def plain_s(file: Path) -> float:
    """Seconds that plain faster-whisper takes for a file, everything loaded."""
    command = [sys.executable, "benchmarks/plain.py", str(file), str(assets.folder("base")), "3"]
    done = subprocess.run(command, cwd=TOP, capture_output=True, check=True)
    return statistics.median(json.loads(done.stdout)["seconds"][1:])


def told(rounds: list[Round], lost: list[float], busy_s: float, dropped: str) -> str:
    """The figures as a table, with what they were measured on."""
    report_s = [each.report_s for each in rounds]
    shares = [each.report_s / each.plain_s for each in rounds]
    marks_s = [mark for each in rounds for mark in each.marks_s]
    rows = [
        ("from Enter until the whole report is on the screen", seconds(report_s)),
        ("the same as a share of plain faster-whisper on the whole file", share(shares)),
        ("from the end of a step's words until its mark fills in", seconds(marks_s)),
        (f"sound lost on `kill -9`, {len(lost)} times", seconds(lost, digits=2)),
        (f"steps of 10 ms dropped in {busy_s / 60:.0f} minutes with both cores busy", dropped),
        ("takes whose file analyses the same", f"{sum(r.same for r in rounds)} of {len(rounds)}"),
    ]
    lines = ["| | median | most |", "| --- | --- | --- |"]
    lines += [f"| {what} | {' | '.join((value + '; ').split('; ')[:2])} |" for what, value in rows]
    return f"{setting(len(rounds))}\n\n" + "\n".join(lines)


def seconds(values: list[float], digits: int = 1) -> str:
    """Median and most, as two cells."""
    return f"{statistics.median(values):.{digits}f} s; {max(values):.{digits}f} s"


def share(values: list[float]) -> str:
    """The same of a ratio."""
    return f"{statistics.median(values):.2f}; {max(values):.2f}"


def setting(rounds: int) -> str:
    """What was measured, and on what."""
    return (
        f"Synthetic closes of about a minute, spoken into a virtual microphone {rounds} times; "
        f"weights `base`, on {platform.system()} {platform.machine()} with {os.cpu_count()} "
        f"shared cores, Python {platform.python_version()}. Enter was pressed between a tenth of "
        "a second and a second after the last word."
    )


if __name__ == "__main__":
    main()
