"""Filler words: where they do no work, and where they do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehearse.prosody import of_text
from rehearse.transcript import Spoken, Transcript

FILLERS = (
    # the text, and the words in it that fill time
    ("I was, like, really happy there.", ["like"]),
    ("It was like three in the morning and, like, nobody came.", ["like", "like"]),
    ("And I'm like so ready for this job.", ["like"]),
    ("So, you know, I would love this job.", ["you know"]),
    ("I ran the ward, you know, for three years.", ["you know"]),
    ("I mean, it is what I do best.", ["i mean"]),
    ("We cut the errors, right, and then we cut them again.", ["right"]),
    ("Basically, I would do whatever you need.", ["basically"]),
    ("Actually, I would like to ask about the team.", ["actually"]),
    ("I led it, like, alone, and, you know, it worked.", ["like", "you know"]),
)

WORDS = (
    "I would really like to work here.",
    "I'd like this job.",
    "I like how you treat your people.",
    "A team like yours is what I look for.",
    "It felt like home.",
    "People like me learn quickly.",
    "Would you like a copy?",
    "What was it like for you?",
    "As you know, I ran the ward.",
    "You know the hard part better than I do.",
    "I want you to know that I am serious.",
    "Do you know when I will hear from you?",
    "I was so happy to meet the team.",
    "I checked every lock so that nobody got in.",
    "I think so.",
    "The right person for this is somebody who stays.",
    "Am I right that you need nights?",
    "I turned right at the gate.",
    "I mean every word of it.",
    "That is what I mean by care.",
    "You said the actual work begins at six.",
    "What did it actually cost?",
)


def found(language, text):
    transcript = Transcript.of_text(text)
    return [each.text for each in language.read(transcript, of_text(transcript)).filler_words]


@pytest.mark.parametrize(("text", "words"), FILLERS, ids=lambda value: str(value)[:40])
def test_a_word_that_does_no_work_is_a_filler(language, text, words):
    assert found(language, text) == words


@pytest.mark.parametrize("text", WORDS)
def test_a_word_at_work_is_none(language, text):
    assert found(language, text) == []


def test_its_place_is_that_of_its_words(language):
    transcript = Transcript.of_text("I was, like, happy, you know, there.")
    close = language.read(transcript, of_text(transcript))
    assert [transcript.text[each.at.start : each.at.end] for each in close.filler_words] == [
        "like",
        "you know",
    ]


def spoken(language, *timed):
    transcript = Transcript.of_speech(Spoken(*word) for word in timed)
    return language.read(transcript, of_text(transcript)).filler_words


def test_pauses_set_a_word_apart_where_no_comma_does(language):
    words = [("I", 0.0, 0.2), ("was", 0.2, 0.5), ("like", 0.9, 1.2), ("happy", 1.6, 2.0)]
    (filler,) = spoken(language, *words, ("there.", 2.0, 2.4))
    assert (filler.text, filler.start_s, filler.end_s) == ("like", 0.9, 1.2)


def test_a_filler_of_somebody_elses_is_not_counted(language):
    transcript = Transcript.of_text("I was, like, happy.")
    assert found(language, transcript.text) == ["like"]
    theirs = tuple(replace(word, speaker=2, theirs=True) for word in transcript.words)
    close_text = Transcript(transcript.text, theirs)
    assert language.read(close_text, of_text(close_text)).filler_words == ()
