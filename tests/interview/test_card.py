"""A cue card, and how it becomes shorter."""

from __future__ import annotations

import pytest

from rehearse.interview.card import Line, Said, card
from rehearse.interview.plan import Cue, Plan, Point

PLAN = Plan(
    "Ward nurse",
    "I like calm mornings and this team",
    (Point("calm on a busy ward", "nights at St Bride's, 40 beds"),),
    cues=(
        Cue("role", "Ward nurse", "W… n…", 0),
        Cue("why", "calm mornings", "c… m…", 0),
        Cue("why", "team", "t…", 1),
        Cue("criterion 1", "calm", "c…", 1),
        Cue("criterion 1", "busy ward", "b… w…", 0),
        Cue("proof 1", "nights", "n…", 2),
        Cue("proof 1", "St Bride's", "St B…", 1),
        Cue("proof 1", "40 beds", "40", 0),
        Cue("question", "concerns", "c…", 0),
        Cue("question", "reservations", "r…", 1),
    ),
)


def cues(said=None, plan=PLAN):
    return {line.mark: line.cues for line in card(plan, said or {})}


def test_at_first_it_has_a_line_for_each_step():
    assert card(PLAN, {}) == (
        Line("want", "calm mornings, team"),
        Line("1", "busy ward → nights, St Bride's, 40 beds"),
        Line("ask", "concerns?"),
        Line("thank", ""),
    )


@pytest.mark.parametrize(
    ("takes", "shown"),
    [
        (0, "busy ward → nights, St Bride's, 40 beds"),
        (1, "busy ward → St Bride's, 40 beds"),
        (2, "b… w… → St B…, 40"),
        (3, "–"),
        (30, "–"),
    ],
)
def test_it_becomes_shorter_with_every_take_that_said_it(takes, shown):
    said = Said(takes, last=takes > 0)
    assert cues({"criterion 1": said, "proof 1": said})["1"] == shown


@pytest.mark.parametrize(
    ("takes", "shown"),
    [
        (0, "nights, St Bride's, 40 beds"),
        (1, "nights, St Bride's, 40 beds"),
        (2, "St Bride's, 40 beds"),
        (3, "St B…, 40"),
        (9, "St B…, 40"),
    ],
)
def test_what_was_missed_comes_back_one_stage(takes, shown):
    assert cues({"proof 1": Said(takes, last=False)})["1"] == f"busy ward → {shown}"


def test_a_line_that_is_known_by_half_shows_the_other():
    said = {"criterion 1": Said(3, last=True)}
    assert cues(said)["1"] == "– → nights, St Bride's, 40 beds"


def test_a_criterion_has_the_room_that_its_proof_leaves():
    fewer = tuple(each for each in PLAN.cues if each.text not in {"nights", "St Bride's"})
    assert cues(plan=Plan("N", "", PLAN.points, cues=fewer))["1"] == "calm, busy ward → 40 beds"


def test_without_a_reason_the_role_is_what_you_want():
    plan = Plan("Ward nurse", "", PLAN.points, cues=PLAN.cues)
    assert cues(plan=plan)["want"] == "Ward nurse"


def test_the_question_stays_a_question_until_it_is_known():
    shown = [cues({"question": Said(takes, last=True)})["ask"] for takes in (1, 2, 3)]
    assert shown == ["concerns?", "c…?", "–"]


def test_where_nothing_was_found_there_is_a_dash():
    bare = Plan("C", "", PLAN.points)
    assert cues(plan=bare) == {"want": "–", "1": "–", "ask": "–", "thank": ""}
