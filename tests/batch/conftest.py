"""A small cohort of real closes, and the program over it in processes of their own."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

TOP = Path(__file__).resolve().parents[2]
SPOKEN = TOP / "closebench" / "spoken"

NAMES = ("ho-003", "ho-018", "ho-021", "ho-011", "t1-002", "ho-026")
"""Short ones."""

MODEL = ("--model", "tiny.en")
"""What loads and hears quickest."""


@pytest.fixture
def closes(tmp_path):
    """A folder of closes, in folders."""
    folder = tmp_path / "closes"
    for number, name in enumerate(NAMES):
        path = folder / f"group {number % 2 + 1}" / f"{name}.opus"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SPOKEN / f"{name}.opus", path)
    return folder


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    """What `rehearse analyze` makes of them, by name; the source is left out."""
    files = [str(SPOKEN / f"{name}.opus") for name in NAMES]
    done = ran("analyze", "--json", "--no-keep", *MODEL, *files)
    lines = done.stdout.splitlines()
    return dict(zip(NAMES, map(unsourced, lines), strict=True))


def unsourced(line):
    """A report without where it came from."""
    told = json.loads(line)
    assert told.pop("source")
    return told


def made(out):
    """The reports of a folder of results, by name."""
    return {
        path.name.removesuffix(".opus.json"): unsourced(path.read_text("utf-8"))
        for path in (out / "reports").rglob("*.json")
    }


def command(*arguments):
    return [sys.executable, "-m", "rehearse", *map(str, arguments)]


def ran(*arguments, **options):
    """Run the program to its end."""
    return subprocess.run(
        command(*arguments), capture_output=True, encoding="utf-8", cwd=TOP, check=False, **options
    )


def batch(*arguments):
    """Run `rehearse batch` to its end."""
    return ran("batch", *MODEL, *arguments)


def batching(*arguments, log):
    """`rehearse batch`, at work."""
    return running("batch", *MODEL, *arguments, log=log)


@contextlib.contextmanager
def running(*arguments, log):
    """The program, at work; whatever is left of it at the end is ended."""
    with log.open("w") as file:
        process = subprocess.Popen(
            command(*arguments), stdout=file, stderr=file, cwd=TOP, start_new_session=True
        )
    children = []
    try:
        yield process
    finally:
        with contextlib.suppress(psutil.Error):
            children = psutil.Process(process.pid).children(recursive=True)
        for each in (*children, process):
            with contextlib.suppress(psutil.Error, OSError):
                each.kill()
        process.wait()


def workers(process):
    """The worker processes of a run: those that were told what to do."""
    with contextlib.suppress(psutil.Error):
        return [
            each
            for each in psutil.Process(process.pid).children(recursive=True)
            if "spawn_main" in " ".join(each.cmdline())
        ]
    return []


def alive(process):
    """Whether a process is still there, and not only its name."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def until(what, *, seconds=120):
    """Wait for something, and give it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.05)
    raise TimeoutError(f"waited {seconds} s in vain")
