"""Damaged files of every container: sound or an error of ours, nothing else, and soon."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from tests.audio.damage import DAMAGES, RECORDINGS, REMADE, damaged, original

TOP = Path(__file__).resolve().parents[2]

WHOLE = 680
PART = range(0, WHOLE, 17)
"""Every container and every kind of damage is in the part as well."""

LIMIT_S = 30.0


class Decoder:
    """Another process that decodes damaged files, begun again where one ends it."""

    def __init__(self):
        self._begin()

    def _begin(self):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.audio.damage"],
            cwd=TOP,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._lines = queue.Queue()
        self._reader = threading.Thread(target=self._read, args=(self._process, self._lines))
        self._reader.start()

    @staticmethod
    def _read(process, lines):
        for line in process.stdout:
            lines.put(line)
        lines.put("")

    def decode(self, number):
        """What came of file `number`; its `fault` says what must not be."""
        self._process.stdin.write(f"{number}\n")
        self._process.stdin.flush()
        try:
            # The process makes the file first and may have to start.
            line = self._lines.get(timeout=LIMIT_S + 10)
        except queue.Empty:
            self._again()
            return self._told(number, f"no answer in {LIMIT_S:.0f} s")
        if not line:
            code = self._again()
            return self._told(number, f"the process ended with {code}")
        told = json.loads(line)
        if told["took_s"] > LIMIT_S:
            told["fault"] = f"it took {told['took_s']:.0f} s"
        return told

    @staticmethod
    def _told(number, fault):
        return {"name": damaged(number)[0], "result": "none", "fault": fault, "took_s": LIMIT_S}

    def _again(self):
        code = self.end()
        self._begin()
        return code

    def end(self):
        """Stop it, and give its exit code: negative where a signal ended it."""
        self._process.stdin.close()
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._reader.join()
        self._process.stdout.close()
        return code


@pytest.fixture(scope="module")
def decoder():
    running = Decoder()
    yield running
    running.end()


@pytest.mark.parametrize("number", PART)
def test_a_damaged_file_gives_sound_or_an_error_of_ours(decoder, number):
    told = decoder.decode(number)
    assert told["fault"] is None, told


@pytest.mark.soak
def test_no_damaged_file_gives_anything_but_sound_or_an_error_of_ours(decoder):
    told = [decoder.decode(number) for number in range(WHOLE)]
    results = Counter(each["result"] for each in told)
    slowest = max(told, key=lambda each: each["took_s"])
    print(f"\n{len(told)} files: {dict(results)}")
    print(f"slowest: {slowest['took_s']:.1f} s, {slowest['name']}")
    assert [each for each in told if each["fault"]] == []


def test_a_file_number_means_the_same_bytes_every_time():
    assert damaged(17) == damaged(17)


def test_damage_changes_the_bytes():
    unchanged = [number for number in PART if damaged(number)[1] == original(number)[1]]
    assert unchanged == []


def test_the_part_has_every_container_and_every_damage():
    names = [damaged(number)[0] for number in PART]
    for container in (*RECORDINGS, *REMADE):
        assert any(name.endswith(f"-{container}") for name in names), container
    for kind in DAMAGES:
        assert any(kind.__name__ in name for name in names), kind.__name__
