"""What every test may ask for: the models, loaded once; closes of typed text; the command line."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import hypothesis
import pytest

from rehearse import assets, cli
from rehearse.audio.envelope import STEP_S
from rehearse.checks.steps.evidence import evidence
from rehearse.history import History
from rehearse.interview import Interview, audience, notes, posting, turns
from rehearse.interview.posting import Posting
from rehearse.judging import held
from rehearse.models import Models
from rehearse.prosody import Prosody, of_text
from rehearse.transcript import Transcript
from tests import timed
from tests.history.month import month as practise

TOP = Path(__file__).resolve().parents[1]
GOLDEN = TOP / "tests" / "golden"

# The same cases on every run, and no clock: a loaded machine is no failure.
hypothesis.settings.register_profile(
    "seeded", derandomize=True, deadline=None, database=None, print_blob=False
)
hypothesis.settings.load_profile("seeded")


collect_ignore = ["data"]
"""What makes the sounds there needs the synthesiser."""


def pytest_configure(config):
    """Keep what is analysed in a history of its own, that goes when the tests are done."""
    if "REHEARSE_HOME" not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="rehearse-tests-")
        config.add_cleanup(folder.cleanup)
        os.environ["XDG_DATA_HOME"] = folder.name


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="write tests/golden again; look at the diff"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Whatever listens with the recogniser needs its weights."""
    for item in items:
        if "engine" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.weights)


def pytest_runtest_setup(item):
    """Skip what needs weights that are not here, or fail where they must be."""
    if item.get_closest_marker("weights") is None or (why := _missing_weights()) is None:
        return
    if os.environ.get("REHEARSE_REQUIRE_WEIGHTS") == "1":
        pytest.fail(f"the weights are required: {why}", pytrace=False)
    pytest.skip(why)


@cache
def _missing_weights() -> str | None:
    state = assets.state(assets.asset("base"))
    return None if state in {"ready", "to be put together"} else state


@pytest.fixture(scope="session")
def reading():
    """The models that read words: the parser, the tagger, what holds sentences against a text."""
    return Models(None)


@pytest.fixture(scope="session")
def language(reading):
    """The parser and the tagger."""
    return reading.language()


@pytest.fixture(scope="session")
def engine():
    """The recogniser with the `base` weights; whoever asks for it is marked `weights`."""
    return Models("base").engine()


@pytest.fixture(scope="session")
def imagine(language):
    """A function that makes a Close of a typed text, or of one with marks (`tests/timed.py`)."""

    def imagined(text):
        if (marked := timed.spoken(text)) is not None:
            transcript, sound = marked
            length_s = len(sound.dbfs) * STEP_S
            first = language.read(transcript, Prosody().sum_up(transcript, sound, length_s))
            questions = evidence(first, "concerns")
            delivery = Prosody().sum_up(transcript, sound, length_s, questions=questions)
            return replace(first, delivery=delivery)
        transcript = Transcript.of_text(text)
        return language.read(transcript, of_text(transcript))

    return imagined


@pytest.fixture(scope="session")
def staged(imagine, reading):
    """A function that makes a Close of an example, held against what the example has beside it."""

    def made(example):
        interview = Interview(
            Posting("posting.txt", posting.cut(example.posting)) if example.posting else None,
            notes.lines(example.notes) if example.notes else None,
            audience.audience(example.to) if example.to else None,
        )
        if "Interviewer:" in example.words:
            said = turns.read(example.words, "example.txt")
            transcript = Transcript.of_turns((each.text, each.theirs) for each in said)
            close = reading.language().read(transcript, of_text(transcript))
        else:
            close = imagine(example.words)
        return held(close, interview, reading)

    return made


@pytest.fixture(scope="session")
def month(tmp_path_factory, language):
    """The folder of a month of simulated practice, without the recordings that need weights."""
    folder = tmp_path_factory.mktemp("month")
    with History(folder) as history:
        practise(history, SimpleNamespace(language=lambda: language), samples=())
    return folder


@pytest.fixture
def golden(request):
    """A function that holds a text to a file in `tests/golden/`."""

    def held(name, actual):
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(actual, "utf-8", newline="\n")
        assert path.is_file(), f"no golden file {name}: run `make golden` and look at it"
        assert actual == path.read_text("utf-8")

    return held


@pytest.fixture
def command(monkeypatch, capsys):
    """A function that runs the program in this process: (exit code, output, errors)."""

    def ran(*arguments):
        monkeypatch.setattr(sys, "argv", ["rehearse", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capsys.readouterr()
        return left.value.code or 0, out, err

    return ran


@pytest.fixture(scope="session")
def program():
    """A function that runs Python in a new process, as `python ARGUMENTS...`."""

    def ran(*arguments, stdin="", **environment):
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            cwd=TOP,
            env={**os.environ, "PYTHONUTF8": "1", **environment},
            check=False,
        )

    return ran
