"""Compare designs of the tagger on one split: `make designs`, some two hours on two cores.

Every design learns from the same registers, has its scale and thresholds chosen on the
same fold, reads closes cut as the program cuts them, and is measured on that fold and on
`closebench/test.jsonl`.  Writes `DESIGNS.md`.  The designs:

- rules alone: cues of wording and grammar put together by hand;
- the frozen encoder with logistic regression;
- the frozen encoder and the cues with support vector machines (Gaussian kernel);
- the fine-tuned encoder without the cues, and with them.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import examples
import numpy as np
import reading
import thresholds
import torch
import training
from network import Net, encoder_folder
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC
from tokenizers import Tokenizer
from transformers import BertModel

from rehearse.closebench import items
from rehearse.closebench.answers import Answer
from rehearse.closebench.scores import score
from rehearse.language.cues import CUES
from rehearse.language.tagger import LABELS
from rehearse.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cutting import Piece
    from examples import Ways

HERE = Path(__file__).parent
TEST = reading.TOP / "closebench" / "test.jsonl"

SURE = 4.0
"""The logit of a rule that holds."""

BETA = 0.6
"""How much recall counts beside precision where thresholds are chosen, for every design."""

CUES_COUNT = 0.3
"""What a cue weighs beside a vector of unit length."""

RULES = {
    "interest": (
        {"want_job", "i_want", "id_love", "keen", "double_negative", "more_i"},
        {"not_interest", "to_know", "past_want", "hypothetical", "sarcastic", "taken_back",
         "looking_forward", "need_job", "root_is_third"},
    ),
    "fit": ({"i_did", "my_experience", "thats_me"}, {"others_did", "hypothetical", "trait"}),
    "concerns": (
        {"concern_question", "doubt_me"},
        {"my_concern", "concern_other", "compare", "offer_info", "they_reported"},
    ),
    "thanks": (
        {"thank_you", "grateful", "thanks_for"},
        {"appreciate_that", "thanks_to", "no_thanks", "thanks_people", "thanked_past"},
    ),
}  # fmt: skip
"""What speaks for a step, and what speaks against it whatever else is there."""


@dataclass(frozen=True, slots=True)
class Split:
    """Closes to learn from, to choose thresholds on, and to measure with."""

    learn: list[Ways]
    fold: list[Ways]
    test: list[Ways]


def main() -> None:
    """Train, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--with-cues", type=Path, help="weights of `train.py --keep`")
    parser.add_argument("--without-cues", type=Path, help="where such weights are kept")
    chosen = parser.parse_args()
    torch.set_num_threads(2)
    train, held_out = reading.split(reading.read())
    split = Split(examples.ways(train), examples.ways(held_out), examples.ways(read_test()))
    rows = [
        figures(name, fold, test, split)
        for name, fold, test in designs(split, chosen.with_cues, chosen.without_cues)
    ]
    page = PAGE.format(
        head=HEAD,
        fold_rows="\n".join(fold for fold, _ in rows),
        test_rows="\n".join(test for _, test in rows),
        beta=BETA,
        fold=len(split.fold),
        test=len(split.test),
    )
    (HERE / "DESIGNS.md").write_text(page, "utf-8")


def designs(
    split: Split, with_cues: Path | None, without_cues: Path | None
) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Each design's name, and its logits of every piece of the fold and of the test split."""
    yield "rules alone", rules(split.fold), rules(split.test)
    encoder = Frozen()
    vectors = [encoder(closes) for closes in (split.learn, split.fold, split.test)]
    yield "frozen encoder, logistic regression", *linear(split, vectors)
    yield "frozen encoder and cues, support vector machines", *machines(split, vectors)
    yield "fine-tuned encoder", *tuned(split, without_cues, with_cues=False)
    yield "fine-tuned encoder and cues", *tuned(split, with_cues, with_cues=True)


def read_test() -> list[reading.Said]:
    """The test split; its sentences are not labelled, so each text is one."""
    found = []
    for line in TEST.read_text("utf-8").splitlines():
        fields = json.loads(line)
        labels = frozenset({*fields["steps"], *fields["facets"]})
        labels |= {name for name in items.LINES if fields[name]}
        whole = reading.Labelled(0, len(fields["text"]), labels)
        found.append(
            reading.Said(
                fields["id"],
                fields["register"],
                fields["text"],
                frozenset(fields["tags"]),
                (whole,),
            )
        )
    return found


# -- the designs


def rules(closes: Sequence[Ways]) -> np.ndarray:
    """Cues put together by hand."""
    place = {name: number for number, name in enumerate(CUES)}
    pieces = pieces_of(closes)
    table = np.full((len(pieces), len(LABELS)), -SURE)
    for number, piece in enumerate(pieces):
        holds = {name for name, at in place.items() if piece.cues[at]}
        for step, (speaks_for, against) in RULES.items():
            if holds & speaks_for and not holds & against:
                table[number, LABELS.index(step)] = SURE
    return table


class Frozen:
    """The encoder as it was published: the mean of a sentence's tokens, of unit length."""

    def __init__(self) -> None:
        self._bert = BertModel.from_pretrained(encoder_folder(), add_pooling_layer=False).eval()
        self._tokenizer = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
        self._tokenizer.no_padding()

    def __call__(self, closes: Sequence[Ways]) -> np.ndarray:
        """Vectors of every piece, in order [shape=(pieces, 384)]."""
        found = []
        with torch.no_grad():
            for way in closes:
                for piece in way.program:
                    ids = torch.tensor([self._tokenizer.encode(piece.text).ids[:256]])
                    mean = self._bert(input_ids=ids).last_hidden_state[0].mean(0).numpy()
                    found.append(mean / np.linalg.norm(mean))
        return np.array(found)


