"""A stream of sound, cut into clips of speech at pauses.

One causal rule for a file and for a microphone: what has come so far decides,
so that a clip of a live take is complete as soon as the pause that ends it has
been heard.  The lengths were chosen by measuring word error and time together;
docs/measurements.md has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.audio.envelope import Envelope
from rehearse.audio.frames import FRAME, FRAME_S, levels_dbfs
from rehearse.audio.voice import VoiceActivity
from rehearse.recording import SAMPLE_RATE, Recording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from rehearse.recording import Samples

ON: Final = 0.5
OFF: Final = 0.35
"""Speech begins at `ON` and ends below `OFF`: Silero's own defaults."""


@dataclass(frozen=True, slots=True)
class CutRule:
    """When a clip is complete.

    Parameters
    ----------
    pauses
        Pairs of (clip length, pause) in seconds: a clip at least so long ends at
        a pause at least so long.
    longest_s
        A clip that finds no such pause ends here, at the best place in its
        second half. Whisper's window holds 30 s.
    margin_s
        Sound kept before the first and after the last speech of a clip.
    """

    pauses: tuple[tuple[float, float], ...] = ((10.0, 0.3), (7.0, 0.6), (5.0, 2.0), (0.0, 4.0))
    longest_s: float = 18.0
    margin_s: float = 0.45


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A stretch of sound with speech in it, cut at pauses.

    Parameters
    ----------
    recording
        At most `CutRule.longest_s` of sound.
    voice
        float32 [shape=(frames,)], in [0, 1]: how sure the network is of speech
        in each 32 ms from the start of `recording`.
    """

    recording: Recording
    voice: NDArray[np.float32]

    def frame_at(self, at_s: float) -> int:
        """Which frame a time of the source lies in, the first for what is before the clip."""
        return max(0, int((at_s - self.recording.start_s) / FRAME_S))

    def levels_dbfs(self) -> NDArray[np.float64]:
        """Root mean square of each frame: float64 [shape=(frames,)], in [-120, 0]."""
        import numpy as np

        sound, length = self.recording.samples, len(self.voice) * FRAME
        sound = np.pad(sound[:length], (0, max(0, length - len(sound))))
        return levels_dbfs(sound.reshape(-1, FRAME))

    @property
    def speech_s(self) -> float:
        """Seconds of speech, by `ON`."""
        return float((self.voice >= ON).sum()) * FRAME_S


class Cutter:
    """Cuts blocks into clips as they arrive.

    Parameters
    ----------
    rule
        When a clip is complete.
    """

    def __init__(self, rule: CutRule = CutRule()) -> None:
        import numpy as np

        self.rule = rule
        self._activity = VoiceActivity()
        self._sound: Samples = np.zeros(0, dtype=np.float32)
        self._voice: list[float] = []
        self._first = 0
        """Frame number of the first frame that is still kept."""
        self._offset_s: float | None = None
        self._begin: int | None = None
        self._samples = 0
        self._speaking = False
        self._last_speech = 0
        self.envelope = Envelope()
        """How loud everything so far is, a little late."""
        self.voiced_frames: list[bool] = []
        """For every frame so far, whether somebody speaks in it."""

    def feed(self, block: Recording) -> Iterator[Clip]:
        """Take the next block and give the clips that it completes."""
        import numpy as np

        if self._offset_s is None:
            self._offset_s = block.start_s
        self._samples += len(block.samples)
        self.envelope.feed(block.samples)
        self._sound = np.concatenate([self._sound, block.samples])
        for probability in self._activity.feed(block.samples):
            yield from self._step(float(probability))

    def finish(self) -> Iterator[Clip]:
        """Give what is left when the sound has ended."""
        self.envelope.finish()
        for probability in self._activity.finish():
            yield from self._step(float(probability))
        if self._begin is not None:
            yield self._close(min(self._now, self._last_speech + self._margin))

    def end_clip(self) -> Iterator[Clip]:
        """Give the clip that is open, since somebody else's turn begins; the stream goes on."""
        if self._begin is not None:
            yield self._close(min(self._now, self._last_speech + self._margin))

    def open_clip(self) -> Clip | None:
        """The clip that `finish` would give if the sound ended now; nothing is cut."""
        if self._begin is None:
            return None
        return self._between(self._begin, min(self._now, self._last_speech + self._margin))

    @property
    def duration_s(self) -> float:
        """Seconds of sound taken in so far."""
        return self._samples / SAMPLE_RATE

    @property
    def spoken_s(self) -> float:
        """When the last speech so far ended, in seconds of the source; where none was, 0."""
        return (self._offset_s or 0.0) + self._last_speech * FRAME_S

    @property
    def pause_s(self) -> float:
        """Seconds since then, by whole frames."""
        return (self._now - self._last_speech) * FRAME_S

    @property
    def settled(self) -> bool:
        """Whether the pause since then is so long that the clip, if it ends here, ends so."""
        return self._now - self._last_speech >= self._margin

    @property
    def _now(self) -> int:
        return self._first + len(self._voice)

    @property
    def _margin(self) -> int:
        return round(self.rule.margin_s / FRAME_S)

    def _step(self, probability: float) -> Iterator[Clip]:
        self._voice.append(probability)
        threshold = OFF if self._speaking else ON
        self._speaking = probability >= threshold
        self.voiced_frames.append(self._speaking)
        now = self._now
        if self._speaking:
            self._last_speech = now
            if self._begin is None:
                self._begin = max(self._first, now - 1 - self._margin)
        if self._begin is None:
            self._forget(now - self._margin - 1)
            return
        length_s = (now - self._begin) * FRAME_S
        pause_s = (now - self._last_speech) * FRAME_S
        if any(length_s >= least and pause_s >= pause for least, pause in self.rule.pauses):
            yield self._close(min(now, self._last_speech + self._margin))
        elif length_s >= self.rule.longest_s:
            yield self._close(self._best_cut())

    def _best_cut(self) -> int:
        """Where a clip without a pause is least likely to be inside a word."""
        import numpy as np

        if self._begin is None:
            return self._now
        voice = np.asarray(self._voice[self._begin - self._first :])
        half = len(voice) // 2
        smooth = np.convolve(voice, np.ones(5) / 5, mode="same")
        return self._begin + half + int(smooth[half:-3].argmin()) + 1

    def _close(self, end: int) -> Clip:
        clip = self._between(self._begin if self._begin is not None else self._first, end)
        self._forget(end)
        self._begin = None
        if self._last_speech > end:
            self._begin = end
        return clip

    def _between(self, begin: int, end: int) -> Clip:
        import numpy as np

        low, high = begin - self._first, end - self._first
        return Clip(
            Recording(
                self._sound[low * FRAME : high * FRAME].copy(),
                (self._offset_s or 0.0) + begin * FRAME_S,
            ),
            np.asarray(self._voice[low:high], dtype=np.float32),
        )

    def _forget(self, frame: int) -> None:
        """Drop what lies before `frame`."""
        count = frame - self._first
        if count > 0:
            self._sound = self._sound[count * FRAME :]
            del self._voice[:count]
            self._first = frame


