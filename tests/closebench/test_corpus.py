"""The closes themselves: enough of them, rightly formed, and each of its own."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from rehearse.closebench.items import LINES, read
from rehearse.steps import FACETS, STEPS

BENCH = Path(__file__).resolve().parents[2] / "closebench"
TRAIN = sorted((BENCH / "train").glob("*.jsonl"))
TEST = BENCH / "test.jsonl"

LABELS = {*STEPS, *LINES, *FACETS, "cheesy_borderline", "criterion"}

RUN = 5
ALIKE = 0.5
"""Two items are near-duplicates where they share half of their runs of five words (Jaccard)."""

COMMON = 40
"""A run of words that so many items hold is how people speak."""


@pytest.fixture(scope="module")
def train():
    return [json.loads(line) for path in TRAIN for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def test():
    return [json.loads(line) for line in TEST.read_text("utf-8").splitlines()]


def register(item):
    return " ".join(re.findall(r"\w+", item["register"].lower()))


def runs(text):
    words = re.findall(r"[\w']+", text.lower())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


@pytest.mark.parametrize("path", [*TRAIN, TEST], ids=lambda path: path.stem)
def test_every_line_is_an_item(path):
    assert read(path)


def test_there_are_enough(train):
    assert sum(len(item["sentences"]) for item in train) >= 4000
    assert sum("combo" in item["tags"] for item in train) >= 600
    assert len({register(item) for item in train}) >= 40


def test_a_third_are_traps_and_a_fifth_are_written_as_recognised(train):
    tags = Counter(tag for item in train for tag in item["tags"])
    assert tags["near_miss"] >= len(train) * 0.31
    assert tags["asr"] >= len(train) * 0.2


def test_ids_are_unique_over_all_files(train, test):
    ids = [item["id"] for item in (*train, *test)]
    assert len(ids) == len(set(ids))


def test_no_register_stands_in_both_splits(train, test):
    assert not {register(item) for item in train} & {register(item) for item in test}


def test_sentences_follow_one_another_and_hold_the_labels_of_their_item(train):
    for item in train:
        end = 0
        labels = set()
        for sentence in item["sentences"]:
            between = item["text"][end : sentence["start"]]
            assert between.strip() == "", item["id"]
            assert sentence["end"] > sentence["start"], item["id"]
            end = sentence["end"]
            labels |= set(sentence["labels"])
        assert end == len(item["text"]), item["id"]
        assert labels <= LABELS, item["id"]
        assert set(item["steps"]) == labels & set(STEPS), item["id"]
        assert set(item["facets"]) == labels & set(FACETS), item["id"]


def test_no_two_items_are_near_duplicates(train, test):
    items = [*train, *test]
    found = [runs(item["text"]) for item in items]
    places = defaultdict(list)
    for number, grams in enumerate(found):
        for gram in grams:
            places[gram].append(number)
    shared = Counter(
        pair
        for numbers in places.values()
        if len(numbers) < COMMON
        for pair in combinations(numbers, 2)
    )
    alike = [
        (items[one]["id"], items[other]["id"])
        for (one, other), count in shared.items()
        if count >= ALIKE * len(found[one] | found[other])
        # A contrast pair is meant to be close: only its meaning turns round.
        and not paired(items[one], items[other])
    ]
    assert alike == []


def paired(one, other):
    return one.get("pair", one["id"]) == other.get("pair", other["id"])
