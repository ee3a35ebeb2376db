"""What a plan is, and what is none."""

from __future__ import annotations

import pytest

from rehearse.errors import PlanError
from rehearse.interview.plan import LONGEST, QUESTION, Cue, Plan, Point

POINT = Point("calm on a busy ward", "I ran the night shift")


def test_its_parts_are_what_is_to_be_said_in_order():
    plan = Plan("Nurse", "I like it", (POINT, Point("new nurses", "I trained 14")), "Doubts?")
    assert plan.parts() == (
        ("why", "I like it"),
        ("criterion 1", "calm on a busy ward"),
        ("proof 1", "I ran the night shift"),
        ("criterion 2", "new nurses"),
        ("proof 2", "I trained 14"),
        ("question", "Doubts?"),
    )


def test_without_a_reason_there_is_no_such_part():
    assert [name for name, _ in Plan("Nurse", "", (POINT,)).parts()] == [
        "criterion 1",
        "proof 1",
        "question",
    ]


def test_the_question_is_offered():
    assert Plan("Nurse", "", (POINT,)).question == QUESTION


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"role": " "}, "The role is missing."),
        ({"role": "…!"}, "The role is missing."),
        ({"why": "?"}, "The reason is missing."),
        ({"points": ()}, "1 to 3 criteria, and this one has 0"),
        ({"points": (POINT,) * 4}, "1 to 3 criteria, and this one has 4"),
        ({"points": (POINT, Point("", "x"))}, "Criterion 2 is missing."),
        ({"points": (Point("x", ""),)}, "Proof 1 is missing."),
        ({"question": ""}, "The question is missing."),
        ({"why": "a" * (LONGEST + 1)}, "The reason has 301 characters, and 300 are the most."),
    ],
)
def test_what_is_no_plan_is_told(fields, what):
    with pytest.raises(PlanError) as refused:
        Plan(**({"role": "Nurse", "why": "", "points": (POINT,)} | fields))
    assert what in refused.value.message
    assert refused.value.hint


def test_the_longest_answer_is_one():
    assert len(Plan("a" * LONGEST, "", (POINT,)).role) == LONGEST


def test_every_part_and_the_role_get_their_cues():
    plan = Plan("Nurse", "", (POINT,)).cued(lambda text: [(text[:5], text[0], 0)])
    assert plan.cues == (
        Cue("role", "Nurse", "N", 0),
        Cue("criterion 1", "calm ", "c", 0),
        Cue("proof 1", "I ran", "I", 0),
        Cue("question", "Do yo", "D", 0),
    )
