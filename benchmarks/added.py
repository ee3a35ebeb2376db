"""What evidence, fillers, pauses, voices and quality add to the warm time of an analysis.

The parts are timed inside one run, so that a slow minute of the machine falls on all; what
they take, over what everything else takes.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import known
from bench import MIXES, mixed

from rehearse import language, pipeline
from rehearse.audio.decode import SoundFile
from rehearse.engines.faster_whisper import FasterWhisperEngine
from rehearse.models import Models
from rehearse.prosody import Prosody
from rehearse.quality import QualityMeter
from rehearse.speakers import Speakers

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS: tuple[tuple[str, Any, str], ...] = (
    ("fillers left out", FasterWhisperEngine, "_with_fillers"),
    ("evidence", pipeline, "with_evidence"),
    ("pitch, loudness", Prosody, "listen"),
    ("pauses, pace", Prosody, "sum_up"),
    ("voices", Speakers, "listen"),
    ("voices", Speakers, "turns"),
    ("quality", QualityMeter, "listen"),
    ("quality", QualityMeter, "sum_up"),
    ("filler words", language, "filler_words"),
)


def main() -> None:
    """Measure a mix of about a minute, and two closes full of fillers, nearly as long."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    spent: dict[str, float] = {}
    for name, owner, method in PARTS:
        setattr(owner, method, timed(getattr(owner, method), name, spent))
    models = Models("base")
    with tempfile.TemporaryDirectory() as scratch:
        plain, _ = mixed(MIXES[60], Path(scratch) / "minute.wav")
        every = known.closes()
        voice = every[0].known["voice"]
        two = [close for close in every if close.known["voice"] == voice][:2]
        full = known.after_another(Path(scratch) / "full.wav", voice, two)
        for label, file in (("few fillers", plain), (f"{len(full.fillers)} fillers", full.file)):
            print(f"{label}: {added(file, models, spent, chosen.rounds)}", flush=True)


def added(file: Path, models: Models, spent: dict[str, float], rounds: int) -> str:
    """Share of the warm time of everything else, and which part takes what share of the whole."""
    shares, parts = [], []
    for number in range(rounds + 1):
        spent.clear()
        began = time.perf_counter()
        report = pipeline.analyze(SoundFile(file), models)
        whole = time.perf_counter() - began
        if number:
            shares.append(sum(spent.values()) / (whole - sum(spent.values())))
            parts.append({name: seconds / whole for name, seconds in spent.items()})
    names = ", ".join(
        f"{name} {statistics.median(part[name] for part in parts):.1%}" for name in parts[0]
    )
    return (
        f"{statistics.median(shares):.1%} is added to the warm time of "
        f"{report.delivery.duration_s or 0:.0f} s ({names})"
    )


def timed(function: Callable[..., Any], name: str, spent: dict[str, float]) -> Callable[..., Any]:
    """The function, with what it takes added up; what it yields is taken at once."""

    @wraps(function)
    def measured(*given: Any, **named: Any) -> Any:
        began = time.perf_counter()
        found = function(*given, **named)
        found = list(found) if hasattr(found, "__next__") else found
        spent[name] = spent.get(name, 0.0) + time.perf_counter() - began
        return found

    return measured


if __name__ == "__main__":
    main()
