"""What a logit means, and from which probability on a label is there.

Both are chosen on pairs of the fold that the network was not trained on, cut as the program
cuts them: the threshold at which what is found of the whole agrees best (F1).
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from thresholds import GRID, f_measure

from rehearse.language.network import Network
from rehearse.matching.pairs import PAIR_LABELS, READ, TELLING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pieces import Cut

    from rehearse.language.tagger import Head


def chosen(folder: Path, head: Head, cuts: Sequence[Cut]) -> Head:
    """The head with its scale and its thresholds."""
    found = logits(folder, head, cuts)
    slope, offset = np.ones(len(PAIR_LABELS), np.float32), np.zeros(len(PAIR_LABELS), np.float32)
    limits = np.full(len(PAIR_LABELS), 0.5, np.float32)
    for relation, labels in READ.items():
        rows = [
            (cut, table)
            for cut, table in zip(cuts, found, strict=True)
            if cut.pair.relation == relation
        ]
        for label in labels:
            place = PAIR_LABELS.index(label)
            values, truth = [], []
            for cut, table in rows:
                for piece, row in zip(cut.pieces, table, strict=True):
                    whole = piece is cut.pieces[-1]
                    if label in piece.unknown or (whole and relation == "posting"):
                        continue
                    values.append(row[place])
                    truth.append(label in piece.labels)
            if not any(truth) or all(truth):
                continue
            regression = LogisticRegression(C=1.0).fit(np.array(values)[:, None], truth)
            slope[place], offset[place] = regression.coef_[0, 0], regression.intercept_[0]
    scaled = replace(head, slope=slope, offset=offset)
    for relation, labels in READ.items():
        rows = [
            (cut, scaled.probabilities(table))
            for cut, table in zip(cuts, found, strict=True)
            if cut.pair.relation == relation
        ]
        for label in labels:
            place = PAIR_LABELS.index(label)
            if relation == "posting":
                sure = np.array([v for c, t in rows for v in t[:-1, place]])
                truth = np.array([label in p.labels for c, t in rows for p in c.pieces[:-1]])
            else:
                sure = np.array([(t[-1, place] + t[:-1, place].max()) / 2 for _, t in rows])
                truth = np.array([label in c.pieces[-1].labels for c, _ in rows])
            scores = np.array([f_measure(truth, sure >= value, 1.0) for value in GRID])
            limits[place] = np.median(GRID[scores >= scores.max() - 0.003])
            right = ((sure >= limits[place]) == truth).mean() if len(truth) else 0
            sys.stderr.write(
                f"{relation:12} {label:13} n={len(truth):5} there={int(truth.sum()):4} "
                f"F1 {scores.max():.3f} accuracy {right:.3f} threshold {limits[place]:.2f}\n"
            )
    return replace(scaled, thresholds=limits)


def logits(folder: Path, head: Head, cuts: Sequence[Cut]) -> list[np.ndarray]:
    """What the exported network says of each piece of each pair [shape=(pieces, labels)]."""
    network = Network(folder / "network.onnx", folder.parent / "tagger" / "tokenizer.json")
    found = []
    for cut in cuts:
        *each, whole = cut.pieces
        beside = TELLING[cut.pair.relation] + cut.pair.beside
        states = network.states([piece.text for piece in each], beside=beside)
        marks = np.array([piece.cues for piece in each], dtype=np.float32)
        found.append(
            np.concatenate(
                [
                    head.logits(states, marks),
                    head.logits([np.concatenate(states)], whole.cues[None].astype(np.float32)),
                ]
            )
        )
    return found
