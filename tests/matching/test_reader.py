"""What sentences are to texts: how they are read together."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.errors import ModelError
from rehearse.language.tagger import Head
from rehearse.matching.layout import laid_out, windows
from rehearse.matching.pair_head import PairHead
from rehearse.matching.reader import Related
from rehearse.matching.relations import READ
from tests.conftest import TOP

CRITERIA = [
    "Two years of experience in leading a night shift",
    "A clean driving licence",
    "Experience with forklift trucks",
]


def test_a_text_and_its_sentences_are_related_by_each_label(reading):
    language, reader = reading.language(), reading.reader()
    sentences = language.sentences("I led the night shift at Fernlea for four years. Thank you.")
    night, licence, forklift = reader.read("requirement", CRITERIA, sentences)
    assert {*night.whole} == {*READ["requirement"]}
    assert len(night.each) == 2
    assert night.there("covers")
    assert night.proofs("covers") == (0,)
    assert not licence.there("covers")
    assert not forklift.there("covers")


def test_nothing_said_is_related_to_nothing(reading):
    for related in reading.reader().read("requirement", CRITERIA, []):
        assert not related.there("covers")
        assert related.proofs("covers") == ()
    assert reading.reader().read("requirement", [], reading.language().sentences("Yes.")) == ()


def test_more_than_fits_is_read_window_by_window(reading):
    language, reader = reading.language(), reading.reader()
    long = "We talked about the weather and the long road over the hills. " * 60
    sentences = language.sentences(f"{long} I led the night shift at Fernlea for four years.")
    related = reader.read("requirement", CRITERIA * 12, sentences)
    assert len(related) == 36
    assert all(len(each.each) == len(sentences) for each in related)
    assert np.isfinite([value for each in related for value in each.whole.values()]).all()
    assert related[0].proofs("covers")[-1] == len(sentences) - 1


def test_the_surest_sentence_proves_what_is_there_and_none_what_is_not():
    def row(value):
        return {"covers": value}

    found = Related(row(0.9), (row(0.2), row(0.8), row(0.6)), row(0.5))
    assert found.probability("covers") == pytest.approx(0.85)
    assert found.proofs("covers") == (1, 2)
    assert Related(row(0.9), (row(0.6), row(0.2), row(0.8)), row(0.5)).surest("covers") == (2, 0)
    weak = Related(row(0.9), (row(0.3), row(0.2)), row(0.5))
    assert weak.proofs("covers") == (0,)
    assert Related(row(0.1), (row(0.6),), row(0.5)).proofs("covers") == ()


def test_an_input_is_laid_out_so_that_every_part_has_a_place():
    ids, texts, sentences = laid_out((101, 102), [7], [[1, 2], []], [[4], [5, 6]])
    assert [ids[a:b] for a, b in texts] == [[1, 2], [102]]
    assert [ids[a:b] for a, b in sentences] == [[4], [5, 6], [4, 5, 6]]


def test_windows_leave_nothing_out():
    found = [number for each in windows([90] * 17 + [900] + [5] * 3, 300) for number in each]
    assert found == list(range(21))


def test_a_head_for_other_labels_is_refused():
    with pytest.raises(ModelError):
        PairHead.read(TOP / "models" / "tagger" / "head.npz")
    with pytest.raises(ModelError):
        Head.read(TOP / "models" / "pairs" / "head.npz")
