"""Reports to write: of typed closes, and of speech put together by hand."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from rehearse.checks import CHECKS
from rehearse.checks.steps.evidence import evidence
from rehearse.judging import judge
from rehearse.pipeline import analyze_text
from rehearse.prosody import Prosody
from rehearse.report import Ear
from rehearse.transcript import Spoken, Transcript
from tests import timed

TYPED = {
    "strong": (
        "I would really like to work here. You told me that the hard part is keeping errors down "
        "while half of the team is new. At my last warehouse I trained fourteen new pickers in one "
        "spring, and we brought our picking errors down from three percent to under one. Do you "
        "have any concerns or reservations about hiring me for this role? Thank you for the tour, "
        "and for your time this morning."
    ),
    "cheesy": "So, when do I start? Hire me and you won't regret it. I guess that's all.",
    "bracketed": (
        "I want [this] job, *really*: it's <b>you</b> I'd join. Thank you — naïve, I know."
    ),
}

SAID = (
    # seconds before the word, the word, its length, whether it was heard
    (0.5, "Um,", 0.4, True),
    (0.4, "I", 0.1, True),
    (0.05, "would", 0.2, True),
    (0.05, "really", 0.3, True),
    (0.05, "like", 0.2, True),
    (0.05, "to", 0.1, True),
    (0.05, "work", 0.3, True),
    (0.05, "here.", 0.3, True),
    (1.2, "Do", 0.1, True),
    (0.05, "you", 0.1, True),
    (0.05, "have", 0.2, True),
    (0.05, "any", 0.2, True),
    (0.6, "concerns", 0.5, True),
    (0.05, "about", 0.2, True),
    (0.05, "hiring", 0.3, True),
    (0.05, "me?", 0.3, True),
    (2.0, "Okay.", 0.4, True),
    (6.0, "Thank", 0.3, False),
    (0.05, "you.", 0.2, False),
)
"""A close that asks, waits, and to whose silence a recogniser added a thank-you."""


@pytest.fixture(scope="session")
def typed(reading):
    """A function that makes the report of a typed close."""
    return lambda name: analyze_text(TYPED[name], f"{name}.txt", reading)


@pytest.fixture(scope="session")
def spoken(language):
    """The report of a close that was spoken, with times, pauses and unheard words."""
    words, now = [], 0.0
    for gap, text, length, heard in SAID:
        start, now = now + gap, now + gap + length
        unheard = None if heard else "no voice"
        words.append(Spoken(text, round(start, 3), round(now, 3), 0.9, unheard))
    transcript = Transcript.of_speech(words)
    length_s = round(now + 1, 2)
    sound = timed.loudness([(w.start_s, w.end_s) for w in words if not w.unheard], length_s)
    prosody = Prosody()
    close = language.read(transcript, prosody.sum_up(transcript, sound, length_s))
    questions = evidence(close, "concerns")
    delivery = prosody.sum_up(transcript, sound, length_s, questions=questions)
    delivery = replace(delivery, pitch_sd_st=2.9, pitch_range_st=9.1, loudness_range_db=11.0)
    notes = ["close.mp4 has 2 audio tracks; only the first was analysed."]
    ear = Ear("faster-whisper", "base", "d01c" * 16)
    return judge(replace(close, delivery=delivery), "close.mp4", ear, notes, CHECKS)


@pytest.fixture
def in_utc(monkeypatch):
    """Times of day as they are in Greenwich."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
