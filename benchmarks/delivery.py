"""The table of delivery: fillers, pauses, pace, voices and silence, beside two others.

Plain faster-whisper is given a prompt for fillers; `erm` 0.4 cuts fillers out of recordings.
All three get the same files and the same weights.  `make bench` runs this.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import known
from known import WAYS, Case
from scores import Found, Pauses, Voices, by_count, matched, talks_most

from rehearse import assets
from rehearse.audio.clips import cut
from rehearse.audio.decode import SoundFile
from rehearse.engines.evidence import with_evidence
from rehearse.errors import InputError
from rehearse.models import Models
from rehearse.pipeline import analyze
from rehearse.prosody.fillers import fillers_in
from rehearse.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).resolve().parent
TOP = HERE.parent
ERM = TOP / ".venv-erm" / "bin" / "python"
WINDOW_S = 30.0


@dataclass
class Tables:
    """Everything that is counted about one of the three."""

    fillers: dict[str, Found] = field(default_factory=dict)
    early: Found = field(default_factory=Found)
    late: Found = field(default_factory=Found)
    invented: int = 0
    nobody: int = 0

    def count(self, case: Case, fillers: Sequence[tuple[float, float]], words: bool = True) -> None:  # noqa: FBT001, FBT002
        """Take what was found in one file."""
        if case.kind in ("noise", "music"):
            self.nobody += 1
            self.invented += bool(fillers) or words
        elif case.kind == "joined":
            self._count_late(case, fillers)
        else:
            found = self.fillers.setdefault(case.way, Found())
            if case.way == "real":
                found.add(*by_count(len(case.fillers), len(fillers)))
            else:
                right, wrong, missed = matched([each[:2] for each in case.fillers], fillers)
                found.add(right, wrong, len(missed))

    def _count_late(self, case: Case, fillers: Sequence[tuple[float, float]]) -> None:
        places = [each[:2] for each in case.fillers]
        missed = matched(places, fillers)[2]
        for number, (start, _) in enumerate(places):
            part = self.early if start < WINDOW_S else self.late
            part.add(number not in missed, 0, number in missed)

    def together(self) -> Found:
        """Fillers of all synthetic ways."""
        whole = Found()
        for way in WAYS:
            one = self.fillers.get(way, Found())
            whole.add(one.right, one.wrong, one.missed)
        return whole


@dataclass
class Ours(Tables):
    """What only rehearse measures."""

    pauses: dict[str, Pauses] = field(default_factory=dict)
    voices: dict[str, Voices] = field(default_factory=dict)
    pace_off: list[float] = field(default_factory=list)

    def listen(self, case: Case, models: Models) -> None:
        """Analyse one file and count everything about it."""
        if case.way == "real":
            self.count(case, *everybodys(case, models))
        try:
            report = analyze(SoundFile(case.file), models)
        except InputError:
            return
        self._count_voices(case, report)
        if case.kind in ("known", "joined"):
            found = [(each.start_s, each.end_s) for each in report.delivery.fillers or ()]
            self.count(case, found)
        if case.kind == "known":
            pauses = self.pauses.setdefault(case.way, Pauses())
            pauses.add(
                case.pauses, [(each.start_s, each.end_s) for each in report.delivery.pauses or ()]
            )
            self._count_pace(case, report)

    def _count_voices(self, case: Case, report: Any) -> None:
        if case.kind in ("noise", "music", "joined") or not report.transcript.words:
            return
        voices = self.voices.setdefault(case.way, Voices())
        several = report.voices is not None and report.voices.several
        (voices.noticed if case.speakers > 1 else voices.split).append(several)
        if case.turns and several:
            voices.add_words(report.transcript.words, case.turns, talks_most(case.turns))

    def _count_pace(self, case: Case, report: Any) -> None:
        pace = report.delivery.pace_wpm
        if pace is None:
            return
        said = len(case.text.split()) + len(case.fillers)
        script = 60.0 * said / (case.speech[1] - case.speech[0])
        self.pace_off.append(pace / script - 1)


def everybodys(case: Case, models: Models) -> tuple[list[tuple[float, float]], bool]:
    """Fillers of everybody, whom the reference of a meeting counts, and whether there are words."""
    words, sounds = [], []
    for heard in models.engine().hear(cut(SoundFile(case.file).blocks())):
        marked = list(with_evidence(heard))
        words += marked
        sounds += heard.fillers if any(word.unheard is None for word in marked) else ()
    fillers = fillers_in(Transcript.of_speech(words), sounds)
    places = [(each.start_s or 0.0, each.end_s or 0.0) for each in fillers]
    return places, any(word.unheard is None for word in words)


def main() -> None:
    """Make the files, run all three over them, print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--weights", nargs="+", default=["base"])
    options.add_argument("--recordings", type=Path, default=TOP.parent / "shared" / "audio")
    options.add_argument(
        "--first", type=int, default=9, help="closes that are recorded in every way"
    )
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cases = made(Path(scratch), chosen.first)
        if (chosen.recordings / "manifest.jsonl").is_file():
            cases += known.real(chosen.recordings)
        for name in chosen.weights:
            print(f"\n## {name}\n", flush=True)
            ours = Ours()
            models = Models(name)
            for case in cases:
                ours.listen(case, models)
            told_ours(ours)
            told_beside(name, cases, ours)
    print(f"\n{nobody_speaks()}")