def linear(split: Split, vectors: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Logistic regression on frozen vectors."""
    truth = labels_of(split.learn)
    made = [LogisticRegression(C=10, max_iter=2000).fit(vectors[0], each) for each in truth.T]
    return [decisions(made, values) for values in vectors[1:]]


def machines(split: Split, vectors: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Support vector machines on vectors and cues (Cortes and Vapnik, 1995)."""
    truth = labels_of(split.learn)
    inputs = [
        np.hstack([values, CUES_COUNT * cues_of(closes)])
        for values, closes in zip(vectors, (split.learn, split.fold, split.test), strict=True)
    ]
    gamma = 1.0 / (inputs[0].shape[1] * inputs[0].var())
    made = [SVC(C=4.0, gamma=gamma, cache_size=1500).fit(inputs[0], each) for each in truth.T]
    return [decisions(made, values) for values in inputs[1:]]


def decisions(made: Sequence[Any], inputs: np.ndarray) -> np.ndarray:
    """What each label's machine says of each row."""
    return np.column_stack([each.decision_function(inputs) for each in made])


def tuned(split: Split, kept: Path | None, *, with_cues: bool) -> list[np.ndarray]:
    """The fine-tuned network, in full precision."""
    recipe = replace(training.Recipe(), with_cues=with_cues)
    maker = examples.Maker(recipe.seed)
    if kept and kept.exists():
        net = Net(dropout=recipe.dropout, with_cues=with_cues)
        net.load_state_dict(torch.load(kept, weights_only=True))
        net.eval()
    else:
        net = training.train(split.learn, maker, recipe)
        if kept:
            torch.save(net.state_dict(), kept)
    return [
        np.vstack(training.logits(net, [way.program for way in closes], maker))
        for closes in (split.fold, split.test)
    ]


def labels_of(closes: Sequence[Ways]) -> np.ndarray:
    """What each piece holds [shape=(pieces, labels)]."""
    return np.array([[label in piece.labels for label in LABELS] for piece in pieces_of(closes)])


def cues_of(closes: Sequence[Ways]) -> np.ndarray:
    """The cues of each piece and of the one before it [shape=(pieces, 2 * cues)]."""
    found = []
    for way in closes:
        marks = np.array([piece.cues for piece in way.program], dtype=np.float32)
        found.append(np.hstack([marks, np.vstack([np.zeros_like(marks[:1]), marks[:-1]])]))
    return np.vstack(found)


def pieces_of(closes: Sequence[Ways]) -> list[Piece]:
    """Every piece, in order."""
    return [piece for way in closes for piece in way.program]


# -- the figures


def figures(name: str, fold: np.ndarray, test: np.ndarray, split: Split) -> tuple[str, str]:
    """One design's two rows: thresholds from the fold, figures of the fold and of the test."""
    sys.stderr.write(f"{name}\n")
    logits = by_close(fold, split.fold)
    slope, offset = thresholds.scale(logits, split.fold)
    chance = chances(logits, slope, offset)
    truth = np.array([[way.said.holds(label) for label in LABELS] for way in split.fold])
    limits = [thresholds.threshold(truth[:, j], chance[:, j], BETA) for j in range(len(LABELS))]
    on_test = chances(by_close(test, split.test), slope, offset)
    return row(name, chance, limits, split.fold), row(name, on_test, limits, split.test)


def by_close(logits: np.ndarray, closes: Sequence[Ways]) -> list[np.ndarray]:
    """Rows of pieces dealt out to their closes."""
    ends = np.cumsum([len(way.program) for way in closes])
    return np.split(logits, ends[:-1])


def chances(logits: Sequence[np.ndarray], slope: np.ndarray, offset: np.ndarray) -> np.ndarray:
    """The highest probability of each label in each close."""
    highest = np.array([each.max(axis=0) for each in logits])
    return 1 / (1 + np.exp(-(slope * highest + offset)))


def row(name: str, chance: np.ndarray, limits: Sequence[float], closes: Sequence[Ways]) -> str:
    """Macro-F1 of the steps, all four right, traps raised; with their intervals."""
    nothing: dict[str, tuple[str, ...]] = dict.fromkeys(items.LINES, ())
    labelled, given = [], []
    for way, values in zip(closes, chance, strict=True):
        said = way.said
        steps = frozenset(step for step in STEPS if said.holds(step))
        labelled.append(
            items.Item(
                said.id, said.text, None, steps, nothing, (), frozenset(), said.register, said.tags
            )
        )  # fmt: skip
        found = {step: (step,) for j, step in enumerate(STEPS) if values[j] >= limits[j]}
        given.append(Answer(found, nothing, frozenset(), said.text))
    scores = score(labelled, given)
    cells = [
        f"{figure.value:.3f} ({figure.low:.3f}–{figure.high:.3f})"
        for figure in (scores.macro_f1, scores.exact, scores.traps_raised)
    ]
    return f"| {name} | {' | '.join(cells)} |"


PAGE = """# Designs of the step tagger, compared

Generated by `designs.py`; edit that.

The same registers to learn from; the same fold ({fold} items) to choose scale and thresholds, those
at which the F-{beta} measure is best; and the test split of CloseBench ({test} items), which chose
nothing. Closes are cut as the program cuts them; the networks are measured in full precision. Steps
by item, 95 % bootstrap intervals.

On the fold:

{head}
{fold_rows}

On the test split:

{head}
{test_rows}
"""

HEAD = """| design | macro-F1 of the steps | all four right | traps raised |
| --- | --- | --- | --- |"""


if __name__ == "__main__":
    main()
