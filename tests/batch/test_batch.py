"""`rehearse batch` over real closes: the same reports, nothing twice, and no harm by anybody."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import signal
import subprocess
import time

import psutil
import pytest

from rehearse.batch.database import COMMIT_S
from tests.batch.conftest import (
    MODEL,
    NAMES,
    SPOKEN,
    alive,
    batch,
    batching,
    made,
    ran,
    unsourced,
    until,
    workers,
)

pytestmark = pytest.mark.weights


def ends(out):
    """When each report was written."""
    return {path: path.stat().st_mtime_ns for path in (out / "reports").rglob("*.json")}


def test_every_report_is_the_one_of_analyze_and_a_bad_recording_harms_nobody(
    closes, reports, tmp_path
):
    out = tmp_path / "out"
    (closes / "cut.opus").write_bytes((SPOKEN / "ho-003.opus").read_bytes()[:300])
    (closes / "empty.m4a").touch()
    (closes / "notes.txt").write_text("not a recording")
    first = batch(closes, "--out", out, "--html")
    assert first.returncode == 2
    assert made(out) == reports
    assert "6 recordings, 2 failed" in first.stdout
    assert "failed: cut.opus" in first.stderr
    assert "failed: empty.m4a" in first.stderr
    assert "no recordings: 1" in first.stderr
    assert len(list((out / "reports").rglob("*.opus.html"))) == len(NAMES)
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    errors = {each["recording"]: each["error"] for each in manifest["recordings"]}
    assert errors["empty.m4a"] == "empty.m4a is empty: it holds 0 bytes."
    assert manifest["made"]["weights"]["tiny.en"]

    before = ends(out)
    shutil.copy(SPOKEN / "t2-004.opus", closes / "cut.opus")  # copied again, as it was told
    (closes / "empty.m4a").unlink()
    (closes / "group 1" / "ho-003.opus").rename(closes / "renamed.opus")
    shutil.copy(SPOKEN / "ho-004.opus", closes / "group 2" / "ho-018.opus")  # another take
    second = batch(closes, "--out", out)
    assert second.returncode == 0, second.stderr
    assert "5 had a report already." in second.stderr  # the renamed one among them
    after = ends(out)
    changed = {path.name for path in after if after[path] != before.get(path)}
    assert changed == {"cut.opus.json", "renamed.opus.json", "ho-018.opus.json"}
    told = made(out)
    assert told["renamed"] == reports["ho-003"]
    assert told["ho-018"] != reports["ho-018"]

    third = batch(closes, "--out", out)
    assert third.returncode == 0
    assert ends(out) == after


def test_without_names_nothing_that_is_written_names_anybody(closes, reports, tmp_path):
    out = tmp_path / "out"
    (closes / "ho-999.opus").touch()
    done = batch(closes, "--out", out, "--anonymous", "--html")
    assert done.returncode == 2
    assert "failed: ho-999.opus: A recording is empty" in done.stderr  # whoever called may know
    written = [path for path in out.rglob("*") if path.is_file()]
    assert sum(path.suffix == ".json" for path in written) == len(NAMES) + 1
    for path in written:
        content = path.read_bytes()
        for name in (*NAMES, "ho-999", "group 1"):
            assert name.encode() not in content, f"{name} in {path.name}"
            assert name not in path.name
    texts = {report["transcript"]["text"] for report in made(out).values()}
    assert texts == {report["transcript"]["text"] for report in reports.values()}
    again = batch(closes, "--out", out, "--anonymous")
    assert f"{len(NAMES)} had a report already." in again.stderr


def at_work_on(path, process):
    """The worker that has a recording open, if one has."""
    with contextlib.suppress(psutil.Error):
        for worker in workers(process):
            if str(path) in {each.path for each in worker.open_files()}:
                return worker
    return None


def test_a_recording_that_ends_its_worker_is_given_up_and_the_rest_goes_on(
    closes, reports, tmp_path
):
    out, log = tmp_path / "out", tmp_path / "log"
    long = closes / "a long one.wav"
    shutil.copy(SPOKEN.parents[1] / "samples" / "strong-close.wav", long)
    options = ("--workers", 1)
    with batching(closes, "--out", out, *options, log=log) as process:
        for _ in range(2):
            worker = until(lambda: at_work_on(long, process))
            worker.kill()
            until(lambda worker=worker: not alive(worker))
        assert process.wait(300) == 2
    assert made(out).keys() == reports.keys()
    assert {name: made(out)[name] for name in NAMES} == reports
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    (failed,) = (each for each in manifest["recordings"] if each["error"])
    assert failed["recording"] == long.name
    assert "again and again (signal 9)" in failed["error"]
    assert batch(closes, "--out", out).returncode == 0
    assert len(list((out / "reports").rglob("*.json"))) == len(NAMES) + 1


def test_a_recording_that_takes_too_long_is_given_up(closes, tmp_path):
    out = tmp_path / "out"
    done = batch(closes / "group 1", "--out", out, "--patience", 0.004)
    assert done.returncode == 2
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    errors = [each["error"] for each in manifest["recordings"]]
    assert len(errors) == 3
    assert "was given up: it took longer than 0.004 minutes." in errors[0]
    assert "--patience" in manifest["recordings"][0]["hint"]


def test_workers_that_are_killed_before_they_work_are_replaced(closes, reports, tmp_path):
    out = tmp_path / "out"
    with batching(closes, "--out", out, log=tmp_path / "log") as process:
        for worker in until(lambda: workers(process)):
            worker.kill()
        assert process.wait(300) == 0
    assert made(out) == reports


@pytest.mark.soak
@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="of POSIX")
def test_a_worker_that_stands_still_is_given_up_by_its_parent(closes, reports, tmp_path):
    out = tmp_path / "out"
    options = ("--workers", 1, "--patience", 0.2)
    with batching(closes, "--out", out, *options, log=tmp_path / "log") as process:
        until(lambda: list(out.rglob("*.opus.json")))
        (worker,) = workers(process)
        worker.suspend()
        assert process.wait(300) == 2
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    (failed,) = (each for each in manifest["recordings"] if each["error"])
    assert "was given up: it took longer than 0.2 minutes" in failed["error"]
    assert len(made(out)) == len(reports) - 1


def test_ctrl_c_stops_it_cleanly_and_the_next_run_goes_on(closes, reports, tmp_path):
    out, log = tmp_path / "out", tmp_path / "log"
    with batching(closes, "--out", out, log=log) as process:
        until(lambda: list(out.rglob("*.opus.json")))
        at_work = workers(process)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert time.monotonic() - began < 15
        assert not any(map(alive, at_work))
    told = log.read_text("utf-8")
    assert "Give the same command again" in told
    assert "Traceback" not in told
    done = len(list(out.rglob("*.opus.json")))
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["finished"] is False
    assert len(manifest["recordings"]) == done
    again = batch(closes, "--out", out)
    assert f"{done} had a report already." in again.stderr
    assert made(out) == reports


def killed_at(moments, closes, out, log):
    """Run it again and again, each time killed with no warning; give how often it was at work."""
    killed = 0
    for moment_s in moments:
        with batching(closes, "--out", out, log=log) as process:
            try:
                process.wait(moment_s)
            except subprocess.TimeoutExpired:
                at_work = workers(process)
                process.kill()
                process.wait()
                killed += 1
                # Its workers go with it.
                until(lambda at_work=at_work: not any(map(alive, at_work)), seconds=20)
    return killed


def no_harm(closes, out, reports):
    """All are there, none twice, none damaged; and what was made once was not made again."""
    last = batch(closes, "--out", out)
    assert last.returncode == 0, last.stderr
    assert made(out) == reports
    assert not list(out.rglob("*.part"))
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    names = [each["recording"] for each in manifest["recordings"]]
    assert len(names) == len(set(names)) == len(reports)


def test_killed_at_two_moments_nothing_is_lost_twice_or_damaged(closes, reports, tmp_path):
    out = tmp_path / "out"
    moments = (random.Random(9).uniform(4, 12), 0.5 + COMMIT_S)
    assert killed_at(moments, closes, out, tmp_path / "log")
    no_harm(closes, out, reports)


@pytest.mark.soak
def test_killed_at_twenty_moments_nothing_is_lost_twice_or_damaged(tmp_path):
    closes, out, log = tmp_path / "many", tmp_path / "out", tmp_path / "log"
    closes.mkdir()
    files = sorted(SPOKEN.glob("ho-*.opus"))[:24]
    for file in files:
        shutil.copy(file, closes)
    done = ran("analyze", "--json", "--no-keep", *MODEL, *map(str, files))
    lines = map(unsourced, done.stdout.splitlines())
    reports = {file.stem: line for file, line in zip(files, lines, strict=True)}
    chance, killed = random.Random(20), 0
    there = set()
    while killed < 20:
        if killed_at([chance.uniform(0.2, 8)], closes, out, log):
            killed += 1
            there |= set(out.rglob("*.opus.json"))
            for path in there:
                unsourced(path.read_text("utf-8"))  # whole
        if len(there) > 18 or killed == 20:
            no_harm(closes, out, reports)
            shutil.rmtree(out)
            there = set()