def made(scratch: Path, first: int) -> list[Case]:
    """Every file that we make."""
    every = known.closes()
    return [
        *known.every_way(scratch, every[:first]),
        *known.joined(scratch, every),
        *known.conversations(scratch, every[:first]),
    ]


def told_ours(ours: Ours) -> None:
    """Print what nobody else measures."""
    for way, pauses in ours.pauses.items():
        print(f"pauses, {way}: recall; precision; median error of ends: {pauses}")
    for way, voices in ours.voices.items():
        print(f"voices, {way}: noticed; one taken for two; words right: {voices}")
    off = sorted(map(abs, ours.pace_off))
    print(
        f"words a minute against the script: median {statistics.median(ours.pace_off):+.3f}, "
        f"within {statistics.median(off):.3f} (median), {off[int(0.9 * len(off))]:.3f} (90 %)"
    )


def told_beside(name: str, cases: Sequence[Case], ours: Ours) -> None:
    """Print fillers and invented words, of all three."""
    shared = [case for case in cases if case.kind != "conversation"]
    tables: dict[str, Tables] = {"rehearse": ours}
    for label, run in rivals(name).items():
        tables[label] = Tables()
        for case, line in zip(shared, run([case.file for case in shared]), strict=True):
            text = line.get("text", "")
            tables[label].count(case, line["fillers"], bool(text))
    print(f"\n| fillers, F1 (+ right, ? wrong, - missed) | {' | '.join(tables)} |")
    print("| --- |" + " --- |" * len(tables))
    for way in (*WAYS, "real"):
        cells = [str(each.fillers.get(way, Found())) for each in tables.values()]
        print(f"| {way} | {' | '.join(cells)} |")
    rows: dict[str, Callable[[Tables], str]] = {
        "all synthetic": lambda each: str(each.together()),
        "recall after 30 s minus before": lambda each: (
            f"{each.late.recall:.3f} - {each.early.recall:.3f} = "
            f"{each.late.recall - each.early.recall:+.3f}"
        ),
        "noise and music given words": lambda each: f"{each.invented} of {each.nobody}",
    }
    for label, cell in rows.items():
        print(f"| {label} | {' | '.join(cell(each) for each in tables.values())} |", flush=True)


def rivals(name: str) -> dict[str, Callable[[Sequence[Path]], list[dict[str, Any]]]]:
    """What is measured beside rehearse, where it is there."""
    folder = str(assets.folder(name))
    plain = [sys.executable, str(HERE / "rival_plain.py"), folder]
    found = {
        "plain, prompt": lambda files: lines([*plain, "whole"], files),
        "plain, prompt, VAD": lambda files: lines([*plain, "vad"], files),
    }
    if ERM.is_file() and shutil.which("ffmpeg"):
        erm = [str(ERM), str(HERE / "rival_erm.py"), folder]
        found["erm"] = lambda files: lines(erm, files)
    else:
        print("erm is left out: it needs ffmpeg and the environment of `make bench`.")
    return found


def lines(command: Sequence[str], files: Sequence[Path]) -> list[dict[str, Any]]:
    """Run a rival over files: a line of JSON for each."""
    done = subprocess.run(
        command, input="\n".join(map(str, files)), capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def nobody_speaks() -> str:
    """Run the suite of sounds in which nobody speaks, and of quiet thanks."""
    sys.path.insert(0, str(TOP))
    from tests.nobody.test_nobody_speaks import CASES, MODELS, credited
    from tests.nobody.test_quiet_thanks import CASES as THANKS
    from tests.nobody.test_quiet_thanks import thanked

    told = []
    for name in MODELS:
        given = sum(bool(credited(name, case.sound())) for case in CASES)
        lost = sum(not thanked(name, case) for case in THANKS)
        told.append(
            f"{name}: sounds of nobody given words {given} of {len(CASES)}; "
            f"quiet thanks lost {lost} of {len(THANKS)}"
        )
    return "\n".join(told)


if __name__ == "__main__":
    main()
