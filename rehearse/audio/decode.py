"""A file of sound, decoded with PyAV block by block.

Nothing here ever holds the whole sound: two hours take no more memory than one
minute.  Every way in which FFmpeg refuses a file becomes a `SoundError`.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.audio.mixing import Mixer
from rehearse.audio.refusals import EXPORT_AGAIN, refused, unreadable
from rehearse.audio.stated import stated_length
from rehearse.errors import RangeError, SoundError
from rehearse.recording import SAMPLE_RATE, Recording
from rehearse.timecode import clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from rehearse.recording import Samples

BLOCK_S: Final = 1.0
"""Seconds in the blocks that come out; the last one is shorter."""

PATIENCE_S: Final = 20.0
"""How long FFmpeg may take for one second of sound before a file is given up.

Ours: ordinary files decode some hundred times faster than they play.
"""

NOTICED_S: Final = 0.5
MOST_LOST: Final = 0.5
"""Damage from this length on is told, and above this share of a file refuses it. Ours:
an MP3 often begins with a frame or two that refer to what is not there."""

CUT_OFF_S: Final = 1.0
CUT_OFF_SHARE: Final = 0.03
"""A file that ends this much before the length it states is cut off. Ours:
encoders' padding stays below a tenth of a second."""

RATES_HZ: Final = (4_000, 768_000)
"""What a header may state as samples a second. Ours: telephones have 8000. A damaged
header that states 1 would make an hour of sound out of every 3600 samples."""


class SoundFile:
    """The first audio track of a file.

    Parameters
    ----------
    path
        Any container that FFmpeg reads.
    from_s, to_s
        Which part to decode, in seconds from its start; `to_s` None is its end.

    Raises
    ------
    SoundError
        From `blocks`, where the file cannot be decoded.
    RangeError
        From `blocks`, where `from_s` lies past the end.
    """

    def __init__(self, path: Path, *, from_s: float = 0.0, to_s: float | None = None) -> None:
        self.path = path
        self.from_s = from_s
        self.to_s = to_s
        self.notes: list[str] = []
        self.stated_s: float | None = None
        self.decoded_s = 0.0
        """Seconds of the source that were decoded so far, from its start."""
        self.lost_s = 0.0
        """How many of them are silence in place of what is damaged."""

    @property
    def name(self) -> str:
        """The name of the file, without its folder."""
        return self.path.name

    @property
    def part(self) -> bool:
        """Whether a part was picked."""
        return self.from_s > 0 or self.to_s is not None

    def blocks(self) -> Iterator[Recording]:
        """Decode, resample and mix down, a second at a time."""
        first = round(self.from_s * SAMPLE_RATE)
        last = None if self.to_s is None else round(self.to_s * SAMPLE_RATE)
        position = 0
        for samples in self._decoded():
            start, end = position, position + len(samples)
            position = end
            self.decoded_s = position / SAMPLE_RATE
            kept = samples[max(0, first - start) : None if last is None else max(0, last - start)]
            if len(kept):
                yield Recording(kept, max(start, first) / SAMPLE_RATE)
            if last is not None and end >= last:
                break
        else:
            self._check_end(position)
        self._check_damage()

    def _check_damage(self) -> None:
        if self.lost_s < NOTICED_S:
            return
        if self.lost_s > MOST_LOST * self.decoded_s:
            raise SoundError(
                f"{self.path.name} is damaged: {clock(self.lost_s)} of {clock(self.decoded_s)} "
                "cannot be decoded.",
                hint="Copy or export it again.",
            )
        self.notes.append(
            f"{self.path.name} is damaged: {max(1, round(self.lost_s))} s of it could not be "
            "decoded, and count as silence."
        )

    def _check_end(self, position: int) -> None:
        if position == 0 or self.lost_s >= self.decoded_s:
            raise SoundError(
                f"{self.path.name} holds no sound: its audio track is empty.",
                hint="Record it again, or export it as WAV, MP3 or M4A.",
            )
        stated = self.stated_s
        if stated is not None and stated - self.decoded_s > max(CUT_OFF_S, CUT_OFF_SHARE * stated):
            there = math.floor(self.decoded_s)
            rest = f", or analyze what is there with --to {clock(there)}"
            raise SoundError(
                f"{self.path.name} is cut off: it should be {clock(stated)} long, and only "
                f"{clock(self.decoded_s)} can be read.",
                hint=f"Copy or export it again{rest if there > self.from_s else ''}.",
            )
        if self.from_s >= self.decoded_s:
            raise RangeError(
                f"--from {clock(self.from_s)} lies past the end of {self.path.name}, "
                f"which is {clock(self.decoded_s)} long.",
                hint="Give a time inside the recording.",
            )

    def _decoded(self) -> Iterator[Samples]:
        """The whole track from its start, mono, in blocks of `BLOCK_S`."""
        import av

        with (
            refused(self.path),
            av.open(str(self.path), metadata_errors="ignore") as opened,
        ):
            self._look_at(opened)
            mixer = Mixer(self.path.name)
            rate = _Resampler()
            deadline = _Deadline(self.path)
            for frame in _frames(opened, opened.streams.audio[0], deadline):
                if isinstance(frame, _Gap):
                    self.lost_s += frame.seconds
                    mixer.take(frame.silence())
                    continue
                for planes in rate.resample(frame):
                    mixer.take(planes)
                while (block := mixer.give(round(BLOCK_S * SAMPLE_RATE))) is not None:
                    yield block
                    # What was done with the block may have taken minutes; only FFmpeg is timed.
                    deadline.extend()
            for planes in rate.resample(None):
                mixer.take(planes)
        if len(rest := mixer.rest()):
            yield rest

    def _look_at(self, opened: Any) -> None:
        tracks = opened.streams.audio
        if not tracks:
            what = "a video without sound" if opened.streams.video else "a file without sound"
            raise SoundError(
                f"{self.path.name} is {what}: it has no audio track.",
                hint="Check that the microphone was on, or choose another file.",
            )
        if len(tracks) > 1:
            self.notes.append(
                f"{self.path.name} has {len(tracks)} audio tracks; only the first was analysed."
            )
        if tracks[0].codec_context is None:
            raise unreadable(self.path, "its sound is coded in an unknown way", EXPORT_AGAIN)
        rate = tracks[0].rate
        if rate and not RATES_HZ[0] <= rate <= RATES_HZ[1]:
            raise unreadable(self.path, f"it states {rate} samples a second", EXPORT_AGAIN)
        self.stated_s = stated_length(opened, self.path)


