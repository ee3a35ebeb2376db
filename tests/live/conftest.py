"""A microphone for every test here, and its recordings to speak into it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse.audio.decode import SoundFile
from tests.live.terminal import Terminal
from tests.live.virtual import VirtualMicrophone, missing

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def pytest_collection_modifyitems(items):
    """Whatever is recorded here is recognised."""
    for item in items:
        if "microphone" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.weights)


@pytest.fixture(scope="session")
def server():
    """The sound server; where there can be none, its tests are skipped, or fail if required."""
    if lacking := missing():
        why = f"a microphone is not to be had: there is no {', '.join(lacking)}"
        if os.environ.get("REHEARSE_REQUIRE_MICROPHONE") == "1":
            pytest.fail(why, pytrace=False)
        pytest.skip(why)
    with VirtualMicrophone() as server:
        yield server


@pytest.fixture
def microphone(server):
    """The microphone, switched on, with nothing recorded yet."""
    server.restore()
    shutil.rmtree(server.takes.parent, ignore_errors=True)
    return server


@pytest.fixture
def spoken(tmp_path):
    """A function that makes a part of a sample a WAV file that can be played."""

    def cut(name, from_s=0.0, to_s=None, gain_db=0.0):
        blocks = SoundFile(SAMPLES / name, from_s=from_s, to_s=to_s).blocks()
        sound = np.concatenate([block.samples for block in blocks]) * 10 ** (gain_db / 20)
        path = tmp_path / f"{name}-{from_s}-{to_s}-{gain_db}.wav"
        soundfile.write(path, sound.clip(-1, 1), 16000, subtype="PCM_16")
        return path

    return cut


@pytest.fixture
def terminal(microphone, tmp_path):
    """A function that begins the program in a terminal, entered with `with`."""

    def begun(*arguments, environment=(), **size):
        command = (*microphone.command, *arguments)
        told = {**microphone.environment, **dict(environment)}
        return Terminal(told, microphone.home, *command, **size)

    return begun
