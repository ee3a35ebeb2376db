"""The samples keep their promises, from the sound and not from the script."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
ASSETS = tomllib.loads((SAMPLES / "manifest.toml").read_text("utf-8"))["asset"]
STEPS = ("interest", "fit", "concerns", "thanks")

every_sample = pytest.mark.parametrize("sample", ASSETS, ids=lambda sample: sample["name"])


def sound_of(sample):
    (file,) = sample["files"]
    return SAMPLES / file["path"]


@pytest.fixture(scope="module")
def reports(program):
    """What the program says of each sample, by name; all of them in one run."""
    done = program("-m", "rehearse", "analyze", "--json", *map(sound_of, ASSETS))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    return {sample["name"]: json.loads(line) for sample, line in zip(ASSETS, lines, strict=True)}


@every_sample
class TestEverySample:
    def test_is_the_file_that_the_manifest_lists(self, sample):
        (file,) = sample["files"]
        raw = sound_of(sample).read_bytes()
        assert len(raw) == file["size"]
        assert hashlib.sha256(raw).hexdigest() == file["sha256"]

    def test_has_its_words_beside_it(self, sample):
        assert (SAMPLES / sample["says"]).read_text("utf-8").strip()

    def test_promises_or_lacks_every_step(self, sample):
        assert sorted([*sample["steps"], *sample["lacks"]]) == sorted(STEPS)

    @pytest.mark.weights
    def test_has_exactly_the_steps_it_promises(self, sample, reports):
        steps = reports[sample["name"]]["steps"]
        assert {step for step in STEPS if steps[step]["present"]} == set(sample["steps"])

    @pytest.mark.weights
    def test_is_flagged_as_promised(self, sample, reports):
        findings = reports[sample["name"]]["findings"]
        flagged = {each["check"] for each in findings if each["level"] in {"fix", "tip"}}
        assert set(sample["expects"]) <= flagged

    @pytest.mark.weights
    def test_is_spoken_by_one_voice(self, sample, reports):
        report = reports[sample["name"]]
        assert len(report["voices"]) == 1
        assert {word["speaker"] for word in report["transcript"]["words"]} == {None}

    @pytest.mark.weights
    def test_is_as_long_as_the_manifest_says(self, sample, reports):
        measured = reports[sample["name"]]["measures"]["duration_s"]
        assert measured == pytest.approx(sample["duration_s"], abs=0.2)

    @pytest.mark.weights
    def test_is_quoted_exactly_with_times_inside_it(self, sample, reports):
        report = reports[sample["name"]]
        text = report["transcript"]["text"]
        quotations = [each for step in STEPS for each in report["steps"][step]["evidence"]]
        quotations += [each["at"] for each in report["findings"] if each["at"]]
        for each in quotations:
            assert text[each["start"] : each["end"]] == each["text"]
            assert 0 <= each["start_s"] < each["end_s"] <= report["measures"]["duration_s"] + 0.1


def test_every_recording_is_in_the_manifest():
    kinds = {".wav", ".mp3", ".m4a", ".ogg", ".webm", ".mp4", ".flac", ".opus"}
    recordings = {path for path in SAMPLES.iterdir() if path.suffix in kinds}
    assert recordings == {sound_of(sample) for sample in ASSETS}


def test_every_step_is_missing_from_a_sample_that_has_the_others():
    lone = [sample["lacks"] for sample in ASSETS if len(sample["lacks"]) == 1]
    assert {step for lacks in lone for step in lacks} == set(STEPS)
