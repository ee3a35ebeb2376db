"""Labelled closes, read from a file."""

from __future__ import annotations

import json

import pytest

from rehearse.closebench.items import read
from rehearse.errors import InputError

WHOLE = {
    "id": "one",
    "text": "So, when do I start? Thank you.",
    "steps": ["thanks"],
    "cheesy": ["So, when do I start?"],
    "facets": ["next_steps", "hedging"],
    "register": "a roofer",
    "tags": ["near_miss"],
}


def written(tmp_path, *items):
    path = tmp_path / "closes.jsonl"
    lines = [item if isinstance(item, str) else json.dumps(item) for item in items]
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_an_item_is_read_whole(tmp_path):
    (item,) = read(written(tmp_path, WHOLE))
    assert item.steps == {"thanks"}
    assert item.lines == {"cheesy": ("So, when do I start?",), "arrogant": (), "hedging": ()}
    # Facets repeat what is marked as a line; they are counted once.
    assert item.facets == {"next_steps"}
    assert item.trap


def test_a_recording_lies_beside_its_labels(tmp_path):
    (item,) = read(written(tmp_path, {"audio": "sound/one.wav", "steps": []}))
    assert item.audio == tmp_path / "sound" / "one.wav"
    assert item.text is None


def test_empty_lines_are_no_items(tmp_path):
    assert len(read(written(tmp_path, WHOLE, "", "  "))) == 1


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "is not JSON"),
        ("[]", "is not a JSON object"),
        ({"steps": []}, "has neither a text nor an audio"),
        ({"text": "a", "steps": ["intrest"]}, "names a step that does not exist: 'intrest'"),
        ({"text": "a", "cheesy": ["b"]}, "quotes 'b' as cheesy, which is not in its text"),
        ({"text": "a", "steps": "fit"}, "has steps that is not a list of strings: 'fit'"),
    ],
)
def test_a_line_that_is_no_item_is_refused_by_its_number(tmp_path, line, why):
    with pytest.raises(InputError) as caught:
        read(written(tmp_path, WHOLE, line))
    assert caught.value.message.startswith("Line 2 of closes.jsonl ")
    assert why in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("items", "why"),
    [((), "holds no items"), ((WHOLE, WHOLE), "two items with the id 'one'")],
)
def test_a_file_that_is_no_benchmark_is_refused(tmp_path, items, why):
    with pytest.raises(InputError, match=why):
        read(written(tmp_path, *items))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"gone\.jsonl cannot be read"):
        read(tmp_path / "gone.jsonl")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "latin.jsonl"
    path.write_bytes(b'{"text": "caf\xe9"}')
    with pytest.raises(InputError, match="byte 0xe9 at position 13"):
        read(path)


def test_what_is_nested_too_deep_is_refused(tmp_path):
    with pytest.raises(InputError, match="is not JSON"):
        read(written(tmp_path, "[" * 100_000))
