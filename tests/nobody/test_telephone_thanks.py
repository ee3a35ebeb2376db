"""A "thank you" after a pause counts over a telephone, where voice activity is seldom sure."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import butter, resample_poly, sosfilt

from rehearse.audio.decode import SoundFile
from rehearse.recording import SAMPLE_RATE
from tests.nobody.test_nobody_speaks import MODELS, close, credited
from tests.nobody.test_quiet_thanks import THANKS

HALF_HZ = SAMPLE_RATE // 2
MU = 255


def telephone(sound):
    """300 to 3400 Hz in the eight bits of G.711's mu-law [float32, shape=(n,)]."""
    narrow = sosfilt(
        butter(4, (300, 3400), "bandpass", fs=HALF_HZ, output="sos"), resample_poly(sound, 1, 2)
    )
    narrow *= 0.6 / np.abs(narrow).max()
    code = np.round(np.sign(narrow) * np.log1p(MU * np.abs(narrow)) / np.log1p(MU) * 127) / 127
    heard = np.sign(code) * np.expm1(np.abs(code) * np.log1p(MU)) / MU
    return resample_poly(heard, 2, 1)[: len(sound)].astype(np.float32)


def thanked(model, path):
    thanks = np.concatenate([block.samples for block in SoundFile(path).blocks()])
    gap, end_s = np.zeros(round(4.6 * SAMPLE_RATE)), len(close()) / SAMPLE_RATE + 1
    sound = telephone(np.concatenate([close(), gap, thanks, np.zeros(SAMPLE_RATE)]))
    return "thank" in " ".join(credited(model, sound, end_s)).lower()


@pytest.mark.weights
@pytest.mark.parametrize("path", THANKS[::10], ids=lambda path: path.stem)
def test_thanks_over_a_telephone_are_heard(path):
    assert thanked("base", path)


@pytest.mark.weights
@pytest.mark.soak
@pytest.mark.parametrize("model", MODELS)
def test_no_thanks_over_a_telephone_are_lost(model):
    assert [path.stem for path in THANKS if not thanked(model, path)] == []
