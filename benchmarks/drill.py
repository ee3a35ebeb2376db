"""How soon the interviewer of a drill answers, through a real device: `make bench`.

Somebody speaks the last half minute of a close into a virtual microphone, up to the end of the
concerns question, and `rehearse drill` runs: how long after the last word of the question the
answer is there, by the clock of the take itself.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

import numpy as np  # noqa: E402
import soundfile  # noqa: E402
from figures import put  # noqa: E402

from rehearse.audio.decode import SoundFile  # noqa: E402
from tests.live.virtual import VirtualMicrophone  # noqa: E402

CLOSES = ("strong-close.wav", "opening-thanks.wav", "missing-fit.m4a", "missing-interest.mp3")
LAST_S = 25.0
"""Seconds of a close before the end of its question."""


def main() -> None:
    """Measure, print, and write the figures down."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=12)
    options.add_argument("--write", action="store_true", help="write README.md and the page")
    chosen = options.parse_args()
    with VirtualMicrophone() as microphone, tempfile.TemporaryDirectory() as scratch:
        sounds = [cut(name, Path(scratch)) for name in CLOSES]
        took_s = []
        for number in range(chosen.rounds):
            took_s.append(answered(microphone, sounds[number % len(sounds)], number))
            print(f"{CLOSES[number % len(CLOSES)]}: {took_s[-1]:.2f} s", flush=True)
    figures = told(took_s)
    print(figures)
    if chosen.write:
        put("drill", figures)


def cut(name: str, folder: Path) -> Path:
    """A sample up to the end of its concerns question, as a WAV file."""
    command = [
        sys.executable,
        "-m",
        "rehearse",
        "analyze",
        "--json",
        "--no-keep",
        f"samples/{name}",
    ]
    done = subprocess.run(command, cwd=TOP, capture_output=True, check=True)
    ends_s = json.loads(done.stdout)["steps"]["concerns"]["evidence"][0]["end_s"]
    sound = SoundFile(TOP / "samples" / name, from_s=max(0, ends_s - LAST_S), to_s=ends_s + 0.15)
    path = folder / f"{name}.wav"
    soundfile.write(path, np.concatenate([each.samples for each in sound.blocks()]), 16000)
    return path


def answered(microphone: VirtualMicrophone, wav: Path, seed: int) -> float:
    """Seconds from the end of the question until the interviewer's words."""
    shutil.rmtree(microphone.takes.parent, ignore_errors=True)
    running = microphone.program("drill", "--silent", "--json", "--seed", str(seed))
    microphone.until_told(running, "Recording")
    # Whoever waits a moment before speaking gives the models the time to load.
    time.sleep(4)
    microphone.say(wav)
    microphone.until_told(running, "Interviewer: ", within_s=60)
    out, _ = running.communicate("\n", timeout=60)
    exchange = json.loads(out)["exchange"]
    return exchange["said"]["start_s"] - exchange["asked"]["end_s"]


def told(took_s: list[float]) -> str:
    """The figures, with what they were measured on."""
    return (
        f"Synthetic closes, spoken into a virtual microphone {len(took_s)} times up to the end of "
        f"the concerns question; weights `base`, on {platform.system()} {platform.machine()} with "
        f"{os.cpu_count()} shared cores, Python {platform.python_version()}.\n\n"
        "| | median | most |\n| --- | --- | --- |\n"
        "| from the end of the question until the interviewer answers | "
        f"{statistics.median(took_s):.1f} s | {max(took_s):.1f} s |"
    )


if __name__ == "__main__":
    main()
