"""Train the network that holds sentences against texts: `make pairs`.

Fine-tunes MiniLM on `closebench/exchanges/train` and `closebench/postings/train`, all items but
those of fold 0, which say what a logit means as a probability and where each threshold lies;
exports it to int8 ONNX, and writes sizes and digests into the manifest, and the card.  The encoder,
the schedule and the export are those of the step tagger (`models/tagger`).
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import corpus
import export
import numpy as np
import pairs_card
import torch
import training
from feeding import Maker, batches, grouped, tensors
from limits import chosen
from net import PairNet
from pieces import cut
from torch import nn

from rehearse.matching.relations import PAIR_LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pieces import Cut

HERE = Path(__file__).parent
THREADS: Final = 2
SMOOTHING: Final = 0.01
DROPOUT: Final = 0.15
BATCH_TOKENS: Final = 2500
HEAD_RATE: Final = 1e-3

COUNTS: Final = {
    "covers": 2.0,
    "names": 1.5,
    "recalls": 2.0,
    "clarified": 1.5,
    "checked": 1.5,
    "dwelling": 2.0,
    "evasive": 2.0,
    "defensive": 1.5,
}
"""How much more a miss of a rare label costs."""

SHARE: Final = {"requirement": 3.0, "discussed": 1.5, "posting": 1.5}
"""How much a relation counts beside an exchange: one close has many pairs."""


DRAWN: Final = {
    "requirement": 1.0,
    "response": 0.7,
    "reply": 0.7,
    "discussed": 0.5,
    "posting": 0.5,
}
"""How much of each relation an epoch reads; a job is read twice, for it is the hardest."""


def main() -> None:
    """Train, export, and write the manifest and the card."""
    options = _options().parse_args()
    torch.set_num_threads(THREADS)
    torch.manual_seed(options.seed)
    pairs = [*corpus.exchanges(corpus.items(corpus.EXCHANGES))]
    pairs += corpus.postings(corpus.items(corpus.POSTINGS))
    pairs += corpus.closes(corpus.items(corpus.CLOSES))
    cuts = cut(pairs)
    train = grouped(each for each in cuts if each.pair.fold != 0)
    held_out = grouped(each for each in cuts if each.pair.fold == 0)
    sys.stderr.write(f"{len(train)} groups of pairs, {len(held_out)} left out\n")
    net = PairNet(dropout=DROPOUT)
    if options.state:
        net.load_state_dict(torch.load(options.state, weights_only=True))
    if options.epochs:
        fit(net, train, options)
        if options.keep:
            torch.save(net.state_dict(), options.keep)
    export.write_network(net.eval(), HERE)
    head, rows = chosen(HERE, net.exported(), held_out)
    export.write_arrays(HERE / export.HEAD, head, PAIR_LABELS)
    export.update_manifest(HERE.parent / "manifest.toml", "pairs")
    pairs_card.write(HERE / "CARD.md", corpus.counts(), rows)


def fit(net: PairNet, train: Sequence[Sequence[Cut]], options: argparse.Namespace) -> None:
    """Fine-tune."""
    maker, began = Maker(options.seed), time.time()
    head = [value for name, value in net.named_parameters() if not name.startswith("bert")]
    groups = [{"params": head, "lr": HEAD_RATE, "weight_decay": 1e-3}]
    groups += training.layers(net.bert, options.rate, training.Recipe().decay_by_layer)
    optimizer = torch.optim.AdamW(groups)
    once = maker.epoch(train)  # about as many as one epoch has
    steps = options.epochs * sum(1 for _ in batches(once, BATCH_TOKENS, maker.chance))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: training.rate(step / steps)
    )
    sys.stderr.write(f"{sum(len(each.ids) for each in once)} tokens an epoch, {steps} steps\n")
    weight = torch.tensor([COUNTS.get(label, 1.0) for label in PAIR_LABELS])
    share = torch.tensor([_share(label) for label in PAIR_LABELS])
    for number in range(options.epochs):
        net.train()
        losses = []
        drawn = [each for each in train if maker.chance.random() < DRAWN[each[0].pair.relation]]
        drawn += [each for each in train if each[0].pair.relation == "requirement"]
        for group in batches(maker.epoch(drawn), BATCH_TOKENS, maker.chance):
            batch = tensors(group)
            truth = batch["labels"] * (1 - 2 * SMOOTHING) + SMOOTHING
            each = nn.functional.binary_cross_entropy_with_logits(
                net(batch), truth, reduction="none", pos_weight=weight
            )
            # Each text is worth as much however many sentences there are.
            counts = batch["known"] * share
            loss = (each * counts).sum() / batch["known"].amax(-1).sum().clamp(min=1)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        took = time.time() - began
        sys.stderr.write(f"epoch {number + 1}: loss {np.mean(losses):.4f} after {took:.0f} s\n")


def _share(label: str) -> float:
    from rehearse.matching.relations import READ

    return next(SHARE.get(relation, 1.0) for relation, labels in READ.items() if label in labels)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--state", type=Path, help="weights to begin with; with --epochs 0 they are exported"
    )
    parser.add_argument("--keep", type=Path, help="also write the weights as they were trained")
    return parser


if __name__ == "__main__":
    main()
