"""Whose words: how many voices are in a recording, and when each speaks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rehearse.audio.clips import OFF
from rehearse.audio.frames import FRAME, phrases
from rehearse.recording import SAMPLE_RATE
from rehearse.speakers.clustering import grouped
from rehearse.speakers.embedding import STRETCH_S
from rehearse.speakers.turns import Turn, Voices, noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from rehearse.audio.clips import Clip
    from rehearse.recording import Samples
    from rehearse.speakers.embedding import VoiceEncoder

__all__ = ["Speakers", "Turn", "Voices", "noted"]

SHORTEST_S: Final = 0.4
"""Less speech than this does not tell a voice. Ours."""


class Speakers:
    """Collects the voices of clips, and tells them apart when the last one is there.

    Parameters
    ----------
    encoder
        Gives what makes a vector of a voice; called when the first clip is there.
    """

    def __init__(self, encoder: Callable[[], VoiceEncoder]) -> None:
        self._encoder = encoder
        self._times: list[tuple[float, float]] = []
        self._vectors: list[NDArray[np.float32]] = []

    def listen(self, clip: Clip) -> None:
        """Take one clip."""
        stretches = list(_stretches(clip))
        if not stretches:
            return
        self._times.extend((start_s, end_s) for start_s, end_s, _ in stretches)
        self._vectors.extend(self._encoder().embed([samples for _, _, samples in stretches]))

    def turns(self, pitch_st: Callable[[float, float], float | None]) -> tuple[Turn, ...]:
        """Say who speaks when; one turn a stretch, all of speaker 1 where one voice is heard.

        Parameters
        ----------
        pitch_st
            Gives the pitch between two times in semitones, None where there is none.
        """
        import numpy as np

        if not self._times:
            return ()
        lengths_s = np.array([end_s - start_s for start_s, end_s in self._times])
        pitch = np.array([pitch_st(*times) for times in self._times], dtype=np.float64)
        groups = grouped(np.stack(self._vectors), lengths_s, pitch)
        order: dict[int, int] = {}
        for group in groups:
            order.setdefault(int(group), len(order) + 1)
        return tuple(
            Turn(start_s, end_s, order[int(group)])
            for (start_s, end_s), group in zip(self._times, groups, strict=True)
        )


def _stretches(clip: Clip) -> Iterator[tuple[float, float, Samples]]:
    """Each phrase of a clip in equal parts of at most `STRETCH_S`, and what to hear of each."""
    import numpy as np

    samples, start_s = clip.recording.samples, clip.recording.start_s
    length = round(STRETCH_S * SAMPLE_RATE)
    for phrase in phrases(np.flatnonzero(clip.voice >= OFF)):
        first, last = int(phrase[0]) * FRAME, min((int(phrase[-1]) + 1) * FRAME, len(samples))
        if last - first < SHORTEST_S * SAMPLE_RATE:
            continue
        edges = np.linspace(first, last, -(-(last - first) // length) + 1).astype(int).tolist()
        for low, high in pairwise(edges):
            # A little of what is beside it, so that the encoder hears a whole stretch.
            begin = max(first, min((low + high - length) // 2, last - length))
            heard = samples[begin : min(begin + length, last)]
            yield start_s + low / SAMPLE_RATE, start_s + high / SAMPLE_RATE, heard