@dataclass(frozen=True, slots=True)
class _Gap:
    """A packet that could not be decoded: silence in its place keeps later times right."""

    seconds: float

    @classmethod
    def of(cls, packet: Any) -> _Gap:
        if packet.duration is None or packet.time_base is None:
            return cls(0.0)
        return cls(max(0.0, min(BLOCK_S, float(packet.duration * packet.time_base))))

    def silence(self) -> Samples:
        import numpy as np

        return np.zeros((1, round(self.seconds * SAMPLE_RATE)), dtype=np.float32)


class _Deadline:
    """A file that yields nothing for too long is given up."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.extend()

    def extend(self) -> None:
        self._until = time.monotonic() + PATIENCE_S

    def check(self) -> None:
        if time.monotonic() > self._until:
            raise SoundError(
                f"{self._path.name} cannot be decoded: no sound came of it in "
                f"{PATIENCE_S:.0f} seconds.",
                hint=EXPORT_AGAIN,
            )


class _Resampler:
    """To planar float32 at `SAMPLE_RATE`, also where the track changes its shape."""

    def __init__(self) -> None:
        self._shape: tuple[object, ...] | None = None
        self._inner: Any = None

    def resample(self, frame: Any) -> list[Samples]:
        """Planes of float32 [shape=(channels, n)]; None for `frame` flushes."""
        import av

        done: list[Samples] = []
        if frame is not None:
            shape = (frame.format.name, frame.layout.name, frame.sample_rate)
            if shape != self._shape:
                if self._inner is not None:
                    done += [f.to_ndarray() for f in self._inner.resample(None)]
                layout = frame.layout.name if frame.layout.nb_channels <= 2 else "stereo"
                self._inner = av.AudioResampler(format="fltp", layout=layout, rate=SAMPLE_RATE)
                self._shape = shape
            frame.pts = None
        elif self._inner is None:
            return done
        return done + [f.to_ndarray() for f in self._inner.resample(frame)]


def _frames(opened: Any, track: Any, deadline: _Deadline) -> Iterator[Any]:
    """Decode `track`, with a `_Gap` for each packet that is damaged.

    Half a second of damage in a minute of speech is no reason to refuse it.
    Decoders report damage under many numbers, "not permitted" among them.
    """
    import av

    track.thread_type = "AUTO"
    packets = opened.demux(track)
    while True:
        deadline.check()
        try:
            packet = next(packets)
        except IndexError:
            # A track that begins in the middle of the file, which PyAV does not know.
            packets = opened.demux(track)
            continue
        except (StopIteration, av.error.FFmpegError):
            return
        try:
            frames = packet.decode()
        except av.error.EOFError:
            continue
        except av.error.FFmpegError:
            yield _Gap.of(packet)
            continue
        for frame in frames:
            if RATES_HZ[0] <= frame.sample_rate <= RATES_HZ[1]:
                yield frame
