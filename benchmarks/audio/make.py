"""Speak the closes of `make bench`, with filler sounds and pauses whose places are known.

    python benchmarks/audio/make.py --model kokoro.int8.onnx --voices voices.npz

Runs with what `samples/MAKING.md` names.  The texts are of the test split of CloseBench, the
voices those that nothing was trained on.  A filler is said as people say one, mostly where
a clause begins, mostly with a pause after it; some run into the next word.  Sentences are
spoken one by one and joined with silence of a known length.  Writes `NAME.opus` and a line
in `known.jsonl` for each: `gaps` are the silences between sentences, `pauses` those and the
synthesiser's own beside a filler or a comma.
"""

import argparse
import json
import random
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.signal import butter, sosfiltfilt

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[1]
sys.path[:0] = [str(TOP), str(TOP / "samples"), str(TOP / "models" / "fillers")]

from speaking import HELD_OUT, timed  # noqa: E402
from synthesis import VOICE_RATE_HZ, at_peak, encode, faded, silence  # noqa: E402

from rehearse.transcript import filler_sound  # noqa: E402

COUNT, SEED = 36, 11
WORDS = (45, 90)
FILLERS = (0, 2, 3, 4, 5, 6, 8)
RUN_ON = 0.25
"""Share of fillers that run into the next word."""

GAPS_S = (0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.3, 1.8, 2.5)
SPEEDS = (0.85, 0.95, 1.0, 1.05, 1.15, 1.25)
LEAD_S, TAIL_S = 0.5, 0.6
RATE_HZ, BITS_PER_S = 16000, 32000
LEAST_PAUSE_S = 0.25
SILENT_DB = -45.0
"""Below the loudest 10 ms of a close: the synthesiser's own silence at the edge of a sentence."""
AUDIBLE_HZ = 60.0
"""The synthesiser leaves a rumble near 15 Hz after some sentences, which nobody hears."""

SOUNDS = {
    "um": ("ˈʌm", "ˈʌːm", "ˈəːm"),
    "uh": ("ˈʌː", "ˈʌ", "ˈəː"),
    "er": ("ˈɜː",),
    "erm": ("ˈɜːm",),
    "ah": ("ˈɑː",),
    "hm": ("hˈʌm",),
}
WEIGHTS = {"um": 45, "uh": 35, "er": 6, "erm": 6, "ah": 4, "hm": 4}
OPENERS = frozenset(
    ["and", "but", "so", "because", "i", "if", "when", "which", "that", "for", "the"]
)


@dataclass(slots=True)
class Piece:
    """A sentence to speak: its phonemes, and where in them the fillers stand."""

    phonemes: str
    fillers: list[tuple[int, int, str]]