def cut(blocks: Iterable[Recording], cutter: Cutter | None = None) -> Iterator[Clip]:
    """Cut a whole stream into clips.

    The last one ends with the sound; a stream in which nobody speaks gives none.
    """
    cutter = cutter or Cutter()
    for block in blocks:
        yield from cutter.feed(block)
    yield from cutter.finish()


def halves(clip: Clip) -> tuple[Clip, Clip]:
    """Cut a clip in two, in the middle of the longest pause that is not at its edge."""
    import numpy as np

    count = len(clip.voice)
    edge = count // 5
    quiet = clip.voice < OFF
    quiet[:edge] = quiet[count - edge :] = False
    bounds = np.flatnonzero(np.diff(np.r_[False, quiet, False].astype(np.int8)))
    starts, ends = bounds[::2], bounds[1::2]
    longest = int(np.argmax(ends - starts)) if len(starts) else None
    at = count // 2 if longest is None else int(starts[longest] + ends[longest]) // 2
    return part(clip, 0, at), part(clip, at, count)


def part(clip: Clip, begin: int, end: int) -> Clip:
    """Take the frames of a clip from `begin` until before `end`."""
    last = None if end >= len(clip.voice) else end * FRAME
    return Clip(
        Recording(
            clip.recording.samples[begin * FRAME : last],
            clip.recording.start_s + begin * FRAME_S,
        ),
        clip.voice[begin:end],
    )
