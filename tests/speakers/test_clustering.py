"""Voices told apart by vectors whose groups are known."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.speakers import clustering
from rehearse.speakers.clustering import MOST

WIDTH = 64


def grouped(vectors, lengths_s, pitch_st=None):
    """Groups of stretches, of unknown pitch if nothing is said of it."""
    unknown = np.full(len(vectors), np.nan)
    return clustering.grouped(vectors, lengths_s, unknown if pitch_st is None else pitch_st)


def voices(*counts, spread=0.5, seed=0, length_s=1.5, apart=1.0):
    """Vectors of so many stretches a voice around centres that share 1 - `apart` of theirs."""
    chance = np.random.default_rng(seed)
    common = chance.standard_normal(WIDTH)
    vectors, labels = [], []
    for label, count in enumerate(counts):
        centre = apart * chance.standard_normal(WIDTH) + (1 - apart) * common
        for _ in range(count):
            vectors.append(centre + spread * chance.standard_normal(WIDTH))
            labels.append(label)
    stacked = np.array(vectors, dtype=np.float32)
    stacked /= np.linalg.norm(stacked, axis=1, keepdims=True)
    return stacked, np.full(len(labels), length_s), np.array(labels)


@pytest.mark.parametrize("seed", range(5))
def test_one_voice_is_one_group(seed):
    vectors, lengths_s, _ = voices(20, seed=seed)
    assert not grouped(vectors, lengths_s).any()


@pytest.mark.parametrize("counts", [(12, 8), (15, 3), (9, 7, 5)])
def test_voices_that_differ_are_groups(counts):
    vectors, lengths_s, labels = voices(*counts)
    assert grouped(vectors, lengths_s).tolist() == labels.tolist()


def test_the_group_that_speaks_most_comes_first():
    vectors, lengths_s, labels = voices(4, 12)
    assert grouped(vectors, lengths_s).tolist() == (1 - labels).tolist()


def test_speech_counts_by_its_length_and_not_by_its_stretches():
    vectors, lengths_s, labels = voices(10, 4, length_s=0.9)
    lengths_s[labels == 1] = 6.0
    assert grouped(vectors, lengths_s).tolist() == (1 - labels).tolist()


def test_voices_that_are_much_alike_are_not_told_apart():
    vectors, lengths_s, _ = voices(10, 10, apart=0.1)
    assert not grouped(vectors, lengths_s).any()


def test_one_odd_stretch_is_no_voice():
    vectors, lengths_s, _ = voices(15, 1)
    assert not grouped(vectors, lengths_s).any()


def test_short_stretches_go_to_the_nearest_voice():
    vectors, lengths_s, labels = voices(12, 8)
    lengths_s[[3, 14]] = 0.4
    assert grouped(vectors, lengths_s).tolist() == labels.tolist()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_any_speech_is_one_voice(count):
    vectors, lengths_s, _ = voices(*(1,) * count) if count else (np.zeros((0, WIDTH)), [], [])
    assert grouped(np.asarray(vectors, np.float32), np.asarray(lengths_s)).tolist() == [0] * count


def test_there_are_never_more_than_can_be_told():
    vectors, lengths_s, _ = voices(*(6,) * (MOST + 3))
    assert grouped(vectors, lengths_s).max() < MOST


def test_an_hour_is_told_apart_from_a_part_of_it():
    vectors, lengths_s, labels = voices(900, 700, spread=0.4)
    assert grouped(vectors, lengths_s).tolist() == labels.tolist()


def alike():
    """Two voices that the vectors alone do not tell apart."""
    return voices(12, 8, apart=0.25, spread=0.3)


def test_pitch_helps_to_tell_voices_apart():
    vectors, lengths_s, labels = alike()
    assert not grouped(vectors, lengths_s).any()
    assert grouped(vectors, lengths_s, 12.0 + 8.0 * labels).tolist() == labels.tolist()


@pytest.mark.parametrize("range_st", [0.0, 2.0, 5.0])
def test_a_voice_that_moves_is_one(range_st):
    vectors, lengths_s, _ = voices(20)
    moving_st = 15.0 + range_st * np.random.default_rng(0).standard_normal(20)
    assert not grouped(vectors, lengths_s, moving_st).any()


def test_stretches_of_unknown_pitch_are_told_by_their_vectors():
    vectors, lengths_s, labels = voices(12, 8)
    some_st = np.where(np.arange(20) % 2, np.nan, 12.0)
    assert grouped(vectors, lengths_s, some_st).tolist() == labels.tolist()
