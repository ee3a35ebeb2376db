"""Which filler sounds are among the words, and where those words are put."""

from __future__ import annotations

from itertools import pairwise

from rehearse.engines.written import written
from rehearse.transcript import FillerSound, Spoken

WORDS = [
    Spoken(" I", 1.0, 1.2),
    Spoken(" um,", 1.4, 1.7),
    Spoken(" ran", 2.0, 2.4),
    Spoken(" it.", 2.5, 2.8),
]
WIDE = [Spoken(" I", 1.0, 1.2), Spoken(" um,", 1.4, 1.7), Spoken(" ran", 6.0, 6.4)]


def at(start_s, probability=0.99, length_s=0.3):
    return FillerSound(start_s, start_s + length_s, probability)


def times(words):
    return [(word.start_s, word.end_s) for word in words]


def test_a_sound_on_a_written_filler_is_that_filler():
    assert written([at(1.4)], WORDS)[1] == []


def test_a_sound_elsewhere_is_left_and_moves_nothing():
    words, left = written([at(2.9)], WORDS)
    assert left == [at(2.9)]
    assert times(words) == times(WORDS)


def test_a_written_filler_stands_for_one_sound_between_the_same_words_only():
    words, left = written([at(3.0, 0.9), at(4.5, 0.99)], WIDE)
    assert left == [at(3.0, 0.9)]
    assert times(words) == [(1.0, 1.2), (4.5, 4.8), (6.0, 6.4)]


def test_beside_a_written_one_a_sound_must_be_surer():
    assert written([at(1.4), at(4.5, 0.7)], WIDE)[1] == []
    assert written([at(1.4), at(4.5, 0.85)], WIDE)[1] == [at(4.5, 0.85)]


def test_an_unsure_sound_is_nothing():
    assert written([at(2.9, 0.5)], WORDS)[1] == []


def test_an_unsure_sound_does_not_move_a_word():
    assert times(written([at(1.9, 0.5)], WORDS)[0]) == times(WORDS)


def test_words_beside_make_room():
    smeared = [Spoken(" and", 1.0, 2.4), Spoken(" um,", 2.4, 2.5), Spoken(" ran", 2.5, 3.5)]
    moved = times(written([at(2.0, length_s=0.7)], smeared)[0])
    assert moved == [(1.0, 2.0), (2.0, 2.7), (2.7, 3.5)]


TWICE = [
    Spoken(" I", 1.0, 1.2),
    Spoken(" um,", 1.2, 1.3, 0.2),
    Spoken(" uh,", 1.3, 1.4, 0.9),
    Spoken(" ran", 4.0, 4.4),
]


def test_two_written_beside_each_other_take_two_sounds_in_order():
    moved, left = written([at(2.0, 0.8), at(3.0, 0.9)], TWICE)
    assert left == []
    assert times(moved)[1:3] == [(2.0, 2.3), (3.0, 3.3)]


def test_one_sound_for_two_written_is_that_of_the_surer():
    moved, _ = written([at(2.0)], TWICE)
    assert times(moved)[1:3] == [(1.2, 1.3), (2.0, 2.3)]


def test_words_stay_in_order_and_keep_time_of_their_own():
    words = [Spoken(" I", 1.0, 1.1), Spoken(" um", 1.1, 1.2), Spoken(" ran", 1.2, 1.3)]
    moved, _ = written([at(0.9, length_s=0.6)], words)
    assert all(word.end_s > word.start_s for word in moved)
    assert all(a.end_s <= b.start_s for a, b in pairwise(moved))
