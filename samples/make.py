"""Make the samples: speak the scripts, treat the sound, encode, list the files.

`recipe.toml` says how each sample is spoken; `NAME.txt` holds its words. The
packages needed are in `requirements-make.txt`, and `MAKING.md` says where the
weights come from. Nothing in `rehearse` imports this file.

    python make.py --model kokoro.int8.onnx --voices voices.npz
"""

import argparse
import hashlib
import json
import tomllib
import zlib
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from kokoro_onnx import Kokoro
from synthesis import (
    Sound,
    at_level,
    at_peak,
    band,
    duration_s,
    encode,
    fan_noise,
    level_dbfs,
    load_voice,
    room_noise,
    speak,
)

HERE = Path(__file__).parent
STEPS = ("interest", "fit", "concerns", "thanks")
PEAK_DBFS = -3.0
LAPTOP_PEAK_DBFS = -26.0
LAPTOP_SNR_DB = 11.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one sample is spoken and recorded: a row of `recipe.toml`."""

    name: str
    file: str
    summary: str
    voice: str
    lang: str
    steps: tuple[str, ...]
    rate_hz: int
    speed: float = 1.0
    expects: tuple[str, ...] = ()
    pauses: tuple[tuple[str, float], ...] = ()
    room_dbfs: float = -66.0
    recorded: str = "close"
    picture: bool = False

    @property
    def lacks(self) -> tuple[str, ...]:
        """The steps that the sample leaves out."""
        return tuple(step for step in STEPS if step not in self.steps)


def read_recipes(path: Path) -> tuple[Recipe, ...]:
    """Read the table of samples."""
    rows = tomllib.loads(path.read_text("utf-8"))["sample"]
    return tuple(Recipe(**{key: _frozen(value) for key, value in row.items()}) for row in rows)


def _frozen(value: object) -> object:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


# -- speech to a recording


def recorded(speech: Sound, recipe: Recipe) -> Sound:
    """Put the speech into a room and in front of a microphone."""
    random = np.random.default_rng(zlib.crc32(recipe.name.encode()))
    if recipe.recorded == "close":
        room = at_level(room_noise(len(speech), random), recipe.room_dbfs)
        return at_peak(speech, PEAK_DBFS) + room
    if recipe.recorded == "laptop":
        narrow = band(speech, 220, 5200)
        fan = band(fan_noise(len(speech), random), 120, 5200)
        return at_peak(narrow + at_level(fan, level_dbfs(narrow) - LAPTOP_SNR_DB), LAPTOP_PEAK_DBFS)
    raise ValueError(f"No treatment is called {recipe.recorded!r}.")


def draw(container: av.container.OutputContainer, seconds: float, *, fps: int = 4) -> None:
    """Add a small picture track: a head and shoulders that sway a little."""
    video = container.add_stream("mpeg4", rate=fps)
    video.codec_context.flags |= av.codec.context.Flags.bitexact
    video.width, video.height, video.pix_fmt, video.bit_rate = 320, 180, "yuv420p", 40000
    y, x = np.mgrid[:180, :320]
    for number in range(round(seconds * fps)):
        middle = 160 + 4 * np.sin(number / 3)
        image = np.full((180, 320, 3), (196, 208, 214), np.uint8)
        image[((x - 160) / 78) ** 2 + ((y - 185) / 68) ** 2 < 1] = (62, 84, 112)
        image[((x - middle) / 30) ** 2 + ((y - 82) / 38) ** 2 < 1] = (214, 172, 142)
        container.mux(video.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
    container.mux(video.encode(None))


# -- the list of files


def entry(recipe: Recipe) -> str:
    """Describe one finished sample as a table of `manifest.toml`."""
    path = HERE / recipe.file
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    fields = {
        "name": recipe.name,
        "summary": recipe.summary,
        "licence": "CC0-1.0",
        "voice": f"synthetic: kokoro {recipe.voice}, {recipe.lang}",
        "says": f"{recipe.name}.txt",
        "steps": list(recipe.steps),
        "lacks": list(recipe.lacks),
        "expects": list(recipe.expects),
        "duration_s": round(duration_s(path), 2),
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    file = f'{{ path = "{recipe.file}", size = {len(content)}, sha256 = "{digest}" }}'
    return "\n".join(["[[asset]]", *lines, f"files = [{file}]", ""])


def make(voice: Kokoro, recipe: Recipe) -> None:
    """Make one sample."""
    text = (HERE / f"{recipe.name}.txt").read_text("utf-8").strip()
    speech = speak(
        voice,
        text,
        name=recipe.voice,
        lang=recipe.lang,
        speed=recipe.speed,
        pauses=recipe.pauses,
    )
    sound = recorded(speech, recipe)
    picture = draw if recipe.picture else None
    encode(sound, HERE / recipe.file, rate_hz=recipe.rate_hz, picture=picture)


def main() -> None:
    """Make the samples that were asked for, then list them all."""
    parser = argparse.ArgumentParser(description="Make the samples.")
    parser.add_argument("--model", type=Path, required=True, help="the Kokoro ONNX file")
    parser.add_argument("--voices", type=Path, required=True, help="the .npz of its voices")
    parser.add_argument("--only", nargs="*", default=[], help="names; all when left out")
    arguments = parser.parse_args()
    recipes = read_recipes(HERE / "recipe.toml")
    voice = load_voice(arguments.model, arguments.voices)
    for recipe in recipes:
        if not arguments.only or recipe.name in arguments.only:
            print(recipe.file, flush=True)
            make(voice, recipe)
    head = "# Written by make.py; edit recipe.toml and run it again.\n\n"
    (HERE / "manifest.toml").write_text(head + "\n".join(map(entry, recipes)), "utf-8")


if __name__ == "__main__":
    main()
