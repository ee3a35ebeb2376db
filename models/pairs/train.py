"""Train the network that holds sentences against texts: `make pairs`.

It fine-tunes an encoder on `closebench/exchanges/train` and `closebench/postings/train`, all items
but those of fold 0, which say what a logit means as a probability and where each threshold lies.
The network is exported to ONNX with weights of four bits, which it has learnt with; sizes and
digests go into the manifest, and figures into the card.  The schedule is that of the step tagger
(`models/tagger`).
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import corpus
import encoder
import export
import four_bits
import numpy as np
import pairs_card
import torch
import training
from feeding import Maker, batches, grouped, tensors
from limits import chosen
from net import FROZEN, PairNet
from pieces import cut
from torch import nn

from rehearse.language.network import Network
from rehearse.matching.relations import LABELS, READ

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pieces import Cut

    from rehearse.matching.relations import Relation

HERE: Final = Path(__file__).parent
THREADS: Final = 2
EPOCHS: Final = 3
ROUNDED_FROM: Final = 2
"""The epoch from which on the weights are rounded."""

BATCH_TOKENS: Final = 1300
SMOOTHING: Final = 0.01
DROPOUT: Final = 0.15
HEAD_RATE: Final = 1e-3
ENCODER_RATE: Final = 6e-5
"""Of the last layer."""

DECAY_BY_LAYER: Final = 0.92
"""How fast each layer learns beside the next."""

SHARES: Final[dict[Relation, float]] = {
    "reply": 2.0,
    "response": 1.5,
    "requirement": 1.0,
    "discussed": 0.5,
    "posting": 0.7,
}
"""How often an epoch reads each pair of a relation, on average."""

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
    sys.stderr.write(f"{len(train)} groups, {len(held_out)} left out\n")
    network, tokenizer = encoder.encoder()
    four_bits.prepare(network)
    net = PairNet(network, dropout=DROPOUT)
    if options.trained:
        net.load_state_dict(torch.load(options.trained, weights_only=True))
        four_bits.switch_on(net.bert)
    else:
        fit(net, train, Maker(options.seed, tokenizer), options.keep)
    tokenizer.save(str(HERE / export.TOKENIZER))
    write(net.eval(), held_out)


def write(net: PairNet, held_out: Sequence[Sequence[Cut]]) -> None:
    """Write what was learnt, with its thresholds, the manifest and the card."""
    four_bits.write(net, HERE)
    network = Network(HERE / export.NETWORK, HERE / export.TOKENIZER)
    head, rows = chosen(network, net.exported(), held_out)
    export.write_arrays(HERE / export.HEAD, head, LABELS)
    names = (export.NETWORK, four_bits.WORDS, export.HEAD, export.TOKENIZER)
    made = [HERE / name for name in names]
    export.update_manifest(HERE.parent / "manifest.toml", "pairs", made)
    pairs_card.write(HERE / "CARD.md", corpus.counts(), rows)


def fit(
    net: PairNet, train: Sequence[Sequence[Cut]], maker: Maker, keep: Path | None = None
) -> None:
    """Fine-tune; what was learnt is kept after every epoch, where there is a folder for it."""
    began, optimizer = time.time(), torch.optim.AdamW(_groups(net))
    once = maker.epoch(train, SHARES)  # about as many batches as every epoch has
    steps = EPOCHS * sum(1 for _ in batches(once, BATCH_TOKENS, maker.chance))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: training.rate(step / steps)
    )
    sys.stderr.write(f"{sum(len(each.ids) for each in once)} tokens, {steps} steps\n")
    weight = torch.tensor([COUNTS.get(label, 1.0) for label in LABELS])
    share = torch.tensor([_share(label) for label in LABELS])
    for number in range(1, EPOCHS + 1):
        net.train()
        if number == ROUNDED_FROM:
            four_bits.switch_on(net.bert)
        losses = []
        for group in batches(maker.epoch(train, SHARES), BATCH_TOKENS, maker.chance):
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
        sys.stderr.write(f"epoch {number}: loss {np.mean(losses):.4f} after {took:.0f} s\n")
        if keep:
            torch.save(net.state_dict(), keep / f"pairs-epoch{number}.pt")


def _groups(net: PairNet) -> list[dict[str, Any]]:
    head = [value for name, value in net.named_parameters() if not name.startswith("bert")]
    groups = [{"params": head, "lr": HEAD_RATE, "weight_decay": 1e-3}]
    deep = training.layers(net.bert, ENCODER_RATE, DECAY_BY_LAYER)
    return groups + deep[: len(deep) - FROZEN]


def _share(label: str) -> float:
    return next(SHARE.get(relation, 1.0) for relation, labels in READ.items() if label in labels)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the weights after each epoch")
    parser.add_argument("--trained", type=Path, help="one of those, to export and not to train")
    return parser


if __name__ == "__main__":
    main()
