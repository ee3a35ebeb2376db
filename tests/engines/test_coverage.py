"""Speech that a recogniser passed over: phrases without words, and words stretched over one."""

from __future__ import annotations

import pytest

from rehearse.audio.frames import FRAME_S
from rehearse.engines.coverage import PAD_S, merged, smeared, without_words
from tests.engines.clips import heard

SPEECH = (0.5, 4.0, 0.99)


def seconds(runs):
    return [(first * FRAME_S, last * FRAME_S) for first, last in runs]


def test_speech_with_words_is_not_heard_again():
    assert without_words(heard((" All", 0.5, 2.0), (" said.", 2.0, 4.0))) == []


def test_a_phrase_without_words_is_heard_again_with_what_is_beside_it():
    clip = heard((" First.", 0.5, 1.5), voice=((0.5, 1.5, 0.99), (2.5, 4.0, 0.99)))
    ((begin_s, end_s),) = seconds(without_words(clip))
    assert begin_s == pytest.approx(2.5 - PAD_S, abs=0.1)
    assert end_s == pytest.approx(4.0 + PAD_S, abs=0.1)


def test_the_rest_of_a_word_is_not_heard_again():
    clip = heard((" First.", 0.5, 1.5), voice=((0.5, 1.5, 0.99), (1.9, 2.4, 0.99)))
    assert without_words(clip) == []


def test_what_is_heard_later_comes_in_its_place():
    first = heard((" One", 0.5, 1.0), (" three.", 3.0, 3.5))
    second = heard((" two", 2.0, 2.5))
    assert [word.text for word in merged(first, [second]).words] == [" One", " two", " three."]


def test_words_of_a_usual_length_are_not_smeared():
    assert not smeared(heard((" All", 0.5, 2.0), (" said.", 2.0, 3.6), voice=(SPEECH,)))


def test_a_word_over_a_sentence_is_smeared():
    assert smeared(heard((" Can", 0.5, 3.5), (" I?", 3.5, 4.0), voice=(SPEECH,)))


def test_a_word_over_silence_is_not():
    assert not smeared(heard((" Can", 0.5, 5.0), voice=((0.5, 1.2, 0.99),)))


def test_a_long_filler_is_a_filler():
    assert not smeared(heard((" Um,", 0.5, 3.9), voice=(SPEECH,)))
