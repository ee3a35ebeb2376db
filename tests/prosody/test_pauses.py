"""Pauses on the waveform, and where they fall."""

from __future__ import annotations

import pytest

from rehearse.audio.voice import FRAME_S
from rehearse.prosody import Prosody, Stretch, of_text
from rehearse.prosody.pauses import pauses_in, stretches
from rehearse.transcript import Span, Spoken, Transcript

NOBODY = Transcript.of_speech([])


def voiced(*runs):
    """True and False for runs of frames that alternate, speech first."""
    return [number % 2 == 0 for number, frames in enumerate(runs) for _ in range(frames)]


def said(*words):
    """A transcript of (text, start, end)."""
    return Transcript.of_speech(Spoken(*word) for word in words)


def where(text, *, questions=()):
    transcript = said((text, 0.0, 1.0), ("and", 2.0, 3.0))
    (pause,) = pauses_in([(0.0, 1.0), (2.0, 3.0)], transcript, questions)
    return pause.where


def test_speech_comes_in_stretches():
    found = stretches(voiced(10, 20, 30), 0.0, NOBODY)
    assert found == [
        (0.0, pytest.approx(10 * FRAME_S)),
        (pytest.approx(30 * FRAME_S), pytest.approx(60 * FRAME_S)),
    ]


def test_times_count_from_the_start_of_the_source():
    ((start, end),) = stretches(voiced(10), 41.0, NOBODY)
    assert (start, end) == (41.0, pytest.approx(41.0 + 10 * FRAME_S))


def test_a_click_is_no_speech():
    assert stretches(voiced(3, 40, 20), 0.0, NOBODY) == [
        (pytest.approx(43 * FRAME_S), pytest.approx(63 * FRAME_S))
    ]


def test_a_blip_with_a_word_on_it_is_speech():
    assert len(stretches(voiced(3, 40, 20), 0.0, said(("I", 0.0, 0.09)))) == 2


def test_an_unheard_word_makes_no_speech_of_a_blip():
    transcript = Transcript.of_speech([Spoken("I", 0.0, 0.09, heard=False)])
    assert len(stretches(voiced(3, 40, 20), 0.0, transcript)) == 1


@pytest.mark.parametrize(("gap", "count"), [(0.24, 0), (0.25, 1), (5.0, 1)])
def test_a_quarter_of_a_second_makes_a_pause(gap, count):
    assert len(pauses_in([(0.0, 1.0), (1.0 + gap, 9.0)], NOBODY, ())) == count


def test_silence_before_and_after_the_speech_is_no_pause():
    assert pauses_in([(5.0, 6.0)], NOBODY, ()) == ()


@pytest.mark.parametrize("text", ["job.", "job,", "job?", "job.”", "job –", "job…"])
def test_a_pause_after_punctuation_is_at_a_boundary(text):
    assert where(text) == "boundary"


@pytest.mark.parametrize("text", ["the", "job", "it's"])
def test_a_pause_after_a_bare_word_is_inside_a_clause(text):
    assert where(text) == "mid-clause"


def test_the_pause_after_the_concerns_question_is_named():
    assert where("concerns?", questions=[Span(0, 9)]) == "after-question"


def test_a_pause_inside_the_question_is_not_after_it():
    assert where("any", questions=[Span(0, 7)]) == "mid-clause"


def test_a_close_is_summed_up_in_its_units():
    transcript = said(("Yes.", 0.0, 1.0), ("um", 2.1, 2.5), ("Thanks.", 2.6, 3.0))
    frames = voiced(32, 32, 32)
    delivery = Prosody().sum_up(transcript, frames, Stretch(0.0, 6.0))
    assert delivery.duration_s == 6.0
    assert delivery.span_s == pytest.approx(96 * FRAME_S)
    assert delivery.speech_s == pytest.approx(64 * FRAME_S, abs=0.002)
    assert delivery.words == 3
    assert delivery.pace_wpm == pytest.approx(180 / (96 * FRAME_S))
    assert delivery.articulation_wpm == pytest.approx(180 / (64 * FRAME_S), rel=0.001)
    assert [pause.where for pause in delivery.pauses] == ["boundary"]
    assert [filler.text for filler in delivery.fillers] == ["um"]
    assert (delivery.pitch_sd_st, delivery.loudness_range_db) == (None, None)


def test_speech_never_lasts_longer_than_its_sound():
    span = Stretch(10.0, 31.5 * FRAME_S)
    delivery = Prosody().sum_up(NOBODY, voiced(32), span)
    assert delivery.span_s == pytest.approx(31.5 * FRAME_S)


def test_unheard_words_are_not_counted():
    transcript = Transcript.of_speech([Spoken("Yes.", 0, 1), Spoken("Thanks.", 5, 6, heard=False)])
    delivery = Prosody().sum_up(transcript, voiced(32), Stretch(0.0, 6.0))
    assert delivery.words == 1


def test_nobody_speaking_has_no_span_and_no_pace():
    delivery = Prosody().sum_up(NOBODY, [False] * 50, Stretch(0.0, 1.6))
    assert (delivery.span_s, delivery.speech_s, delivery.pace_wpm) == (None, None, None)
    assert delivery.pauses == ()


def test_a_typed_close_has_words_and_fillers_and_nothing_in_seconds():
    delivery = of_text(Transcript.of_text("Um, I want this job."))
    assert delivery.words == 5
    assert len(delivery.fillers) == 1
    assert (delivery.duration_s, delivery.span_s, delivery.pace_wpm, delivery.pauses) == (None,) * 4
