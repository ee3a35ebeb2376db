"""`rehearse batch --cluster`: a real scheduler and real workers, as processes of this machine."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys

import psutil
import pytest

from tests.batch.conftest import NAMES, TOP, batch, batching, made, until

pytest.importorskip("distributed")
pytestmark = pytest.mark.weights

DASK = [sys.executable, "-m", "dask"]


@contextlib.contextmanager
def process(*command, log, cwd=TOP, before=(), **environment):
    """Something that runs until it is ended, with all that it started."""
    with log.open("a") as file:
        started = subprocess.Popen(
            [*before, *DASK, *map(str, command)],
            stdout=file,
            stderr=file,
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(TOP), **environment},
        )
    try:
        yield started
    finally:
        each = [started]
        with contextlib.suppress(psutil.Error):
            each += psutil.Process(started.pid).children(recursive=True)
        for one in each:
            with contextlib.suppress(psutil.Error, OSError):
                one.kill()
        started.wait()


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Cluster:
    """A scheduler, and as many workers as are wanted, in one place or another."""

    def __init__(self, folder, left):
        self.folder, self._left = folder, left
        self.port = free_port()
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.workers = []
        self.schedule()

    def schedule(self):
        log = self.folder / "scheduler.log"
        where = ("--host", "127.0.0.1", "--port", self.port, "--no-dashboard")
        self.scheduler = self._left.enter_context(process("scheduler", *where, log=log))
        until(self.answers, seconds=60)

    def answers(self):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def work(self, **options):
        number = len(self.workers) + 1
        log = self.folder / f"worker-{number}.log"
        where = ("--host", "127.0.0.1", "--nthreads", 1, "--no-dashboard")
        scratch = ("--local-directory", self.folder / f"scratch-{number}")
        self.workers.append(
            self._left.enter_context(
                process("worker", self.address, *where, *scratch, log=log, **options)
            )
        )
        until(lambda: "Registered to" in log.read_text("utf-8"), seconds=60)


@pytest.fixture
def cluster(tmp_path):
    """A scheduler without workers."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    with contextlib.ExitStack() as left:
        yield Cluster(folder, left)


def test_the_reports_are_those_of_this_machine_though_a_worker_is_killed(
    cluster, closes, reports, tmp_path
):
    """The recordings are read from an address, here one of the disk."""
    cluster.work()
    cluster.work()
    out, log, address = tmp_path / "out", tmp_path / "log", f"file://{closes}"
    with batching(address, "--out", out, "--cluster", cluster.address, log=log) as running:
        until(lambda: list(out.rglob("*.opus.json")))
        # The process that works is a child of the one that watches over it.
        (nanny,) = (psutil.Process(cluster.workers[0].pid),)
        at_work = max(nanny.children(recursive=True), key=lambda each: each.memory_info().rss)
        at_work.kill()
        assert running.wait(300) == 0, log.read_text("utf-8")
    assert made(out) == reports
    assert "2 workers of tcp://" in json.loads((out / "manifest.json").read_text())["workers"]
    here = tmp_path / "here"
    assert batch(address, "--out", here).returncode == 0
    for path in (here / "reports").rglob("*.json"):
        assert path.read_bytes() == (out / path.relative_to(here)).read_bytes()


def test_where_the_scheduler_is_started_again_the_next_run_goes_on(
    cluster, closes, reports, tmp_path
):
    cluster.work()
    out, log = tmp_path / "out", tmp_path / "log"
    with batching(closes, "--out", out, "--cluster", cluster.address, log=log) as running:
        until(lambda: list(out.rglob("*.opus.json")))
        cluster.scheduler.kill()
        assert running.wait(120) == 2
    told = log.read_text("utf-8")
    assert f"error: The scheduler at {cluster.address} is gone." in told
    assert "Traceback" not in told
    done = len(list(out.rglob("*.opus.json")))
    assert 0 < done < len(NAMES)
    cluster.schedule()
    cluster.work()
    again = batch(closes, "--out", out, "--cluster", cluster.address)
    assert again.returncode == 0, again.stderr
    assert f"{done} had a report already." in again.stderr
    assert made(out) == reports


