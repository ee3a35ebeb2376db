"""Speed, memory and word errors of rehearse against plain faster-whisper: `make bench`.

Both run in turn in the same run, each in a process of its own, so that a slow
minute of the machine falls on both; the ratio is what counts.  Cold is a new
process from its start to its end with files cached, warm a later pass with
everything loaded.  The figures go into README.md and docs/measurements.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from figures import put
from words import error_rate

from rehearse import assets
from rehearse.audio.decode import SoundFile
from rehearse.recording import SAMPLE_RATE

if TYPE_CHECKING:
    import resource

HERE = Path(__file__).resolve().parent
TOP = HERE.parent
SAMPLES = TOP / "samples"
MIXES = {
    15: ("thin-close",),
    60: ("missing-fit", "cheesy"),
    300: (
        "strong-close",
        "missing-interest",
        "missing-concerns",
        "missing-thanks",
        "non-native",
        "opening-thanks",
        "missing-fit",
        "cheesy",
    ),
}
MODEL = "base"


@dataclass(frozen=True)
class Row:
    """Medians for one length: seconds, MB, and ratios of ours to plain."""

    length_s: float
    cold: tuple[float, float, float]
    warm: tuple[float, float, float]
    memory: tuple[float, float, float]
    errors: tuple[float, float]


def main() -> None:
    """Measure, print, and write the figures down."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5, help="cold runs of each; warm runs too")
    options.add_argument(
        "--recordings", type=Path, help="a folder with manifest.jsonl: word errors"
    )
    options.add_argument("--write", action="store_true", help="write README.md and the page")
    chosen = options.parse_args()
    folder = assets.folder(MODEL)
    with tempfile.TemporaryDirectory() as scratch:
        rows = []
        for seconds, names in MIXES.items():
            file, says = mixed(names, Path(scratch) / f"{seconds}.wav")
            rounds = chosen.rounds if seconds <= 60 else min(2, chosen.rounds)
            rows.append(measured(file, says, folder, rounds))
            print(told(rows[-1]), flush=True)
    recordings = chosen.recordings or TOP.parent / "shared" / "audio"
    lines = [table(rows)]
    if (recordings / "manifest.jsonl").is_file():
        lines.append(real_errors(recordings, folder))
        print(lines[-1])
    if chosen.write:
        put("bench", "\n\n".join([setting(chosen.rounds), *lines]))


