"""What is otherwise than in the take before."""

from __future__ import annotations

import copy

import pytest

from rehearse.outputs.since import since

BEFORE = {
    "steps": {
        "interest": {"present": True},
        "fit": {"present": False},
        "concerns": {"present": True},
        "thanks": {"present": False},
    },
    "findings": [
        {"check": "wording.cheesy", "at": {"text": "So when do I start?"}},
        {"check": "length", "at": None},
    ],
    "measures": {"span_s": 82.0, "pace_wpm": 150.0, "fillers": [{}, {}, {}]},
}


@pytest.fixture
def now():
    return copy.deepcopy(BEFORE)


def test_the_same_again_is_no_change(now):
    assert since(BEFORE, now) == []


def test_steps_that_came_and_went_are_named(now):
    now["steps"]["fit"]["present"] = True
    now["steps"]["concerns"]["present"] = False
    assert since(BEFORE, now) == [
        "✓ fit: there now",
        "✗ concerns question: was there, and is missing now",
    ]


def test_cheesy_lines_that_went_and_came_are_quoted(now):
    now["findings"][0]["at"]["text"] = "You will not regret it."
    assert since(BEFORE, now) == [
        "✓ no longer said: “So when do I start?”",
        "✗ new: “You will not regret it.”",
    ]


def test_a_length_that_changed_is_told(now):
    now["measures"]["span_s"] = 58.2
    assert since(BEFORE, now) == ["· length: 58 s, before 82 s"]


def test_what_any_two_takes_differ_by_is_not_told(now):
    now["measures"].update(span_s=80.5, pace_wpm=157.0)
    assert since(BEFORE, now) == []


def test_fillers_are_counted(now):
    now["measures"]["fillers"] = [{}]
    assert since(BEFORE, now) == ["· fillers: 1, before 3"]


@pytest.mark.parametrize("name", ["span_s", "pace_wpm", "fillers"])
def test_a_number_that_was_withheld_is_compared_with_nothing(now, name):
    now["measures"][name] = None
    assert since(BEFORE, now) == []
    assert since(now, BEFORE) == []
