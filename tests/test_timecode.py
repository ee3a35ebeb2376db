"""Times as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.errors import RangeError
from rehearse.timecode import clock, parse_clock


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0:41", 41),
        ("1:35", 95),
        ("1:02:03", 3723),
        ("41", 41),
        ("41.5", 41.5),
        (" 0:07.25 ", 7.25),
    ],
)
def test_a_time_is_read(text, seconds):
    assert parse_clock(text, "--from") == seconds


@pytest.mark.parametrize(
    "text", ["", "soon", "1:60", "-5", "1:", ":30", "1:2:3:4", "1,5", "inf", "nan"]
)
def test_what_is_no_time_is_refused_with_its_option(text):
    with pytest.raises(RangeError) as refused:
        parse_clock(text, "--to")
    assert refused.value.message.startswith("--to ")
    assert repr(text) in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (59.4, "0:59"), (59.6, "1:00"), (3599.9, "1:00:00")]
)
def test_a_time_is_written_to_the_nearest_second(seconds, text):
    assert clock(seconds) == text


@given(st.integers(0, 10**6))
def test_what_is_written_reads_the_same(seconds):
    assert parse_clock(clock(seconds), "--from") == seconds
