"""Speech in another language is refused, by either kind of weights."""

from __future__ import annotations

import json

import pytest


@pytest.mark.weights
@pytest.mark.parametrize("model", ["base", pytest.param("tiny.en", marks=pytest.mark.soak)])
def test_another_language_is_refused_and_english_is_not(program, model):
    done = program(
        "-m", "rehearse", "analyze", "--json", "--model", model,
        "tests/data/spanish.ogg", "tests/data/italian.ogg", "samples/non-native.m4a",
    )  # fmt: skip
    spanish, italian, accented = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 2
    assert "English" in spanish["error"]["message"]
    assert "English" in italian["error"]["message"]
    assert accented["error"] is None
