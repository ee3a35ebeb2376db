"""The tagger: the same answer every time, its thresholds kept, foreign weights refused."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse import assets
from rehearse.errors import ModelError
from rehearse.language.cues import CUES
from rehearse.language.tagger import LABELS, Head
from rehearse.steps import STEPS

CLOSE = (
    "You need someone on weekends. I ran the till every Saturday. I would love this job. "
    "Is there anything about me that worries you? Thank you for your time."
)


@pytest.fixture(scope="module")
def weights():
    return assets.locate("tagger")["head.npz"]


@pytest.fixture
def altered(weights, tmp_path):
    """A function that writes the head with some fields changed."""

    def written(**changes):
        with np.load(weights) as stored:
            np.savez(tmp_path / "head.npz", **{**stored, **changes})
        return tmp_path / "head.npz"

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
    thresholds = dict(zip(LABELS, language.tagger.head.thresholds, strict=True))
    for sentence in imagine(CLOSE).sentences:
        for label, chance in sentence.tags.probability.items():
            assert sentence.holds(label) == (np.float32(chance) >= thresholds[label])


def test_every_threshold_is_a_probability(language):
    thresholds = language.tagger.head.thresholds
    assert ((thresholds > 0) & (thresholds < 1)).all()


def test_a_sentence_is_read_in_its_context(imagine):
    done = "I ran one for six years."
    alone = imagine(done).sentences[0].tags.probability["fit"]
    needed = imagine(f"You need somebody who can run a night shift. {done}").sentences[1]
    assert needed.tags.probability["fit"] > alone


def test_nothing_is_said_of_no_sentence(language):
    assert language.tagger.tag([]) == []


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
    with pytest.raises(ModelError, match="another version"):
        Head.read(altered(**changes))


def test_weights_for_these_labels_and_cues_are_read(altered):
    assert Head.read(altered()).weights.shape == (384, len(LABELS))


def of_zeros(**changes):
    """A head that says a half to everything, but for what is changed."""
    count = len(LABELS)
    shapes = {"weights": 384, "look": 384, "value": 384, "cue_weights": 2 * 3}
    fields = {name: np.zeros((rows, count), np.float32) for name, rows in shapes.items()}
    fields |= {name: np.zeros(count, np.float32) for name in ("bias", "offset")}
    fields |= {"slope": np.ones(count, np.float32), "thresholds": np.full(count, 0.5, np.float32)}
    return Head(**(fields | changes))


def test_nothing_is_said_before_the_first_sentence_of_a_close():
    count = len(LABELS)
    before = np.vstack([np.zeros((3, count)), np.ones((3, count))]).astype(np.float32)
    tokens = [np.zeros((4, 384), np.float32)] * 2
    logits = of_zeros(cue_weights=before).logits(tokens, np.ones((2, 3), np.float32))
    assert logits[0] == pytest.approx(0)
    assert logits[1] == pytest.approx(3)


def test_one_token_can_decide():
    first, look, value = (np.zeros((384, len(LABELS)), np.float32) for _ in range(3))
    look[0], value[1] = 20, 4
    tokens = np.zeros((9, 384), np.float32)
    tokens[5, :2] = 1
    head = of_zeros(weights=first, look=look, value=value)
    assert head.logits([tokens], np.zeros((1, 3), np.float32))[0] == pytest.approx(4, abs=1e-3)


def test_a_logit_becomes_a_probability_by_slope_and_offset():
    head = of_zeros(slope=np.full(len(LABELS), 2.0), offset=np.full(len(LABELS), -1.0))
    assert head.probabilities(np.full((1, len(LABELS)), 0.5)) == pytest.approx(0.5)
