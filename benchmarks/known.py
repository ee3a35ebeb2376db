"""The recordings of the table of delivery, each as a file with what is known of it.

Closes with known fillers and pauses come from `audio/`, spoken by voices that nothing was
trained on.  Each is recorded again in noise, in a room, over a telephone and very quietly;
closes of one voice are joined, in both orders, beyond the 30 s that a recogniser's window
holds; and an interviewer, who is another voice, is put between the sentences.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import soundfile

from rehearse.audio.decode import SoundFile
from rehearse.recording import SAMPLE_RATE

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "models" / "fillers"))

from sound import WAYS, treated  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

FILLERS = frozenset(["um", "uh", "er", "erm", "ah", "hm"])
JOINED_S = 0.8
TURN_S = (0.3, 1.2)
INTERVIEWER_LESS_DB = (0, 6)


@dataclass(frozen=True)
class Case:
    """One file.

    Parameters
    ----------
    name, way
        Which close, and how it was recorded.
    file
        WAV or what the recording came as.
    text
        What is said, without fillers; empty where nobody knows.
    fillers
        (start, end, name), seconds. For real recordings times are unknown and zero.
    pauses
        (start, end), seconds.
    speech
        Where the first word begins and the last ends, seconds.
    turns
        (start, end, speaker), seconds; the candidate is speaker 1.
    kind
        "known", "joined", "conversation" or what a manifest says.
    speakers
        How many people speak.
    """

    name: str
    way: str
    file: Path
    text: str = ""
    fillers: tuple[tuple[float, float, str], ...] = ()
    pauses: tuple[tuple[float, float], ...] = ()
    speech: tuple[float, float] = (0.0, 0.0)
    turns: tuple[tuple[float, float, int], ...] = ()
    kind: str = "known"
    speakers: int = 1


@dataclass(frozen=True)
class Close:
    """A close of `audio/` with its sound [float64, shape=(n,)]."""

    known: dict[str, Any]
    sound: NDArray[np.float64]

    def case(self, way: str, file: Path) -> Case:
        """What is known of it."""
        return Case(
            self.known["name"],
            way,
            file,
            self.known["text"],
            tuple((start, end, name) for start, end, name in self.known["fillers"]),
            tuple((start, end) for start, end in self.known["pauses"]),
            tuple(self.known["speech"]),
        )


def closes() -> list[Close]:
    """All of `audio/`."""
    found = []
    for line in (HERE / "audio" / "known.jsonl").read_text("utf-8").splitlines():
        known = json.loads(line)
        blocks = SoundFile(HERE / "audio" / f"{known['name']}.opus").blocks()
        sound = np.concatenate([block.samples for block in blocks]).astype(np.float64)
        found.append(Close(known, sound))
    return found


def every_way(scratch: Path, every: list[Close]) -> Iterator[Case]:
    """Each close in each of `WAYS`."""
    for number, close in enumerate(every):
        for way in WAYS:
            chance = np.random.default_rng([number, WAYS.index(way)])
            file = written(
                scratch / f"{close.known['name']}-{way}.wav", treated(close.sound, chance, way)
            )
            yield close.case(way, file)


def joined(scratch: Path, every: list[Close]) -> Iterator[Case]:
    """Closes of one voice one after the other, in both orders.

    What is early in one is late in the other, so that the same fillers are compared.
    """
    by_voice: dict[str, list[Close]] = {}
    for close in every:
        by_voice.setdefault(close.known["voice"], []).append(close)
    for voice, group in sorted(by_voice.items()):
        for name, order in ((voice, group), (f"{voice}-backwards", group[::-1])):
            yield after_another(scratch / f"{name}.wav", name, order)


def after_another(file: Path, name: str, group: list[Close]) -> Case:
    """Closes in one recording."""
    whole, at_s, fillers = [], 0.0, []
    for close in group:
        fillers += [
            (start + at_s, end + at_s, sound) for start, end, sound in close.known["fillers"]
        ]
        whole += [close.sound, np.zeros(int(JOINED_S * SAMPLE_RATE))]
        at_s += len(close.sound) / SAMPLE_RATE + JOINED_S
    written(file, np.concatenate(whole).astype(np.float32))
    return Case(name, "clean", file, fillers=tuple(fillers), kind="joined")


def conversations(scratch: Path, every: list[Close]) -> Iterator[Case]:
    """Each close with what another voice says between its sentences, in each of `WAYS`."""
    for number, close in enumerate(every):
        chance = np.random.default_rng([number, 2])
        other = next(
            each
            for each in every[number + 1 :] + every[:number]
            if each.known["voice"] != close.known["voice"]
        )
        sound, turns = between(close, other, chance)
        for way in WAYS:
            again = np.random.default_rng([number, WAYS.index(way), 3])
            name = f"{close.known['name']}+{other.known['name']}"
            file = written(scratch / f"{name}-{way}.wav", treated(sound, again, way))
            yield Case(name, way, file, turns=turns, kind="conversation", speakers=2)


def between(
    close: Close, other: Close, chance: np.random.Generator
) -> tuple[NDArray[np.float64], tuple[tuple[float, float, int], ...]]:
    """Sentences of another before, between and after those of a close: sound and turns."""
    mine, theirs = parts(close), parts(other)
    mine_s = sum(len(part) for part in mine)
    after = {0, len(mine), int(chance.integers(1, len(mine) + 1))}
    quieter = 10 ** (-chance.uniform(*INTERVIEWER_LESS_DB) / 20)
    sound, turns, at, said = [np.zeros(SAMPLE_RATE // 2)], [], SAMPLE_RATE // 2, 0

    def say(part: NDArray[np.float64], speaker: int) -> None:
        nonlocal at
        gap = np.zeros(int(chance.uniform(*TURN_S) * SAMPLE_RATE))
        turns.append((at / SAMPLE_RATE, (at + len(part)) / SAMPLE_RATE, speaker))
        sound.extend([part, gap])
        at += len(part) + len(gap)

    for place in range(len(mine) + 1):
        if place in after and theirs and said + len(theirs[0]) < 0.8 * mine_s:
            said += len(theirs[0])
            say(theirs.pop(0) * quieter, 2)
        if place < len(mine):
            say(mine[place], 1)
    return np.concatenate(sound), tuple(turns)


def parts(close: Close) -> list[NDArray[np.float64]]:
    """The sentences of a close: what lies between its gaps."""
    begin, end = close.known["speech"]
    edges = [begin, *(at for gap in close.known["gaps"] for at in gap), end]
    return [
        close.sound[int(first * SAMPLE_RATE) : int(last * SAMPLE_RATE)]
        for first, last in zip(edges[::2], edges[1::2], strict=True)
    ]


def real(folder: Path) -> list[Case]:
    """The recordings of a folder with a manifest.jsonl: times of fillers are not known."""
    found = []
    for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        counted = {
            name: count for name, count in (entry.get("fillers") or {}).items() if name in FILLERS
        }
        found.append(
            Case(
                entry["id"],
                "real",
                folder / entry["audio"],
                entry.get("transcript") or "",
                tuple((0.0, 0.0, name) for name, count in counted.items() for _ in range(count)),
                kind=entry["kind"],
                speakers=entry["speakers"],
            )
        )
    return found


def written(file: Path, samples: NDArray[np.float32]) -> Path:
    """Write a sound as 16-bit WAV."""
    soundfile.write(file, samples, SAMPLE_RATE, subtype="PCM_16")
    return file