def test_recordings_that_workers_cannot_reach_are_sent(cluster, closes, reports, tmp_path):
    if os.getuid() or not shutil.which("unshare"):
        pytest.skip("no right to keep a folder from a process")
    # To the worker, the folder is there and empty.
    hiding = f"mount -t tmpfs none '{closes}' && exec \"$@\""
    cluster.work(before=("unshare", "--mount", "sh", "-c", hiding, "-"))
    out = tmp_path / "out"
    done = batch(closes / "group 1", "--out", out, "--cluster", cluster.address)
    assert done.returncode == 0, done.stderr
    assert made(out) == {name: reports[name] for name in NAMES[::2]}
    assert "recordings are sent" in json.loads((out / "manifest.json").read_text())["workers"]


@pytest.fixture
def another_version(tmp_path):
    """A copy of the program with another file in it, for a worker to run."""
    other = tmp_path / "other"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(TOP / "rehearse", other / "rehearse", ignore=ignored)
    for name in ("models", "pyproject.toml"):
        (other / name).symlink_to(TOP / name)
    with (other / "rehearse" / "steps.py").open("a") as file:
        file.write("# changed\n")
    return other


def test_a_worker_with_another_version_is_named(cluster, closes, another_version, tmp_path):
    cluster.work(PYTHONPATH=str(another_version), cwd=another_version)
    done = batch(closes, "--out", tmp_path / "out", "--cluster", cluster.address)
    assert done.returncode == 2
    first, second = done.stderr.strip().splitlines()
    assert first.startswith("error: Worker tcp://127.0.0.1:")
    assert "other files of rehearse" in first
    assert "same version of rehearse on every machine" in second


def test_a_worker_with_damaged_weights_is_named(cluster, closes, tmp_path):
    weights = tmp_path / "home" / "weights" / "tiny.en"
    weights.mkdir(parents=True)
    (weights / "model.bin").write_bytes(b"damaged")
    cluster.work(REHEARSE_HOME=str(tmp_path / "home"))
    done = batch(closes, "--out", tmp_path / "out", "--cluster", cluster.address)
    assert done.returncode == 2
    first, second = done.stderr.strip().splitlines()
    assert "error: Worker tcp://127.0.0.1:" in first
    assert "model.bin of the weights 'tiny.en' is damaged" in first
    assert "rehearse models --fetch tiny.en" in second


def test_a_cluster_without_workers_or_without_a_scheduler_is_told(cluster, closes, tmp_path):
    nobody = batch(closes, "--out", tmp_path / "out", "--cluster", cluster.address)
    assert nobody.returncode == 2
    assert f"error: The scheduler at {cluster.address} has no workers." in nobody.stderr
    assert f"dask worker {cluster.address}" in nobody.stderr
    address = f"tcp://127.0.0.1:{free_port()}"
    nothing = batch(closes, "--out", tmp_path / "out", "--cluster", address)
    assert nothing.returncode == 2
    first, second = nothing.stderr.strip().splitlines()
    assert first.startswith(f"error: There is no scheduler at {address}")
    assert "dask scheduler" in second
    assert not list((tmp_path / "out" / "reports").rglob("*"))


@pytest.mark.parametrize("address", ["scheduler", "tcp://", "http://127.0.0.1:1", "tcp://[x"])
def test_an_address_that_is_none_is_told(closes, tmp_path, address):
    done = batch(closes, "--out", tmp_path / "out", "--cluster", address)
    assert done.returncode == 2
    first, second = done.stderr.strip().splitlines()
    assert first.startswith(f"error: There is no scheduler at {address}")
    assert "dask scheduler" in second
