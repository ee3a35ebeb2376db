"""What Whisper's encoder makes of the spoken closes, with each state labelled."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import soundfile
from drawing_out import drawn_out
from sound import RATE_HZ, WAYS, treated

from rehearse import assets
from rehearse.audio.clips import cut
from rehearse.engines import STATE_S
from rehearse.engines.whisper import Whisper, states
from rehearse.engines.windows import WindowRule
from rehearse.recording import Recording

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

LEAD_S = 0.5
"""Silence before and after a close."""

UNSURE_S = 0.04
"""States nearer than this to the edge of a filler teach nothing: nobody knows the edge so well."""

SHORT_S = 0.06
"""A filler shorter than this is a slip of the synthesiser, and no example of one."""

OTHER, FILLER, UNSURE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Listened:
    """The states of one clip.

    Parameters
    ----------
    way
        How it was recorded: one of `sound.WAYS`.
    states
        float16 [shape=(n, width)], each for 20 ms.
    labels
        uint8 [shape=(n,)]: OTHER, FILLER or UNSURE.
    events
        First and last state of each filler sound that touches the clip.
    """

    way: str
    states: NDArray[np.float16]
    labels: NDArray[np.uint8]
    events: tuple[tuple[float, float], ...]


def listen(folder: Path, recogniser: str) -> list[Listened]:
    """Encode every close as it is and drawn out, each of them clean and in one other way."""
    whisper = Whisper(assets.folder(recogniser))
    rule = WindowRule()
    lead = np.zeros(int(LEAD_S * RATE_HZ))
    found = []
    for line in (folder / "spoken.jsonl").read_text("utf-8").splitlines():
        spoken = json.loads(line)
        samples, _ = soundfile.read(folder / f"{spoken['id']:04}.flac")
        chance = np.random.default_rng(spoken["id"])
        plain = (samples, spoken["events"])
        for close, events in (plain, drawn_out(*plain, spoken["words"], chance)):
            for way in ("clean", str(chance.choice(WAYS[1:]))):
                sound = treated(np.concatenate([lead, close, lead]), chance, way)
                for clip in cut([Recording(sound)]):
                    window_s = rule.window_s(clip.recording.duration_s)
                    encoded = states(whisper.encode([clip], window_s))[0]
                    count = min(len(encoded), int(clip.recording.duration_s / STATE_S))
                    first_s = clip.recording.start_s - LEAD_S
                    found.append(_labelled(way, encoded[:count], first_s, events))
    return found


def _labelled(
    way: str, encoded: NDArray[np.float32], first_s: float, fillers: list[tuple[float, float, str]]
) -> Listened:
    middles_s = first_s + (np.arange(len(encoded)) + 0.5) * STATE_S
    labels = np.zeros(len(encoded), dtype=np.uint8)
    inside = []
    for start, end, _ in fillers:
        short = end - start < SHORT_S
        labels[(middles_s >= start) & (middles_s < end)] = UNSURE if short else FILLER
        if not short and end > middles_s[0] and start < middles_s[-1]:
            inside.append(((start - first_s) / STATE_S, (end - first_s) / STATE_S))
    for edge in (edge for start, end, _ in fillers for edge in (start, end)):
        labels[np.abs(middles_s - edge) < UNSURE_S] = UNSURE
    return Listened(way, encoded.astype(np.float16), labels, tuple(inside))
