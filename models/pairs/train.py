"""Train the network that holds sentences against a text: `make pairs`.

Fine-tunes MiniLM on `closebench/exchanges/train` and `closebench/postings/train`, all items but
those of fold 0, which say what a logit means as a probability and where each threshold lies;
exports it to int8 ONNX, and writes sizes and digests into the manifest and the card.  The network,
its schedule and its export are those of the step tagger (`models/tagger`).
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import corpus
import export
import torch
import training
from feeding import Maker
from limits import chosen
from network import Net
from pieces import cut

from rehearse.matching.pairs import PAIR_LABELS

HERE = Path(__file__).parent
THREADS = 2

RARE = {"clarified": 1.5, "checked": 1.5, "dwelling": 2.0, "evasive": 2.0, "recalls": 1.5}
"""How much more a miss of a rare label costs."""


def main() -> None:
    """Train, export, and write the manifest."""
    options = _options().parse_args()
    torch.set_num_threads(THREADS)
    recipe = training.Recipe(epochs=options.epochs, encoder_rate=options.rate)
    pairs = [*corpus.exchanges(corpus.items(corpus.EXCHANGES))]
    pairs += corpus.postings(corpus.items(corpus.POSTINGS))
    began = time.time()
    cuts = cut(pairs)
    train = [each for each in cuts if options.all or each.pair.fold != 0]
    held_out = [each for each in cuts if each.pair.fold == 0]
    sys.stderr.write(f"{len(train)} pairs, {len(held_out)} left out, {time.time() - began:.0f} s\n")
    torch.manual_seed(recipe.seed)
    net = Net(dropout=recipe.dropout, with_cues=recipe.with_cues, labels=len(PAIR_LABELS))
    if options.state:
        net.load_state_dict(torch.load(options.state, weights_only=True))
        net.eval()
    else:
        maker = Maker(recipe.seed)
        weight = torch.tensor([RARE.get(label, 1.0) for label in PAIR_LABELS])
        plain = maker.epoch(train)
        sys.stderr.write(f"{sum(len(each.ids) for each in plain)} tokens an epoch\n")
        training.fit(net, lambda: maker.epoch(train), plain, weight, recipe, maker.chance)
        if options.keep:
            torch.save(net.state_dict(), options.keep)
    sys.stderr.write(f"trained after {time.time() - began:.0f} s\n")
    export.write_network(net, HERE)
    head = chosen(HERE, export.unscaled(net), held_out)
    export.write_head(HERE / export.HEAD, head, PAIR_LABELS)
    export.update_manifest(HERE.parent / "manifest.toml", "pairs")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--all", action="store_true", help="train on the fold left out as well")
    parser.add_argument("--state", type=Path, help="weights to export; default is to train them")
    parser.add_argument("--keep", type=Path, help="also write the weights as they were trained")
    return parser


if __name__ == "__main__":
    main()
