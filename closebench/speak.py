"""Speak a part of the test split: the recordings of `closebench/spoken/` and its items.

A seeded draw of items, one synthetic voice each, some of them in a room, with a fan, or
over a telephone line. What is written as a recogniser would write it is left out: it was
never meant to be read aloud. `samples/MAKING.md` says where the voices come from.

    python closebench/speak.py --model kokoro.int8.onnx --voices voices.npz
"""

import argparse
import json
import random
import sys
import zlib
from multiprocessing import get_context
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "samples"))

from synthesis import (  # noqa: E402
    Sound,
    at_level,
    at_peak,
    encode,
    fan_noise,
    in_a_room,
    level_dbfs,
    load_voice,
    over_the_phone,
    room_noise,
    speak,
)

FOLDER = HERE / "spoken"
COUNT = 150
LONGEST_WORDS = 130
SEED = 20
RATE_HZ, BITS_PER_S = 16000, 20000
PEAK_DBFS, ROOM_DBFS = -4.0, -62.0

TREATMENTS = ("clean",) * 8 + ("fan",) * 4 + ("room",) * 4 + ("phone",) * 4
SPEEDS = (0.9, 1.0, 1.0, 1.1, 1.2)

VOICES = {
    "en-us": (
        *("af_heart", "af_bella", "af_nicole", "af_nova", "af_sarah", "af_sky", "af_aoede"),
        *("am_adam", "am_echo", "am_eric", "am_fenrir", "am_liam", "am_michael", "am_onyx"),
        # Speakers of Hindi, Spanish, French, Italian, Portuguese, Japanese and Mandarin.
        *("hf_alpha", "hm_omega", "hm_psi", "ef_dora", "em_alex", "ff_siwis", "if_sara"),
        *("im_nicola", "pf_dora", "pm_alex", "jf_alpha", "jm_kumo", "zf_xiaoxiao", "zm_yunxi"),
    ),
    "en-gb": (
        *("bf_alice", "bf_emma", "bf_isabella", "bf_lily"),
        *("bm_daniel", "bm_fable", "bm_george", "bm_lewis"),
    ),
}


def chosen() -> list[dict]:
    """The items that are spoken: a seeded draw of those that were written to be said."""
    lines = (HERE / "test.jsonl").read_text("utf-8").splitlines()
    items = [item for item in map(json.loads, lines) if spoken(item)]
    return sorted(random.Random(SEED).sample(items, COUNT), key=lambda item: item["id"])


def spoken(item: dict) -> bool:
    """Whether it is written as people speak, and not longer than a close is."""
    rough = {"asr", "mistranscription"} & set(item["tags"])
    return not rough and len(item["text"].split()) <= LONGEST_WORDS


def entry(item: dict) -> dict:
    """The item as it stands in the list of recordings."""
    chance = random.Random(zlib.crc32(item["id"].encode()))
    lang = "en-gb" if chance.random() < 0.25 else "en-us"
    made = {
        "voice": f"synthetic: kokoro {chance.choice(VOICES[lang])}, {lang}",
        "speed": chance.choice(SPEEDS),
        "recorded": chance.choice(TREATMENTS),
    }
    rest = {key: value for key, value in item.items() if key not in {"id", "text"}}
    return {"id": item["id"], "audio": f"{item['id']}.opus", "said": item["text"], **rest, **made}


def make(task: tuple[dict, Path, Path]) -> str:
    """Speak and write one recording."""
    item, model, voices = task
    path = FOLDER / item["audio"]
    if not path.exists():
        name, lang = item["voice"].removeprefix("synthetic: kokoro ").split(", ")
        voice = load_voice(model, voices)
        sound = speak(voice, item["said"], name=name, lang=lang, speed=item["speed"])
        noise = np.random.default_rng(zlib.crc32(path.name.encode()))
        encode(
            treated(sound, item["recorded"], noise), path, rate_hz=RATE_HZ, bits_per_s=BITS_PER_S
        )
    return path.name


def treated(speech: Sound, how: str, noise: np.random.Generator) -> Sound:
    """Put the speech where it was recorded."""
    speech = at_peak(speech, PEAK_DBFS)
    if how == "fan":
        loud = level_dbfs(speech) - noise.uniform(10, 20)
        return at_peak(speech + at_level(fan_noise(len(speech), noise), loud), PEAK_DBFS)
    if how == "phone":
        return over_the_phone(speech)
    if how == "room":
        speech = at_peak(in_a_room(speech, noise), PEAK_DBFS)
    return speech + at_level(room_noise(len(speech), noise), ROOM_DBFS)


def main() -> None:
    """Make the recordings that are not there yet, and list all of them."""
    parser = argparse.ArgumentParser(description="Speak a part of the test split.")
    parser.add_argument("--model", type=Path, required=True, help="the Kokoro ONNX file")
    parser.add_argument("--voices", type=Path, required=True, help="the .npz of its voices")
    arguments = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    entries = [entry(item) for item in chosen()]
    with get_context("spawn").Pool(2) as pool:
        tasks = [(item, arguments.model, arguments.voices) for item in entries]
        for name in pool.imap(make, tasks):
            print(name, flush=True)
    rows = (json.dumps(item, ensure_ascii=False) + "\n" for item in entries)
    (FOLDER / "items.jsonl").write_text("".join(rows), "utf-8")


if __name__ == "__main__":
    main()
