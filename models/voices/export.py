"""Make `voices.onnx` from Resemblyzer's weights: `make voices`, a minute.

    python export.py PRETRAINED

PRETRAINED is `resemblyzer/pretrained.pt` of the package Resemblyzer 0.1.4 (Apache-2.0).
The mel spectrogram that the network reads becomes part of it, so that running it takes
nothing but samples.  Weights are stored as half-precision floats and computed with as
single: int8 was tried, and its embeddings had a cosine of .4 to .8 with these.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from pathlib import Path

import librosa
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

HERE = Path(__file__).parent
SHA256 = "39373b86598fa3da9fcddee6142382efe09777e8d37dc9c0561f41f0070f134e"
RATE_HZ = 16000
WINDOW, HOP, MELS = 400, 160, 40
HIDDEN, LAYERS, EMBEDDING = 256, 3, 256
HALVED_FROM = 1000
"""Arrays of at least so many values are stored in half precision."""


class Encoder(nn.Module):
    """From samples to embeddings: generalised end-to-end loss, Wan et al. 2018."""

    def __init__(self, weights: dict[str, torch.Tensor]) -> None:
        super().__init__()
        bins, times = np.arange(WINDOW // 2 + 1), np.arange(WINDOW)
        angles = 2 * np.pi * np.outer(bins, times) / WINDOW
        hann = 0.5 - 0.5 * np.cos(2 * np.pi * times / WINDOW)
        waves = np.concatenate([np.cos(angles) * hann, np.sin(angles) * hann])[:, None]
        self.bins = len(bins)
        self.fourier = nn.Conv1d(1, len(waves), WINDOW, stride=HOP, bias=False)
        self.fourier.weight.data = torch.tensor(waves, dtype=torch.float32)
        mel = librosa.filters.mel(sr=RATE_HZ, n_fft=WINDOW, n_mels=MELS)
        self.mel = nn.Parameter(torch.tensor(mel, dtype=torch.float32))
        self.lstm = nn.LSTM(MELS, HIDDEN, LAYERS, batch_first=True)
        self.linear = nn.Linear(HIDDEN, EMBEDDING)
        kept = {name: w for name, w in weights.items() if name.split(".")[0] in ("lstm", "linear")}
        self.load_state_dict(kept, strict=False)

    def forward(self, samples: torch.Tensor) -> torch.Tensor:
        """[batch, samples] to [batch, 256], of length 1."""
        padded = nn.functional.pad(samples[:, None], (WINDOW // 2, WINDOW // 2))
        parts = self.fourier(padded)
        power = parts[:, : self.bins] ** 2 + parts[:, self.bins :] ** 2
        _, (hidden, _) = self.lstm((self.mel @ power).transpose(1, 2))
        raw = torch.relu(self.linear(hidden[-1]))
        unit: torch.Tensor = raw / torch.norm(raw, dim=1, keepdim=True)
        return unit


def main() -> None:
    """Export, halve, and write the size and digest into the manifest."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("pretrained", type=Path)
    raw = (chosen := options.parse_args()).pretrained.read_bytes()
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise SystemExit(f"{chosen.pretrained.name} is not the file that this was made from")
    weights = torch.load(chosen.pretrained, map_location="cpu", weights_only=True)["model_state"]
    path = HERE / "voices.onnx"
    torch.onnx.export(
        Encoder(weights).eval(),
        (torch.zeros(2, RATE_HZ),),
        str(path),
        input_names=["samples"],
        output_names=["voices"],
        dynamic_axes={"samples": {0: "batch", 1: "samples"}, "voices": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
    halve(path)
    update_manifest(HERE.parent / "manifest.toml", path)


def halve(path: Path) -> None:
    """Store the large arrays of a network in half precision."""
    network = onnx.load(path)
    casts = []
    for stored in network.graph.initializer:
        values = numpy_helper.to_array(stored)
        if values.size < HALVED_FROM or values.dtype != np.float32:
            continue
        name = stored.name
        stored.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    for number, cast in enumerate(casts):
        network.graph.node.insert(number, cast)
    onnx.checker.check_model(network)
    onnx.save(network, path)


def update_manifest(manifest: Path, made: Path) -> None:
    """Write the size and digest of what was made into the manifest."""
    raw = made.read_bytes()
    text = re.sub(
        rf'(path = "{re.escape(made.name)}", size = )\d+(, sha256 = ")[0-9a-f]*"',
        rf'\g<1>{len(raw)}\g<2>{hashlib.sha256(raw).hexdigest()}"',
        manifest.read_text("utf-8"),
    )
    manifest.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
