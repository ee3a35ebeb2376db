"""A month of simulated practice: the samples, and a close that is told again and again.

The samples are real sound (synthetic speech); the close is typed, in other words each time,
with the times that a voice would give it: pauses, fillers and pace that get better. Nobody
has practised like that; what is shown of it is what the program makes of such a month.
"""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rehearse.audio.decode import SoundFile
from rehearse.checks import CHECKS
from rehearse.checks.steps.evidence import evidence
from rehearse.history.rows import Entry
from rehearse.judging import judge
from rehearse.outputs import json as as_json
from rehearse.pipeline import analyze
from rehearse.prosody import Prosody
from rehearse.report import Ear
from tests import timed
from tests.history.telling import COOK, said, with_habit

TOP = Path(__file__).resolve().parents[2]
BEGAN = datetime(2026, 10, 28, 17, 30, tzinfo=UTC)
DAYS = 30
LABELS = ("", "", "Lucio's, head chef", "Harbour Hotel, owner")
CHEESY = ("So, when do I start?", "I would never let you down.")
SAMPLES = ("rambling.flac", "cheesy.mp4", "missing-fit.m4a")
"""What the month begins with: takes that were recorded before there was this program."""


def month(history, models, seed=1, samples=SAMPLES):
    """Keep a month of practice in a history; give how many sessions it has."""
    rng = random.Random(seed)
    entries = [_heard(models, name, number) for number, name in enumerate(samples)]
    takes = [day for day in range(1, DAYS) for _ in range(rng.choice([0, 1, 1, 2]))]
    for number, day in enumerate(takes):
        held_at = BEGAN + timedelta(days=day, minutes=7 * number, seconds=rng.randrange(600))
        line = report(models.language(), text(rng, day / DAYS), f"take-{number + 1}", rng)
        entries.append(
            Entry(line, "record", f"take-{number + 1}", label=rng.choice(LABELS), held_at=held_at)
        )
    for entry in entries:
        history.add(entry)
    return len(entries)


def text(rng, way):
    """A close as it is said when so much of the way, in [0, 1], is behind a speaker."""
    interest, need, story, life, concerns, thanks = (list(point) for point in COOK)
    there = {
        "interest": rng.random() < 0.85 + 0.15 * way,
        "concerns": rng.random() < 0.2 + 1.1 * way,
        "thanks": rng.random() < 0.7 + 0.3 * way,
    }
    points = [interest] * there["interest"] + [need, story, life]
    points += [concerns] * there["concerns"] + [thanks] * there["thanks"]
    sentences = [said(rng, pattern) for point in points for pattern in point[:2]]
    if rng.random() < 0.5 - way:
        sentences.insert(-1, rng.choice(CHEESY))
    spoken = with_habit(rng, " ".join(sentences), "to be honest", 2 if rng.random() < 0.8 else 0)
    words = []
    fillers, pauses = (12 - 9 * way) / 60, (7 - 5 * way) / 60
    a_word_s = 60 / (192 - 34 * way)
    for word in spoken.split():
        if rng.random() < fillers * a_word_s:
            words.append(rng.choice(["um,", "uh,"]))
        if rng.random() < pauses * a_word_s:
            words.append(f"[{rng.uniform(0.5, 1.2):.1f} s]")
        words.append(word)
        if re.search(r"[.?!]$", word):
            words.append(f"[{rng.uniform(0.35, 0.8):.1f} s]")
    return f"[{60 / a_word_s * rng.uniform(0.93, 1.07):.0f} wpm] " + " ".join(words)


def report(language, marked, source, rng):
    """Judge a marked close as if it had been heard, with a pitch that a voice would have."""
    from dataclasses import replace

    transcript, sound = timed.spoken(marked)
    length_s = len(sound.dbfs) * 0.01
    first = language.read(transcript, Prosody().sum_up(transcript, sound, length_s))
    delivery = Prosody().sum_up(transcript, sound, length_s, questions=evidence(first, "concerns"))
    delivery = replace(delivery, pitch_sd_st=round(rng.gauss(2.8, 0.4), 2))
    ear = Ear("simulated", "none", "0" * 64)
    return as_json.line(judge(replace(first, delivery=delivery), source, ear, (), CHECKS))


def _heard(models, name, number):
    heard = analyze(SoundFile(TOP / "samples" / name), models)
    return Entry(
        as_json.line(heard),
        "analyze",
        f"samples/{name}",
        held_at=BEGAN + timedelta(minutes=5 * number),
    )
