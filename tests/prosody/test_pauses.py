"""Pauses on the level of the sound, and where they fall."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.audio.envelope import STEP_S
from rehearse.audio.frames import FRAME_S
from rehearse.prosody import Loudness, Prosody, of_text
from rehearse.prosody.pauses import pauses_in, span_of
from rehearse.transcript import Span, Spoken, Transcript, Unrecorded

NOBODY = Transcript.of_speech([])
SPEECH_DBFS, ROOM_DBFS = -20.0, -60.0


def sound(*lengths_s, start_s=0.0, speech=SPEECH_DBFS, room=ROOM_DBFS, late_s=0.0):
    """Speech and silence in turn, silence first; voice activity may come late."""
    dbfs, chance = [], np.random.default_rng(0)
    for number, length_s in enumerate(lengths_s):
        level = speech if number % 2 else room
        dbfs += [level + chance.normal(0, 1) for _ in range(round(length_s / STEP_S))]
    edges = np.cumsum([0.0, *lengths_s])
    frames = [
        any(
            edges[number] + late_s <= at * FRAME_S < edges[number + 1] + late_s
            for number in range(1, len(lengths_s), 2)
        )
        for at in range(int(edges[-1] / FRAME_S) + 1)
    ]
    return Loudness.of(start_s, np.array(dbfs)[:, None], frames)


def said(*words):
    """A transcript of (text, start, end)."""
    return Transcript.of_speech(Spoken(*word) for word in words)


def pauses(loudness, transcript=NOBODY, questions=()):
    return pauses_in(loudness, span_of(loudness, transcript), transcript, questions)[0]


def where(text, *, questions=()):
    transcript = said((text, 1.0, 2.0), ("and", 3.0, 4.0))
    (pause,) = pauses(sound(1, 1, 1, 1, 1), transcript, questions)
    return pause.where


def test_speech_runs_from_its_first_to_its_last_sound():
    assert span_of(sound(0.5, 1, 2, 3, 0.7), NOBODY) == pytest.approx((0.5, 6.5), abs=0.011)


def test_times_count_from_the_start_of_the_source():
    loudness = sound(0.5, 1, 2, 3, 0.7, start_s=41.0)
    assert span_of(loudness, NOBODY) == pytest.approx((41.5, 47.5), abs=0.011)
    (pause,) = pauses(loudness)
    assert (pause.start_s, pause.end_s) == pytest.approx((42.5, 44.5), abs=0.011)


def test_a_click_is_no_speech():
    assert span_of(sound(0.5, 0.06, 2, 3, 0.7), NOBODY) == pytest.approx((2.56, 5.56), abs=0.011)


def test_a_blip_with_a_word_on_it_is_speech():
    start_s, _ = span_of(sound(0.5, 0.09, 2, 3, 0.7), said(("I", 0.5, 0.59)))
    assert start_s == pytest.approx(0.5, abs=0.011)


def test_an_unheard_word_makes_no_speech_of_a_blip():
    transcript = Transcript.of_speech([Spoken("I", 0.5, 0.59, unheard="no voice")])
    start_s, _ = span_of(sound(0.5, 0.09, 2, 3, 0.7), transcript)
    assert start_s == pytest.approx(2.59, abs=0.011)


@pytest.mark.parametrize(("gap", "count"), [(0.22, 0), (0.28, 1), (5.0, 1)])
def test_a_quarter_of_a_second_makes_a_pause(gap, count):
    assert len(pauses(sound(0.5, 1, gap, 1, 0.5))) == count


@pytest.mark.parametrize("late_s", [0.1, 0.25])
@pytest.mark.parametrize("room", [-90.0, -60.0, -35.0])
def test_the_ends_are_those_of_the_sound_where_voice_activity_comes_late(late_s, room):
    (pause,) = pauses(sound(1, 3, 1, 3, 1, room=room, late_s=late_s))
    assert (pause.start_s, pause.end_s) == pytest.approx((4.0, 5.0), abs=0.021)


def test_a_click_in_a_pause_does_not_end_it():
    loudness = sound(1, 3, 1, 3, 1)
    loudness.dbfs[450:454] = -15.0
    again = Loudness.of(0.0, loudness.dbfs[:, None], [bool(v) for v in loudness.voiced[::3]])
    assert len(pauses(again)) == 1


def test_silence_before_and_after_the_speech_is_no_pause():
    assert pauses(sound(3, 2, 3)) == ()


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


def test_a_pause_beside_somebody_elses_words_is_nobodys():
    loudness, transcript = sound(1, 2, 1, 2, 1, 2, 1), said(("Yes.", 1.0, 3.0))
    found, between_s = pauses_in(loudness, (1.0, 9.0), transcript, (), [(4.0, 6.0)])
    assert found == ()
    assert between_s == pytest.approx(2.0, abs=0.04)


def test_what_others_say_is_not_in_the_span():
    transcript = said(("I", 1.0, 3.0), ("do.", 7.0, 9.0))
    delivery = Prosody().sum_up(transcript, sound(1, 2, 1, 2, 1, 2, 1), 10.0, others_s=[(4.0, 6.0)])
    assert delivery.span_s == pytest.approx(4.0, abs=0.05)
    assert delivery.pace_wpm == pytest.approx(30.0, rel=0.02)


def test_a_close_is_summed_up_in_its_units():
    transcript = said(("Yes.", 1.0, 2.0), ("um", 3.1, 3.5), ("Thanks.", 3.6, 4.0))
    delivery = Prosody().sum_up(transcript, sound(1, 1, 1, 1, 2), 6.0)
    assert delivery.duration_s == 6.0
    assert delivery.span_s == pytest.approx(3.0, abs=0.03)
    assert delivery.speech_s == pytest.approx(2.0, abs=0.03)
    assert delivery.words == 3
    assert delivery.pace_wpm == pytest.approx(60.0, rel=0.01)
    assert delivery.articulation_wpm == pytest.approx(90.0, rel=0.02)
    assert [pause.where for pause in delivery.pauses] == ["boundary"]
    assert [filler.text for filler in delivery.fillers] == ["um"]
    assert (delivery.pitch_sd_st, delivery.loudness_range_db) == (None, None)


def test_speech_never_lasts_longer_than_its_sound():
    loudness = Loudness.of(10.0, np.full((100, 1), SPEECH_DBFS), [True] * 32)
    start_s, end_s = span_of(loudness, NOBODY)
    assert (start_s, end_s) == pytest.approx((10.0, 11.0))


def test_unheard_words_are_not_counted():
    words = [Spoken("Yes.", 1, 2), Spoken("Thanks.", 5, 6, unheard="no voice")]
    delivery = Prosody().sum_up(Transcript.of_speech(words), sound(1, 1, 4), 6.0)
    assert delivery.words == 1


def test_nobody_speaking_has_no_span_and_no_pace():
    delivery = Prosody().sum_up(NOBODY, sound(1.6), 1.6)
    assert (delivery.span_s, delivery.speech_s, delivery.pace_wpm) == (None, None, None)
    assert delivery.pauses == ()


def test_a_typed_close_has_words_and_fillers_and_nothing_in_seconds():
    delivery = of_text(Transcript.of_text("Um, I want this job."))
    assert delivery.words == 5
    assert len(delivery.fillers) == 1
    assert (delivery.duration_s, delivery.span_s, delivery.pace_wpm, delivery.pauses) == (None,) * 4


def test_the_wait_until_an_unrecorded_answer_is_the_speakers_and_the_time_after_it_nobodys():
    said = [Spoken("concerns?", 1, 3), Spoken("Fair.", 8, 10)]
    transcript = Transcript.of_speech(said).with_replies([Unrecorded(4.5, "You are far away.")])
    delivery = Prosody().sum_up(
        transcript,
        sound(1, 2, 5, 2, 1),
        11.0,
        questions=[Span(0, 9)],
        others_s=[(4.5, 4.5)],
    )
    (wait,) = delivery.pauses
    assert (wait.start_s, wait.end_s, wait.where) == (3.0, 4.5, "after-question")
    # Nine seconds less the three and a half in which the answer is read and thought about.
    assert delivery.span_s == pytest.approx(9.0 - 3.5, abs=0.05)
