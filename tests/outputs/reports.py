"""Reports that a page has to show: those of the golden files, and what nobody would hand in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import soundfile

from rehearse.session import Session

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
RATE = 16000
STEP = 64
"""Samples that have one value in a sound that tells its own time: 4 ms."""


def told(name):
    """A report of the golden files, as it was written."""
    return json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))


def said(words, **changes):
    """A report of spoken words, one a second, with nothing else in it but what is given."""
    text, found = "", []
    for number, word in enumerate(words):
        start = len(text) + 1 if text else 0
        text = f"{text} {word}" if text else word
        place = {"text": word, "start": start, "end": len(text)}
        times = {"start_s": float(number), "end_s": number + 0.5}
        found.append(place | times | {"probability": 0.9, "heard": True})
        found[-1] |= {"unheard": None, "speaker": None}
    whole = told("spoken") | {"transcript": {"text": text, "words": found}}
    steps = {step: {"present": False, "evidence": []} for step in whole["steps"]}
    measures = dict.fromkeys(whole["measures"])
    measures |= {"words": len(found), "filler_words": [], "withheld": {}}
    whole |= {"steps": steps, "measures": measures, "findings": [], "fixes": [], "notes": []}
    return whole | changes


def quoted(report, *numbers):
    """Words of a report, from the first of these numbers to the last, as a quotation."""
    words = report["transcript"]["words"]
    first, last = words[numbers[0]], words[numbers[-1]]
    text = report["transcript"]["text"][first["start"] : last["end"]]
    places = {"start": first["start"], "end": last["end"]}
    return {"text": text} | places | {"start_s": first["start_s"], "end_s": last["end_s"]}


def finding(message, at=None, *, level="fix", suggestion="", check="wording.cheesy"):
    """A finding as a report has it."""
    whole = {"check": check, "level": level, "message": message}
    return whole | {"suggestion": suggestion, "at": at}


def session(report, *, number=12, from_s=0.0, sound=None, label="Acme"):
    """A session that has a report."""
    return Session(
        number=number,
        held_at=datetime(2026, 11, 28, 17, 2, tzinfo=UTC),
        origin="record",
        label=label,
        source=report["source"],
        sound=sound,
        from_s=from_s,
        sha256="0" * 64,
        repeats=None,
        line=json.dumps(report),
        report=report,
    )


def clockwork(path, seconds):
    """Write a sound that tells its own time: every four milliseconds have a value of their own."""
    samples = np.arange(int(seconds * RATE)) // STEP % 2**16 - 2**15
    soundfile.write(path, samples.astype(np.int16), RATE, subtype="PCM_16", format="FLAC")
    return path
