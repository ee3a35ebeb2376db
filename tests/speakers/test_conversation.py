"""A call with two voices in it, made from synthetic closes: only the candidate's words count."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest
import soundfile

from rehearse.audio.decode import SoundFile
from rehearse.recording import SAMPLE_RATE
from tests.audio.sounds import SAMPLES, sample

TOP = SAMPLES.parent
INTERVIEWER = TOP / "tests" / "data" / "interviewer.opus"
"""“Thank you, thank you, you are very kind …”, by a voice that speaks no other sample."""

pytestmark = pytest.mark.weights


def sound_of(path):
    return np.concatenate([block.samples for block in SoundFile(path).blocks()])


@pytest.fixture(scope="module")
def call(tmp_path_factory):
    """The interviewer thanks, the candidate closes without thanks, the interviewer goes on."""
    theirs, mine = sound_of(INTERVIEWER), sound_of(sample("missing-thanks"))
    gap = np.zeros(SAMPLE_RATE // 2, dtype=np.float32)
    cut = int(7.9 * SAMPLE_RATE)
    path = tmp_path_factory.mktemp("call") / "call.wav"
    soundfile.write(path, np.concatenate([theirs[:cut], gap, mine, gap, theirs[cut:]]), SAMPLE_RATE)
    return path


@pytest.fixture(scope="module")
def analysed(call, program):
    """The JSON report with the options given."""

    @cache
    def run(*options):
        done = program("-m", "rehearse", "analyze", "--json", "--no-keep", str(call), *options)
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="module")
def alone(program):
    """The report of what the candidate says in the call, without the interviewer."""
    path = sample("missing-thanks")
    return json.loads(program("-m", "rehearse", "analyze", "--json", "--no-keep", path).stdout)


def test_the_interviewers_thanks_do_not_count(analysed):
    report = analysed()
    assert len(report["voices"]) == 2
    assert "thank you" in report["transcript"]["text"].lower()
    assert not report["steps"]["thanks"]["present"]
    assert [voice["candidate"] for voice in report["voices"]] == [False, True]


def test_what_the_interviewer_says_is_in_no_measure(analysed, alone):
    measures, expected = analysed()["measures"], alone["measures"]
    for name in ("words", "span_s", "pace_wpm"):
        assert measures[name] == pytest.approx(expected[name], rel=0.06), name
    assert len(measures["fillers"]) == len(expected["fillers"])


def test_another_voice_can_be_taken(analysed):
    report = analysed("--speaker", "1")
    assert report["steps"]["thanks"]["present"]
    assert report["voices"][0]["candidate"]


def test_the_terminal_shows_whose_words_are_whose(call, program):
    told = program("-m", "rehearse", "analyze", "--no-keep", str(call)).stdout
    assert "Two voices are heard." in " ".join(told.split())
    assert "(voice 1: " in told


def test_a_voice_that_is_not_there_is_an_error(call, program):
    done = program("-m", "rehearse", "analyze", "--no-keep", str(call), "--speaker", "4")
    assert done.returncode == 2
    assert "--speaker 4: 2 voices are heard" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
