"""Speak a few words of thanks in sixteen voices: the files beside this.

    python tests/data/thanks/make.py --model kokoro.int8.onnx --voices voices.npz

`samples/MAKING.md` says where the synthesiser comes from.
"""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2] / "samples"))

from synthesis import at_peak, encode, load_voice  # noqa: E402

TEXTS = (
    "Thank you.",
    "Thank you so much for your time.",
    "Thanks a lot.",
    "Well, thank you both.",
)
SPEEDS = (0.85, 1.0, 1.15)
VOICES = (
    *("af_heart", "am_michael", "bf_emma", "bm_george", "hf_alpha", "hm_omega", "zf_xiaobei"),
    *("zm_yunxi", "em_alex", "ff_siwis", "if_sara", "pm_alex", "jf_alpha", "am_adam"),
    *("bf_isabella", "bm_lewis"),
)
GARBLED = {("zf_xiaobei", 0), ("zm_yunxi", 3)}
"""Left out: `base` writes "3, 2, 1." and "Well, send you balls.", however loud they are played."""


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--model", type=Path, required=True)
    options.add_argument("--voices", type=Path, required=True)
    chosen = options.parse_args()
    kokoro = load_voice(chosen.model, chosen.voices)
    for first, voice in enumerate(VOICES):
        for number, text in enumerate(TEXTS):
            if (first + number) % 2 or (voice, number) in GARBLED:
                continue
            lang = "en-gb" if voice[0] == "b" else "en-us"
            sound, _ = kokoro.create(text, voice, speed=SPEEDS[(first + number) % 3], lang=lang)
            path = HERE / f"{voice}-{number}.opus"
            encode(at_peak(sound, -3.0), path, rate_hz=16000, bits_per_s=32000)


if __name__ == "__main__":
    main()
