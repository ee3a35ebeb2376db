"""Speak closes with filler sounds whose places are known.

    python speaking.py OUT --model kokoro.int8.onnx --voices voices.npz [--held-out]

Runs with the packages and weights that `samples/MAKING.md` names.  The synthesiser says
how long each phoneme lasts, so that a filler's place is known exactly.  Writes `N.flac`
and a line in `spoken.jsonl` for each close: `id`, `voice`, `speed`, `text`, `events`, each
`[start_s, end_s, sound]`, and `words`, each `[start_s, end_s]`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import soundfile
import soxr
from kokoro_onnx import Kokoro

TOP = Path(__file__).parent.parent.parent
RATE_HZ = 16000

HELD_OUT = frozenset(
    [
        "af_sky",
        "am_onyx",
        "bf_lily",
        "bm_fable",
        "hf_beta",
        "zm_yunjian",
        "ef_dora",
        "im_nicola",
        "jm_kumo",
    ]
)
"""Voices that no weights are trained on: of each kind and accent one."""

CLOSES, HELD_OUT_CLOSES = 221, 80

SOUNDS = {
    "um": ("ˈʌm", "ˈʌːm", "ʌm", "əm", "ˈəːm", "ˈʌmː", "ˈɐm", "ˌʌːm"),
    "uh": ("ˈʌ", "ˈʌː", "ʌ", "ˈəː", "ˈɐː", "ˈɜ", "ˈɐ"),
    "er": ("ˈɜː", "ˈɜːɹ", "əː"),
    "erm": ("ˈɜːm", "ˈəːm"),
    "ah": ("ˈɑː", "ˈɑ"),
    "hm": ("hˈʌm", "hˈəm", "m̩ː", "hˈmː"),
}
WEIGHTS = {"um": 40, "uh": 36, "er": 7, "erm": 6, "ah": 4, "hm": 6}
"""How each may be said, and how often it is: about as in the meetings and interviews of
the shared recordings. Ours."""

COUNTS = (0, 1, 2, 3, 4, 5, 6, 8)
SPEEDS = (0.8, 0.9, 0.95, 1.0, 1.05, 1.1, 1.2, 1.3)
BRITISH = 0.15
"""Share of other voices that are given British phonemes; British voices always are."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Phonemes of a close, and where in them each filler stands."""

    phonemes: str
    fillers: tuple[tuple[int, int, str], ...]


def main() -> None:
    """Speak as many closes as the recipe has."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("out", type=Path)
    options.add_argument("--model", type=Path, required=True)
    options.add_argument("--voices", type=Path, required=True)
    options.add_argument("--held-out", action="store_true", help="with the voices held out")
    chosen = options.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    kokoro = timed(chosen.model, chosen.voices)
    choice = random.Random(2 if chosen.held_out else 1)
    closes = texts()
    choice.shuffle(closes)
    voices = sorted(v for v in kokoro.voices if (v in HELD_OUT) == chosen.held_out)
    with (chosen.out / "spoken.jsonl").open("w", encoding="utf-8") as listing:
        for number in range(HELD_OUT_CLOSES if chosen.held_out else CLOSES):
            row = speak(kokoro, closes[number], voices, choice, chosen.out / f"{number:04}.flac")
            listing.write(json.dumps({"id": number, **row}) + "\n")


def timed(model: Path, voices: Path) -> Kokoro:
    """The synthesiser with its phoneme durations as a second output."""
    network = onnx.load(model)
    network.graph.node.append(
        onnx.helper.make_node("Cast", ["/encoder/Clip_output_0"], ["duration"], to=7)
    )
    network.graph.output.append(
        onnx.helper.make_tensor_value_info("duration", onnx.TensorProto.INT64, None)
    )
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "timed.onnx"
        onnx.save(network, path)
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        # It wants to know a file that is there.
        return Kokoro.from_session(session, str(voices))


def texts() -> list[str]:
    """Written closes of the training folder that read aloud well."""
    found = []
    for path in sorted((TOP / "closebench" / "train").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            item = json.loads(line)
            short = 25 <= len(item["text"].split()) <= 75
            if short and "asr" not in item["tags"] and not re.search(r"\d", item["text"]):
                found.append(item["text"])
    return found


def speak(
    kokoro: Kokoro, text: str, voices: list[str], choice: random.Random, path: Path
) -> dict[str, Any]:
    """Speak one close into a file, and say where its fillers are."""
    voice, speed = choice.choice(voices), choice.choice(SPEEDS)
    accent = "en-gb" if voice[0] == "b" or choice.random() < BRITISH else "en-us"
    marked = with_fillers(kokoro, text, accent, choice)
    sound, rate_hz, timings = kokoro.create_timed(
        marked.phonemes,
        voice,
        speed,
        accent,
        is_phonemes=True,
        sentence_pause=choice.choice((0.15, 0.3, 0.5)),
        clause_pause=choice.choice((0.05, 0.1, 0.25)),
    )
    soundfile.write(path, soxr.resample(sound, rate_hz, RATE_HZ), RATE_HZ)
    # The synthesiser passes over characters that it does not know.
    known = np.cumsum([0, *(each in kokoro.tokenizer.vocab for each in marked.phonemes)])

    def times(a: int, b: int) -> list[float]:
        return [round(timings[known[a]].start, 3), round(timings[known[b] - 1].end, 3)]

    events = [[*times(a, b), name] for a, b, name in marked.fillers if known[b] > known[a]]
    starts = {a for a, _, _ in marked.fillers}
    words = [
        times(match.start(), match.end())
        for match in re.finditer(r"[^\s.,!?;:]+", marked.phonemes)
        if match.start() not in starts and known[match.end()] > known[match.start()]
    ]
    return {"voice": voice, "speed": speed, "text": text, "events": events, "words": words}


def with_fillers(kokoro: Kokoro, text: str, accent: str, choice: random.Random) -> Marked:
    """Put filler sounds between words, with and without pauses around them."""
    words = text.split()
    slots = choice.sample(range(len(words)), min(len(words), choice.choice(COUNTS)))
    phonemes, fillers, waiting = "", [], []
    for number, word in enumerate([*words, ""]):
        if (number in slots or number == len(words)) and waiting:
            said = kokoro.tokenizer.phonemize(" ".join(waiting), accent).strip()
            phonemes, waiting = f"{phonemes} {said}".strip(), []
        if number in slots:
            name = choice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            before = choice.choice((",", ",", "...", "", ""))
            if phonemes and phonemes[-1] not in ".,!?;:":
                phonemes += before
            phonemes += " " if phonemes else ""
            sound = choice.choice(SOUNDS[name])
            fillers.append((len(phonemes), len(phonemes) + len(sound), name))
            phonemes += sound + choice.choice((",", ",", "...", ""))
        waiting.append(word)
    return Marked(phonemes, tuple(fillers))


if __name__ == "__main__":
    main()
