"""Whose words are whose, and what is said about it."""

from __future__ import annotations

import pytest

from rehearse.errors import SpeakerError
from rehearse.speakers import Turn, Voices, noted
from rehearse.transcript import Spoken, Transcript

TURNS = (Turn(0.0, 3.0, 1), Turn(4.0, 10.0, 2), Turn(10.4, 12.0, 2), Turn(13.0, 14.0, 1))


def said(*words):
    return Transcript.of_speech(Spoken(*word) for word in words)


def test_the_candidate_is_who_speaks_most():
    assert Voices.of(TURNS, None).candidate == 2


def test_another_may_be_picked():
    assert Voices.of(TURNS, 1).candidate == 1


@pytest.mark.parametrize("picked", [0, 3, -1])
def test_a_voice_that_is_not_there_is_an_error_that_counts_them(picked):
    with pytest.raises(SpeakerError, match=f"--speaker {picked}: 2 voices are heard"):
        Voices.of(TURNS, picked)


@pytest.mark.parametrize("turns", [(), (Turn(0.0, 3.0, 1),)])
def test_of_one_voice_the_first_may_be_picked(turns):
    assert not Voices.of(turns, 1).several
    with pytest.raises(SpeakerError, match="one voice is heard"):
        Voices.of(turns, 2)


def test_words_go_to_the_turn_they_lie_in_or_the_nearest():
    transcript = said(("Well,", 0.2, 0.6), ("yes.", 3.1, 3.3), ("I", 3.9, 4.1), ("do.", 12.1, 12.4))
    words = Voices.of(TURNS, None).told(transcript).words
    assert [(word.speaker, word.theirs) for word in words] == [
        *((1, True), (1, True), (2, False), (2, False)),
    ]


def test_nobody_elses_words_are_the_candidates_own():
    transcript = said(("Thank", 0.2, 0.6), ("you.", 0.6, 0.9), ("Bye.", 5.0, 5.5))
    told = Voices.of(TURNS, None).told(transcript)
    assert [word.text for word in told.own_words] == ["Bye."]
    assert told.own_text.strip() == "Bye."
    assert len(told.own_text) == len(told.text)


def test_one_voice_is_not_numbered():
    transcript = said(("Thank", 0.2, 0.6), ("you.", 0.6, 0.9))
    assert Voices.of(TURNS[:1], None).told(transcript) == transcript


def test_what_others_say_near_each_other_is_one_stretch():
    turns = (Turn(0, 2, 1), Turn(2.5, 4, 1), Turn(5, 20, 2), Turn(21, 22, 1))
    assert Voices.of(turns, None).others_s == ((0, 4), (21, 22))


def test_the_candidate_between_them_parts_two_stretches():
    turns = (Turn(0, 2, 1), Turn(2.1, 12, 2), Turn(12.2, 14, 1))
    assert Voices.of(turns, None).others_s == ((0, 2), (12.2, 14))


def test_several_voices_are_said_with_what_to_do():
    (note,) = noted(Voices.of(TURNS, None))
    assert note.startswith("Two voices are heard.")
    assert "voice 2, which speaks most (8 of 12 s)" in note
    assert "--speaker 1 takes another" in note
    assert "was picked" in noted(Voices.of(TURNS, 1))[0]


def test_one_voice_is_nothing_to_say():
    assert noted(Voices.of(TURNS[:1], None)) == []
