"""A take and the file it leaves analyse the same; a stand-in microphone, the real models."""

from __future__ import annotations

import json
import random
import threading
import time
import tomllib
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse.audio.decode import SoundFile
from rehearse.errors import DeviceError, NoSpeechError
from rehearse.live import Take
from rehearse.models import Models
from rehearse.outputs import json as as_json
from rehearse.pipeline import analyze
from rehearse.takes import Takes

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
ASSETS = tomllib.loads((SAMPLES / "manifest.toml").read_text("utf-8"))["asset"]
SPOKEN = [SAMPLES / sample["files"][0]["path"] for sample in ASSETS]
QUICK = {"missing-fit.m4a", "thin-close.opus"}
"""The samples that every run speaks; a long one speaks all."""

pytestmark = pytest.mark.weights


class Spoken:
    """Stands in for a microphone: brings sound in blocks, as fast as `waits` says."""

    drops = 0

    def __init__(self, samples, waits=lambda: 0.0, block=800, ends_with=None):
        self._blocks = [samples[at : at + block] for at in range(0, len(samples), block)]
        self._waits = waits
        self._ends_with = ends_with
        self._stopped = threading.Event()

    def read(self):
        for block in self._blocks:
            if self._stopped.is_set():
                return
            time.sleep(self._waits())
            yield block
        if self._ends_with is not None:
            raise self._ends_with

    def stop(self):
        self._stopped.set()


@pytest.fixture(scope="module")
def models():
    return Models("base")


@pytest.fixture
def takes(tmp_path):
    return Takes(tmp_path / "takes")


def samples_of(path, **part):
    blocks = [block.samples for block in SoundFile(path, **part).blocks()]
    return np.round(np.concatenate(blocks) * 32768).clip(-32768, 32767).astype(np.int16)


def taken(takes, models, microphone):
    """The report of a take that was spoken to its end, and its file."""
    begun = takes.begin("stand-in")
    take = Take(microphone, begun.journal, models)
    take.start()
    while take.running:
        time.sleep(0.01)
    take.stop()
    return take, begun.finish()


def told(report):
    """The report as JSON, without the name of where it came from."""
    return json.loads(as_json.line(report)) | {"source": None}


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.name, marks=[] if path.name in QUICK else [pytest.mark.soak])
        for path in SPOKEN
    ],
)
def test_a_take_and_its_file_have_the_same_report(path, takes, models):
    chance = random.Random(path.name)
    hurry = Spoken(samples_of(path), lambda: chance.choice([0.0, 0.0, 0.0, 0.04]))
    take, kept = taken(takes, models, hurry)
    live, file = told(take.report()), told(analyze(SoundFile(kept.path), models))
    assert live == file


def test_a_draft_knows_the_steps_that_were_said(takes, models):
    sound = samples_of(SAMPLES / "strong-close.wav", to_s=12.0)
    take, _ = taken(takes, models, Spoken(np.concatenate([sound, np.zeros(32000, np.int16)])))
    take.report()
    microphone = Spoken(np.concatenate([sound, np.zeros(64000, np.int16)]), lambda: 0.03)
    take, _ = taken(takes, models, microphone)
    assert "interest" in take.draft.steps
    assert "thanks" not in take.draft.steps


def test_the_concerns_question_is_known_to_be_the_last_thing_said(takes, models):
    question = samples_of(SAMPLES / "strong-close.wav", from_s=30.2, to_s=35.0)
    sound = np.concatenate([question, np.zeros(48000, np.int16)])
    take, _ = taken(takes, models, Spoken(sound, lambda: 0.05))
    take.report()
    assert take.draft.asked
    assert take.understood


def test_a_microphone_that_is_pulled_out_leaves_a_report_that_says_so(takes, models):
    gone = DeviceError("USB Audio gives no sound any more.")
    sound = samples_of(SAMPLES / "thin-close.opus")
    take, kept = taken(takes, models, Spoken(sound, ends_with=gone))
    assert kept.path.is_file()
    assert any("USB Audio gives no sound any more." in note for note in take.report().notes)


def test_dropped_sound_is_told(takes, models):
    microphone = Spoken(samples_of(SAMPLES / "thin-close.opus"))
    microphone.drops = 2
    take, _ = taken(takes, models, microphone)
    assert any("dropped sound 2 times" in note for note in take.report().notes)


def test_silence_is_kept_and_said_to_be_silence(takes, models):
    take, kept = taken(takes, models, Spoken(np.zeros(32000, dtype=np.int16)))
    with pytest.raises(NoSpeechError):
        take.report()
    assert kept.path.is_file()


def test_a_take_without_a_single_block_is_said_to_be_empty(takes, models):
    begun = takes.begin("stand-in")
    take = Take(Spoken(np.zeros(0, dtype=np.int16)), begun.journal, models)
    take.start()
    take.stop()
    with pytest.raises(NoSpeechError):
        take.report()
    assert take.duration_s == 0
    begun.discard()
    assert list(takes.folder.iterdir()) == []


class Slow:
    """The models, with a recogniser that takes its time."""

    def __init__(self, models):
        self.voices, self.language = models.voices, models.language
        self._engine = models.engine()
        self.may_go_on = threading.Event()
        self.name, self.model = self._engine.name, self._engine.model
        self.sha256 = self._engine.sha256

    def engine(self):
        return self

    def hear(self, clips):
        self.may_go_on.wait(60)
        return self._engine.hear(clips)


def test_a_recogniser_that_does_not_keep_up_loses_nothing(takes, models):
    slow = Slow(models)
    sound = samples_of(SAMPLES / "strong-close.wav")
    begun = takes.begin("stand-in")
    take = Take(Spoken(sound), begun.journal, slow)
    take.start()
    while take.running:
        time.sleep(0.01)
    assert take.behind_s > 8
    slow.may_go_on.set()
    take.stop()
    kept = begun.finish()
    assert told(take.report()) == told(analyze(SoundFile(kept.path), models))


class Broken:
    """Models of which the recogniser does not load."""

    def __init__(self, models):
        self.voices, self.language = models.voices, models.language

    def engine(self):
        raise DeviceError("The recogniser fell over.")


def test_a_recogniser_that_fails_is_known_while_one_speaks_and_costs_no_sound(takes, models):
    take, kept = taken(takes, Broken(models), Spoken(samples_of(SAMPLES / "thin-close.opus")))
    with pytest.raises(DeviceError, match="fell over"):
        take.report()
    assert take.trouble.message == "The recogniser fell over."
    assert soundfile.info(kept.path).duration == pytest.approx(15.4, abs=0.1)
