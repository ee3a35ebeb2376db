"""What the tagger is trained on: closes cut as the program cuts them, labels where they belong."""

from __future__ import annotations

import random

import pytest
from cutting import as_labelled, as_the_program_does
from hear import relabelled
from reading import Labelled, Said, fold, read, split
from writing import as_recognised

from rehearse.language.tagger import LABELS


def said(*sentences, tags=(), register="a baker, Kent"):
    """A close of (text, labels) a sentence."""
    text, made = "", []
    for words, labels in sentences:
        start = len(text) + 1 if text else 0
        text = f"{text} {words}" if text else words
        made.append(Labelled(start, len(text), frozenset(labels)))
    return Said("x", register, text, frozenset(tags), tuple(made))


def labels_by_text(pieces):
    return {piece.text: set(piece.labels) for piece in pieces}


@pytest.fixture(scope="module")
def corpus():
    return read()


def test_every_close_of_the_corpus_is_read(corpus):
    assert len(corpus) > 4000
    assert all(each.sentences for each in corpus)


def test_a_register_stands_in_one_fold():
    assert fold(said(("Hi.", ()), register="A baker – Kent")) == fold(said(("Bye.", ())))


def test_the_folds_share_nothing_and_lose_nothing(corpus):
    train, held_out = split(corpus)
    assert len(train) + len(held_out) == len(corpus)
    assert len(held_out) > len(corpus) / 20
    assert not {each.register for each in train} & {each.register for each in held_out}


def test_where_both_cut_alike_the_labels_are_the_writers(language):
    close = said(("I ran the ovens for nine years.", {"fit"}), ("Thank you.", {"thanks"}))
    expected = {"I ran the ovens for nine years.": {"fit"}, "Thank you.": {"thanks"}}
    assert labels_by_text(as_labelled(close, language.parser)) == expected
    assert labels_by_text(as_the_program_does(close, language.parser)) == expected


def test_a_piece_of_two_sentences_has_the_labels_of_both(language):
    close = said(("i would love it here", {"interest"}), ("thank you", {"thanks"}))
    (piece,) = as_the_program_does(close, language.parser)
    assert piece.labels == {"interest", "thanks"}


def test_the_smaller_part_of_a_sentence_is_neither_right_nor_wrong(language):
    long = "I ran the ovens at the old place on my own for nine years. And the till."
    close = said((long, {"fit"}))
    first, second = as_the_program_does(close, language.parser)
    assert (first.labels, first.unknown) == ({"fit"}, set())
    assert (second.labels, second.unknown) == (set(), {"fit"})


def test_what_is_rewritten_keeps_its_sentences_and_labels():
    close = said(
        ("I'd love this job, truly!", {"interest"}),
        ("You're kind; thank you for your time.", {"thanks"}),
    )
    for seed in range(50):
        rough = as_recognised(close, random.Random(seed))
        assert rough.text == rough.text.lower()
        assert not set(rough.text) & set(".,!?;")
        assert [each.labels for each in rough.sentences] == [
            each.labels for each in close.sentences
        ]
        joined = " ".join(rough.text[each.start : each.end] for each in rough.sentences)
        assert joined == rough.text


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        (
            "Thank you for the two. I run a till at weekend. When Willie here",
            ["Thank you for the two.", "I run a till at weekend.", "When Willie here"],
        ),
        (
            "thank you for the tour um i ran the tell at weekends when will i hear",
            ["thank you for the tour", "um i ran the tell at weekends", "when will i hear"],
        ),
        ("Thank you for.", ["Thank you for."]),
        (
            "Thank you for the tour. When will I hear?",
            ["Thank you for the tour.", "When will I hear?"],
        ),
    ],
)
def test_labels_are_carried_over_to_what_was_heard(heard, expected):
    close = said(
        ("Thank you for the tour.", {"thanks"}),
        ("I ran the till at weekends.", {"fit"}),
        ("When will I hear?", {"next_steps"}),
    )
    item = {
        "id": "x",
        "register": close.register,
        "text": close.text,
        "tags": ["line"],
        "sentences": [
            {"start": each.start, "end": each.end, "labels": sorted(each.labels)}
            for each in close.sentences
        ],
    }
    made = relabelled(item, heard)
    quoted = [heard[each["start"] : each["end"]] for each in made["sentences"]]
    assert quoted == expected
    assert set(made["steps"]) == {
        label for each in made["sentences"] for label in each["labels"]
    } & {"thanks", "fit"}
    assert {"asr", "heard"} <= set(made["tags"])


def test_the_labels_of_the_corpus_are_the_taggers(corpus):
    used = {label for each in corpus for sentence in each.sentences for label in sentence.labels}
    assert used - {"cheesy_borderline"} == set(LABELS)
