"""The tagger: the same answer every time, its thresholds kept, foreign weights refused."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse import assets
from rehearse.errors import ModelError
from rehearse.language.cues import CUES
from rehearse.language.tagger import BEFORE_WEIGHT, CUE_WEIGHT, LABELS, STEPS, Tagger, inputs

CLOSE = (
    "You need someone on weekends. I ran the till every Saturday. I would love this job. "
    "Is there anything about me that worries you? Thank you for your time."
)


@pytest.fixture(scope="module")
def weights():
    return assets.locate("tagger")["tagger.npz"]


@pytest.fixture
def altered(weights, tmp_path):
    """A function that writes the weights with some fields changed."""

    def written(**changes):
        with np.load(weights) as stored:
            np.savez(tmp_path / "tagger.npz", **{**stored, **changes})
        return tmp_path / "tagger.npz"

    return written


def test_the_steps_are_among_the_labels():
    assert LABELS[: len(STEPS)] == STEPS


def test_the_same_close_is_tagged_the_same_every_time(imagine):
    first, second = imagine(CLOSE), imagine(CLOSE)
    assert [s.tags for s in first.sentences] == [s.tags for s in second.sentences]


def test_every_label_has_a_probability(imagine):
    for sentence in imagine(CLOSE).sentences:
        assert tuple(sentence.tags.probability) == LABELS
        assert all(0 <= chance <= 1 for chance in sentence.tags.probability.values())


def test_a_label_is_present_from_its_threshold_on(imagine, language):
    thresholds = dict(zip(LABELS, language.tagger.thresholds, strict=True))
    for sentence in imagine(CLOSE).sentences:
        for label, chance in sentence.tags.probability.items():
            assert sentence.holds(label) == (np.float32(chance) >= thresholds[label])


def test_every_threshold_is_a_probability(language):
    assert ((language.tagger.thresholds > 0) & (language.tagger.thresholds < 1)).all()


def test_a_sentence_alone_does_not_depend_on_the_next(imagine):
    alone = imagine("I would love this job.").sentences[0].tags
    followed = imagine("I would love this job. Yes.").sentences[0].tags
    # Sums of a table with more rows round differently in the last digits.
    assert followed.probability == pytest.approx(alone.probability, abs=1e-5)
    assert (followed.present, followed.cues) == (alone.present, alone.cues)


def test_nothing_is_said_of_no_sentence(language):
    assert language.tagger.tag([], np.zeros((0, 384), dtype=np.float32)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"labels": np.array(LABELS[::-1])},
        {"labels": np.array(LABELS[:-1])},
        {"cues": np.array(CUES[::-1])},
        {"cues": np.array([*CUES, "one more"])},
    ],
    ids=["labels reordered", "a label less", "cues reordered", "a cue more"],
)
def test_weights_for_other_labels_or_cues_are_refused(changes, altered):
    with pytest.raises(ModelError, match="other labels or cues"):
        Tagger.read(altered(**changes))


def test_weights_for_these_labels_and_cues_are_read(altered):
    assert Tagger.read(altered()).weights.shape[1] == len(LABELS)


def test_inputs_join_the_embedding_the_cues_and_the_cues_before():
    vectors = np.eye(2, 384, dtype=np.float32)
    marks = np.ones((2, 3), dtype=np.float32)
    joined = inputs(vectors, marks)
    assert joined.shape == (2, 384 + 3 + 3)
    assert joined[1, 384:].tolist() == pytest.approx([CUE_WEIGHT] * 3 + [BEFORE_WEIGHT] * 3)


def test_nothing_is_said_before_the_first_sentence_of_a_close():
    marks = np.ones((3, 2), dtype=np.float32)
    first = np.array([True, False, True])
    joined = inputs(np.zeros((3, 384), dtype=np.float32), marks, first)
    assert joined[:, 386:].any(axis=1).tolist() == [False, True, False]
