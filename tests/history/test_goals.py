"""The one thing for the next take."""

from __future__ import annotations

import pytest

from rehearse.history import History
from rehearse.history.goals import TEXTS, Goal, chosen
from rehearse.history.measures import measured
from tests.history.reports import entry, report


def points(**options):
    return measured(report(**options))


WITHOUT_CONCERNS = ("interest", "fit", "thanks")


@pytest.mark.parametrize(
    ("takes", "goal"),
    [
        ([{"steps": WITHOUT_CONCERNS, "cheesy": 1, "fillers": 20}], Goal("step.concerns")),
        ([{"steps": ()}], Goal("step.interest")),
        ([{"cheesy": 2, "span_s": 120}], Goal("cheesy")),
        ([{"span_s": 120, "fillers": 40}], Goal("length")),
        ([{"span_s": 20, "fillers": 1}], Goal("length")),
        ([{"fillers": 12}], Goal("fillers", 9.0)),
        ([{"fillers": 6}], Goal("fillers", 5.0)),
        ([{}], Goal("steps")),
        # What was missing in two of five is the goal, though it was there just now.
        (
            [{"steps": WITHOUT_CONCERNS}, {}, {"steps": WITHOUT_CONCERNS}, {}, {}],
            Goal("step.concerns"),
        ),
        # What was wrong long ago is no goal.
        ([{"steps": WITHOUT_CONCERNS}] * 3 + [{}] * 5, Goal("steps")),
        # One take of an odd length among good ones is none either.
        ([{}, {}, {}, {"span_s": 100}], Goal("steps")),
    ],
)  # fmt: skip
def test_what_is_missing_comes_before_what_is_wrong(takes, goal):
    assert chosen([points(**each) for each in takes]) == goal


@pytest.mark.parametrize(
    ("goal", "take", "reached"),
    [
        (Goal("step.concerns"), {}, True),
        (Goal("step.concerns"), {"steps": WITHOUT_CONCERNS}, False),
        (Goal("steps"), {"steps": WITHOUT_CONCERNS}, False),
        (Goal("steps"), {}, True),
        (Goal("cheesy"), {}, True),
        (Goal("cheesy"), {"cheesy": 1}, False),
        (Goal("length"), {"span_s": 74}, True),
        (Goal("length"), {"span_s": 80}, False),
        (Goal("fillers", 6.0), {"fillers": 6}, True),
        (Goal("fillers", 6.0), {"fillers": 7}, False),
        (Goal("fillers", 6.0), {"span_s": 10}, None),
        (Goal("pace"), {}, True),
    ],
)
def test_a_take_tells_whether_it_was_reached(goal, take, reached):
    assert goal.reached(points(**take)) is reached


def test_every_goal_has_its_words():
    assert Goal("fillers", 6.0).text == "At most 6 fillers a minute: breathe instead"
    assert Goal("length").text == "Keep it between 30 and 75 seconds"
    assert all("{" not in Goal(name, 3.0).text for name in TEXTS)


@pytest.fixture
def history(tmp_path):
    with History(tmp_path) as opened:
        yield opened


def test_the_next_take_is_judged_by_it(history):
    first = history.add(entry(1, steps=WITHOUT_CONCERNS)).said
    assert (first.judged, first.goal) == (None, Goal("step.concerns"))
    second = history.add(entry(2, steps=WITHOUT_CONCERNS)).said
    assert second.judged.goal == Goal("step.concerns")
    assert not second.judged.reached
    third = history.add(entry(3)).said
    assert third.judged.reached
    shown = history.overview()
    assert (shown.goals_reached, shown.goals_judged) == (1, 2)


def test_a_take_that_cannot_tell_leaves_it_open(history):
    history.add(entry(1, fillers=12))
    short = history.add(entry(2, span_s=10, fillers=3)).said
    assert (short.judged, short.goal) == (None, Goal("fillers", 9.0))
    told = history.add(entry(3, fillers=5)).said
    assert told.judged.reached


def test_what_repeats_another_neither_judges_nor_sets(history):
    history.add(entry(1, "The same.", steps=WITHOUT_CONCERNS))
    again = history.add(entry(2, "The same.")).said
    assert (again.judged, again.goal) == (None, Goal("step.concerns"))
