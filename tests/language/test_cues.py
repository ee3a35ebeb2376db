"""What grammar and wording say for certain."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.language.cues import CUES, cues, normalised_in_place, wording_cues


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Thank you for your time.", "thank_you"),
        ("Thanks to my manager we won.", "thanks_to"),
        ("No, thank you, I have had one.", "no_thanks"),
        ("I appreciate that budgets are tight.", "appreciate_that"),
        ("I look forward to hearing from you.", "looking_forward"),
        ("I'd be interested to know more.", "to_know"),
        ("Or, hm, perhaps not.", "taken_back"),
        ("Count me in.", "keen"),
        ("You need someone on weekends.", "you_need"),
        ("i ran the till on saturdays", "i_did"),
        ("Do you have any concerns?", "concern_question"),
        ("How do I compare with the others?", "compare"),
        ("What are the next steps?", "what_next"),
        ("So, when do I start?", "when_start"),
        ("Hire me and you won't regret it.", "hire_me"),
        ("This kind of work suits me.", "this_kind"),
        ("Could I have your card?", "card"),
        ("I’ll email you my references.", "follow"),
        ("As you said, it is hard.", "as_you_said"),
    ],
)
def test_a_wording_is_noticed(text, cue):
    assert cue in wording_cues(text)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Thank you for your time.", "thanks_to"),
        ("Thanks to you both.", "thanks_to"),
        ("I appreciate your time.", "appreciate_that"),
        ("I want this job.", "taken_back"),
        ("They need a nurse.", "card"),
    ],
)
def test_a_wording_that_is_not_there_is_not_noticed(text, cue):
    assert cue not in wording_cues(text)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Do you have any concerns?", True),
        ("do you have any concerns", True),
        ("what worries you about me", True),
        ("I want this job.", False),
        ("thank you for your time", False),
    ],
)
def test_a_question_is_told_by_its_mark_or_its_word_order(text, asks, language):
    assert ("asks" in named(language, text)) is asks


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("I trained fourteen pickers last spring.", "first_past"),
        ("I do not want it.", "root_is_negated"),
        ("My sister got the job.", "root_is_third"),
        ("I would take it.", "modal"),
        ("I want this job.", "wants"),
        ("He said it was hard.", "reports"),
        ("Yes.", "short"),
    ],
)
def test_grammar_is_noticed(text, cue, language):
    assert cue in named(language, text)


def named(language, text):
    (span,) = [language.parser(text)[:]]
    return {name for name, holds in zip(CUES, cues(span), strict=True) if holds}


def test_no_cue_has_the_name_of_another():
    assert len(set(CUES)) == len(CUES)


def test_cues_are_zeros_and_ones_in_one_order(language):
    values = cues(language.parser("Do you have any concerns about hiring me?")[:])
    assert values.shape == (len(CUES),)
    assert values.dtype == np.float32
    assert set(values.tolist()) <= {0.0, 1.0}


@given(st.text())
def test_normalising_in_place_moves_no_character(text):
    plain = normalised_in_place(text)
    assert len(plain) == len(text)
    assert "’" not in plain
