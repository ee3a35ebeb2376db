"""Damaged files from a seed: file number 17 is the same file on every machine.

Run as a program it decodes the numbers that come on standard input, one a line,
and writes one line of JSON for each, so that a crash of native code ends this
program and not the tests.
"""

from __future__ import annotations

import json
import math
import random
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from rehearse.audio.decode import SoundFile
from rehearse.errors import RehearseError

SEED = 20_261
SAMPLES = Path(__file__).resolve().parents[2] / "samples"

RECORDINGS = (
    "strong-close.wav",
    "missing-interest.mp3",
    "missing-fit.m4a",
    "missing-concerns.ogg",
    "missing-thanks.webm",
    "cheesy.mp4",
    "rambling.flac",
    "thin-close.opus",
)

REMADE = {
    "adts.aac": "aac",
    "sound.mka": "flac",
    "film.mov": "aac",
    "film.avi": "libmp3lame",
    "sound.aiff": "pcm_s16be",
    "sound.wma": "wmav2",
    "phone.amr": "amr_nb",
    "phone.3gp": "aac",
    "sound.caf": "pcm_s16le",
    "film.ts": "mp2",
    "alac.m4a": "alac",
    "sound.au": "pcm_mulaw",
}
"""Containers that no sample comes in, filled with a few seconds of one."""

EXCERPT_S = 6.0


@cache
def original(number: int) -> tuple[str, bytes]:
    """The name and the bytes of the sound file that damaged file `number` comes from."""
    names = (*RECORDINGS, *RECORDINGS, *REMADE)
    name = names[number % len(names)]
    if name in REMADE:
        return name, _remade(name)
    return name, (SAMPLES / name).read_bytes()


