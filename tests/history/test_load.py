"""Many at once, and one that is killed: nothing that was confirmed is lost."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from rehearse.history import History
from tests.history.reports import entry, line

TOP = Path(__file__).resolve().parents[2]

ADDING = """
import sys, time
from pathlib import Path
from rehearse.history import History
from rehearse.history.rows import Entry

folder, lines, name, count = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
report = Path(lines).read_text("utf-8")
import scipy.special
longest = 0.0
with History(folder) as history:
    print("ready", flush=True)
    for number in range(count):
        began = time.monotonic()
        told = report.replace("@", f"{name}-{number}")
        added = history.add(Entry(told, "record", f"{name}-{number}"))
        longest = max(longest, time.monotonic() - began)
        print(added.number, flush=True)
print("longest", longest, flush=True)
"""
"""Adds so many sessions, and says each number once it is confirmed."""


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "line.json"
    path.write_text(line("The words of take @, and a few more of them. " * 8, fillers=3), "utf-8")
    return path


def adding(folder, template, name, count):
    return subprocess.Popen(
        [sys.executable, "-c", ADDING, str(folder), str(template), name, str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=TOP,
    )


def require_whole(path):
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
        assert database.execute("pragma foreign_key_check").fetchall() == []


def eight(folder, template, each):
    """Eight processes that add at once: the numbers that each confirmed, and the longest wait."""
    running = [adding(folder, template, f"p{number}", each) for number in range(8)]
    told = [process.communicate(timeout=500) for process in running]
    assert [err for _, err in told] == [""] * 8
    lines = [out.split("\n") for out, _ in told]
    numbers = [int(text) for out in lines for text in out if text.isdecimal()]
    longest = max(float(text.split()[1]) for out in lines for text in out if "longest" in text)
    return numbers, longest


def test_eight_that_add_at_once_lose_nothing(tmp_path, template):
    numbers, _ = eight(tmp_path / "data", template, 5)
    assert sorted(numbers) == list(range(1, 41))
    with History(tmp_path / "data") as history:
        assert len({each.source for each in history.sessions()}) == 40
        assert history.overview().standings["length"].recent.takes == 10
    require_whole(tmp_path / "data" / "history.sqlite")


@pytest.mark.soak
def test_eight_that_add_at_once_wait_for_no_more_than_two_seconds(tmp_path, template):
    numbers, longest = eight(tmp_path / "data", template, 50)
    print(f"8 processes, 400 sessions: the longest took {longest:.2f} s")
    assert sorted(numbers) == list(range(1, 401))
    assert longest <= 2.0
    require_whole(tmp_path / "data" / "history.sqlite")


def kill(folder, template, moments):
    """Kill one that adds at each of some moments; what it had confirmed is there."""
    confirmed = set()
    for round_number, moment in enumerate(moments):
        process = adding(folder, template, f"k{round_number}", 10_000)
        assert process.stdout.readline() == "ready\n"
        time.sleep(moment)
        os.kill(process.pid, signal.SIGKILL)
        out, _ = process.communicate(timeout=30)
        confirmed |= {int(text) for text in out.split("\n")[:-1]}
        require_whole(folder / "history.sqlite")
        with History(folder) as history:
            there = {each.number for each in history.sessions()}
            assert confirmed <= there, confirmed - there
            # Of one that was not confirmed any more there is all or nothing.
            assert len(there) <= len(confirmed) + round_number + 1
            assert history.overview().count == len(there)
    # What SQLite had only begun to note down goes with the next session.
    with History(folder) as history:
        history.add(entry(1))
    assert list(folder.glob("history.sqlite?*")) == []
    return len(confirmed)


def moments(count):
    rng = random.Random(6)
    return [rng.uniform(0.0, 0.35) for _ in range(count)]


def test_killed_while_it_adds_it_keeps_what_it_confirmed(tmp_path, template):
    assert kill(tmp_path / "data", template, moments(6)) > 6


@pytest.mark.soak
def test_killed_a_hundred_times_it_keeps_what_it_confirmed(tmp_path, template):
    print(kill(tmp_path / "data", template, moments(100)), "sessions confirmed in 100 kills")


def test_a_journal_that_a_killed_one_left_is_played_back(tmp_path):
    """As SQLite leaves it: the old pages in a file beside the new ones."""
    with History(tmp_path) as history:
        for number in range(5):
            history.add(entry(number))
    path = tmp_path / "history.sqlite"
    killed = (
        "import os, sqlite3, sys\n"
        "database = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "database.execute('pragma cache_size = 1')\n"
        "database.execute('begin immediate')\n"
        "database.execute('update sessions set words = hex(zeroblob(20000))')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", killed, str(path)], check=False)
    assert (tmp_path / "history.sqlite-journal").exists()
    with History(tmp_path) as history:
        assert [each.report["transcript"]["text"] for each in history.sessions()] == [
            f"What was said in take {number}." for number in range(5)
        ]
    assert [each.name for each in tmp_path.iterdir()] == ["history.sqlite"]
