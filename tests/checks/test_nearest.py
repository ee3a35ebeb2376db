"""Where a step is missing, the report names what came closest and what it says instead."""

from __future__ import annotations

import pytest

from rehearse.checks import named
from rehearse.checks.steps.nearest import INSTEAD, MOST_QUOTED, WORDS, nearest
from rehearse.language.cues import CUES
from rehearse.steps import STEPS


def test_every_step_has_its_cues_and_every_cue_exists():
    assert set(WORDS) == set(INSTEAD) == set(STEPS)
    for step in STEPS:
        assert WORDS[step] | set(INSTEAD[step]) <= set(CUES)


@pytest.mark.parametrize(
    ("step", "text", "says"),
    [
        ("interest", "I really enjoyed our talk today.", "enjoyed the talk"),
        ("interest", "I look forward to hearing from you.", "waits for an answer"),
        ("interest", "My sister was thrilled to get this job.", "somebody else"),
        ("fit", "I am a hard worker and a quick learner.", "claims"),
        ("concerns", "What are the next steps?", "what comes next"),
        ("concerns", "How do I compare with the other candidates?", "the others"),
        ("thanks", "It was a pleasure to meet you.", "not yet thanks"),
        ("thanks", "I appreciate that budgets are tight.", "you understand"),
    ],
)
def test_what_came_closest_is_quoted_with_what_it_says(step, text, says, imagine):
    close = imagine(f"The weather was fine on the way here. {text}")
    (finding,) = (f for f in named(f"steps.{step}").run(close) if f.suggestion)
    assert f"What came closest: “{text}”" in finding.suggestion
    assert says in finding.suggestion.split(text)[1]


@pytest.mark.parametrize("step", STEPS)
def test_nothing_is_named_where_nothing_came_close(step, imagine):
    assert nearest(imagine("The canteen closes at two on Fridays."), step) == ""


def test_a_sentence_that_takes_another_step_is_not_named(imagine):
    close = imagine("Thank you so much, I enjoyed our talk. I ran the till on Saturdays.")
    assert [each.holds("thanks") for each in close.sentences] == [True, False]
    assert nearest(close, "interest") == ""


@pytest.mark.parametrize("step", STEPS)
def test_nothing_is_named_of_an_empty_close(step, imagine):
    assert nearest(imagine(""), step) == ""


def test_a_long_sentence_is_shortened(imagine):
    text = "I really enjoyed our talk today, " + "and then we spoke of boats, " * 20
    assert len(nearest(imagine(text), "interest")) < MOST_QUOTED + 120
