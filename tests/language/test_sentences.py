"""A text cut into sentences that lie in it, in order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.language.sentences import PIECE, TOO_LONG, sentences_of
from rehearse.transcript import Spoken, Transcript

WORDS = st.sampled_from(
    [
        "I",
        "want",
        "this",
        "job.",
        "Dr.",
        "you?",
        "so",
        "–",
        "3.5",
        "thank",
        "and",
        "e.g.",
        "…",
        "it's",
    ]
)


def cut(language, transcript):
    return [
        (span.doc.user_data["offset"] + span.start_char, span.text)
        for span in sentences_of(language.parser, transcript)
    ]


def texts(language, text):
    return [sentence for _, sentence in cut(language, Transcript.of_text(text))]


def test_punctuation_decides(language):
    assert texts(language, "I want it. Do you? Yes! Well… good.") == [
        "I want it.",
        "Do you?",
        "Yes!",
        "Well…",
        "good.",
    ]


@pytest.mark.parametrize(
    "text", ["I met Dr. Shah at ten.", "I ran e.g. the till.", "Thank you, Mrs. Lee, for it."]
)
def test_an_abbreviation_ends_no_sentence(text, language):
    assert texts(language, text) == [text]


def test_a_closing_quotation_mark_stays_with_its_sentence(language):
    assert texts(language, "She said “come in.” I did.") == ["She said “come in.”", "I did."]


def test_a_list_of_lines_is_cut_at_its_lines(language):
    assert texts(language, "I want it\nThank you") == ["I want it", "Thank you"]


def test_a_transcript_without_punctuation_is_cut_where_clauses_begin(language):
    said = (
        "so i really want to work here and you said the hard part is the rota i ran the rota at "
        "my last ward for two years do you have any concerns about me thank you so much for today"
    )
    found = texts(language, said)
    assert len(found) >= 4
    assert found[-2:] == ["do you have any concerns about me", "thank you so much for today"]
    assert " ".join(found) == said


def test_a_short_text_without_punctuation_stays_whole(language):
    words = ("i want this " * TOO_LONG).split()[:TOO_LONG]
    assert len(texts(language, " ".join(words))) == 1


def test_what_holds_no_word_is_no_sentence(language):
    assert texts(language, "Yes. … – !") == ["Yes."]


def test_an_unheard_word_is_in_no_sentence(language):
    spoken = [
        Spoken("Yes.", 0, 1),
        Spoken("Thank", 2, 3, unheard="no voice"),
        Spoken("Good.", 4, 5),
    ]
    found = [text for _, text in cut(language, Transcript.of_speech(spoken))]
    assert found == ["Yes.", "Good."]


@pytest.mark.parametrize("sentence", ["I ran the till on Saturdays. ", "word " * 7, "x" * 99])
def test_a_long_text_loses_nothing_where_it_is_read_in_pieces(sentence, language):
    text = (sentence * (3 * PIECE // len(sentence))).strip()
    found = cut(language, Transcript.of_text(text))
    assert "".join(part for _, part in found).replace(" ", "") == text.replace(" ", "")
    assert all(text[start : start + len(part)] == part for start, part in found)


@settings(max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=60).map(" ".join))
def test_sentences_lie_in_the_text_in_order(language, text):
    transcript = Transcript.of_text(text)
    end = 0
    for start, sentence in cut(language, transcript):
        assert start >= end
        assert transcript.text[start : start + len(sentence)] == sentence
        end = start + len(sentence)
