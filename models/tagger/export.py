"""From a trained network to the files that the program loads."""

from __future__ import annotations

import hashlib
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from rehearse.language.cues import CUES
from rehearse.language.network import Network
from rehearse.language.tagger import LABELS, Head

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cutting import Piece
    from network import Net

NETWORK, TOKENIZER, HEAD = "network.onnx", "tokenizer.json", "head.npz"


class Encoder(nn.Module):
    """The part of the network that becomes ONNX: from ids to hidden states."""

    def __init__(self, net: Any) -> None:
        super().__init__()
        self.bert = net.bert

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """[batch, tokens] to [batch, tokens, 384]."""
        hidden: torch.Tensor = self.bert(
            input_ids=input_ids, attention_mask=attention_mask
        ).last_hidden_state
        return hidden


def write_whole(net: Any, path: Path) -> None:
    """Write the encoder in full precision."""
    ids = torch.tensor([[101, 1045, 2293, 2023, 3105, 102]])
    torch.onnx.export(
        Encoder(net).eval(),
        (ids, torch.ones_like(ids)),
        str(path),
        input_names=["input_ids", "attention_mask"],
        output_names=["hidden"],
        dynamic_axes={
            "input_ids": {0: "batch", 1: "tokens"},
            "attention_mask": {0: "batch", 1: "tokens"},
            "hidden": {0: "batch", 1: "tokens"},
        },
        opset_version=17,
        dynamo=False,
    )


def write_network(net: Any, folder: Path) -> None:
    """Write the encoder: int8 weights, in seven bits so that no AVX2 machine overflows."""
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        write_whole(net, whole)
        quantize_dynamic(
            whole,
            folder / NETWORK,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )


def unscaled(net: Net) -> Head:
    """The head as it was trained: every probability is the sigmoid of its logit."""
    labels = len(LABELS)
    with_cues = net.cues is not None
    return Head(
        weights=_transposed(net.head.weight),
        look=_transposed(net.look.weight),
        value=_transposed(net.value.weight),
        cue_weights=_transposed(net.cues.weight)
        if with_cues
        else np.zeros((2 * len(CUES), labels), np.float32),
        bias=net.head.bias.detach().numpy(),
        slope=np.ones(labels, np.float32),
        offset=np.zeros(labels, np.float32),
        thresholds=np.full(labels, 0.5, np.float32),
    )


def _transposed(weight: torch.Tensor) -> np.ndarray:
    return np.ascontiguousarray(weight.detach().numpy().T)


def logits(folder: Path, head: Head, closes: Sequence[Sequence[Piece]]) -> list[np.ndarray]:
    """What the exported network says of each piece of each close [shape=(pieces, labels)]."""
    network = Network(folder / NETWORK, folder / TOKENIZER)
    return [
        head.logits(
            network.states([piece.text for piece in pieces]),
            np.array([piece.cues for piece in pieces], dtype=np.float32),
        )
        for pieces in closes
    ]


def write_head(path: Path, head: Head) -> None:
    """Write what makes probabilities of vectors and cues."""
    write_arrays(path, head, LABELS)


def write_arrays(path: Path, head: Any, labels: Sequence[str]) -> None:
    """Write the arrays of a head, with the labels and the cues that it is for."""
    np.savez_compressed(
        path,
        labels=np.array(labels),
        cues=np.array(CUES),
        **{name: getattr(head, name) for name in type(head).__slots__ if name != "labels"},
    )


def update_manifest(manifest: Path, asset: str, files: Iterable[Path]) -> None:
    """Write the sizes and digests of what was made for an asset into the manifest."""
    text = manifest.read_text("utf-8")
    begin = text.index(f'name = "{asset}"')
    end = text.find("[[asset]]", begin) % (len(text) + 1)
    entry = text[begin:end]
    for file in files:
        raw = file.read_bytes()
        entry = re.sub(
            rf'(path = "{file.name}", size = )\d+(, sha256 = ")[0-9a-f]*"',
            rf'\g<1>{len(raw)}\g<2>{hashlib.sha256(raw).hexdigest()}"',
            entry,
        )
    manifest.write_text(text[:begin] + entry + text[end:], "utf-8")
