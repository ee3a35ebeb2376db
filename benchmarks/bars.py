"""What each measure loses as a recording gets worse: the reason for the bars of quality.

Closes of `audio/` with white noise at known distances below the speech, and clipped.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import known
import numpy as np
from known import Close, written
from scores import Found, Pauses, matched

from rehearse.audio.decode import SoundFile
from rehearse.models import Models
from rehearse.pipeline import analyze
from rehearse.quality import Quality

sys.path.append(str(known.HERE.parent / "models" / "fillers"))

from sound import speech_rms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rehearse.report import Report

NOISE_DB = (30, 20, 15, 12, 9, 6, 3)
CLIPPED_DB = (6, 12, 18)


@dataclass
class Row:
    """What was found in one kind of recording, and how far it is from the clean one."""

    snr_db: list[float] = field(default_factory=list)
    clipped: list[float] = field(default_factory=list)
    pauses: Pauses = field(default_factory=Pauses)
    fillers: Found = field(default_factory=Found)
    pace_off: list[float] = field(default_factory=list)
    pitch_off: list[float] = field(default_factory=list)
    loudness_off: list[float] = field(default_factory=list)

    def add(self, close: Close, report: Report, clean: Report) -> None:
        """Count one recording; what was withheld is counted all the same."""
        told, quality = report.delivery, report.quality
        places = [(each[0], each[1]) for each in close.known["fillers"]]
        found = [(each.start_s or 0.0, each.end_s or 0.0) for each in told.fillers or ()]
        right, wrong, missed = matched(places, found)
        self.fillers.add(right, wrong, len(missed))
        self.pauses.add(
            close.known["pauses"], [(each.start_s, each.end_s) for each in told.pauses or ()]
        )
        if quality is not None:
            self.snr_db.append(quality.snr_db or 0.0)
            self.clipped.append(quality.clipped or 0.0)
        for name, into in (
            ("pace_wpm", self.pace_off),
            ("pitch_sd_st", self.pitch_off),
            ("loudness_range_db", self.loudness_off),
        ):
            now, then = getattr(told, name), getattr(clean.delivery, name)
            if now is not None and then is not None:
                into.append(abs(now - then))

    def __str__(self) -> str:
        cells = [
            f"{statistics.median(self.snr_db):.0f} dB",
            f"{statistics.median(self.clipped):.0%}",
            str(self.pauses),
            f"{self.fillers.f1:.3f}",
            *(
                f"{statistics.median(off):.1f}" if off else "–"
                for off in (self.pace_off, self.pitch_off, self.loudness_off)
            ),
        ]
        return " | ".join(cells)


def main() -> None:
    """Print a row for each way of making a recording worse."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--closes", type=int, default=8)
    chosen = options.parse_args()
    every = known.closes()[: chosen.closes]
    models = Models("base")
    print(
        "| recording | measured SNR | clipped | pauses: recall; precision; ends | fillers, F1 "
        "| pace off, wpm | pitch SD off, st | loudness range off, dB |"
    )
    print("| --- |" + " --- |" * 7)
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "close.wav"

        def told(sound: NDArray[np.float64]) -> Report:
            return analyze(SoundFile(written(file, sound.astype(np.float32))), models)

        # The bars themselves would withhold what is to be seen here.
        Quality.distrust = lambda _: {}  # type: ignore[method-assign]
        clean = [told(_levelled(close.sound)) for close in every]
        for label, ways in _ways(every):
            row = Row()
            for close, sound, before in zip(every, ways, clean, strict=True):
                row.add(close, told(sound), before)
            print(f"| {label} | {row} |", flush=True)


def _ways(every: list[Close]) -> Iterator[tuple[str, list[NDArray[np.float64]]]]:
    """Each kind of recording, and all closes in it."""
    for snr_db in NOISE_DB:
        made = []
        for number, close in enumerate(every):
            sound = _levelled(close.sound)
            noise = np.random.default_rng(number).standard_normal(len(sound))
            made.append(sound + noise * speech_rms(sound) * 10 ** (-snr_db / 20))
        yield f"noise {snr_db} dB below the speech", made
    for over_db in CLIPPED_DB:
        peaks = [_levelled(close.sound) * 2 for close in every]
        yield (
            f"peaks {over_db} dB over full scale",
            [np.clip(sound * 10 ** (over_db / 20), -1, 1) for sound in peaks],
        )


def _levelled(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """Half of full scale at its highest."""
    levelled: NDArray[np.float64] = sound / np.abs(sound).max() * 0.5
    return levelled


if __name__ == "__main__":
    main()