def main():
    """Speak them all."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--model", type=Path, required=True)
    options.add_argument("--voices", type=Path, required=True)
    chosen = options.parse_args()
    choice = random.Random(SEED)
    kokoro = timed(chosen.model, chosen.voices)
    items = texts()
    choice.shuffle(items)
    voices = sorted(HELD_OUT)
    with (HERE / "known.jsonl").open("w", encoding="utf-8") as listing:
        for number, (name, text) in enumerate(items[:COUNT]):
            voice = voices[number % len(voices)]
            known = speak(kokoro, text, voice, choice, HERE / f"{name}.opus")
            listing.write(json.dumps({"name": name, "voice": voice, "text": text, **known}) + "\n")
            print(name, voice, known["length_s"], len(known["fillers"]), flush=True)


def texts():
    """Closes that read aloud well."""
    found = []
    for line in (TOP / "closebench" / "test.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        text = " ".join(item["text"].split())
        written = text.endswith((".", "?", "!")) and text[:1].isupper()
        plain = text.isascii() and not any(map(filler_sound, text.split()))
        if written and WORDS[0] <= len(text.split()) <= WORDS[1] and plain:
            found.append((item["id"], text))
    return found


def speak(kokoro, text, voice, choice, path):
    """Speak one close into a file; give what is known of it."""
    accent = "en-gb" if voice[0] == "b" else "en-us"
    speed = choice.choice(SPEEDS)
    pieces = with_fillers(kokoro, sentences(text), accent, choice)
    parts, at_s, fillers, edges = [silence(LEAD_S)], LEAD_S, [], []
    for piece in pieces:
        sound, _, times = kokoro.create_timed(
            piece.phonemes, voice, speed, accent, is_phonemes=True
        )
        known = np.cumsum([0, *(each in kokoro.tokenizer.vocab for each in piece.phonemes)])
        for first, last, name in piece.fillers:
            begin, end = times[known[first]].start, times[known[last] - 1].end
            fillers.append([round(at_s + begin, 3), round(at_s + end, 3), name])
        edges.append((at_s, at_s + len(sound) / VOICE_RATE_HZ))
        gap_s = choice.choice(GAPS_S)
        parts += [faded(sound), silence(gap_s)]
        at_s = edges[-1][1] + gap_s
    parts[-1] = silence(TAIL_S)
    close = at_peak(np.concatenate(parts), -3.0)
    encode(close, path, rate_hz=RATE_HZ, bits_per_s=BITS_PER_S)
    silent = measured(close)
    speech = [reach(silent, 0.1)[1], reach(silent, len(silent) / 100 - 0.1)[0]]
    gaps = [reach(silent, (before[1] + after[0]) / 2) for before, after in pairwise(edges)]
    return {
        "speed": speed,
        "length_s": round(len(close) / VOICE_RATE_HZ, 2),
        "words": len(text.split()),
        "speech": speech,
        "fillers": fillers,
        "gaps": gaps,
        "pauses": list(pauses_in(silent, *speech)),
    }


def sentences(text):
    """A text cut after each end mark."""
    found, begun = [], []
    for word in text.split():
        begun.append(word)
        if word[-1] in ".?!":
            found.append(begun)
            begun = []
    return [*found, begun] if begun else found


def with_fillers(kokoro, cut, accent, choice):
    """Put filler sounds into sentences, mostly where a clause begins."""
    places = [(s, w) for s, words in enumerate(cut) for w in range(len(words))]
    likely = [
        (s, w)
        for s, w in places
        if w == 0 or cut[s][w - 1][-1] in ",;:" or cut[s][w].lower() in OPENERS
    ]
    wanted = min(choice.choice(FILLERS), len(places) // 6)
    chosen = set(choice.sample(likely, min(len(likely), round(wanted * 0.75))))
    chosen |= set(choice.sample(places, wanted - min(len(chosen), wanted)))
    return [piece(kokoro, words, s, chosen, accent, choice) for s, words in enumerate(cut)]


def piece(kokoro, words, number, chosen, accent, choice):
    """The phonemes of one sentence."""
    made, waiting = Piece("", []), []
    for place, word in enumerate([*words, None]):
        if waiting and (word is None or (number, place) in chosen):
            said = kokoro.tokenizer.phonemize(" ".join(waiting), accent).strip()
            made.phonemes = f"{made.phonemes} {said}".strip()
            waiting = []
        if word is None:
            break
        if (number, place) in chosen:
            if made.phonemes:
                made.phonemes += " " if made.phonemes[-1] in ",;:" else ", "
            name = choice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            sound = choice.choice(SOUNDS[name])
            first = len(made.phonemes)
            made.fillers.append((first, first + len(sound), name))
            made.phonemes += sound + ("" if choice.random() < RUN_ON else ",")
        waiting.append(word)
    return made


def measured(close):
    """For each 10 ms whether it is silent."""
    step = VOICE_RATE_HZ // 100
    close = sosfiltfilt(butter(2, AUDIBLE_HZ, "highpass", fs=VOICE_RATE_HZ, output="sos"), close)
    power = (close[: len(close) // step * step].reshape(-1, step).astype(np.float64) ** 2).mean(1)
    levels = 10 * np.log10(power + 1e-12)
    return levels < levels.max() + SILENT_DB


def pauses_in(silent, first_s, last_s):
    """Every silence that lasts, from one time to another."""
    at = first_s
    while at < last_s:
        first, last = reach(silent, at)
        if last - first >= LEAST_PAUSE_S and first > max(first_s, at - 0.005):
            yield [first, last]
        at = max(last, at + 0.01)


def reach(silent, at_s):
    """Where the silence around a time begins and ends."""
    first = last = round(at_s * 100)
    while first > 0 and silent[first - 1]:
        first -= 1
    while last < len(silent) and silent[last]:
        last += 1
    return [round(first / 100, 2), round(last / 100, 2)]


if __name__ == "__main__":
    main()
