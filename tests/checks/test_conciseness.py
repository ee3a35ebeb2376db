"""What could be left out, and what must stay."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.checks.conciseness import conciseness, idle_sentences, shortest_set
from rehearse.finding import Level
from rehearse.steps import STEPS

SENTENCES = st.lists(
    st.tuples(st.integers(1, 9), st.frozensets(st.sampled_from(STEPS)), st.just(())),
    min_size=1,
    max_size=8,
)


def levels(close):
    return [finding.level for finding in conciseness.run(close)]


def fewest_words(sentences):
    """By trying every choice of sentences."""
    wanted = frozenset().union(*(labels for _, labels, _ in sentences))
    choices = chain.from_iterable(
        combinations(sentences, size) for size in range(len(sentences) + 1)
    )
    return min(
        sum(words for words, _, _ in choice)
        for choice in choices
        if frozenset().union(*(labels for _, labels, _ in choice)) == wanted
    )


@given(SENTENCES)
def test_the_shortest_set_is_exact(composed, sentences):
    shortest = shortest_set(composed(*sentences))
    taken = any(labels for _, labels, _ in sentences)
    assert (shortest is not None) == taken
    if shortest is not None:
        assert sum(len(each.words) for each in shortest.sentences) == fewest_words(sentences)


@given(SENTENCES)
def test_the_shortest_set_keeps_every_step_in_the_order_it_was_said(composed, sentences):
    close = composed(*sentences)
    shortest = shortest_set(close)
    if shortest is not None:
        kept = [close.sentences.index(each) for each in shortest.sentences]
        assert kept == sorted(set(kept))
        for step in STEPS:
            assert any(each.holds(step) for each in shortest.sentences) == any(
                each.holds(step) for each in close.sentences
            )


@given(SENTENCES)
def test_what_is_saved_is_what_is_left_out(composed, sentences):
    close = composed(*sentences)
    shortest = shortest_set(close)
    if shortest is not None:
        kept = sum(len(each.words) for each in shortest.sentences)
        assert shortest.words_saved == len(close.transcript.words) - kept
        assert shortest.seconds_saved == pytest.approx(shortest.words_saved)


def test_a_sentence_that_takes_two_steps_beats_two_that_take_one(composed):
    both = (5, {"interest", "thanks"}, ())
    close = composed((3, {"interest"}, ()), (3, {"thanks"}, ()), both)
    assert shortest_set(close).sentences == (close.sentences[2],)


def test_a_step_that_was_taken_back_is_not_kept(composed):
    close = composed((3, {"interest"}, ()), (3, (), {"taken_back"}), (9, {"interest"}, ()))
    assert shortest_set(close).sentences == (close.sentences[2],)


def test_a_typed_close_saves_words_and_no_seconds(imagine):
    close = imagine("The canteen looks nice, I thought. I would really like to work here.")
    shortest = shortest_set(close)
    assert shortest.words_saved == 6
    assert shortest.seconds_saved is None


def test_two_words_are_never_idle(composed):
    close = composed((2, (), ()), (3, (), ()), (3, {"thanks"}, ()), (3, {"next_steps"}, ()))
    assert idle_sentences(close) == (close.sentences[1],)


@pytest.mark.parametrize(
    ("idle", "useful", "expected"),
    [
        (50, 50, Level.FIX),
        (49, 51, Level.TIP),
        (35, 65, Level.TIP),
        (34, 66, Level.NOTE),
        (25, 25, Level.FIX),
        (24, 24, None),
        (15, 85, Level.STRENGTH),
        (16, 84, None),
        (6, 53, None),
        (6, 54, Level.STRENGTH),
    ],
)
def test_each_side_of_each_threshold(composed, idle, useful, expected):
    found = levels(composed((useful, {"fit"}, ()), (idle, (), ())))
    assert found[:1] == ([] if expected is None else [expected])


def test_a_sentence_said_again_is_told_with_the_first_one(imagine):
    close = imagine(
        "I trained fourteen new pickers last spring. Thank you for the tour. "
        "I trained fourteen new pickers last spring."
    )
    (again,) = (f for f in conciseness.run(close) if f.message.startswith("You said this before"))
    assert again.at == close.sentences[2].span
    assert close.sentences[0].text in again.message


def test_thanks_may_be_said_twice(imagine):
    close = imagine("Thank you so much for your time. Thank you so much for your time.")
    assert not any("said this before" in finding.message for finding in conciseness.run(close))


def test_three_words_begun_again_are_noted_and_two_are_not(imagine):
    three = "I I want the the job because of of the team."
    two = "I I want the the job because of the team."
    assert any(
        "began a word again 3" in finding.message for finding in conciseness.run(imagine(three))
    )
    assert not any("began a word" in finding.message for finding in conciseness.run(imagine(two)))
