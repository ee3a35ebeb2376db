"""Train the step tagger from `closebench/train`: `make train`.

Fine-tunes MiniLM (`network.py`, `training.py`) on all registers but those of fold 0,
which say what a logit means as a probability (Platt scaling) and where each threshold
lies, exports it to int8 ONNX, writes sizes and digests into the manifest, and writes
the card from what the whole program says of fold 0 and of `closebench/test.jsonl`.
A fixed seed; under an hour on two cores.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import card
import examples
import export
import reading
import thresholds
import torch
import training
from network import Net

HERE = Path(__file__).parent
THREADS = 2


def main() -> None:
    """Train, export, and write the card and the manifest."""
    chosen = options().parse_args()
    torch.set_num_threads(THREADS)
    recipe = training.Recipe()
    train, held_out = reading.split(reading.read())
    if chosen.state:
        net = Net(dropout=recipe.dropout, with_cues=recipe.with_cues)
        net.load_state_dict(torch.load(chosen.state, weights_only=True))
    else:
        maker = examples.Maker(recipe.seed)
        net = training.train(examples.ways(train, seed=recipe.seed), maker, recipe)
        if chosen.keep:
            torch.save(net.state_dict(), chosen.keep)
    export.write_network(net.eval(), HERE)
    ways = examples.ways(held_out, seed=recipe.seed)
    head = thresholds.chosen(HERE, export.unscaled(net), ways)
    export.write_head(HERE / export.HEAD, head)
    made = [HERE / name for name in (export.NETWORK, export.HEAD, export.TOKENIZER)]
    export.update_manifest(HERE.parent / "manifest.toml", "tagger", made)
    card.write(HERE / "CARD.md", train, held_out, recipe)
    sys.stdout.write((HERE / "CARD.md").read_text("utf-8"))


def options() -> argparse.ArgumentParser:
    """What may be said on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--state", type=Path, help="weights to export; default is to train them")
    parser.add_argument(
        "--keep", type=Path, help="also write the weights here as they were trained"
    )
    return parser


if __name__ == "__main__":
    main()
