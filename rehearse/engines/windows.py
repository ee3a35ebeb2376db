"""How long a window each clip gets.

`WhisperModel.transcribe` fills every window up to 30 seconds and so pays for 30
seconds of encoding however short the sound is.  CTranslate2 takes shorter ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

FRAMES_A_SECOND: Final = 100
FULL_WINDOW_S: Final = 30.0


@dataclass(frozen=True, slots=True)
class WindowRule:
    """How long a window a clip gets.

    Parameters
    ----------
    margin_s
        Silence after the clip: too tight a window loops or loses words.
    step_s
        Windows come in multiples of this, so that clips share a batch.
    least_s
        No window is shorter: two-second clips in tight windows are written twice.
    """

    margin_s: float = 2.0
    step_s: float = 4.0
    least_s: float = 12.0

    def window_s(self, clip_s: float) -> float:
        """Seconds of window for a clip of `clip_s` seconds, at most 30."""
        steps = math.ceil((clip_s + self.margin_s) / self.step_s)
        return min(FULL_WINDOW_S, max(self.least_s, steps * self.step_s))