def mixed(names: tuple[str, ...], path: Path) -> tuple[Path, str]:
    """Samples one after the other as one WAV file, and what is said in it."""
    manifest = tomllib.loads((SAMPLES / "manifest.toml").read_text("utf-8"))["asset"]
    entries = {entry["name"]: entry for entry in manifest}
    sounds, words = [], []
    for name in names:
        source = SAMPLES / entries[name]["files"][0]["path"]
        sounds += [block.samples for block in SoundFile(source).blocks()]
        words.append((SAMPLES / entries[name]["says"]).read_text("utf-8"))
    whole = (np.clip(np.concatenate(sounds), -1, 1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(whole.tobytes())
    return path, " ".join(words)


def measured(file: Path, says: str, folder: Path, rounds: int) -> Row:
    """Measure one file in turn."""
    plain = [sys.executable, str(HERE / "plain.py"), str(file), str(folder)]
    ours = [sys.executable, str(HERE / "ours.py"), str(file), MODEL]
    command = [sys.executable, "-m", "rehearse", "analyze", "--json", "--no-keep", str(file)]
    colds, memories = [], []
    finished([*plain, "1"])
    finished(command)
    for _ in range(rounds):
        _, a, a_mb = finished([*plain, "1"])
        _, b, b_mb = finished(command)
        colds.append((a, b))
        memories.append((a_mb, b_mb))
    first, _, _ = finished([*plain, str(rounds + 1)])
    second, _, _ = finished([*ours, str(rounds + 1)])
    their, our = json.loads(first), json.loads(second)
    warms = list(zip(their["seconds"][1:], our["seconds"][1:], strict=True))
    with wave.open(str(file)) as opened:
        length_s = opened.getnframes() / opened.getframerate()
    errors = (error_rate([(says, their["text"])]), error_rate([(says, our["text"])]))
    return Row(length_s, medians(colds), medians(warms), medians(memories), errors)


def finished(command: list[str]) -> tuple[str, float, float]:
    """Run a command: its output, its wall seconds, its peak memory in MB."""
    environment = os.environ | {"PYTHONPATH": str(TOP)}
    with tempfile.TemporaryFile("w+") as out:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.DEVNULL, env=environment, text=True
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{command[1:3]} ended with {process.returncode}")
        out.seek(0)
        return out.read(), seconds, peak_mb(usage)


def peak_mb(usage: resource.struct_rusage) -> float:
    """Peak resident memory: kilobytes on Linux, bytes on macOS."""
    return usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def medians(pairs: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Median of plain, of ours, and of their ratio pair by pair."""
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(b / a for a, b in pairs),
    )


def real_errors(recordings: Path, folder: Path) -> str:
    """Word error rate over recordings of one speaker that have a transcript."""
    from faster_whisper import WhisperModel

    from rehearse.audio.clips import cut
    from rehearse.engines.evidence import with_evidence
    from rehearse.models import Models

    whisper = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=2)
    engine = Models(MODEL).engine()
    theirs, ours = [], []
    for row in (recordings / "manifest.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(row)
        if not entry.get("transcript") or entry["speakers"] != 1:
            continue
        path = recordings / entry["audio"]
        segments, _ = whisper.transcribe(str(path), language="en", beam_size=5, vad_filter=True)
        theirs.append((entry["transcript"], " ".join(part.text for part in segments)))
        heard = engine.hear(cut(SoundFile(path).blocks()))
        words = [word.text for clip in heard for word in with_evidence(clip) if not word.unheard]
        ours.append((entry["transcript"], "".join(words)))
    return (
        f"Word error rate on {len(ours)} real recordings of one speaker: "
        f"plain {error_rate(theirs):.3f}, rehearse {error_rate(ours):.3f}."
    )


def told(row: Row) -> str:
    """One length in one line."""
    return (
        f"{row.length_s:.0f} s: cold {row.cold[1]:.1f}/{row.cold[0]:.1f} s = {row.cold[2]:.2f}, "
        f"warm {row.warm[1]:.1f}/{row.warm[0]:.1f} s = {row.warm[2]:.2f}, "
        f"memory {row.memory[1]:.0f}/{row.memory[0]:.0f} MB = {row.memory[2]:.2f}, "
        f"WER {row.errors[1]:.3f}/{row.errors[0]:.3f}"
    )


def table(rows: list[Row]) -> str:
    """All lengths as a table; each cell is rehearse / plain = ratio."""
    lines = [
        "| sound | cold, s | warm, s | peak memory, MB | word error rate |",
        "| --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        cells = [
            f"{one[1]:.{digits}f} / {one[0]:.{digits}f} = **{one[2]:.2f}**"
            for one, digits in ((row.cold, 1), (row.warm, 1), (row.memory, 0))
        ]
        errors = f"{row.errors[1]:.3f} / {row.errors[0]:.3f}"
        lines.append(f"| {row.length_s:.0f} s | {' | '.join(cells)} | {errors} |")
    return "\n".join(lines)


def setting(rounds: int) -> str:
    """What was measured, and on what."""
    return (
        f"rehearse / plain faster-whisper = ratio; weights `{MODEL}`, int8, beam 5, two threads, "
        f"medians of {rounds} runs in turn (two for 300 s), on {platform.system()} "
        f"{platform.machine()} with {os.cpu_count()} shared cores, Python "
        f"{platform.python_version()}. The sound is synthetic speech from `samples/`."
    )


if __name__ == "__main__":
    main()
