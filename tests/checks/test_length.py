"""Length: each side of each threshold, in seconds and in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehearse.checks.length import length
from rehearse.close import Close
from rehearse.finding import Level
from rehearse.prosody import of_text
from rehearse.transcript import Transcript


def typed(words):
    transcript = Transcript.of_text("word " * words)
    return Close(transcript, of_text(transcript), ())


def spoken(seconds):
    close = typed(100)
    return replace(close, delivery=replace(close.delivery, span_s=seconds))


@pytest.mark.parametrize(
    ("seconds", "level"),
    [
        (19.9, Level.TIP),
        (20.0, Level.NOTE),
        (29.9, Level.NOTE),
        (30.0, Level.STRENGTH),
        (75.0, Level.STRENGTH),
        (75.1, Level.TIP),
        (90.0, Level.TIP),
        (90.1, Level.FIX),
    ],
)
def test_speech_is_judged_by_its_seconds(seconds, level):
    (finding,) = length.run(spoken(seconds))
    assert finding.level is level
    assert finding.message.startswith(f"You spoke for {seconds:.0f} s")


@pytest.mark.parametrize(
    ("words", "level"),
    [
        (47, Level.TIP),
        (48, Level.NOTE),
        (71, Level.NOTE),
        (72, Level.STRENGTH),
        (180, Level.STRENGTH),
        (181, Level.TIP),
        (216, Level.TIP),
        (217, Level.FIX),
    ],
)
def test_text_is_judged_by_its_words(words, level):
    (finding,) = length.run(typed(words))
    assert finding.level is level
    assert finding.message.startswith(f"Your close is {words} words")


def test_being_too_long_outweighs_being_long():
    (too_long,), (longish,) = length.run(spoken(100)), length.run(spoken(80))
    assert too_long.weight > longish.weight
