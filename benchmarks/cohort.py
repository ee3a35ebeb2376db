"""Speed, memory and word errors of `rehearse batch` against a plain loop of faster-whisper.

    python benchmarks/cohort.py FOLDER [--sizes] [--write]

FOLDER is what `benchmarks/speaking.py` made.  Plain and ours run in turn in the same call, over
the same files with the same weights and beam, each from its start to its end; the ratio is what
counts.  `--sizes` compares numbers of workers and threads on a part of it, and `--tiny` measures
what a recording costs beyond its recognition.
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
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import soundfile
from figures import put
from words import error_rate

from rehearse import assets

HERE = Path(__file__).resolve().parent
TOP = HERE.parent
PAGES = (TOP / "README.md", TOP / "docs" / "measurements.md", TOP / "docs" / "batch.md")
MODEL = "base"
LOOK_S = 1.0


@dataclass(frozen=True)
class Ran:
    """One command: its output, its seconds, and the most memory of all its processes, in MB."""

    out: str
    seconds: float
    peak_mb: float


def main() -> None:
    """Measure, print, and write the figures down."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--first", type=int, metavar="N", help="take the first N alone")
    options.add_argument("--keep", type=Path, metavar="OUT", help="leave the results there")
    options.add_argument("--sizes", type=int, metavar="N", help="compare sizes on N recordings")
    options.add_argument("--tiny", type=int, metavar="N", help="N files of a second each")
    options.add_argument("--write", action="store_true", help="write README.md and the pages")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        if chosen.sizes:
            print(sizes(chosen.folder, chosen.sizes, Path(scratch)))
        elif chosen.tiny:
            print(tiny(chosen.tiny, Path(scratch)))
        else:
            folder = chosen.folder
            if chosen.first:
                folder = some(folder, chosen.first, Path(scratch))
            told = whole(folder, chosen.rounds, chosen.keep or Path(scratch))
            print(told)
            if chosen.write:
                put("cohort", told, PAGES)


def whole(folder: Path, rounds: int, scratch: Path) -> str:
    """All of a cohort, in turn."""
    said = [json.loads(row) for row in (folder / "said.jsonl").read_text("utf-8").splitlines()]
    files = [folder / each["audio"] for each in said]
    length_s = sum(seconds_of(file) for file in files)
    listed = scratch / "files.txt"
    listed.write_text("\n".join(map(str, files)), "utf-8")
    weights = str(assets.folder(MODEL))
    pairs = []
    for number in range(rounds):
        theirs = ran([sys.executable, str(HERE / "plain_folder.py"), str(listed), weights])
        out = scratch / f"results-{number}"
        ours = ran(batch(folder, out, "--html"))
        pairs.append((theirs, ours))
        print(f"plain {theirs.seconds:.0f} s, ours {ours.seconds:.0f} s", flush=True)
    heard = json.loads(theirs.out)["heard"]
    texts = [report(out, folder, file) for file in files]
    errors = (
        error_rate(
            [(each["says"], heard[str(file)]) for each, file in zip(said, files, strict=True)]
        ),
        error_rate([(each["says"], text) for each, text in zip(said, texts, strict=True)]),
    )
    return "\n".join(
        [
            f"| {len(files)} recordings, {length_s / 3600:.2f} h | plain loop | `batch` | ratio |",
            "| --- | --- | --- | --- |",
            row("wall time, s", [(a.seconds, b.seconds) for a, b in pairs]),
            row("most memory of all processes, MB", [(a.peak_mb, b.peak_mb) for a, b in pairs]),
            f"| word error rate | {errors[0]:.3f} | {errors[1]:.3f} | |",
            "",
            setting(rounds),
        ]
    )


def row(what: str, pairs: list[tuple[float, float]]) -> str:
    """Medians of plain, of ours, and of their ratio pair by pair."""
    plain, ours = (statistics.median(pair[place] for pair in pairs) for place in (0, 1))
    ratio = statistics.median(b / a for a, b in pairs)
    return f"| {what} | {plain:.0f} | {ours:.0f} | **{ratio:.2f}** |"


def report(out: Path, folder: Path, file: Path) -> str:
    """What a report says was said."""
    path = out / "reports" / f"{file.relative_to(folder)}.json"
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return " ".join(word["text"] for word in told["transcript"]["words"] if not word["unheard"])


def batch(folder: Path, out: Path, *options: str) -> list[str]:
    """The command."""
    return [sys.executable, "-m", "rehearse", "batch", str(folder), "--out", str(out), *options]


def some(folder: Path, count: int, scratch: Path) -> Path:
    """The first of a cohort, as a cohort of its own."""
    part = scratch / "some"
    said = (folder / "said.jsonl").read_text("utf-8").splitlines()[:count]
    for name in (json.loads(each)["audio"] for each in said):
        (part / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / name, part / name)
    (part / "said.jsonl").write_text("\n".join(said) + "\n", "utf-8")
    return part


