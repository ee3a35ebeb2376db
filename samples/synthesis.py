"""From words to a recording, with a synthetic voice: what makes the samples and the spoken closes.

`MAKING.md` says where the weights come from. Nothing in `rehearse` imports this file.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import av
import numpy as np
import onnxruntime
from kokoro_onnx import Kokoro
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, resample_poly, sosfilt

Sound = NDArray[np.float32]

VOICE_RATE_HZ = 24000
CHUNK_CHARACTERS = 220
CHUNK_GAP_S = 0.45
LEAD_S, TAIL_S = 0.4, 0.7
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

PHONE_RATE_HZ = 8000
ROOM_DECAY_S = 0.4
"""How long a small meeting room takes to fall by 60 dB; furnished ones measure 0.3 to 0.6 s."""


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


def in_a_room(speech: Sound, random: np.random.Generator) -> Sound:
    """What a microphone on the table hears: the voice, a few reflections, a decaying tail."""
    length = round(ROOM_DECAY_S * VOICE_RATE_HZ)
    time_s = np.arange(length) / VOICE_RATE_HZ
    tail = random.standard_normal(length) * 10 ** (-3 * time_s / ROOM_DECAY_S)
    tail = sosfilt(butter(1, 5000, fs=VOICE_RATE_HZ, output="sos"), tail)
    tail *= 10 ** (-5 / 20) / np.sqrt((tail**2).sum())
    tail[0] = 1
    for delay_s in random.uniform(0.004, 0.03, 6):
        tail[round(delay_s * VOICE_RATE_HZ)] += random.uniform(-0.25, 0.25)
    return fftconvolve(speech, tail)[: len(speech)].astype(np.float32)


def over_the_phone(speech: Sound) -> Sound:
    """What a telephone line leaves: 300 to 3400 Hz, eight bits by the mu-law (ITU-T G.711)."""
    ratio = VOICE_RATE_HZ // PHONE_RATE_HZ
    line = resample_poly(speech, 1, ratio)
    filters = butter(4, (300, 3400), "bandpass", fs=PHONE_RATE_HZ, output="sos")
    line = at_peak(sosfilt(filters, line).astype(np.float32), -4)
    pressed = np.sign(line) * np.log1p(255 * np.abs(line)) / np.log(256)
    steps = np.round((pressed + 1) / 2 * 255) / 255 * 2 - 1
    opened = np.sign(steps) * (256 ** np.abs(steps) - 1) / 255
    return resample_poly(opened, ratio, 1).astype(np.float32)


# -- a recording to a file


def encode(
    sound: Sound,
    path: Path,
    *,
    rate_hz: int,
    bits_per_s: int = 64000,
    picture: Callable[[av.container.OutputContainer, float], None] | None = None,
) -> None:
    """Write a mono file in the container and codec its ending stands for.

    `picture` adds a track of its own to the container, of so many seconds.
    """
    codec = CODECS[path.suffix]
    samples = np.clip(resample_poly(sound, rate_hz, VOICE_RATE_HZ), -1, 1).astype(np.float32)
    with av.open(str(path), "w", options={"fflags": "+bitexact"}) as container:
        audio = container.add_stream(codec, rate=rate_hz, layout="mono")
        audio.codec_context.flags |= av.codec.context.Flags.bitexact
        if codec not in LOSSLESS:
            audio.bit_rate = bits_per_s
        if picture:
            picture(container, len(sound) / VOICE_RATE_HZ)
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="flt", layout="mono")
        frame.sample_rate = rate_hz
        container.mux(audio.encode(frame))
        container.mux(audio.encode(None))


def duration_s(path: Path) -> float:
    """Measure the sound in a file by decoding it."""
    with av.open(str(path)) as container:
        rate_hz = container.streams.audio[0].rate
        return sum(frame.samples for frame in container.decode(audio=0)) / rate_hz
