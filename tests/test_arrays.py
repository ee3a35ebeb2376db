"""The numbers of small networks are read, or an error of ours says why not."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.arrays import read_arrays
from rehearse.engines.filler_sounds import FillerSounds
from rehearse.errors import ModelError
from rehearse.language.tagger import Head


def test_every_array_comes_back_under_its_name(tmp_path):
    path = tmp_path / "head.npz"
    np.savez(path, first=np.arange(3.0), second=np.zeros((2, 2), np.float32))
    arrays = read_arrays(path)
    assert arrays.keys() == {"first", "second"}
    assert arrays["first"].tolist() == [0.0, 1.0, 2.0]
    assert arrays["second"].dtype == np.float32


def whole(path):
    np.savez(path, first=np.arange(1000.0))
    return path.read_bytes()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda _: b"not an archive at all",
        lambda stored: stored[: len(stored) // 2],
        lambda stored: stored[:200] + bytes(400) + stored[600:],
    ],
    ids=["empty", "other", "cut short", "a hole"],
)
def test_what_does_not_load_is_named_and_says_what_to_do(tmp_path, spoil):
    path = tmp_path / "head.npz"
    path.write_bytes(spoil(whole(path)))
    with pytest.raises(ModelError, match=r"head\.npz did not load") as error:
        read_arrays(path)
    assert "--verify" in error.value.hint


def test_a_missing_file_is_an_error_of_ours(tmp_path):
    with pytest.raises(ModelError, match="did not load"):
        read_arrays(tmp_path / "head.npz")


def test_pickles_are_not_opened(tmp_path):
    path = tmp_path / "head.npz"
    np.savez(path, first=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ModelError, match="did not load"):
        read_arrays(path)


def test_one_plain_array_is_refused(tmp_path):
    path = tmp_path / "head.npz"
    with path.open("wb") as opened:
        np.save(opened, np.zeros(3))
    with pytest.raises(ModelError, match="did not load"):
        read_arrays(path)


@pytest.mark.parametrize("network", [Head, FillerSounds])
def test_the_numbers_of_another_network_are_refused(tmp_path, network):
    path = tmp_path / "head.npz"
    np.savez(path, something=np.zeros(3))
    with pytest.raises(ModelError, match=r"head\.npz was trained for another version"):
        network.read(path)
