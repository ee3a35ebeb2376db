"""How loud a take is while it is spoken, and what is wrong with it while it can be mended."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.audio.clips import OFF, ON
from rehearse.audio.frames import FRAME, FRAME_S, SILENCE_DBFS, clipped, levels_dbfs
from rehearse.audio.voice import VoiceActivity

if TYPE_CHECKING:
    from typing import Literal

    from rehearse.recording import Samples

    Trouble = Literal["dead", "no voice", "quiet", "clipped"]

NEAR_S: Final = 2.5
"""Sound that is looked at for trouble: said so early, it can be mended."""

DEAD_DBFS: Final = -85.0
"""No microphone that is on gives less: its own noise lies 15 dB and more above. Ours."""

QUIET_DBFS: Final = -50.0
"""Speech below this is far too quiet."""

STAYS_DB: Final = 4.0
"""By so much it has to be louder before that is taken back: the line must not flicker. Ours."""

CLIPPED: Final = 0.02
"""Above this share of frames with a clipped peak the microphone is set too high. Ours."""

LEAST_SPEECH_S: Final = 0.5
"""Speech that tells how loud somebody speaks."""


@dataclass(frozen=True, slots=True)
class _Frame:
    level_dbfs: float
    speech: bool
    full: bool


class Meter:
    """Looks at a take as it comes; what it loads, it loads with the first of it."""

    def __init__(self) -> None:
        self.trouble: Trouble | None = None
        """What is wrong just now: nothing arrives, nobody speaks, too quietly, too loudly."""
        self._activity: VoiceActivity | None = None
        self._rest: Samples | None = None
        self._near: deque[_Frame] = deque(maxlen=round(NEAR_S / FRAME_S))
        self._speaking = False
        self._frames = 0
        self._first_speech: int | None = None
        self._last_speech = 0
        self._speech = 0

    def feed(self, samples: Samples) -> None:
        """Take the next samples: float32 [shape=(n,)], in [-1, 1]."""
        import numpy as np

        if self._activity is None:
            self._activity = VoiceActivity()
        probabilities = self._activity.feed(samples)
        waiting = samples if self._rest is None else np.concatenate([self._rest, samples])
        count = len(probabilities)
        frames = waiting[: count * FRAME].reshape(count, FRAME)
        self._rest = waiting[count * FRAME :]
        seen = zip(probabilities, levels_dbfs(frames), clipped(frames), strict=True)
        for probability, level, full in seen:
            self._frames += 1
            self._speaking = bool(probability >= (OFF if self._speaking else ON))
            if self._speaking:
                self._speech += 1
                self._last_speech = self._frames
                if self._first_speech is None:
                    self._first_speech = self._frames - 1
            self._near.append(_Frame(float(level), self._speaking, bool(full)))
        self.trouble = self._looked_for()

    @property
    def level_dbfs(self) -> float:
        """The loudest of the last tenth of a second, in [-120, 0]."""
        last = list(self._near)[-3:]
        return max((frame.level_dbfs for frame in last), default=SILENCE_DBFS)

    @property
    def begun_s(self) -> float | None:
        """When somebody began to speak, in seconds of the take; None while nobody has."""
        return None if self._first_speech is None else self._first_speech * FRAME_S

    @property
    def spoken_s(self) -> float:
        """When the last speech ended, in seconds of the take; 0 where none was."""
        return self._last_speech * FRAME_S

    @property
    def silence_s(self) -> float:
        """Seconds since then."""
        return (self._frames - self._last_speech) * FRAME_S

    @property
    def speech_s(self) -> float:
        """Seconds of speech so far."""
        return self._speech * FRAME_S

    def _looked_for(self) -> Trouble | None:
        near = list(self._near)
        speech = [frame for frame in near if frame.speech]
        if sum(frame.full for frame in near) > CLIPPED * max(len(speech), len(near) // 4):
            return "clipped"
        if len(speech) * FRAME_S >= LEAST_SPEECH_S:
            loud = sorted(frame.level_dbfs for frame in speech)[int(0.85 * len(speech))]
            bar = QUIET_DBFS + (STAYS_DB if self.trouble == "quiet" else 0.0)
            return "quiet" if loud < bar else None
        if len(near) < (self._near.maxlen or 0):
            return None
        if max(frame.level_dbfs for frame in near) < DEAD_DBFS:
            return "dead"
        return None if self._speech else "no voice"
