"""Sounds with known properties, and files that hold them, made when a test asks.

A tone is not speech: what is about words uses the recordings in `samples/`.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import av
import numpy as np

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

RATE = 48_000


def sample(name: str) -> Path:
    """The recording `name` of `samples/`, whatever its container."""
    (path,) = (each for each in SAMPLES.glob(f"{name}.*") if each.suffix != ".txt")
    return path


def tone(hz: float = 440.0, seconds: float = 2.0, *, rate: int = RATE, level: float = 0.5) -> Any:
    """float32 [shape=(n,)], a sine."""
    time = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hz * time)).astype(np.float32)


def silence(seconds: float = 2.0, *, rate: int = RATE) -> Any:
    """float32 [shape=(n,)], all zero."""
    return np.zeros(round(seconds * rate), dtype=np.float32)


def noise(seconds: float = 2.0, *, rate: int = RATE, level: float = 0.1, seed: int = 1) -> Any:
    """float32 [shape=(n,)], white noise, the same for the same seed."""
    drawn = np.random.default_rng(seed).normal(0.0, level, round(seconds * rate))
    return np.clip(drawn, -1, 1).astype(np.float32)


def music(seconds: float = 12.0, *, rate: int = RATE) -> Any:
    """float32 [shape=(n,)], chords that change twice a second: tuneful, and nobody sings."""
    count = round(seconds * rate)
    time = np.arange(count) / rate
    chords = ((220, 277, 330), (196, 247, 294), (175, 220, 262), (165, 208, 247))
    number = (time * 2).astype(int) % len(chords)
    decay = np.exp(-3 * (time * 2 % 1))
    parts = [np.sin(2 * np.pi * np.asarray(chords)[number, voice] * time) for voice in range(3)]
    return (0.2 * decay * sum(parts)).astype(np.float32)


def opposite(mono: Any) -> Any:
    """float32 [shape=(2, n)], the sound and its mirror image: silent in the mean."""
    return np.stack([mono, -mono])


def write(
    path: Path,
    *tracks: Any,
    codec: str,
    rate: int = RATE,
    container: str | None = None,
    options: dict[str, str] | None = None,
    picture: bool = False,
    bit_rate: int | None = None,
) -> Path:
    """Encode float32 tracks, each [shape=(n,)] or [shape=(channels, n)], into one file.

    Parameters
    ----------
    container
        FFmpeg's name of it, where the suffix does not say.
    options
        Of the container.
    picture
        Whether there is a video track of one black second as well.
    """
    with av.open(str(path), "w", format=container, options=options or {}) as opened:
        streams = []
        if picture:
            video = opened.add_stream("mpeg4" if path.suffix != ".webm" else "vp8", rate=10)
            video.width = video.height = 64
            video.pix_fmt = "yuv420p"
        for track in tracks:
            planes = np.atleast_2d(track)
            layout = {1: "mono", 2: "stereo", 6: "5.1"}[len(planes)]
            stream = opened.add_stream(codec, rate=rate, layout=layout)
            if bit_rate is not None:
                stream.bit_rate = bit_rate
            streams.append((stream, planes, layout))
        if picture:
            for _ in range(10):
                black = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
                opened.mux(video.encode(black))
            opened.mux(video.encode(None))
        for stream, planes, layout in streams:
            _encode(opened, stream, planes, layout, rate)
    return path


def _encode(opened: Any, stream: Any, planes: Any, layout: str, rate: int) -> None:
    resampler = av.AudioResampler(
        format=stream.format.name,
        layout=stream.layout.name,
        rate=stream.rate,
        frame_size=stream.codec_context.frame_size or None,
    )
    for start in range(0, planes.shape[1], rate):
        second = np.ascontiguousarray(planes[:, start : start + rate], dtype=np.float32)
        frame = av.AudioFrame.from_ndarray(second, format="fltp", layout=layout)
        frame.sample_rate = rate
        frame.pts = start
        for ready in resampler.resample(frame):
            opened.mux(stream.encode(ready))
    for ready in resampler.resample(None):
        opened.mux(stream.encode(ready))
    opened.mux(stream.encode(None))


def wav(path: Path, *tracks: Any, rate: int = RATE) -> Path:
    """A 16-bit WAV file."""
    return write(path, *tracks, codec="pcm_s16le", rate=rate)


def float_wav(path: Path, planes: Any, *, rate: int = RATE) -> Path:
    """A 32-bit float WAV file with just these samples, numbers or not."""
    planes = np.atleast_2d(planes)
    body = np.ascontiguousarray(planes.T, dtype="<f4").tobytes()
    return _riff(path, body, kind=3, channels=len(planes), rate=rate, width=4)


def odd_wav(path: Path, *, rate: int, seconds_of_bytes: int = 60) -> Path:
    """A 16-bit WAV file whose header states this rate over a minute of ordinary sound."""
    body = b"\x10\x20" * (16_000 * seconds_of_bytes)
    return _riff(path, body, kind=1, channels=1, rate=rate, width=2)


def _riff(path: Path, body: bytes, *, kind: int, channels: int, rate: int, width: int) -> Path:
    frame = channels * width
    head = struct.pack(
        "<HHIIHH", kind, channels, rate, min(rate * frame, 2**32 - 1), frame, 8 * width
    )
    chunks = b"fmt " + struct.pack("<I", len(head)) + head
    chunks += b"data" + struct.pack("<I", len(body)) + body
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    return path


def webm_without_duration(path: Path, *tracks: Any) -> Path:
    """What a browser's recorder leaves: it cannot go back to write the length."""
    return write(path, *tracks, codec="libopus", options={"live": "1"})


def video_without_sound(path: Path) -> Path:
    """One second of black picture."""
    return write(path, codec="", picture=True)


def cut_short(path: Path, share: float, to: Path) -> Path:
    """The first part of a file's bytes, as a broken download leaves it."""
    whole = path.read_bytes()
    to.write_bytes(whole[: round(share * len(whole))])
    return to
