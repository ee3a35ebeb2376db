"""Pauses: how long the sound falls silent between words, and where in what is said.

Voice activity tells whether somebody speaks to a third of a second; the level of the sound
in bands of frequency tells when they stop to some hundredths.  Both together find a pause.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.audio.envelope import STEP_S
from rehearse.audio.frames import FRAME_S
from rehearse.delivery import Pause, Where

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rehearse.transcript import Span, Transcript, Word

SHORTEST_S: Final = 0.25
"""Gaps below this are not pauses. Ours; Campione and Véronis (2002) set the border
between brief and medium pauses at 0.2 s, and closures of stops come near that."""

NEIGHBOURHOOD_S: Final = 6.0
"""Sound around a place by which it counts as loud or quiet there."""

SPEECH_PERCENTILE: Final = 85
FLOOR_PERCENTILE: Final = 10
SHARE: Final = 0.6
LESS_DB: Final = 6.0
LEAST_DB: Final = 6.0
"""A band is silent below its floor plus this share of the way, in dB, from the floor up to
speech, less the second, and at least the third above the floor. Ours, by 36 known pauses in
twelve closes made by `benchmarks/audio/make.py` from another seed, each recorded in thirteen
ways; the level of the whole sound found the ends in noise two and three times less exactly."""

BLIP_S: Final = 0.08
"""A louder moment no longer than this, without voice, does not end a pause: a click."""

LEAST_SPEECH_S: Final = 0.2
"""With less voice than this around a place, that of the whole input says how loud speech is."""

SHORTEST_SPEECH_S: Final = 0.1
"""Voice shorter than this, with no word on it, is a click or a breath."""

TURN_S: Final = 0.3
"""A pause so near to somebody else's words lies between two people, and is nobody's."""

EDGE: Final = round(0.2 / STEP_S)
"""Steps by which voice activity may come late or stop early."""


@dataclass(frozen=True, slots=True, eq=False)
class Loudness:
    """The sound of an input as pauses need it.

    Parameters
    ----------
    start_s
        Where in its source it begins.
    dbfs
        float32 [shape=(n,)], level of each 10 ms, <= 0, all bands together.
    voiced
        bool [shape=(n,)], whether voice activity finds speech there.
    silent
        bool [shape=(n,)], whether nothing there can be told from the background.
    """

    start_s: float
    dbfs: NDArray[np.float32]
    voiced: NDArray[np.bool_]
    silent: NDArray[np.bool_]

    def without(self, others_s: Sequence[tuple[float, float]]) -> Loudness:
        """The same with nobody's voice where somebody else speaks."""
        voiced = self.voiced.copy()
        for start_s, end_s in others_s:
            low, high = (round((at - self.start_s) / STEP_S) for at in (start_s, end_s))
            voiced[max(0, low) : max(0, high)] = False
        return Loudness(self.start_s, self.dbfs, voiced, self.silent)

    @classmethod
    def of(
        cls, start_s: float, bands_dbfs: NDArray[np.floating], voiced_frames: Sequence[bool]
    ) -> Loudness:
        """Bring levels [shape=(n, bands), in dBFS] and frames of voice activity together."""
        import numpy as np

        frames = np.asarray(voiced_frames, dtype=bool)
        at = (np.arange(len(bands_dbfs)) * STEP_S / FRAME_S).astype(int)
        voiced = frames[np.minimum(at, len(frames) - 1)] if len(frames) else at < 0
        power = sum((10 ** (band.astype(np.float32) / 10) for band in bands_dbfs.T), np.float32(0))
        return cls(start_s, 10 * np.log10(power), voiced, silent(bands_dbfs, voiced))