@cache
def _remade(name: str) -> bytes:
    from tests.audio.sounds import write

    sound = SoundFile(SAMPLES / "strong-close.wav", to_s=EXCERPT_S)
    mono = np.concatenate([block.samples for block in sound.blocks()])
    rate = 8_000 if name.endswith(".amr") else 16_000
    bit_rate = {"sound.wma": 32_000, "phone.amr": 12_200}.get(name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        excerpt = mono[:: 16_000 // rate]
        write(path, excerpt, codec=REMADE[name], rate=rate, bit_rate=bit_rate)
        return path.read_bytes()


def flip_bits(raw: bytearray, draw: random.Random) -> None:
    """Some bits the other way round, anywhere."""
    for _ in range(draw.choice((1, 8, 64, 512, 4096))):
        raw[draw.randrange(len(raw))] ^= 1 << draw.randrange(8)


def truncate(raw: bytearray, draw: random.Random) -> None:
    """The end missing."""
    del raw[draw.choice((draw.randrange(64), draw.randrange(4096), draw.randrange(len(raw)))) :]


def behead(raw: bytearray, draw: random.Random) -> None:
    """The beginning missing."""
    del raw[: draw.choice((1, draw.randrange(64), draw.randrange(4096), draw.randrange(len(raw))))]


def swap_blocks(raw: bytearray, draw: random.Random) -> None:
    """Two blocks in each other's place, as a failing disk hands them out."""
    for _ in range(draw.randint(1, 8)):
        size = draw.choice((16, 512, 4096))
        if len(raw) > 2 * size:
            one, other = draw.randrange(len(raw) - size), draw.randrange(len(raw) - size)
            raw[one : one + size], raw[other : other + size] = (
                raw[other : other + size],
                raw[one : one + size],
            )


def damage_header(raw: bytearray, draw: random.Random) -> None:
    """Random bytes among the first few hundred."""
    reach = min(len(raw), draw.choice((32, 64, 256, 1024)))
    for _ in range(draw.randint(1, 24)):
        raw[draw.randrange(reach)] = draw.randrange(256)


def absurd_numbers(raw: bytearray, draw: random.Random) -> None:
    """Lengths, rates and counts that cannot be: the extremes of 16, 32 and 64 bits."""
    reach = min(len(raw), draw.choice((64, 1024, len(raw))))
    extremes = (0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 2**31 - 1, 2**31, 2**32 - 1, 2**63, 2**64 - 1)
    for _ in range(draw.randint(1, 6)):
        width = draw.choice((2, 4, 8))
        value = draw.choice(extremes) % (1 << 8 * width)
        at = draw.randrange(reach)
        raw[at : at + width] = value.to_bytes(width, draw.choice(("little", "big")))


def damage_index(raw: bytearray, draw: random.Random) -> None:
    """Random bytes among the last few hundred, where MP4 and others keep their tables."""
    reach = min(len(raw), draw.choice((64, 1024, 8192)))
    for _ in range(draw.randint(1, 64)):
        raw[-1 - draw.randrange(reach)] = draw.randrange(256)


def overwrite(raw: bytearray, draw: random.Random) -> None:
    """A stretch of random bytes, zeros or ones, up to all of it but the beginning."""
    start = draw.choice((0, 12, 44, draw.randrange(len(raw))))
    size = min(len(raw) - start, draw.choice((64, 4096, 65_536, len(raw))))
    kind = draw.randrange(3)
    raw[start : start + size] = draw.randbytes(size) if kind == 0 else bytes([kind * 0x7F]) * size


def repeat(raw: bytearray, draw: random.Random) -> None:
    """A stretch twice over, or taken out, so that all that follows lies elsewhere."""
    start = draw.randrange(len(raw))
    piece = raw[start : start + draw.choice((1, 3, 1000, 20_000))]
    if draw.random() < 0.5:
        raw[start:start] = piece
    else:
        del raw[start : start + len(piece)]


def graft(raw: bytearray, draw: random.Random) -> None:
    """The beginning of this file and the rest of another kind."""
    _, other = original(draw.randrange(1000))
    cut = draw.choice((16, 64, 512, draw.randrange(len(raw))))
    raw[cut:] = other[draw.choice((0, cut, len(other) // 2)) :]


def nothing_but_noise(raw: bytearray, draw: random.Random) -> None:
    """Random bytes, behind the file's own first few or behind nothing."""
    keep = draw.choice((0, 4, 12, 64))
    raw[keep:] = draw.randbytes(draw.choice((1, 100, 10_000, 300_000)))


DAMAGES = (
    flip_bits,
    truncate,
    behead,
    swap_blocks,
    damage_header,
    absurd_numbers,
    damage_index,
    overwrite,
    repeat,
    graft,
    nothing_but_noise,
)


def damaged(number: int) -> tuple[str, bytes]:
    """A name that tells what was done, and the bytes."""
    draw = random.Random(SEED * 1_000_003 + number)
    name, whole = original(number)
    raw = bytearray(whole)
    kinds = [DAMAGES[number // 28 % len(DAMAGES)]]
    if draw.random() < 0.2:
        kinds.append(draw.choice(DAMAGES))
    for kind in kinds:
        if raw:
            kind(raw, draw)
    what = "+".join(kind.__name__ for kind in kinds)
    return f"{number:05}-{what}-{name}", bytes(raw)


def outcome(path: Path) -> dict[str, Any]:
    """Decode a file whole: what came of it and how long that took."""
    began = time.monotonic()
    told: dict[str, Any] = {"name": path.name, "seconds_of_sound": 0.0, "fault": None}
    try:
        for block in SoundFile(path).blocks():
            samples = block.samples
            told["seconds_of_sound"] += block.duration_s
            if samples.dtype != np.float32 or samples.ndim != 1 or not len(samples):
                told["fault"] = f"a block of {samples.dtype} {samples.shape}"
            elif not math.isfinite(peak := float(np.abs(samples).max())) or peak > 1:
                told["fault"] = f"a block that reaches {peak}"
        told["result"] = "sound"
    except RehearseError as error:
        told["result"] = type(error).__name__
        told["message"] = error.message
        if not error.message or not error.hint or "\n" in error.message + error.hint:
            told["fault"] = "an error without its two lines"
    except Exception as error:  # whatever it is, it is what the tests look for
        told["result"] = type(error).__name__
        told["fault"] = f"{type(error).__name__}: {error}"
    told["took_s"] = time.monotonic() - began
    return told


def main() -> None:
    """Decode the numbers on standard input."""
    with tempfile.TemporaryDirectory() as folder:
        for line in sys.stdin:
            name, raw = damaged(int(line))
            path = Path(folder) / name
            path.write_bytes(raw)
            print(json.dumps(outcome(path)), flush=True)
            path.unlink()


if __name__ == "__main__":
    main()
