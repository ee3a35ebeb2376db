"""Which sentences say what was planned."""

from __future__ import annotations

import pytest

from rehearse.checks.steps.evidence import evidence
from rehearse.interview.plan import Plan, Point
from rehearse.matching.close import planned
from rehearse.prosody import of_text
from rehearse.transcript import Transcript


@pytest.mark.parametrize(
    ("proof", "said", "there"),
    [
        (
            "led eleven on nights for two years",
            "For two years I led eleven people on nights.",
            True,
        ),
        ("led eleven on nights for two years", "I am happy to work nights again.", False),
        ("ran the night shift, 40 beds", "I ran the night shift, with forty beds.", True),
        ("ran the night shift, 40 beds", "I stay calm on a busy ward.", False),
        ("two years of nights, never late", "I did nights for two years, never late once.", True),
        ("two years of nights, never late", "I am always on time.", False),
        ("trained 14 nurses, 13 stayed", "Of fourteen nurses that I trained 13 stayed.", True),
        ("trained 14 nurses, 13 stayed", "I know that you want nurses who stay.", False),
    ],
)
def test_a_proof_is_said_where_what_it_tells_is_told(reading, proof, said, there):
    text = f"I would really like to work here. {said} Do you have any concerns about hiring me?"
    language, transcript = reading.language(), Transcript.of_text(text)
    close = language.read(transcript, of_text(transcript))
    plan = Plan("Ward nurse", "", (Point("calm on nights", proof),), "Doubts?")
    found = planned(plan, close, evidence(close, "concerns"), reading.reader())
    by_part = {each.part: [text[at.start : at.end] for at in each.at] for each in found}
    assert (said in by_part["proof 1"]) is there
    assert by_part["question"] == ["Do you have any concerns about hiring me?"]
