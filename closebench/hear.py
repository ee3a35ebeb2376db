"""Pass a part of the training split through a voice and the recogniser: `train/heard.jsonl`.

What a recogniser makes of speech is not what a typist leaves out: it hears other words,
and puts its full stops elsewhere.  A seeded draw of items is spoken by espeak-ng (a
program that must be installed; many voices, none of them natural, so that errors are
plenty), made noisy, transcribed as `rehearse analyze` does it, and the labels are carried
over to the words that were heard.

    python closebench/hear.py
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from rehearse.audio.decode import SoundFile
from rehearse.errors import InputError
from rehearse.models import Models
from rehearse.pipeline import analyze

HERE = Path(__file__).resolve().parent
TRAIN = HERE / "train"
OUT = TRAIN / "heard.jsonl"

COUNT = 320
LONGEST_WORDS = 110
SEED = 7

LEAST_HEARD = 0.7
"""Items of which a smaller share of the words was recognised are left out: what they still
say is anybody's guess, and so would their labels be."""
LANGS = ("en-us", "en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-029")
VARIANTS = ("", "+f2", "+f3", "+f4", "+m2", "+m3", "+m5", "+m7")
LINES = ("cheesy", "cheesy_borderline", "arrogant", "hedging")
FACETS = ("next_steps", "business_card", "follow_up", "quantified", "reminder")
STEPS = ("interest", "fit", "concerns", "thanks")


def main() -> None:
    """Speak, hear, label, write."""
    models = Models("base")
    models.engine()
    models.language()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for item in chosen():
            heard = words_of(item, Path(folder) / "said.wav", models)
            if recognised(item["text"], heard) >= LEAST_HEARD:
                rows.append(json.dumps(relabelled(item, heard), ensure_ascii=False) + "\n")
            sys.stderr.write(f"\r{len(rows)}")
    OUT.write_text("".join(rows), "utf-8")


def chosen() -> list[dict[str, Any]]:
    """A seeded draw of items that are written to be said."""
    items = [
        json.loads(line)
        for path in sorted(TRAIN.glob("*.jsonl"))
        if path != OUT
        for line in path.read_text("utf-8").splitlines()
    ]
    said = [
        item
        for item in items
        if "asr" not in item["tags"] and len(item["text"].split()) <= LONGEST_WORDS
    ]
    return sorted(random.Random(SEED).sample(said, COUNT), key=lambda item: item["id"])


def words_of(item: dict[str, Any], path: Path, models: Models) -> str:
    """What the program hears of it; nothing where it hears no speech."""
    chance = random.Random(item["id"])
    voice = chance.choice(LANGS) + chance.choice(VARIANTS)
    settings = ["-v", voice, "-s", str(chance.randint(130, 185)), "-p", str(chance.randint(35, 65))]
    subprocess.run(
        ["espeak-ng", *settings, "-w", str(path), item["text"]], check=True, capture_output=True
    )
    sound, rate = soundfile.read(path, dtype="float32")
    noise = np.random.default_rng(chance.getrandbits(32)).standard_normal(len(sound))
    level = 10 ** (-chance.uniform(8, 30) / 20) * np.sqrt(np.mean(sound**2))
    soundfile.write(path, (sound + level * noise).astype(np.float32), rate)
    try:
        return analyze(SoundFile(path), models.engine, models.language).transcript.text
    except InputError:
        return ""  # too noisy to be heard at all


def recognised(said: str, heard: str) -> float:
    """The share of the words said that were heard, in their order, in [0, 1]."""
    first, second = ([plain(word) for word in text.split()] for text in (said, heard))
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(first)


def relabelled(item: dict[str, Any], heard: str) -> dict[str, Any]:
    """The item with the words that were heard, each sentence where it was heard."""
    sentences, begin = [], 0
    for sentence, stop in zip(item["sentences"], ends(item, heard), strict=True):
        words = heard[begin:stop].strip()
        if words:
            start = heard.index(words, begin)
            sentences.append({**sentence, "start": start, "end": start + len(words)})
            begin = start + len(words)
    labels = {label for sentence in sentences for label in sentence["labels"]}
    made = {
        "id": f"heard-{item['id']}",
        "register": item["register"],
        "text": heard,
        "steps": [step for step in STEPS if step in labels],
    }
    for line in LINES:
        made[line] = [
            heard[each["start"] : each["end"]] for each in sentences if line in each["labels"]
        ]
    made["facets"] = [facet for facet in FACETS if facet in labels]
    made["tags"] = [*item["tags"], "asr", "heard"]
    return {**made, "sentences": sentences, "pair": item.get("pair", item["id"])}


def ends(item: dict[str, Any], heard: str) -> list[int]:
    """Where in `heard` each sentence ends: after its last word that was recognised."""
    was = [
        (plain(word), number)
        for number, each in enumerate(item["sentences"])
        for word in item["text"][each["start"] : each["end"]].split()
    ]
    places, at = [], 0
    for word in heard.split():
        at = heard.index(word, at) + len(word)
        places.append(at)
    match = SequenceMatcher(
        None, [word for word, _ in was], [plain(word) for word in heard.split()], autojunk=False
    )
    found, last = [0] * len(item["sentences"]), 0
    for _, old, old_end, new, new_end in match.get_opcodes():
        for step in range(new_end - new):
            # Words heard otherwise stand for those in their place, in order.
            said = old + step * (old_end - old) // (new_end - new)
            last = max(last, was[min(said, len(was) - 1)][1])
            found[last] = places[new + step]
    for number in range(1, len(found)):
        found[number] = max(found[number], found[number - 1])
    found[-1] = len(heard)
    return found


def plain(word: str) -> str:
    """A word without its case and its marks."""
    return "".join(letter for letter in word.lower() if letter.isalnum())


if __name__ == "__main__":
    main()
