"""The network: every token gets a vector, however long the close is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.errors import ModelError
from rehearse.language.network import CONTEXT, LONGEST_SENTENCE, WINDOW, Network, _windows


@given(st.lists(st.integers(0, 200), max_size=60))
def test_every_sentence_counts_in_just_one_window(lengths):
    windows = list(_windows(lengths))
    assert [n for _, own in windows for n in own] == list(range(len(lengths)))
    for context, own in windows:
        assert sum(lengths[n] for n in context) <= CONTEXT
        assert len(own) == 1 or sum(lengths[n] for n in (*context, *own)) <= WINDOW


def test_a_long_close_is_read_whole(language):
    texts = [f"I packed {number} crates on the night of the flood." for number in range(120)]
    states = language.tagger.network.states(texts)
    assert len(states) == 120
    for tokens in states:
        assert tokens.shape[0] >= 11
        assert tokens.shape[1] == 384
        assert np.isfinite(tokens).all()
        assert (np.abs(tokens).sum(axis=1) > 0).all()


def test_a_sentence_of_thousands_of_words_is_read_to_a_limit(language):
    states = language.tagger.network.states(["well " * 5000, "Thank you."])
    assert [len(tokens) for tokens in states] == [LONGEST_SENTENCE, 3]


def test_a_sentence_without_a_word_has_a_vector(language):
    nothing, _ = language.tagger.network.states(["", "Thank you."])
    assert nothing.shape == (1, 384)
    assert np.isfinite(nothing).all()


def test_a_file_that_is_no_network_is_refused(tmp_path):
    (tmp_path / "network.onnx").write_bytes(b"not a network")
    with pytest.raises(ModelError, match="did not load"):
        Network(tmp_path / "network.onnx", tmp_path / "tokenizer.json")
