"""Fillers that somebody wrote down."""

from __future__ import annotations

import pytest

from rehearse.prosody.fillers import fillers_in
from rehearse.transcript import Spoken, Transcript


def found(text):
    return [filler.text for filler in fillers_in(Transcript.of_text(text))]


@pytest.mark.parametrize(
    "sound", ["um", "Um,", "uhm", "umm…", "uh", "Uhh.", "er", "erm", "ah", "hmm", "“um”"]
)
def test_a_filler_sound_is_found_with_or_without_punctuation(sound):
    assert len(found(f"So {sound} yes")) == 1


@pytest.mark.parametrize(
    "word",
    [
        "a",
        "am",
        "her",
        "err-prone",
        "hum",
        "umbrella",
        "ah-ha",
        "'er",
        "like",
        "m",
        "mm",
        "uh-huh",
        "mm-hm",
    ],
)
def test_a_word_is_no_filler_sound(word):
    assert found(f"So {word} yes") == []


def test_fillers_come_in_order_in_lower_case():
    assert found("Um, I, uh, want, ERM, this.") == ["um", "uh", "erm"]


def test_a_filler_has_the_time_of_its_word():
    transcript = Transcript.of_speech([Spoken("I", 0.0, 0.2), Spoken("um,", 0.3, 0.7)])
    (filler,) = fillers_in(transcript)
    assert (filler.start_s, filler.end_s, filler.source) == (0.3, 0.7, "word")


def test_an_unheard_filler_is_not_counted():
    assert fillers_in(Transcript.of_speech([Spoken("um", 0.0, 0.5, unheard="no voice")])) == ()
