"""What a logit means, and from which probability on a label is there.

Both are chosen on the fold that the network was not trained on, cut as the program cuts it: the
threshold at which what is found agrees best (F1, and for what a false alarm spoils, F0.7).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from thresholds import GRID, f_measure

from rehearse.matching.reader import Reader
from rehearse.matching.relations import LABELS, READ

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pieces import Cut

    from rehearse.language.network import Network
    from rehearse.matching.pair_head import PairHead

BETA: Final = {"defensive": 0.7, "dwelling": 0.7, "evasive": 0.7, "recalls": 0.7}
"""To be told of a fault that is none costs trust, and so does praise for what was not recalled."""

Found = list[tuple["Cut", np.ndarray]]
"""Each pair with its table [sentences + 1, labels]."""


def chosen(
    network: Network, head: PairHead, groups: Sequence[Sequence[Cut]]
) -> tuple[PairHead, list[tuple[str, ...]]]:
    """The head with its scale and its thresholds, and the figures of each label as rows."""
    found = logits(network, head, groups)
    count = len(LABELS)
    slope, offset = np.ones(count, np.float32), np.zeros(count, np.float32)
    for relation, labels in READ.items():
        own = [pair for pair in found if pair[0].pair.relation == relation]
        for label in labels:
            place = LABELS.index(label)
            slope[place], offset[place] = _scale(own, label, place, whole=relation != "posting")
    scaled = replace(head, slope=slope, offset=offset)
    limits, rows = np.full(count, 0.5, np.float32), []
    for relation, labels in READ.items():
        own = [
            (cut, scaled.probabilities(table))
            for cut, table in found
            if cut.pair.relation == relation
        ]
        for label in labels:
            place = LABELS.index(label)
            sure, truth = _judged(own, label, place, by_line=relation == "posting")
            scores = [f_measure(truth, sure >= value, BETA.get(label, 1.0)) for value in GRID]
            best = np.array(scores)
            limits[place] = np.median(GRID[best >= best.max() - 0.003])
            there = sure >= limits[place]
            rows.append(
                (
                    relation,
                    label,
                    str(len(truth)),
                    str(int(truth.sum())),
                    f"{(there == truth).mean():.3f}",
                    f"{f_measure(truth, there, 1.0):.3f}",
                    f"{limits[place]:.2f}",
                )
            )
    return replace(scaled, thresholds=limits), rows


def _scale(found: Found, label: str, place: int, *, whole: bool) -> tuple[float, float]:
    """Slope and offset that make a probability of a logit (Platt, 1999)."""
    values, truth = [], []
    for cut, table in found:
        rows = cut.pieces if whole else cut.pieces[:-1]
        for piece, row in zip(rows, table, strict=False):
            if label not in piece.unknown:
                values.append(row[place])
                truth.append(label in piece.labels)
    if not any(truth) or all(truth):
        return 1.0, 0.0
    fitted = LogisticRegression(C=1.0).fit(np.array(values)[:, None], truth)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _judged(
    found: Found, label: str, place: int, *, by_line: bool
) -> tuple[np.ndarray, np.ndarray]:
    """How sure it is, and the truth, of each pair, or of each line of a posting."""
    if by_line:
        sure = [value for cut, table in found for value in table[:-1, place]]
        truth = [label in piece.labels for cut, _ in found for piece in cut.pieces[:-1]]
    else:
        sure = [(table[-1, place] + table[:-1, place].max()) / 2 for _, table in found]
        truth = [label in cut.pieces[-1].labels for cut, _ in found]
    return np.array(sure), np.array(truth)


def logits(network: Network, head: PairHead, groups: Sequence[Sequence[Cut]]) -> Found:
    """What the exported network says of each pair."""
    reader = Reader(network, head)
    found: Found = []
    for group in groups:
        *sentences, whole = group[0].pieces
        own = np.array([piece.cues for piece in sentences], dtype=np.float32)
        before = np.vstack([np.zeros_like(own[:1]), own[:-1]])
        last = np.hstack([whole.cues, np.zeros_like(whole.cues)]).astype(np.float32)
        tables = reader.logits(
            group[0].pair.relation,
            [cut.pair.beside for cut in group],
            [piece.text for piece in sentences],
            np.vstack([np.hstack([own, before]), last]),
        )
        found += list(zip(group, tables, strict=True))
    return found
