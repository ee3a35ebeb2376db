"""Hedges on the speaker's own claims."""

from __future__ import annotations

import pytest

from rehearse.checks.wording.hedging import MANY, hedging
from rehearse.finding import Level


def found(close):
    text = close.transcript.text
    return [text[finding.at.start : finding.at.end] for finding in hedging.run(close)]


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("I guess I could do that.", ["I guess"]),
        ("I sort of ran the shop.", ["sort of"]),
        ("I think maybe I could run it.", ["I think maybe"]),
        ("I’m no expert, but I fixed it.", ["I’m no expert"]),
        ("I ran it, or something like that.", ["or something like that"]),
        ("i was kinda in charge", ["kinda"]),
    ],
)
def test_a_hedge_is_quoted_exactly(text, hedges, imagine):
    assert found(imagine(text)) == hedges


@pytest.mark.parametrize(
    "text",
    [
        "This kind of work is what I did for six years.",
        "I know what sort of person you need.",
        "I think I can help you.",
        "Maybe you could show me the ward.",
        "Um, I ran the shop.",
    ],
)
def test_what_weakens_no_claim_is_left_alone(text, imagine):
    assert found(imagine(text)) == []


def test_a_hedge_in_a_question_is_politeness(imagine):
    assert found(imagine("Is there anything I might be able to clear up, I guess?")) == []


def test_one_hedge_fewer_than_many_is_a_tip_each(imagine):
    close = imagine("I guess I did that. " * (MANY - 1))
    assert [finding.level for finding in hedging.run(close)] == [Level.TIP] * (MANY - 1)


def test_many_hedges_are_a_fix_that_counts_them(imagine):
    findings = list(hedging.run(imagine("I guess I did that. " * MANY)))
    assert [finding.level for finding in findings] == [Level.FIX] * MANY
    assert f"{MANY} times" in findings[0].message


def test_only_the_first_hedge_competes_for_a_place_among_the_fixes(imagine):
    first, *others = hedging.run(imagine("I guess I did that. " * MANY))
    assert all(first.weight > other.weight for other in others)
