"""How the program leaves: with its exit code, whoever reads, and whatever is still at work."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]

AT_WORK = """
import sys, threading, time
from rehearse.cli import _leave

# In a call of C that comes back while Python ends, as a recogniser's does.
threading.Thread(target=lambda: [time.sleep(0.001) for _ in iter(int, 1)], daemon=True).start()
print("said", flush=False)
_leave(int(sys.argv[1]))
"""


@pytest.fixture
def leaving(month, tmp_path):
    """A function that runs a command with its output going somewhere."""
    shutil.copytree(month, tmp_path / "rehearse")
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    environment.pop("PYTHONUNBUFFERED", None)

    def run(*words, stdout):
        return subprocess.run(
            [sys.executable, "-m", "rehearse", *words],
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=TOP,
            check=False,
        )

    return run


@pytest.mark.parametrize("words", [["history"], ["history", "--json"], ["show", "3"], ["checks"]])
def test_where_nobody_reads_it_is_no_failure(leaving, words):
    read, write = os.pipe()
    os.close(read)
    done = leaving(*words, stdout=write)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
@pytest.mark.parametrize(
    "words", [["history"], ["history", "--json"], ["show", "3"], ["forget", "2"]]
)
def test_where_it_cannot_be_written_two_lines_say_so(leaving, words):
    with open("/dev/full", "w") as full:
        done = leaving(*words, stdout=full)
    assert done.returncode == 2
    first, second = done.stderr.splitlines()
    assert first.startswith("error: The report could not be written: No space left")
    assert second.startswith("       ")


@pytest.mark.parametrize("code", [0, 2, 130])
def test_what_is_still_at_work_ends_with_it(code):
    done = subprocess.run(
        [sys.executable, "-c", AT_WORK, str(code)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, "said\n", "")
