"""Stands in for the process that decodes apart, as if a file had taken it over.

What it does is the first line of its file.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
import time

from rehearse.audio import confinement

SECOND = b"\0" * 64_000


def frame(kind, body=b"", length=None):
    length = len(body) if length is None else length
    sys.stdout.buffer.write(struct.pack("<cI", kind, length) + body)
    sys.stdout.buffer.flush()


def nothing():
    """End in order, and say nothing."""


def noise():
    """Anything but frames."""
    sys.stdout.buffer.write(os.urandom(100_000))


def huge_block():
    """Four gigabytes, or so it says."""
    frame(b"B", b"\0" * 1000, length=2**32 - 1)


def half_a_block():
    """Less than it says."""
    frame(b"B", b"\0" * 1000, length=64_000)


def odd_block():
    """No whole number of samples."""
    frame(b"B", b"\0" * 63_999)


def empty_block():
    """No samples at all."""
    frame(b"B")


def not_numbers():
    """Samples that are not numbers."""
    frame(b"B", struct.pack("<16000f", *[float("nan")] * 16_000))


def too_loud():
    """Samples far beyond one."""
    frame(b"B", struct.pack("<16000f", *[1e30] * 16_000))


def dripping():
    """One sample at a time, for ever."""
    while True:
        frame(b"B", b"\0" * 4)


def endless():
    """More sound than anybody asked for."""
    while True:
        frame(b"B", SECOND)


def passing():
    """Always another second before the part."""
    while True:
        frame(b"P")


def unknown_kind():
    """A frame of a kind that there is not."""
    frame(b"?", b"hello")


def no_length():
    """A stated length that is no number."""
    frame(b"L", b"123")


def notes_of_another_shape():
    """Notes that are no list."""
    frame(b"D", b'{"a": 1}')


def many_notes():
    """More notes than there can be."""
    frame(b"D", json.dumps(["note"] * 10_000).encode()[:65_536])


def deep_notes():
    """JSON that is nested until a reader runs out of stack."""
    frame(b"D", b"[" * 60_000)


def long_number():
    """JSON with a number that takes long to read."""
    frame(b"D", b"[" + b"9" * 60_000 + b"]")


def refusal_of_another_shape():
    """An error without its parts."""
    frame(b"R", b'["SoundError"]')


def refusal_that_is_no_text():
    """An error whose message is a list."""
    frame(b"R", b'["SoundError", [], "hint"]')


def segfault():
    """Die as a broken decoder does."""
    os.kill(os.getpid(), signal.SIGSEGV)


def aborted():
    """Die as the C library ends who has ruined its memory."""
    frame(b"B", SECOND)
    os.abort()


def spinning():
    """Compute for ever."""
    confinement.allow_processor(1, at_most=2)
    while True:
        pass


def sleeping():
    """Do nothing for ever."""
    time.sleep(1_000)


def foreign_error():
    """An error of a class that is not for files, in letters that move a terminal's cursor."""
    frame(b"R", json.dumps(["SystemExit", "a\x1b[2Jb\nc", "d\x07e"]).encode())


def main():
    globals()[sys.stdin.buffer.readline().decode().strip()]()


if __name__ == "__main__":
    main()
