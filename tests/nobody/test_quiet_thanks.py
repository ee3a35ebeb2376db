"""A genuine "thank you" counts, however quietly it is said after the rest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.decode import SoundFile
from rehearse.recording import SAMPLE_RATE
from tests.nobody.sounds import room, white
from tests.nobody.test_nobody_speaks import MODELS, close, credited

THANKS = sorted((Path(__file__).resolve().parents[1] / "data" / "thanks").glob("*.opus"))
COUNT = 48


@dataclass(frozen=True)
class Quiet:
    """A close, a pause, and thanks some 20 to 30 dB below it."""

    seed: int

    @property
    def name(self):
        return f"{self.seed}, {THANKS[self.seed % len(THANKS)].stem}"

    def sound(self):
        """The recording [float32, shape=(n,)], and when the thanks begin in it."""
        chance = np.random.default_rng(self.seed)
        thanks = np.concatenate(
            [block.samples for block in SoundFile(THANKS[self.seed % len(THANKS)]).blocks()]
        )
        speech_dbfs = chance.choice([-16, -18, -20])
        below_db = chance.choice([20, 25, 30]) if self.seed % 3 else 30
        gap_s, tail_s = chance.choice([0.6, 1.2, 2.5, 4.5, 8.0]), chance.choice([0.3, 1.0, 5.0])
        sound = np.concatenate(
            [
                _at(close(), speech_dbfs),
                np.zeros(int(gap_s * SAMPLE_RATE)),
                _at(thanks, speech_dbfs - below_db),
                np.zeros(int(tail_s * SAMPLE_RATE)),
            ]
        )
        noise_dbfs = chance.choice([-55, -60, -65, -75])
        noise = (room if chance.random() < 0.5 else white)(len(sound), chance)
        noise *= 10 ** (noise_dbfs / 20) / np.sqrt((noise**2).mean())
        return (sound + noise).astype(np.float32), len(close()) / SAMPLE_RATE + gap_s / 2


def _at(sound, dbfs):
    """The sound with its speech, the frames within 30 dB of the loudest, at a level."""
    frames = sound[: len(sound) // 320 * 320].reshape(-1, 320).astype(np.float64)
    power = (frames**2).mean(axis=1)
    return sound * 10 ** (dbfs / 20) / np.sqrt(power[power > power.max() * 1e-3].mean())


CASES = [Quiet(seed) for seed in range(COUNT)]


def thanked(model, case):
    sound, from_s = case.sound()
    return "thank" in " ".join(credited(model, sound, from_s)).lower()


@pytest.mark.weights
@pytest.mark.parametrize("case", CASES[:6], ids=lambda case: case.name)
def test_quiet_thanks_are_heard(case):
    assert thanked("base", case)


@pytest.mark.weights
@pytest.mark.soak
@pytest.mark.parametrize("model", MODELS)
def test_hardly_any_quiet_thanks_are_lost(model):
    lost = [case.name for case in CASES if not thanked(model, case)]
    assert lost == []
