"""Reports as `rehearse analyze --json` writes them, changed where a test needs it."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rehearse.history.rows import Entry
from rehearse.steps import STEPS

DATA = Path(__file__).resolve().parents[1] / "data" / "history"
SAMPLE = json.loads((DATA / "report.json").read_text("utf-8"))
"""What the program said of `samples/cheesy.mp4`."""

BEGAN = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)


def report(words=None, *, fillers=0, span_s=60.0, steps=STEPS, cheesy=0, pitch=3.0):
    """A report with so many fillers, evenly spread, and these steps."""
    told = copy.deepcopy(SAMPLE)
    if words is not None:
        told["transcript"]["text"] = words
        told["transcript"]["words"] = []
    told["measures"] |= {
        "span_s": span_s,
        "duration_s": span_s + 1,
        "pace_wpm": 150.0,
        "pauses": [],
        "pitch_sd_st": pitch,
        "filler_words": [],
        "fillers": [
            {"text": "um", "start_s": at, "end_s": at + 0.3, "from": "word"}
            for at in (span_s * (each + 0.5) / max(1, fillers) for each in range(fillers))
        ],
    }
    for number, step in enumerate(STEPS):
        there = step in steps
        at_s = span_s * (number + 1) / 5
        told["steps"][step] = {
            "present": there,
            "evidence": [{"text": step, "start": 0, "end": 4, "start_s": at_s, "end_s": at_s + 2}]
            * there,
        }
    line = next(each for each in SAMPLE["findings"] if each["check"] == "wording.cheesy")
    told["findings"] = [line] * cheesy
    told["fixes"] = list(range(min(3, cheesy)))
    return told


def line(*arguments, **options):
    return json.dumps(report(*arguments, **options), ensure_ascii=False)


def entry(number, words=None, *, label="", origin="record", sound=None, **options):
    """An entry of its own hour, with words of its own unless others are given."""
    said = f"What was said in take {number}." if words is None else words
    return Entry(
        line(said, **options),
        origin,
        f"take-{number}.flac",
        label=label,
        sound=sound,
        held_at=BEGAN + timedelta(hours=number),
    )
