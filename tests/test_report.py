"""Which findings come first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rehearse.finding import Finding, Level
from rehearse.report import MOST_FIXES, Report, first_fixes
from rehearse.transcript import Span, Transcript

FINDINGS = st.lists(
    st.builds(
        lambda level, weight: Finding(level, "", weight=weight),
        st.sampled_from(Level),
        st.floats(0, 50, allow_nan=False),
    )
)
FLAGGED = [Level.FIX, Level.TIP]


def finding(level, weight=0.0):
    return Finding(level, "", weight=weight)


def test_a_fix_comes_before_a_weightier_tip():
    assert first_fixes([finding(Level.TIP, 50), finding(Level.FIX, 1)]) == (1, 0)


def test_the_weightier_of_two_fixes_comes_first():
    assert first_fixes([finding(Level.FIX, 1), finding(Level.FIX, 2)]) == (1, 0)


def test_findings_of_equal_weight_keep_the_order_of_the_checks():
    assert first_fixes([finding(Level.FIX, 1), finding(Level.FIX, 1)]) == (0, 1)


def test_notes_and_strengths_are_never_fixes():
    assert first_fixes([finding(Level.NOTE, 99), finding(Level.STRENGTH, 99)]) == ()


@given(FINDINGS)
def test_at_most_three_come_first_and_as_many_as_there_are(findings):
    flagged = [each for each in findings if each.level in FLAGGED]
    assert len(first_fixes(findings)) == min(MOST_FIXES, len(flagged))


@given(FINDINGS)
def test_nothing_that_is_left_out_matters_more(findings):
    chosen = first_fixes(findings)
    rank = {
        number: (FLAGGED.index(each.level), -each.weight)
        for number, each in enumerate(findings)
        if each.level in FLAGGED
    }
    left = [rank[number] for number in rank if number not in chosen]
    assert all(rank[number] <= least for number in chosen for least in left)


def test_steps_present_counts_the_steps_with_evidence():
    steps = {
        "interest": (Span(0, 1), Span(2, 3)),
        "fit": (),
        "concerns": (),
        "thanks": (Span(4, 5),),
    }
    report = Report("-", None, Transcript.of_text("I"), None, steps, {}, ())
    assert report.steps_present == 2
