"""Small disks, full ones, and some that may not be written to, where this user may mount one."""

from __future__ import annotations

import contextlib
import shutil
import subprocess

import pytest


@contextlib.contextmanager
def disk(place, size):
    """A file system of so many bytes at a folder, as in "64k"."""
    place.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if (
        not shutil.which("mount")
        or subprocess.run(command, capture_output=True, check=False).returncode
    ):
        pytest.skip("no right to mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def read_only(place):
    """From now on nothing can be written to a disk."""
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)


def fill(place):
    """Write until there is no room."""
    with (place / "filling").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 512)
