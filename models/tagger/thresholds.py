"""What a logit means, and from which probability on a label is there.

Both are chosen on closes that the network was not trained on, read as the program
reads them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import export
import numpy as np
from sklearn.linear_model import LogisticRegression

from rehearse.language.tagger import LABELS
from rehearse.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from examples import Ways

    from rehearse.language.tagger import Head

GRID: Final = np.arange(0.2, 0.9, 0.02)

BETA: Final = 0.5
"""Recall counts half of what precision counts: a false alarm costs trust sooner than a miss.

Over random halves of the registers left out, chosen on one and measured on the other, 0.5 raises
a step on 5.4 % of traps and 0.6 on 5.9 %, at the same macro-F1 of .950; 1.0 gains .008 of that and
raises 8.7 %."""

BETA_OF_FACETS: Final = 1.0
"""To say that an example has no result in it where it has one is a false alarm too."""

FACETS: Final = frozenset(LABELS) - {*STEPS, "cheesy", "arrogant", "hedging"}


def chosen(folder: Path, head: Head, closes: Sequence[Ways]) -> Head:
    """The head with its scale and its thresholds."""
    found = export.logits(folder, head, [way.program for way in closes])
    slope, offset = scale(found, closes)
    scaled = replace(head, slope=slope, offset=offset)
    best = scaled.probabilities(np.array([each.max(axis=0) for each in found]))
    truth = np.array([[way.said.holds(label) for label in LABELS] for way in closes])
    thresholds = [threshold(truth[:, j], best[:, j], beta(label)) for j, label in enumerate(LABELS)]
    return replace(scaled, thresholds=np.array(thresholds, dtype=np.float32))


def scale(logits: Sequence[np.ndarray], closes: Sequence[Ways]) -> tuple[np.ndarray, np.ndarray]:
    """Slope and offset of each label that make a probability of a logit (Platt, 1999)."""
    values = np.vstack(logits)
    pieces = [piece for way in closes for piece in way.program]
    pairs = []
    for j, label in enumerate(LABELS):
        known = np.array([label not in piece.unknown for piece in pieces])
        truth = np.array([label in piece.labels for piece in pieces])
        regression = LogisticRegression(C=1.0).fit(values[known][:, [j]], truth[known])
        pairs.append((regression.coef_[0, 0], regression.intercept_[0]))
    slope, offset = np.array(pairs, dtype=np.float32).T
    return slope, offset


def threshold(truth: np.ndarray, probability: np.ndarray, beta: float) -> float:
    """The middle of the thresholds whose F-measure over closes is within a hair of the best."""
    scores = np.array([f_measure(truth, probability >= value, beta) for value in GRID])
    return float(np.median(GRID[scores >= scores.max() - 0.003]))


def beta(label: str) -> float:
    """How much recall counts beside precision for a label."""
    return BETA_OF_FACETS if label in FACETS else BETA


def f_measure(truth: np.ndarray, found: np.ndarray, beta: float) -> float:
    """F-beta (van Rijsbergen, 1979), in [0, 1]."""
    hits = float((truth & found).sum())
    weight = beta * beta
    return (1 + weight) * hits / max(1.0, float(weight * truth.sum() + found.sum()))
