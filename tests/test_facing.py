"""When a take with an interviewer ends, and when what they say has been heard."""

from __future__ import annotations

import os
import time
from types import SimpleNamespace

import pytest

from rehearse import facing
from rehearse.cli import voice
from rehearse.cli.voice import Voice
from rehearse.facing import Facing


class Still:
    """A take of one question, after which nothing more is understood or said."""

    muted = False
    replies = ()
    duration_s = 60.0
    understood = True
    trouble = None

    def __init__(self, *, failed):
        self.failed = failed
        self.draft = SimpleNamespace(steps=frozenset({"concerns"}), asked=True)

    def silent(self, after_s):
        return self.failed


SILENT = SimpleNamespace(there=False, speaking=False)


@pytest.mark.parametrize("failed", [True, False])
def test_an_answer_that_cannot_come_is_not_waited_for(failed):
    facing = Facing(Still(failed=failed), SimpleNamespace(over=False), SILENT)
    assert facing.ended(5.0) is failed


@pytest.fixture
def hanging(tmp_path, monkeypatch):
    """A program that reads aloud, takes no notice of being ended, and never ends."""
    program = tmp_path / "espeak-ng"
    program.write_text("#!/bin/sh\ntrap '' TERM\nwhile :; do sleep 0.05; done\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(voice, "_PROGRAMS", (("espeak-ng",),))
    monkeypatch.setattr(voice, "ENDS_S", 0.2)


def test_a_voice_that_hangs_is_ended(hanging, monkeypatch):
    assert facing.LONGEST_S == 30.0
    monkeypatch.setattr(voice, "LONGEST_S", 0.3)
    spoken = Voice(aloud=True)
    assert spoken.say("Do you drive?")
    assert spoken.speaking
    time.sleep(0.4)
    process = spoken._speaking
    assert not spoken.speaking
    assert process.poll() is not None
