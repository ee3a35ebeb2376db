"""Train what hears filler sounds: `make fillers SPOKEN=folder`, some minutes.

    python train.py SPOKEN HELD_OUT

`speaking.py` made the two folders.  For each set of weights that comes with the program,
trains a small network over the encoder's states, writes it as `NAME.npz`, its size and
digest into the manifest, and measures it on voices that it was not trained on, into the
card.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import card
import listening
import numpy as np
import torch
from torch import nn

from rehearse.engines.filler_sounds import FillerSounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listening import Listened

HERE = Path(__file__).parent
RECOGNISERS = ("base", "tiny.en")
HIDDEN, REACH = 64, 9
EPOCHS, RATE, DECAY, SMOOTHING = 4, 2e-3, 0.05, 0.02
CHUNK, BATCH = 250, 8
SEED = 0


class Net(nn.Module):
    """One layer for each state, one convolution over neighbours, one output."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.hide = nn.Dropout(0.2)
        self.first = nn.Linear(width, HIDDEN)
        self.between = nn.Dropout(0.3)
        self.across = nn.Conv1d(HIDDEN, HIDDEN, REACH, padding=REACH // 2)
        self.last = nn.Linear(HIDDEN, 1)

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """[clips, states, width] to logits [clips, states]."""
        hidden = self.between(torch.relu(self.first(self.hide(states))))
        hidden = torch.relu(self.across(hidden.transpose(1, 2))).transpose(1, 2)
        logits: torch.Tensor = self.last(self.between(hidden))[..., 0]
        return logits


def main() -> None:
    """Train both, and write everything."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("spoken", type=Path)
    options.add_argument("held_out", type=Path)
    chosen = options.parse_args()
    torch.set_num_threads(2)
    measured = {}
    for name in RECOGNISERS:
        sounds = trained(listening.listen(chosen.spoken, name))
        np.savez_compressed(
            HERE / f"{name}.npz",
            **{field: getattr(sounds, field) for field in FillerSounds.__slots__},
        )
        measured[name] = card.measure(sounds, listening.listen(chosen.held_out, name))
    update_manifest(HERE.parent / "manifest.toml")
    card.write(HERE / "CARD.md", measured)


def trained(clips: Sequence[Listened]) -> FillerSounds:
    """Fit the network to labelled states."""
    torch.manual_seed(SEED)
    every = np.concatenate([clip.states[::7] for clip in clips]).astype(np.float32)
    mean, spread = every.mean(axis=0), every.std(axis=0) + 1e-6
    net = Net(len(mean))
    chunks = [(clip, start) for clip in clips for start in range(0, len(clip.labels), CHUNK)]
    order = np.random.default_rng(SEED)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * -(-len(chunks) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1)
    net.train()
    for _ in range(EPOCHS):
        shuffled = order.permutation(len(chunks))
        for first in range(0, len(shuffled), BATCH):
            batch = [chunks[number] for number in shuffled[first : first + BATCH]]
            loss_of(net, batch, mean, spread).backward()
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
    return folded(net.eval(), mean, spread)


def loss_of(
    net: Net, batch: Sequence[tuple[Listened, int]], mean: np.ndarray, spread: np.ndarray
) -> torch.Tensor:
    """Cross entropy over the states whose label is sure, labels smoothed a little."""
    states = torch.zeros(len(batch), CHUNK, len(mean))
    truth = torch.zeros(len(batch), CHUNK)
    counts = torch.zeros(len(batch), CHUNK)
    for row, (clip, start) in enumerate(batch):
        part = (clip.states[start : start + CHUNK].astype(np.float32) - mean) / spread
        labels = torch.from_numpy(clip.labels[start : start + CHUNK])
        states[row, : len(part)] = torch.from_numpy(part)
        truth[row, : len(part)] = (labels == listening.FILLER).float()
        counts[row, : len(part)] = (labels != listening.UNSURE).float()
    smooth = truth * (1 - 2 * SMOOTHING) + SMOOTHING
    losses = nn.functional.binary_cross_entropy_with_logits(net(states), smooth, reduction="none")
    return (losses * counts).sum() / counts.sum()


def folded(net: Net, mean: np.ndarray, spread: np.ndarray) -> FillerSounds:
    """The network as the program runs it, the scaling of its input folded in."""
    first = net.first.weight.detach().numpy().T / spread[:, None]
    bias = net.first.bias.detach().numpy() - mean @ first
    return FillerSounds(
        first=first.astype(np.float32),
        first_bias=bias.astype(np.float32),
        across=np.ascontiguousarray(net.across.weight.detach().numpy().transpose(2, 1, 0)),
        across_bias=net.across.bias.detach().numpy(),
        last=net.last.weight.detach().numpy()[0],
        last_bias=net.last.bias.detach().numpy()[0],
    )


def update_manifest(manifest: Path) -> None:
    """Write the sizes and digests of what was made into the manifest."""
    text = manifest.read_text("utf-8")
    for name in RECOGNISERS:
        raw = (HERE / f"{name}.npz").read_bytes()
        text = re.sub(
            rf'(path = "{re.escape(name)}.npz", size = )\d+(, sha256 = ")[0-9a-f]*"',
            rf'\g<1>{len(raw)}\g<2>{hashlib.sha256(raw).hexdigest()}"',
            text,
        )
    manifest.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
