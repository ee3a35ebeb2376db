"""A cohort, counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scipy.stats import binomtest

from rehearse.checks import CHECKS
from rehearse.cohort import Failure, Row, Share, row_of, summed_up
from rehearse.cohort.practice import EXERCISES
from rehearse.history.measures import Point
from rehearse.steps import STEPS

GOLDEN = Path(__file__).parents[1] / "golden"
SPOKEN = json.loads((GOLDEN / "spoken.json").read_text("utf-8"))
CHEESY = json.loads((GOLDEN / "typed-cheesy.json").read_text("utf-8"))


def row(missing=(), *, length=50.0, checks=(), cheesy=()):
    return Row(
        {step: step not in missing for step in STEPS},
        {"length": Point(length), "fillers": Point(3.0, 1.0)},
        100,
        tuple(checks),
        tuple(cheesy),
    )


def test_a_row_is_what_its_report_says():
    kept = row_of(SPOKEN)
    assert {step: SPOKEN["steps"][step]["present"] for step in STEPS} == kept.steps
    assert kept.words == SPOKEN["measures"]["words"]
    assert kept.points["length"].value == SPOKEN["measures"]["span_s"]
    first = [SPOKEN["findings"][index]["check"] for index in SPOKEN["fixes"]]
    assert first
    assert kept.checks == tuple(dict.fromkeys(first))


def test_a_row_has_each_line_that_is_flagged_and_why_without_the_line():
    found = [each for each in CHEESY["findings"] if each["check"] == "wording.cheesy"]
    kept = row_of(CHEESY).cheesy
    assert len(kept) == len(found) > 1
    for each, (line, why) in zip(found, kept, strict=True):
        assert line == each["at"]["text"]
        assert why
        assert line not in why
        assert why in each["message"]


def test_a_row_is_the_same_after_it_was_kept():
    for each in (row_of(SPOKEN), row(["fit"], cheesy=[("So?", "why")])):
        assert Row.read(json.loads(json.dumps(each.kept()))) == each


@pytest.mark.parametrize(("count", "among"), [(0, 9), (4, 9), (9, 9), (130, 200)])
def test_the_interval_of_a_share_is_clopper_and_pearsons(count, among):
    exact = binomtest(count, among).proportion_ci(0.95, method="exact")
    assert Share(count, among).interval == pytest.approx((exact.low, exact.high), abs=1e-9)


def test_how_often_each_step_was_there():
    cohort = summed_up([row(["concerns"]), row(["concerns", "fit"]), row()])
    assert {step: (s.count, s.among) for step, s in cohort.steps.items()} == {
        "interest": (3, 3),
        "fit": (2, 3),
        "concerns": (1, 3),
        "thanks": (3, 3),
    }
    assert (cohort.all_steps.count, cohort.all_steps.among) == (1, 3)
    assert cohort.commonest_missing == ("concerns",)
    assert summed_up([row(["fit"]), row(["thanks"])]).commonest_missing == ("fit", "thanks")
    assert summed_up([row(), row()]).commonest_missing == ()


def test_lengths_are_told_by_mean_median_and_the_bars_of_the_check():
    lengths = (20.0, 40.0, 50.0, 90.0)
    cohort = summed_up([row(length=each) for each in lengths])
    assert [share.count for share in (cohort.short, cohort.inside, cohort.long)] == [1, 2, 1]
    (told,) = (each for each in cohort.measures if each.measure.name == "length")
    assert told.estimate.value == pytest.approx(50.0)
    assert told.median == pytest.approx(45.0)
    assert told.estimate.low < 50 < told.estimate.high


def test_a_line_is_quoted_where_two_said_it_whatever_the_commas():
    why, other = "it takes the offer for granted", "it begs"
    cohort = summed_up(
        [
            row(cheesy=[("So, when do I start?", why)]),
            row(cheesy=[("So when do I start", why), ("So when do I start", why)]),
            row(cheesy=[("Please, I beg you, I am Ann Lee.", other)]),
            row(),
        ]
    )
    first, second = cohort.cheesy
    assert (first.why, first.said, first.share.count) == (why, "So, when do I start?", 2)
    assert (second.said, second.share.count) == ("", 1)  # one person's own words


def test_a_workshop_practises_what_many_lack_and_nobody_is_named():
    rows = [row(checks=["steps.concerns", "length"]) for _ in range(6)]
    rows += [row(checks=["steps.concerns"]) for _ in range(10)] + [row(checks=["wording.hedging"])]
    cohort = summed_up(rows, [Failure("x.wav", "x.wav is empty.", "Copy it again.")])
    assert [(each.check, each.share.count) for each in cohort.practices] == [
        ("steps.concerns", 16),
        ("length", 6),
    ]
    assert cohort.recordings == 17
    assert len(cohort.failures) == 1


def test_every_check_that_a_recording_alone_can_fail_has_an_exercise():
    beside = {"job", "discussed", "audience"}  # these need a posting, notes or a listener
    expected = {
        each.name
        for each in CHECKS
        if each.name not in beside and not each.name.startswith("exchange.")
    }
    assert expected == set(EXERCISES)


def test_a_cohort_of_nobody_is_told_as_such():
    cohort = summed_up([])
    assert cohort.recordings == 0
    assert cohort.practices == ()
    assert cohort.steps["fit"].interval == (0.0, 1.0)
