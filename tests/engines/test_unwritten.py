"""Between which words a filler sound stands that was not written."""

from __future__ import annotations

import pytest

from rehearse.engines.unwritten import place_of
from rehearse.transcript import FillerSound, Spoken

WORDS = [
    Spoken(" I", 1.0, 1.2),
    Spoken(" um,", 1.4, 1.7),
    Spoken(" ran", 2.0, 2.4),
    Spoken(" it.", 2.5, 2.8),
]


def at(start_s, probability=0.99, length_s=0.3):
    return FillerSound(start_s, start_s + length_s, probability)


@pytest.mark.parametrize(
    ("start_s", "place"), [(0.2, 0), (1.0, 0), (1.35, 1), (2.0, 2), (2.3, 3), (3.5, 4)]
)
def test_a_place_counts_the_words_before_it(start_s, place):
    assert place_of(at(start_s, length_s=0.1), WORDS) == place
