"""Make the samples: speak the scripts, treat the sound, encode, list the files.

`recipe.toml` says how each sample is spoken; `NAME.txt` holds its words. The
packages needed are in `requirements-make.txt`, and `MAKING.md` says where the
weights come from. Nothing in `rehearse` imports this file.

    python make.py --model kokoro.int8.onnx --voices voices.npz
"""

import argparse
import hashlib
import json
import re
import tomllib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import onnxruntime
from kokoro_onnx import Kokoro
from numpy.typing import NDArray
from scipy.signal import butter, resample_poly, sosfilt

Sound = NDArray[np.float32]

HERE = Path(__file__).parent
STEPS = ("interest", "fit", "concerns", "thanks")
VOICE_RATE_HZ = 24000
CHUNK_CHARACTERS = 220
CHUNK_GAP_S = 0.45
LEAD_S, TAIL_S = 0.4, 0.7
PEAK_DBFS = -3.0
LAPTOP_PEAK_DBFS = -26.0
LAPTOP_SNR_DB = 11.0
CODECS = {
    ".wav": "pcm_s16le",
    ".flac": "flac",
    ".mp3": "libmp3lame",
    ".m4a": "aac",
    ".mp4": "aac",
    ".ogg": "libopus",
    ".opus": "libopus",
    ".webm": "libopus",
}
LOSSLESS = ("pcm_s16le", "flac")


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


# -- words to speech


def load_voice(model: Path, voices: Path) -> Kokoro:
    """Load the synthesiser on one thread, so that a run repeats exactly."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    return Kokoro.from_session(session, str(voices))


def chunks(text: str, pauses: Sequence[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """Cut a script into pieces to speak, each with the silence that follows it."""
    rest = text
    for words, seconds in pauses:
        before, found, rest = rest.partition(words)
        if not found:
            raise ValueError(f"The script does not say {words!r} at or after this point.")
        *early, last = packed(before + words)
        yield from ((piece, CHUNK_GAP_S) for piece in early)
        yield last, seconds
    yield from ((piece, CHUNK_GAP_S) for piece in packed(rest))


def packed(text: str) -> list[str]:
    """Join sentences into pieces that the synthesiser speaks in one breath."""
    pieces: list[str] = []
    for sentence in re.split(r"(?<=[.?!।])\s+", text.strip()):
        if pieces and len(pieces[-1]) + len(sentence) < CHUNK_CHARACTERS:
            pieces[-1] += " " + sentence
        else:
            pieces.append(sentence)
    return [piece for piece in pieces if piece]


def speak(
    voice: Kokoro,
    text: str,
    *,
    name: str,
    lang: str,
    speed: float = 1.0,
    pauses: Sequence[tuple[str, float]] = (),
) -> Sound:
    """Speak a script at `VOICE_RATE_HZ`, with exact zeros between its pieces."""
    parts = [silence(LEAD_S)]
    for piece, gap_s in chunks(text, pauses):
        sound, _ = voice.create(piece, name, speed=speed, lang=lang)
        parts += [faded(sound), silence(gap_s)]
    return np.concatenate([*parts[:-1], silence(TAIL_S)])


def silence(seconds: float) -> Sound:
    """Exact zeros."""
    return np.zeros(round(seconds * VOICE_RATE_HZ), np.float32)


def faded(sound: Sound, *, fade_s: float = 0.008) -> Sound:
    """Soften both ends of a piece, so that the joins do not click."""
    ramp = np.linspace(0, 1, round(fade_s * VOICE_RATE_HZ), dtype=np.float32)
    result = sound.astype(np.float32)
    result[: len(ramp)] *= ramp
    result[-len(ramp) :] *= ramp[::-1]
    return result


# -- speech to a recording


def level_dbfs(sound: Sound) -> float:
    """Measure the level of the louder 20 ms frames: the speech, not the gaps."""
    frames = sound[: len(sound) // 480 * 480].reshape(-1, 480)
    energy = (frames.astype(np.float64) ** 2).mean(axis=1)
    return float(10 * np.log10(energy[energy > energy.max() * 1e-3].mean()))


def at_peak(sound: Sound, dbfs: float) -> Sound:
    """Scale a sound so that its largest sample lies at `dbfs`."""
    return sound * np.float32(10 ** (dbfs / 20) / np.abs(sound).max())


def at_level(sound: Sound, dbfs: float) -> Sound:
    """Scale a steady sound so that its mean power lies at `dbfs`."""
    return sound * np.float32(10 ** (dbfs / 20) / np.sqrt((sound.astype(np.float64) ** 2).mean()))


def band(sound: Sound, low_hz: float, high_hz: float, *, order: int = 2) -> Sound:
    """Keep what lies between two frequencies."""
    filters = butter(order, (low_hz, high_hz), "bandpass", fs=VOICE_RATE_HZ, output="sos")
    return sosfilt(filters, sound).astype(np.float32)


def room_noise(length: int, random: np.random.Generator) -> Sound:
    """The hiss of an empty room: noise that falls off towards the treble."""
    white = random.standard_normal(length).astype(np.float32)
    return band(white, 40, 900, order=1) + np.float32(0.05) * white


def fan_noise(length: int, random: np.random.Generator) -> Sound:
    """A fan: a low rush with the hum of its blades, slowly swelling."""
    time_s = np.arange(length) / VOICE_RATE_HZ
    swell = 1 + 0.15 * np.sin(2 * np.pi * 0.31 * time_s)
    hum = sum(np.sin(2 * np.pi * 117 * n * time_s) / n**1.5 for n in range(1, 9))
    rush = band(random.standard_normal(length).astype(np.float32), 90, 2200, order=1)
    return (at_level(rush, 0) * swell + 0.35 * hum).astype(np.float32)


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


# -- a recording to a file


def encode(sound: Sound, path: Path, *, rate_hz: int, picture: bool = False) -> None:
    """Write a mono file in the container and codec its ending stands for."""
    codec = CODECS[path.suffix]
    samples = np.clip(resample_poly(sound, rate_hz, VOICE_RATE_HZ), -1, 1).astype(np.float32)
    with av.open(str(path), "w", options={"fflags": "+bitexact"}) as container:
        audio = container.add_stream(codec, rate=rate_hz, layout="mono")
        audio.codec_context.flags |= av.codec.context.Flags.bitexact
        if codec not in LOSSLESS:
            audio.bit_rate = 64000
        if picture:
            draw(container, seconds=len(sound) / VOICE_RATE_HZ)
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="flt", layout="mono")
        frame.sample_rate = rate_hz
        container.mux(audio.encode(frame))
        container.mux(audio.encode(None))


def draw(container: av.container.OutputContainer, *, seconds: float, fps: int = 4) -> None:
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


def duration_s(path: Path) -> float:
    """Measure the sound in a file by decoding it."""
    with av.open(str(path)) as container:
        rate_hz = container.streams.audio[0].rate
        return sum(frame.samples for frame in container.decode(audio=0)) / rate_hz


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
    encode(sound, HERE / recipe.file, rate_hz=recipe.rate_hz, picture=recipe.picture)


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
