"""Train the step tagger from `closebench/train`: `make train`.

One support vector machine with a Gaussian kernel for each label (Cortes and
Vapnik, "Support-Vector Networks", 1995), over the inputs that
`rehearse.language.tagger.inputs` makes.  Registers are split into three folds, so
that no kind of speaker stands on both sides; what the folds say of sentences
that they did not see calibrates the probabilities (Platt scaling), chooses the
thresholds and fills the card.  A fixed seed; a few minutes on two cores.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.svm import SVC
from sklearn.utils.parallel import Parallel, delayed

from rehearse.assets import locate
from rehearse.language.cues import CUES, cues
from rehearse.language.encoder import Encoder
from rehearse.language.parser import load_parser
from rehearse.language.tagger import LABELS, STEPS, inputs

HERE = Path(__file__).parent
CLOSES = HERE.parents[1] / "closebench" / "train"

TRAINED_ON = "abcdefgijmq"
"""The files that the shipped weights were trained on; the others are left to measure with."""

PENALTY = 4.0
FOLDS = 3


@dataclass(frozen=True)
class Corpus:
    """Sentences in order, with the close and the register each belongs to."""

    texts: list[str]
    labels: np.ndarray
    close: np.ndarray
    register: list[str]
    traps: np.ndarray
    features: np.ndarray


def main() -> None:
    """Train, write `tagger.npz`, and say in `CARD.md` how good it is."""
    corpus = read_corpus()
    gamma = 1.0 / (corpus.features.shape[1] * corpus.features.var())
    decisions = out_of_fold(corpus, gamma)
    scales = [platt(decisions[:, j], corpus.labels[:, j]) for j in range(len(LABELS))]
    probabilities = np.column_stack(
        [1 / (1 + np.exp(-(a * decisions[:, j] + b))) for j, (a, b) in enumerate(scales)]
    )
    thresholds = np.array([threshold(corpus, probabilities, j) for j in range(len(LABELS))])
    weights = np.zeros(corpus.labels.shape)
    bias = np.zeros(len(LABELS))
    machines = Parallel(n_jobs=2)(
        delayed(fit)(corpus.features, corpus.labels[:, j], gamma) for j in range(len(LABELS))
    )
    for j, ((a, b), machine) in enumerate(zip(scales, machines, strict=True)):
        weights[machine.support_, j] = a * machine.dual_coef_[0]
        bias[j] = a * machine.intercept_[0] + b
    used = np.flatnonzero(np.abs(weights).sum(axis=1))
    np.savez_compressed(
        HERE / "tagger.npz",
        labels=np.array(LABELS),
        cues=np.array(CUES),
        landmarks=corpus.features[used].astype(np.float16),
        gamma=np.float64(gamma),
        weights=weights[used].astype(np.float32),
        bias=bias.astype(np.float32),
        thresholds=thresholds.astype(np.float32),
    )
    card = write_card(corpus, probabilities, thresholds, len(used))
    (HERE / "CARD.md").write_text(card, "utf-8")
    print(card)


def read_corpus() -> Corpus:
    """Read, parse, embed and mark every sentence of the files."""
    texts, labels, close, register, traps = [], [], [], [], []
    number = 0
    for name in TRAINED_ON:
        for line in (CLOSES / f"{name}.jsonl").read_text("utf-8").splitlines():
            item = json.loads(line)
            for sentence in item["sentences"]:
                texts.append(item["text"][sentence["start"] : sentence["end"]])
                labels.append([label in sentence["labels"] for label in LABELS])
                close.append(number)
                register.append(item["register"])
                traps.append("near_miss" in item["tags"])
            number += 1
    places = np.array(close)
    first = np.r_[True, places[1:] != places[:-1]]
    files = locate("minilm")
    encoder = Encoder(files["model.onnx"], files["tokenizer.json"], threads=2)
    marks = np.stack([cues(doc[:]) for doc in load_parser().pipe(texts)])
    features = inputs(encoder.encode(texts), marks, first)
    return Corpus(texts, np.array(labels), places, register, np.array(traps), features)


def fit(features: np.ndarray, labels: np.ndarray, gamma: float) -> Any:
    """Train one label's machine."""
    return SVC(C=PENALTY, gamma=gamma, cache_size=1000).fit(features, labels)


