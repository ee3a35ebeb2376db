"""Whether a word that was written was said: by voice, by sense, by what a filler sounds like."""

from __future__ import annotations

import pytest

from rehearse.engines.evidence import with_evidence
from tests.engines.clips import heard


def reasons(clip):
    return [word.unheard for word in with_evidence(clip)]


def test_a_word_on_a_voice_was_said():
    assert reasons(heard((" Yes.", 1.0, 1.4, 0.9))) == [None]


def test_a_word_in_silence_was_not():
    words = ((" Yes.", 1.0, 1.4, 0.9), (" Thank", 5.0, 5.2, 0.9), (" you.", 5.2, 5.4, 0.9))
    assert reasons(heard(*words)) == [None, "no voice", "no voice"]


def test_times_may_be_off_by_a_third_of_a_second():
    assert reasons(heard((" Yes.", 4.2, 4.5, 0.9))) == [None]
    assert reasons(heard((" Yes.", 4.4, 4.7, 0.9))) == ["no voice"]


def test_a_hoarse_voice_that_voice_activity_misses_is_loud_and_sure():
    hoarse = ((0.5, 3.0, 0.99), (3.5, 4.2, 0.1))
    assert reasons(heard((" Yes.", 3.6, 4.1, 0.8), voice=hoarse)) == [None]
    assert reasons(heard((" Yes.", 3.6, 4.1, 0.3), voice=hoarse)) == ["no voice"]


def test_a_clip_taken_for_silence_and_written_unsurely_makes_no_sense():
    assert reasons(heard((" You.", 1.0, 1.4, 0.9), no_speech=0.6, logprob=-0.8)) == ["no sense"]


SHORT = ((1.0, 1.4, 0.7),)


@pytest.mark.parametrize(("logprob", "probability"), [(-0.6, 0.9), (-0.3, 0.1)])
def test_a_little_voice_needs_surer_words(logprob, probability):
    words = [(" You.", 1.1, 1.5, probability)]
    assert reasons(heard(*words, voice=SHORT, logprob=logprob)) == ["no sense"]
    assert reasons(heard(*words, logprob=logprob)) == [None]


def test_a_quiet_thank_you_in_a_clear_voice_is_kept():
    words = [(" Thank", 1.1, 1.3, 0.5), (" you.", 1.3, 1.5, 0.5)]
    clear = ((1.0, 1.6, 0.98),)
    unsure = {"voice": clear, "logprob": -0.8, "no_speech": 0.5}
    assert reasons(heard(*words, **unsure)) == [None, None]
    for worse in (
        {"voice": SHORT},
        {"voice": ((1.0, 1.15, 0.98), (1.15, 1.6, 0.7))},
        {"logprob": -1.1},
        {"logprob": -0.65, "no_speech": 0.65},
    ):
        assert reasons(heard(*words, **unsure | worse)) == ["no sense"] * 2


def test_words_that_the_engine_hears_as_speech_need_no_clear_voice():
    words = [(" Thank", 1.1, 1.3, 0.9), (" you.", 1.3, 1.5, 0.9)]
    unsure = {"voice": ((1.0, 1.7, 0.7),), "logprob": -0.8, "no_speech": 0.3}
    assert reasons(heard(*words, **unsure)) == [None, None]
    for worse in ({"voice": SHORT}, {"logprob": -1.1}, {"no_speech": 0.42}):
        assert reasons(heard(*words, **unsure | worse)) == ["no sense"] * 2
    doubtful = [(" Thank", 1.1, 1.3, 0.4), (" you.", 1.3, 1.5, 0.4)]
    assert reasons(heard(*doubtful, **unsure)) == ["no sense"] * 2


def test_a_filler_that_sounds_like_none_was_not_said():
    words = [(" Well,", 1.0, 1.3, 0.9), (" um,", 1.4, 1.8, 0.9), (" yes.", 2.0, 2.4, 0.9)]
    assert reasons(heard(*words, like=())) == [None, "no filler", None]
    assert reasons(heard(*words, like=((1.5, 1.7, 0.3),))) == [None] * 3


def test_its_sound_may_be_anywhere_between_the_words_beside_it():
    words = [(" Well,", 1.0, 1.3, 0.9), (" um,", 3.0, 3.2, 0.9), (" yes.", 3.4, 3.8, 0.9)]
    assert reasons(heard(*words, like=((1.5, 1.8, 0.9),))) == [None] * 3


def test_a_filler_of_a_hoarse_voice_needs_less_voice():
    words = [(" Well,", 1.0, 1.3, 0.9), (" um,", 3.6, 4.0, 0.2)]
    hoarse = ((0.5, 3.0, 0.99), (3.6, 4.0, 0.2))
    assert reasons(heard(*words, voice=hoarse, like=((3.6, 3.9, 0.9),)))[1] is None
    assert reasons(heard(*words, voice=hoarse, like=((3.6, 3.9, 0.4),)))[1] == "no voice"


def test_a_clip_without_words_is_nothing():
    assert reasons(heard()) == []


def beside(*fillers, like):
    words = [(" Well,", 0.6, 0.9, 0.9), *fillers, (" yes.", 3.0, 3.4, 0.9)]
    return reasons(heard(*words, like=like))[1:-1]


def test_one_sound_is_not_two_fillers():
    twice = ((" uh,", 1.4, 1.5, 0.5), (" uh,", 2.0, 2.1, 0.1))
    assert beside(*twice, like=((1.4, 1.7, 0.99),)) == [None, "no filler"]
    assert beside(*twice, like=((1.4, 1.7, 0.99), (2.0, 2.3, 0.99))) == [None, None]


def test_a_long_sound_may_be_two():
    twice = ((" uh,", 1.4, 1.5, 0.5), (" um,", 2.0, 2.1, 0.1))
    assert beside(*twice, like=((1.4, 2.2, 0.99),)) == [None, None]


def test_a_long_sound_is_one_where_the_second_was_hardly_believed():
    twice = ((" uh,", 1.4, 1.5, 0.5), (" um,", 2.0, 2.1, 0.05))
    assert beside(*twice, like=((1.4, 2.2, 0.99),)) == [None, "no filler"]


def test_fillers_with_words_between_them_are_not_beside_each_other():
    words = ((" uh,", 1.4, 1.5, 0.5), (" I", 1.6, 1.7, 0.9), (" uh,", 2.0, 2.1, 0.1))
    assert beside(*words, like=((1.4, 1.7, 0.99),)) == [None, None, None]
