"""Weights of four bits: learnt with, and written.

What is rounded only after training has learnt to lean on what is lost.  So the weights are rounded
while it learns, and the gradient passes as if they had not been (Jacob et al., "Quantization and
Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference", 2018).
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

import onnx
import torch
from export import NETWORK, write_whole
from onnx.external_data_helper import set_external_data
from onnxruntime.quantization.matmul_nbits_quantizer import (
    DefaultWeightOnlyQuantConfig,
    MatMulNBitsQuantizer,
)
from torch import nn
from torch.nn.utils import parametrize

BLOCK: Final = 256
"""Weights that share a scale."""

LEVELS: Final = (-8, 7)

WORDS: Final = "words.bin"
"""The vectors of the vocabulary, in a file of their own."""

EMBEDDINGS: Final = ("word_embeddings", "position_embeddings")

INT8_ACTIVATIONS: Final = 4
"""How onnxruntime calls it."""


class FourBits(nn.Module):
    """Rounds a weight [rows, columns] to sixteen levels, once it is `on`."""

    def __init__(self) -> None:
        super().__init__()
        self.on = False

    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        """The weight as it will be read; the gradient is that of the weight as it is."""
        return weight + (rounded(weight.detach()) - weight.detach()) if self.on else weight


def rounded(weight: torch.Tensor) -> torch.Tensor:
    """Each row in blocks of `BLOCK`, of which the furthest weight is the lowest level."""
    blocks = weight.reshape(len(weight), -1, BLOCK)
    low, high = blocks.amin(-1, keepdim=True), blocks.amax(-1, keepdim=True)
    scale = torch.where(high > -low, high, low) / LEVELS[0]
    scale = torch.where(scale == 0, torch.ones_like(scale), scale)
    levels = (blocks / scale).round_().clamp_(*LEVELS)
    return levels.mul_(scale).reshape(weight.shape)


def prepare(encoder: Any) -> None:
    """Round what does not learn, and make ready to round what does."""
    with torch.no_grad():
        for name in EMBEDDINGS:
            table = getattr(encoder.embeddings, name).weight
            table.copy_(rounded(table))
    for layer in _linear(encoder):
        parametrize.register_parametrization(layer, "weight", FourBits())


def switch_on(encoder: Any) -> None:
    """Round from now on."""
    for module in encoder.modules():
        if isinstance(module, FourBits):
            module.on = True


def write(net: Any, folder: Path) -> None:
    """Write the encoder, whose weights are rounded for good."""
    for layer in _linear(net.bert):
        parametrize.remove_parametrizations(layer, "weight")
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        write_whole(net, whole)
        model = onnx.load(whole)
    config = DefaultWeightOnlyQuantConfig(
        block_size=BLOCK,
        is_symmetric=True,
        accuracy_level=INT8_ACTIVATIONS,
        op_types_to_quantize=("MatMul", "Gather"),
    )
    others = [
        node.name
        for node in model.graph.node
        if node.op_type == "Gather" and not any(name in node.input[0] for name in EMBEDDINGS)
    ]
    quantizer = MatMulNBitsQuantizer(model, nodes_to_exclude=others, algo_config=config)
    quantizer.process()
    model = quantizer.model.model
    for tensor in model.graph.initializer:
        if EMBEDDINGS[0] in tensor.name:
            set_external_data(tensor, WORDS)
    (folder / WORDS).unlink(missing_ok=True)  # onnx adds to a file that is there
    onnx.save(model, folder / NETWORK)
    (folder / WORDS).chmod(0o644)


def _linear(encoder: Any) -> list[nn.Linear]:
    return [each for each in encoder.encoder.layer.modules() if isinstance(each, nn.Linear)]