def silent(bands_dbfs: NDArray[np.floating], voiced: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """For each 10 ms whether nothing is said there that can be told from the background."""
    import numpy as np

    if not voiced.any():
        return np.ones(len(bands_dbfs), dtype=bool)
    everywhere = np.percentile(bands_dbfs[voiced], SPEECH_PERCENTILE, axis=0)
    loud = np.empty(len(bands_dbfs), dtype=bool)
    half, step = round(NEIGHBOURHOOD_S / STEP_S / 2), round(0.5 / STEP_S)
    # Piece by piece: of two hours, whole arrays of all bands would take a hundred megabytes.
    for at in range(0, len(loud), step):
        first, last = max(0, at - half), at + half
        near = smoothed(bands_dbfs[first:last])
        above = np.any(near >= threshold(near, voiced[first:last], everywhere), axis=1)
        loud[at : at + step] = above[at - first :][:step]
    for first, last in runs(loud):
        if (last - first) * STEP_S <= BLIP_S and not voiced[first:last].any():
            loud[first:last] = False
    return ~loud


def smoothed(levels: NDArray[np.floating]) -> NDArray[np.floating]:
    """The mean over three steps."""
    import numpy as np

    padded = np.pad(levels.astype(np.float32), ((1, 1), (0, 0)), mode="edge")
    mean: NDArray[np.floating] = (padded[:-2] + padded[1:-1] + padded[2:]) / 3
    return mean


def threshold(
    near: NDArray[np.floating], voiced: NDArray[np.bool_], everywhere: NDArray[np.floating]
) -> NDArray[np.floating]:
    """The level below which each band is silent here, in dBFS.

    Parameters
    ----------
    near, voiced
        Levels [shape=(n, bands)] around the place, and where somebody speaks there.
    everywhere
        How loud speech is in each band of the whole input, where hardly any is near.
    """
    import numpy as np

    spoken = near[voiced]
    enough = len(spoken) * STEP_S > LEAST_SPEECH_S
    speech = np.percentile(spoken, SPEECH_PERCENTILE, axis=0) if enough else everywhere
    floor = np.percentile(near, FLOOR_PERCENTILE, axis=0)
    found: NDArray[np.floating] = floor + np.maximum(LEAST_DB, SHARE * (speech - floor) - LESS_DB)
    return found


def runs(holds: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First place, and the place after the last, of each stretch in which `holds` is true."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate([[0], holds, [0]]).astype(np.int8)))
    return [(int(first), int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def span_of(sound: Loudness, transcript: Transcript) -> tuple[float, float] | None:
    """Where the first speech begins and the last ends, in seconds; None where there is none."""
    import numpy as np

    words = [word for word in transcript.own_words if word.start_s is not None]
    kept = [
        each
        for each in runs(sound.voiced)
        if (each[1] - each[0]) * STEP_S >= SHORTEST_SPEECH_S or _covered(words, sound, each)
    ]
    if not kept:
        return None
    loud = np.flatnonzero(~sound.silent)
    inside = loud[(loud >= kept[0][0] - EDGE) & (loud < kept[-1][1] + EDGE)]
    first, last = (
        (int(inside[0]), int(inside[-1]) + 1) if len(inside) else (kept[0][0], kept[-1][1])
    )
    return sound.start_s + first * STEP_S, sound.start_s + last * STEP_S


def _covered(words: Sequence[Word], sound: Loudness, stretch: tuple[int, int]) -> bool:
    """Whether one of the words, which are in order, has sound in the stretch."""
    start_s = sound.start_s + stretch[0] * STEP_S
    later = bisect_left(words, sound.start_s + stretch[1] * STEP_S, key=lambda w: w.start_s or 0.0)
    return later > 0 and (words[later - 1].end_s or 0.0) > start_s


def pauses_in(
    sound: Loudness,
    span: tuple[float, float],
    transcript: Transcript,
    questions: Sequence[Span] = (),
    others_s: Sequence[tuple[float, float]] = (),
) -> tuple[tuple[Pause, ...], float]:
    """Find every pause of `SHORTEST_S` and more inside the span, with where it falls.

    Parameters
    ----------
    sound
        How loud everything is.
    span
        From the first to the last sound of the candidate, in seconds.
    transcript
        The words, with times.
    questions
        Where the concerns question was asked.
    others_s
        When somebody else speaks.

    Returns
    -------
    (pauses, seconds)
        The candidate's own, and how long all others are together: those beside somebody
        else's words are nobody's.
    """
    words = [word for word in transcript.own_words if word.start_s is not None]
    asked = {inside[-1].span for question in questions if (inside := transcript.words_in(question))}
    pauses: list[Pause] = []
    number, between_s = 0, 0.0
    for start, end in _cut(sound, others_s):
        if end - start < SHORTEST_S - STEP_S / 2 or start < span[0] or end > span[1]:
            continue
        middle = (start + end) / 2
        while number < len(words) and (words[number].start_s or 0.0) < middle:
            number += 1
        before = words[number - 1] if number else None
        where = _where(before, asked)
        if others_s and _at_a_turn(start, end, before, others_s, where):
            between_s += end - start
        else:
            pauses.append(Pause(round(start, 3), round(end, 3), where))
    return tuple(pauses), between_s


def _cut(sound: Loudness, others_s: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Each silence, in seconds; one in which somebody answers who was not recorded is two."""
    silent_others = [start_s for start_s, end_s in others_s if start_s == end_s]
    for first, last in runs(sound.silent):
        start, end = sound.start_s + first * STEP_S, sound.start_s + last * STEP_S
        for at_s in silent_others:
            if start < at_s < end:
                yield start, at_s
                start = at_s
        yield start, end


def _at_a_turn(
    start_s: float,
    end_s: float,
    before: Word | None,
    others_s: Sequence[tuple[float, float]],
    where: Where,
) -> bool:
    """Whether somebody else speaks before, in or after a pause.

    The wait after the candidate's question is a pause of the candidate's own.
    """
    since_s = start_s if before is None else before.end_s or start_s
    until_s = end_s if where == "after-question" else end_s + TURN_S
    return any(other[0] < until_s and other[1] > since_s - TURN_S for other in others_s)


def _where(before: Word | None, asked: Collection[Span]) -> Where:
    """After which word: one that ends a question, or, by its punctuation, a clause."""
    if before is None:
        return "boundary"
    if before.span in asked:
        return "after-question"
    if before.text.rstrip("\"'”’)")[-1:] in {".", ",", "?", "!", ";", ":", "…", "–", "—"}:
        return "boundary"
    return "mid-clause"
