"""Words and the text that they make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.transcript import Span, Spoken, Transcript, Unrecorded

SPOKEN = st.lists(
    st.builds(
        Spoken,
        st.text(max_size=8),
        st.just(0.0),
        st.just(1.0),
        st.just(1.0),
        st.sampled_from([None, "no voice", "no sense"]),
    )
)
SPANS = st.builds(
    lambda start, size: Span(start, start + size), st.integers(0, 20), st.integers(1, 9)
)


@given(SPOKEN)
def test_the_span_of_a_heard_word_quotes_it_exactly(spoken):
    transcript = Transcript.of_speech(spoken)
    for word in transcript.words:
        assert transcript.text[word.span.start : word.span.end] == word.text


@given(st.text())
def test_the_span_of_a_typed_word_quotes_it_exactly(text):
    transcript = Transcript.of_text(text)
    for word in transcript.words:
        assert transcript.text[word.span.start : word.span.end] == word.text


@given(SPOKEN)
def test_words_are_joined_by_one_blank_each(spoken):
    transcript = Transcript.of_speech(spoken)
    assert transcript.text == " ".join(word.text for word in transcript.words)
    assert transcript.text.split() == [
        part for word in transcript.words for part in word.text.split()
    ]


@given(SPOKEN)
def test_unown_words_are_blanked_and_nothing_moves(spoken):
    transcript = Transcript.of_speech(spoken)
    text = transcript.own_text
    assert len(text) == len(transcript.text)
    for word in transcript.words:
        part = text[word.span.start : word.span.end]
        assert part == word.text if word.heard else not part.strip()


@given(SPANS, SPANS)
def test_spans_overlap_where_they_share_a_character(one, other):
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == bool(shared)


@given(SPANS, SPANS)
def test_a_span_covers_another_where_it_has_all_its_characters(one, other):
    assert one.covers(other) == (
        set(range(other.start, other.end)) <= set(range(one.start, one.end))
    )


def test_a_mark_between_blanks_is_no_word():
    assert [word.text for word in Transcript.of_text("I – want it …").words] == ["I", "want", "it"]


def test_a_blank_before_a_word_is_no_part_of_it():
    assert Transcript.of_speech([Spoken(" I", 0, 1), Spoken(" ", 1, 2)]).text == "I"


def test_the_words_in_a_span_share_a_character_with_it():
    transcript = Transcript.of_text("I want it")
    assert [word.text for word in transcript.words_in(Span(0, 3))] == ["I", "want"]


def test_the_time_of_a_span_runs_from_its_first_to_its_last_word():
    transcript = Transcript.of_speech([Spoken("I", 1, 2), Spoken("want", 3, 4), Spoken("it", 5, 6)])
    assert transcript.time_of(Span(2, 9)) == (3, 6)


@pytest.mark.parametrize("span", [Span(0, 1), Span(1, 2)])
def test_typed_words_and_no_words_have_no_time(span):
    assert Transcript.of_text("I want it").time_of(span) == (None, None)


def test_typed_turns_stand_below_each_other_and_theirs_do_not_count():
    told = Transcript.of_turns(
        [("Any doubts?", False), ("You are far away.", True), ("True.", False)]
    )
    assert told.text == "Any doubts?\nYou are far away.\nTrue."
    assert [word.text for word in told.own_words] == ["Any", "doubts?", "True."]
    assert [word.speaker for word in told.words] == [1, 1, 2, 2, 2, 2, 1]
    assert all(told.text[w.span.start : w.span.end] == w.text for w in told.words)


def test_what_was_not_recorded_is_put_in_where_it_was_said():
    spoken = [Spoken("Doubts?", 1.0, 1.4), Spoken("True.", 5.0, 5.3)]
    told = Transcript.of_speech(spoken).with_replies(
        [Unrecorded(2.0, "You are far."), Unrecorded(9.0, "Good.")]
    )
    assert told.text == "Doubts? You are far. True. Good."
    assert [(w.theirs, w.start_s) for w in told.words] == [
        (False, 1.0),
        *[(True, 2.0)] * 3,
        (False, 5.0),
        (True, 9.0),
    ]
    assert all(told.text[w.span.start : w.span.end] == w.text for w in told.words)
    assert told.own_text.split() == ["Doubts?", "True."]
    assert {word.speaker for word in told.words if word.theirs} == {2}
