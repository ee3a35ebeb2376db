"""Fine-tuning: the recipe, the loss, the schedule."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import examples
import numpy as np
import torch
from network import Net
from torch import nn

from rehearse.language.tagger import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cutting import Piece
    from examples import Maker, Ways

RARE: Final = frozenset({"cheesy", "arrogant", "hedging", "business_card", "follow_up"})
RARE_COUNTS: Final = 3.0
"""A miss of a rare label costs so much more: else none of them would be learnt."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What training depends on; chosen on the fold that is left out."""

    seed: int = 1
    epochs: int = 4
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    decay_by_layer: float = 0.85
    smoothing: float = 0.01
    dropout: float = 0.15
    batch_tokens: int = 1500
    with_cues: bool = True


def train(
    closes: Sequence[Ways],
    maker: Maker,
    recipe: Recipe,
    after: Callable[[Net, int], Any] | None = None,
) -> Net:
    """Fine-tune on `closes`; `after(net, epoch)` is called at the end of each epoch."""
    torch.manual_seed(recipe.seed)
    net = Net(dropout=recipe.dropout, with_cues=recipe.with_cues)
    optimizer = torch.optim.AdamW(groups(net, recipe))
    plain = [maker.example(way.labelled) for way in closes]
    steps = recipe.epochs * sum(1 for _ in examples.batches(plain, recipe.batch_tokens))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step / steps))
    weight = torch.tensor([RARE_COUNTS if label in RARE else 1.0 for label in LABELS])
    loss_of = nn.BCEWithLogitsLoss(reduction="none", pos_weight=weight)
    low, high = recipe.smoothing, 1 - recipe.smoothing
    for number in range(recipe.epochs):
        net.train()
        losses = []
        for _, (ids, mask, pool, cues, labels, counts) in examples.batches(
            maker.epoch(closes), recipe.batch_tokens, maker.chance
        ):
            each = loss_of(net(ids, mask, pool, cues), labels * (high - low) + low)
            loss = (each * counts).sum() / counts.amax(-1).sum()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        sys.stderr.write(f"epoch {number + 1}: loss {np.mean(losses):.4f}\n")
        if after:
            after(net.eval(), number)
    return net.eval()


def groups(net: Net, recipe: Recipe) -> list[dict[str, Any]]:
    """Parameters with their rates: deep layers learn slower (Howard and Ruder, "ULMFiT", 2018)."""
    head = [*net.head.parameters(), *net.look.parameters(), *net.value.parameters()]
    head += net.cues.parameters() if net.cues is not None else []
    first = {"params": head, "lr": recipe.head_rate, "weight_decay": 1e-3}
    return [first, *layers(net.bert, recipe.encoder_rate, recipe.decay_by_layer)]


def layers(bert: nn.Module, encoder_rate: float, decay: float) -> list[dict[str, Any]]:
    """The layers of an encoder, the last first, each a little slower than the one before."""
    return [
        {"params": layer.parameters(), "lr": encoder_rate * decay**number, "weight_decay": 0.01}
        for number, layer in enumerate(reversed(bert.encoder.layer))
    ]


def rate(done: float) -> float:
    """A short rise, then half a cosine down to almost nothing."""
    return min(1.0, done / 0.06 + 1e-3) * (0.02 + 0.49 * (1 + math.cos(math.pi * min(1.0, done))))


def logits(net: Net, closes: Sequence[Sequence[Piece]], maker: Maker) -> list[np.ndarray]:
    """What the network says of each piece of each close [shape=(pieces, labels)]."""
    made = [maker.example(pieces) for pieces in closes]
    found: list[Any] = [None] * len(made)
    with torch.no_grad():
        for group, (ids, mask, pool, cues, *_) in examples.batches(made, 6000):
            values = net(ids, mask, pool, cues).numpy()
            for row, number in enumerate(group):
                found[number] = values[row, : len(made[number].places)]
    return found
