"""Habits other than phrases, and takes that have become a recital."""

from __future__ import annotations

import random

import pytest

from rehearse.history import History
from rehearse.history.habits import Habit, habits
from rehearse.history.measures import Point, measured
from rehearse.history.rehearsed import recited
from tests.history.reports import entry, report
from tests.history.telling import COOK, told, with_habit

WITHOUT_CONCERNS = ("interest", "fit", "thanks")


def found(*takes):
    return habits([measured(report(**each)) for each in takes], [""] * len(takes))


def test_a_step_that_is_often_missing():
    takes = [{"steps": WITHOUT_CONCERNS}, {}, {"steps": WITHOUT_CONCERNS}, {}, {}]
    assert found(*takes) == [Habit("step", "concerns", 2, 5, 2)]


def test_what_was_missing_once_is_no_habit():
    assert found({"steps": WITHOUT_CONCERNS}, {}, {}, {}, {}) == []


def test_what_was_forgotten_before_the_last_ten_is_no_habit_any_more():
    assert found(*[{"steps": WITHOUT_CONCERNS}] * 8, *[{}] * 10) == []


def test_with_fewer_than_five_takes_nothing_is_said():
    assert found(*[{"steps": WITHOUT_CONCERNS}] * 4) == []


def take(before, fillers=3.0):
    there = measured(report())
    return {
        **there,
        "fillers": Point(fillers, 1.0),
        **{f"filler.{step}": Point(step in before) for step in ("interest", "fit", "concerns")},
    }


def test_a_filler_before_a_step():
    takes = [take({"concerns"}), take({"concerns", "fit"}), take({"concerns"}), take(()), take(())]
    assert habits(takes, [""] * 5) == [Habit("filler", "concerns", 3, 5, 3)]


def test_where_fillers_are_everywhere_one_before_a_step_is_no_habit():
    takes = [take({"concerns"}, fillers=30.0) for _ in range(5)]
    assert [each.what for each in habits(takes, [""] * 5)] == []


def test_a_filler_is_read_from_just_before_the_step():
    told_report = report()
    start_s = told_report["steps"]["fit"]["evidence"][0]["start_s"]
    told_report["measures"]["fillers"] = [
        {"text": "um", "start_s": start_s - 0.8, "end_s": start_s - 0.5, "from": "word"}
    ]
    read = measured(told_report)
    assert read["filler.fit"].amount == 1
    assert read["filler.interest"].amount == 0


def test_phrases_and_steps_come_back_from_a_history(tmp_path):
    rng = random.Random(3)
    takes = [with_habit(rng, text, "to be honest", 2) for text in told(rng, COOK, 10)]
    with History(tmp_path) as history:
        for number, text in enumerate(takes):
            history.add(entry(number, text, steps=WITHOUT_CONCERNS))
        shown = history.overview().habits
    assert [(each.kind, each.what) for each in shown] == [
        ("step", "concerns"),
        ("phrase", "to be honest"),
    ]
    assert shown[1].takes == shown[1].among == 10
    assert shown[1].lift > 10


SCRIPT = (
    "I would love to join you. You need someone who keeps the ward calm at night, and that is "
    "what I have done at the Royal for six years. Do you have any concerns about me? Thank you."
)
OTHER = (
    "This is the place where I want to work. Nights are hard to staff, you said, and I like them, "
    "I ran them at the Royal. Is there anything that speaks against me? Thanks for today."
)


@pytest.mark.parametrize(
    ("pitches", "said"),
    [
        ([3.2, 3.0, 2.2, 2.1], True),
        ([3.2, 3.0, 3.1, 2.9], False),
        ([2.2, 2.1, 3.2, 3.0], False),
        ([3.2, 3.0, 2.2], False),
        ([3.2, 3.0, 2.2, None], False),
        ([3.0, 3.1, 3.3, 3.0, 2.9, 2.0, 1.9], True),
    ],
)
def test_word_for_word_and_flatter(pitches, said):
    assert recited([(SCRIPT, pitch) for pitch in pitches]) is said


def test_in_other_words_it_is_no_recital_however_flat():
    assert not recited([(SCRIPT, 3.2), (OTHER, 3.0), (SCRIPT, 2.1), (OTHER, 2.0)])


def test_small_slips_do_not_hide_a_recital():
    words = SCRIPT.split()
    takes = [" ".join(words[:at] + words[at + 2 :]) for at in (3, 12, 20, 28)]
    assert recited(list(zip(takes, [3.2, 3.1, 2.2, 2.0], strict=True)))


def test_it_is_pointed_out_once(tmp_path):
    remarks = []
    with History(tmp_path) as history:
        for number in range(30):
            slip = SCRIPT.replace("Thank you", f"Thank you, number {number}")
            flat = 3.2 - 0.2 * min(number, 10)
            remarks.append(history.add(entry(number, slip, pitch=flat)).said.recited)
    assert sum(remarks) == 1