def sizes(folder: Path, count: int, scratch: Path) -> str:
    """Recordings a minute with several numbers of workers and threads."""
    folder = some(folder, count, scratch)
    lines = ["| workers | threads each | recordings a minute | memory, MB |", "| --- " * 4 + "|"]
    for workers, threads in ((1, 1), (1, 2), (2, 1), (2, 2), (3, 1)):
        out = scratch / f"{workers}x{threads}"
        took = ran(sized(folder, out, workers, threads))
        told = json.loads(took.out)
        a_minute = 60 * told["count"] / told["loop_s"]
        lines.append(f"| {workers} | {threads} | {a_minute:.1f} | {took.peak_mb:.0f} |")
        print(lines[-1], flush=True)
    return "\n".join(lines)


SIZED = """
import json, sys, time
from pathlib import Path
from rehearse.batch import Counts, Results, folder_of, made_with, run
from rehearse.batch.local import LocalExecutor
from rehearse.batch.sizing import Size

if __name__ == "__main__":
    folder, out, workers, threads, model = sys.argv[1:]
    executor, counts = LocalExecutor(Size(int(workers), int(threads))), Counts()
    began = time.perf_counter()
    with Results(Path(out), made_with(model)) as results:
        results.queue(folder_of(folder))
        run(results, executor, counts, model=model)
        ended = time.perf_counter()
    executor.close()
    told = {"loop_s": ended - began, "work_s": counts.work_s, "count": counts.done}
    print(json.dumps(told))
"""
"""The same work with another size than a machine is given."""


def sized(folder: Path, out: Path, workers: int, threads: int) -> list[str]:
    """The same work with another size than a machine is given."""
    script = out.with_suffix(".py")
    script.write_text(SIZED, "utf-8")
    return [sys.executable, str(script), str(folder), str(out), str(workers), str(threads), MODEL]


def tiny(count: int, scratch: Path) -> str:
    """What a recording costs beyond its recognition, of two workers with one thread each.

    That is what the loop takes, with all its workers, less what they say that they worked, and
    what starting them and loading the models takes is in it.
    """
    sound, rate_hz = soundfile.read(TOP / "samples" / "strong-close.wav", dtype="int16")
    lines = []
    for what, number, loud in (("without speech", count, 0), ("spoken", min(count, 60), 1)):
        folder, out = scratch / what, scratch / f"out-{what}"
        for each in range(number):
            start = (each * 997) % (len(sound) - rate_hz)
            path = folder / f"{each // 1000:02}" / f"{each:05}.wav"
            path.parent.mkdir(parents=True, exist_ok=True)
            soundfile.write(path, loud * sound[start : start + rate_hz // 2], rate_hz)
        for again in ("first", "again"):
            took = ran(sized(folder, out, 2, 1))
            told = json.loads(took.out)
            over_ms = 1000 * (2 * told["loop_s"] - told["work_s"]) / 2 / told["count"]
            lines.append(
                f"| {number} {what}, {again} | {told['loop_s']:.1f} s | {over_ms:.1f} ms "
                f"| {took.peak_mb:.0f} MB |"
            )
            print(lines[-1], flush=True)
    return "\n".join(
        ["| tiny files | loop | beyond recognition, each | memory |", "| --- " * 4 + "|", *lines]
    )


def ran(command: list[str]) -> Ran:
    """Run a command, and look now and then at the memory that its processes share out."""
    environment = os.environ | {"PYTHONPATH": str(TOP)}
    with tempfile.TemporaryFile("w+") as out:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.DEVNULL, env=environment, text=True
        )
        peaks = [0.0]
        watching = threading.Thread(target=watch, args=(process.pid, peaks), daemon=True)
        watching.start()
        code = process.wait()
        seconds = time.perf_counter() - began
        if code not in {0, 2}:
            raise SystemExit(f"{command[1:4]} ended with {code}")
        out.seek(0)
        return Ran(out.read(), seconds, max(peaks))


def watch(pid: int, peaks: list[float]) -> None:
    """Note the memory of a process and all that it started."""
    try:
        top = psutil.Process(pid)
        while True:
            each = [top, *top.children(recursive=True)]
            peaks.append(sum(memory_mb(process) for process in each))
            time.sleep(LOOK_S)
    except psutil.Error:
        return


def memory_mb(process: psutil.Process) -> float:
    """What a process alone has."""
    try:
        return process.memory_full_info().uss / 1e6
    except psutil.Error:
        return 0.0


def seconds_of(file: Path) -> float:
    """How long a recording is."""
    import av

    with av.open(str(file)) as opened:
        return (opened.duration or 0) / 1e6


def setting(rounds: int) -> str:
    """What was measured, and on what."""
    return (
        "Synthetic speech of `benchmarks/speaking.py`, in six containers; weights "
        f"`{MODEL}`, int8, beam 5; each from its start to its end, reports and pages included; "
        f"{rounds} round{'' if rounds == 1 else 's'} in turn, on {platform.system()} "
        f"{platform.machine()} with {os.cpu_count()} shared cores, Python "
        f"{platform.python_version()}."
    )


if __name__ == "__main__":
    main()
