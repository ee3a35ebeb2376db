"""Train the networks that hold sentences against texts: `make pairs`.

Each recipe fine-tunes an encoder on `closebench/exchanges/train` and `closebench/postings/train`,
all items but those of fold 0, which say what a logit means as a probability and where each
threshold lies; the network is exported to int8 ONNX, and sizes and digests go into the manifest,
and figures into the card.  The schedule and the export are those of the step tagger
(`models/tagger`).
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import corpus
import export
import numpy as np
import pairs_card
import torch
import training
from encoders import ENCODERS
from feeding import Maker, batches, grouped, tensors
from limits import chosen
from net import PairNet
from pieces import cut
from recipes import RECIPES
from torch import nn

from rehearse.matching.relations import READ

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pieces import Cut
    from recipes import Recipe

HERE = Path(__file__).parent
THREADS: Final = 2
SMOOTHING: Final = 0.01
DROPOUT: Final = 0.15
HEAD_RATE: Final = 1e-3

TAGGERS_ENCODER: Final = "all-MiniLM-L6-v2"
"""Whose tokenizer lies beside the step tagger."""

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

SHARE: Final = {"discussed": 1.5, "posting": 1.5}
"""How much a relation counts beside an exchange: one close has many pairs."""


def main() -> None:
    """Train, export, and write the manifest and the cards."""
    options = _options().parse_args()
    torch.set_num_threads(THREADS)
    pairs = [*corpus.exchanges(corpus.items(corpus.EXCHANGES))]
    pairs += corpus.postings(corpus.items(corpus.POSTINGS))
    pairs += corpus.closes(corpus.items(corpus.CLOSES))
    cuts = cut(pairs)
    for name in options.only or RECIPES:
        make(RECIPES[name], cuts, options)


def make(recipe: Recipe, cuts: Sequence[Cut], options: argparse.Namespace) -> None:
    """Train one network and write what belongs to it."""
    torch.manual_seed(options.seed)
    own = [each for each in cuts if each.pair.relation in recipe.relations]
    train = grouped(each for each in own if each.pair.fold != 0)
    held_out = grouped(each for each in own if each.pair.fold == 0)
    sys.stderr.write(f"{recipe.name}: {len(train)} groups, {len(held_out)} left out\n")
    encoder, tokenizer = ENCODERS[recipe.encoder]()
    net = PairNet(encoder, recipe, dropout=DROPOUT)
    kept = options.keep and options.keep / f"{recipe.name}.pt"
    if options.trained:
        net.load_state_dict(torch.load(kept, weights_only=True))
    else:
        fit(net, train, recipe, Maker(options.seed, tokenizer, recipe.labels))
        if kept:
            torch.save(net.state_dict(), kept)
    folder = HERE.parent / recipe.name
    export.write_network(net.eval(), folder)
    if recipe.encoder != TAGGERS_ENCODER:
        tokenizer.save(str(folder / export.TOKENIZER))
    head, rows = chosen(folder, net.exported(), held_out)
    export.write_arrays(folder / export.HEAD, head, recipe.labels)
    export.update_manifest(HERE.parent / "manifest.toml", recipe.name)
    pairs_card.write(folder / "CARD.md", recipe, corpus.counts(), rows)


def fit(net: PairNet, train: Sequence[Sequence[Cut]], recipe: Recipe, maker: Maker) -> None:
    """Fine-tune."""
    began, optimizer = time.time(), torch.optim.AdamW(_groups(net, recipe))
    read = sum(recipe.shares[group[0].pair.relation] for group in train) / len(train)
    once = maker.epoch(train)  # about as many batches as every epoch has
    batched = sum(1 for _ in batches(once, recipe.batch_tokens, maker.chance))
    steps = int(recipe.epochs * batched * read)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: training.rate(step / steps)
    )
    sys.stderr.write(f"{sum(len(each.ids) for each in once)} tokens, {steps} steps\n")
    weight = torch.tensor([COUNTS.get(label, 1.0) for label in recipe.labels])
    share = torch.tensor([_share(label) for label in recipe.labels])
    for number in range(recipe.epochs):
        net.train()
        losses = []
        shares = [recipe.shares[group[0].pair.relation] for group in train]
        drawn = [
            each for each, part in zip(train, shares, strict=True) if maker.chance.random() < part
        ]
        for group in batches(maker.epoch(drawn), recipe.batch_tokens, maker.chance):
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


def _groups(net: PairNet, recipe: Recipe) -> list[dict[str, Any]]:
    head = [value for name, value in net.named_parameters() if not name.startswith("bert")]
    groups = [{"params": head, "lr": HEAD_RATE, "weight_decay": 1e-3}]
    deep = training.layers(net.bert, recipe.encoder_rate, recipe.decay_by_layer)
    return groups + deep[: len(deep) - recipe.frozen]


def _share(label: str) -> float:
    return next(SHARE.get(relation, 1.0) for relation, labels in READ.items() if label in labels)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", choices=sorted(RECIPES), help="of the recipes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the weights as they were trained")
    parser.add_argument("--trained", action="store_true", help="export what lies in that folder")
    return parser


if __name__ == "__main__":
    main()
