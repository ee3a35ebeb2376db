"""A file of sound, decoded with PyAV block by block.

Nothing here ever holds the whole sound: two hours take no more memory than one
minute.  Every way in which FFmpeg refuses a file becomes a `SoundError`.
"""

from __future__ import annotations

import math
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rehearse.audio.containers import CODERS, contained
from rehearse.audio.mixing import Mixer
from rehearse.audio.refusals import EXPORT_AGAIN, refused, silent, too_long, unreadable
from rehearse.audio.stated import stated_length
from rehearse.audio.track import RATES_HZ, Gap, Resampler, frames
from rehearse.errors import RangeError, SoundError
from rehearse.recording import SAMPLE_RATE, Recording
from rehearse.timecode import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any, BinaryIO

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


class SoundFile:
    """The first audio track of a file.

    Parameters
    ----------
    path
        Of any container in `CONTAINERS`, whatever its suffix.
    from_s, to_s
        Which part to decode, in seconds from its start; `to_s` None is its end.
    longest_s
        Seconds of that part at the most; None sets no limit.
    file
        The file itself, where it is open already: `path` is then no more than its name.
    progress
        Is told after each second of the source, from its start, how many were decoded.

    Raises
    ------
    SoundError
        From `blocks`, where the file cannot be decoded, or the part is too long.
    RangeError
        From `blocks`, where `from_s` lies past the end.
    """

    def __init__(
        self,
        path: Path,
        *,
        from_s: float = 0.0,
        to_s: float | None = None,
        longest_s: float | None = None,
        file: BinaryIO | None = None,
        progress: Callable[[float], None] = lambda _: None,
    ) -> None:
        self.path = path
        self.from_s = from_s
        self.to_s = to_s
        self._longest_s = math.inf if longest_s is None else longest_s
        self._file = file
        self._progress = progress
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
            self._progress(self.decoded_s)
            self._check_length(self.decoded_s)
            kept = samples[max(0, first - start) : None if last is None else max(0, last - start)]
            if len(kept):
                yield Recording(kept, max(start, first) / SAMPLE_RATE)
            if last is not None and end >= last:
                break
        else:
            self._check_end(position)
        self._check_damage()

    def _check_length(self, end_s: float) -> None:
        if min(end_s, math.inf if self.to_s is None else self.to_s) - self.from_s > self._longest_s:
            raise too_long(self.name, self._longest_s, part=self.part)

    def _check_damage(self) -> None:
        if self.lost_s < NOTICED_S:
            return
        if self.lost_s > MOST_LOST * self.decoded_s:
            raise SoundError(
                f"{self.name} is damaged: {clock(self.lost_s)} of {clock(self.decoded_s)} "
                "cannot be decoded.",
                hint="Copy or export it again.",
            )
        self.notes.append(
            f"{self.name} is damaged: {max(1, round(self.lost_s))} s of it could not be "
            "decoded, and count as silence."
        )

    def _check_end(self, position: int) -> None:
        if position == 0 or self.lost_s >= self.decoded_s:
            raise SoundError(
                f"{self.name} holds no sound: its audio track is empty.",
                hint="Record it again, or export it as WAV, MP3 or M4A.",
            )
        stated = self.stated_s
        if stated is not None and stated - self.decoded_s > max(CUT_OFF_S, CUT_OFF_SHARE * stated):
            there = math.floor(self.decoded_s)
            rest = f", or analyze what is there with --to {clock(there)}"
            raise SoundError(
                f"{self.name} is cut off: it should be {clock(stated)} long, and only "
                f"{clock(self.decoded_s)} can be read.",
                hint=f"Copy or export it again{rest if there > self.from_s else ''}.",
            )
        if self.from_s >= self.decoded_s:
            raise RangeError(
                f"--from {clock(self.from_s)} lies past the end of {self.name}, "
                f"which is {clock(self.decoded_s)} long.",
                hint="Give a time inside the recording.",
            )

    def _decoded(self) -> Iterator[Samples]:
        """The whole track from its start, mono, in blocks of `BLOCK_S`."""
        with refused(self.name), self._opened() as file, contained(file) as opened:
            self._look_at(opened, file)
            mixer = Mixer(self.name)
            rate = Resampler()
            deadline = _Deadline(self.name)
            for frame in frames(opened, opened.streams.audio[0], deadline.check):
                if isinstance(frame, Gap):
                    self.lost_s += frame.seconds
                    mixer.take(frame.silence())
                else:
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

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        if self._file is not None:
            self._file.seek(0)
            yield self._file
            return
        with self.path.open("rb") as file:
            yield file

    def _look_at(self, opened: Any, file: BinaryIO) -> None:
        tracks = opened.streams.audio
        if not tracks:
            what = "a video without sound" if opened.streams.video else "a file without sound"
            raise SoundError(
                f"{self.name} is {what}: it has no audio track.",
                hint="Check that the microphone was on, or choose another file.",
            )
        if len(tracks) > 1:
            self.notes.append(
                f"{self.name} has {len(tracks)} audio tracks; only the first was analysed."
            )
        coder = tracks[0].codec_context
        if coder is None or coder.name not in CODERS:
            raise unreadable(self.name, "its sound is coded in an unknown way", EXPORT_AGAIN)
        rate = tracks[0].rate
        if rate and not RATES_HZ[0] <= rate <= RATES_HZ[1]:
            raise unreadable(self.name, f"it states {rate} samples a second", EXPORT_AGAIN)
        self.stated_s = stated_length(opened, file)
        if self.stated_s is not None:
            self._check_length(self.stated_s)


class _Deadline:
    """A file that yields nothing for too long is given up."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.extend()

    def extend(self) -> None:
        self._until = time.monotonic() + PATIENCE_S

    def check(self) -> None:
        if time.monotonic() > self._until:
            raise silent(self._name, PATIENCE_S)