def out_of_fold(corpus: Corpus, gamma: float) -> np.ndarray:
    """What machines say of registers that they were not trained on."""
    decisions = np.zeros(corpus.labels.shape)
    folds = list(GroupKFold(FOLDS).split(corpus.features, groups=corpus.register))

    def decided(j: int, train: np.ndarray, test: np.ndarray) -> Any:
        machine = fit(corpus.features[train], corpus.labels[train, j], gamma)
        return machine.decision_function(corpus.features[test])

    tasks = [(j, *fold) for fold in folds for j in range(len(LABELS))]
    found = Parallel(n_jobs=2)(delayed(decided)(*task) for task in tasks)
    for (j, _, test), values in zip(tasks, found, strict=True):
        decisions[test, j] = values
    return decisions


def platt(decision: np.ndarray, label: np.ndarray) -> tuple[float, float]:
    """Slope and offset that make a probability of a decision value."""
    regression = LogisticRegression(C=1e4).fit(decision[:, None], label)
    return float(regression.coef_[0, 0]), float(regression.intercept_[0])


def by_close(corpus: Corpus, values: np.ndarray) -> np.ndarray:
    """The highest value of each close."""
    highest = np.zeros(corpus.close[-1] + 1)
    np.maximum.at(highest, corpus.close, values)
    return highest


def threshold(corpus: Corpus, probabilities: np.ndarray, j: int) -> float:
    """The threshold with the best F0.8 over closes: a false alarm costs more than a miss."""
    truth = by_close(corpus, corpus.labels[:, j].astype(float)) > 0
    best = by_close(corpus, probabilities[:, j])
    grid = np.arange(0.25, 0.8, 0.025)
    return float(max(grid, key=lambda value: f_measure(truth, best >= value, beta=0.8)))


def f_measure(truth: np.ndarray, found: np.ndarray, beta: float = 1.0) -> float:
    """F-beta, in [0, 1]."""
    hits = float((truth & found).sum())
    weight = beta * beta
    return (1 + weight) * hits / max(1.0, float(weight * truth.sum() + found.sum()))


def write_card(corpus: Corpus, probabilities: np.ndarray, thresholds: np.ndarray, kept: int) -> str:
    """The card: data, figures, limits."""
    closes = corpus.close[-1] + 1
    rows = []
    scores = []
    wrong = np.zeros(closes, dtype=bool)
    for j, label in enumerate(LABELS):
        truth = by_close(corpus, corpus.labels[:, j].astype(float)) > 0
        found = by_close(corpus, probabilities[:, j]) >= thresholds[j]
        hits = (truth & found).sum()
        score = f_measure(truth, found)
        rows.append(
            f"| {label} | {hits / max(1, found.sum()):.3f} | {hits / max(1, truth.sum()):.3f} "
            f"| {score:.3f} | {truth.sum()} | {thresholds[j]:.3f} |"
        )
        if label in STEPS:
            scores.append(score)
            wrong |= found & ~truth
    trap = by_close(corpus, corpus.traps.astype(float)) > 0
    return CARD.format(
        sentences=len(corpus.texts),
        closes=closes,
        registers=len(set(corpus.register)),
        traps=int(trap.sum()),
        kept=kept,
        rows="\n".join(rows),
        macro=float(np.mean(scores)),
        alarms=100 * float((wrong & trap).sum() / trap.sum()),
    )


CARD = """# The step tagger

Generated by `train.py`; edit that.

**What it does.** For one sentence of an interview close it gives a probability for each
label: the four steps, cheesy and arrogant lines, and facets. `rehearse/language/tagger.py`
runs it; docs/labels.md says what each label means.

**Data.** {sentences} sentences of {closes} invented closes, snippets and traps in {registers}
registers, {traps} of them traps, written for this project and labelled while writing; no
real person's words. It is a part of `closebench/train`, under the project's licence.

**How.** Frozen all-MiniLM-L6-v2 embeddings (int8), {cue_count} cues of grammar and wording,
one support vector machine a label, {kept} support vectors kept. Three folds split by
register; every figure is of sentences that the machine in question had not seen. The
thresholds were chosen on the same folds, so the figures flatter a little.

| label | precision | recall | F1 | closes with it | threshold |
| --- | --- | --- | --- | --- | --- |
{rows}

Macro-F1 of the four steps by close: {macro:.3f}. Traps on which a step is raised that is
not there: {alarms:.1f} %.

**Limits, and who it may fail.** The corpus is written, not recorded: real speech holds more
repairs and more noise. Fit depends on what the job needs, and the tagger sees only what the
speaker says of it. Irony, taken-back interest and praise meant as interest are its weakest
points. Varieties of English that the registers do not cover may be read less well.
""".replace("{cue_count}", str(len(CUES)))


if __name__ == "__main__":
    main()
