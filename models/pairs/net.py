"""The network: an encoder over texts and sentences together, and a head over their pairs.

`rehearse/matching/reader.py` says what the head does, and runs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import torch
from network import CUES_LEFT_OUT, FAR
from torch import nn

from rehearse.language.cues import CUES
from rehearse.matching.pair_head import COSINE_AT_REST, PairHead
from rehearse.matching.relations import LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping

HIDDEN: Final = 128
RARELY: Final = -2.0
"""Most labels are not there: the bias at the beginning."""

FROZEN: Final = 2
"""Layers from the bottom that are left as they are, beside the embeddings."""


class PairNet(nn.Module):
    """Encoder and head; `dropout` is the share of each vector that is hidden in training."""

    def __init__(self, encoder: nn.Module, *, dropout: float) -> None:
        super().__init__()
        labels = len(LABELS)
        self.bert, width = encoder, encoder.config.hidden_size
        self.drop = nn.Dropout(dropout)
        self.text = nn.Linear(width, HIDDEN)
        self.sentence = nn.Linear(width, HIDDEN, bias=False)
        self.product = nn.Linear(width, HIDDEN, bias=False)
        self.out = nn.Linear(HIDDEN, labels)
        self.turn_text = nn.Linear(width, width, bias=False)
        self.turn_sentence = nn.Linear(width, width, bias=False)
        self.cosine = nn.Parameter(torch.full((labels,), 1.0))
        self.look = nn.Linear(width, labels, bias=False)
        self.value = nn.Linear(width, labels, bias=False)
        self.cues = nn.Linear(2 * len(CUES), labels, bias=False)
        with torch.no_grad():
            for turn in (self.turn_text, self.turn_sentence):
                turn.weight.copy_(torch.eye(width))
            for label in ("covers", "recalls"):
                self.cosine[LABELS.index(label)] = 4.0
        nn.init.zeros_(self.look.weight)
        nn.init.zeros_(self.cues.weight)
        nn.init.constant_(self.out.bias, RARELY)
        # Some thousand sentences say nothing new about single words.
        self.bert.embeddings.requires_grad_(requires_grad=False)
        for layer in self.bert.encoder.layer[:FROZEN]:
            layer.requires_grad_(requires_grad=False)

    def forward(self, batch: Mapping[str, torch.Tensor]) -> torch.Tensor:
        """Logits [batch, texts, sentences, labels]; `feeding.tensors` makes the batch."""
        # Half the bits are enough to learn with, and take two thirds of the time.
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            read = self.bert(input_ids=batch["ids"], attention_mask=batch["mask"])
        hidden = read.last_hidden_state.float()
        texts = torch.bmm(batch["texts"], hidden)
        sentences = torch.bmm(batch["sentences"], hidden)
        turned = (self.turn_text(texts), self.turn_sentence(sentences))
        cosine = torch.einsum("bif,bjf->bij", *(nn.functional.normalize(e, dim=-1) for e in turned))
        texts, sentences = self.drop(texts), self.drop(sentences)
        looked = (
            self.text(texts)[:, :, None]
            + self.sentence(sentences)[:, None]
            + self.product(texts[:, :, None] * sentences[:, None])
        )
        pairs = self.out(self.drop(nn.functional.gelu(looked, approximate="tanh")))
        pairs = pairs + self.cosine * (cosine - COSINE_AT_REST)[..., None]
        return pairs + self._alone(self.drop(hidden), batch)[:, None]

    def _alone(self, hidden: torch.Tensor, batch: Mapping[str, torch.Tensor]) -> torch.Tensor:
        """What each sentence says by itself: attention pooling, and its cues."""
        cues = batch["cues"]
        if self.training:
            cues = cues * (torch.rand_like(cues) > CUES_LEFT_OUT)
        look = self.look(hidden).transpose(1, 2)[:, None]
        inside = (batch["sentences"] > 0)[:, :, None]
        weights = torch.softmax(look.masked_fill(~inside, FAR), dim=-1)
        pooled: torch.Tensor = (weights * self.value(hidden).transpose(1, 2)[:, None]).sum(-1)
        return pooled + self.cues(cues)

    def exported(self) -> PairHead:
        """The head as it was trained: every probability is the sigmoid of its logit."""

        def turned(layer: nn.Linear) -> np.ndarray:
            return np.ascontiguousarray(layer.weight.detach().numpy().T)

        labels = len(LABELS)
        return PairHead(
            text=turned(self.text),
            sentence=turned(self.sentence),
            product=turned(self.product),
            hidden_bias=self.text.bias.detach().numpy(),
            out=turned(self.out),
            turn_text=turned(self.turn_text),
            turn_sentence=turned(self.turn_sentence),
            cosine=self.cosine.detach().numpy(),
            look=turned(self.look),
            value=turned(self.value),
            cue_weights=turned(self.cues),
            bias=self.out.bias.detach().numpy(),
            slope=np.ones(labels, np.float32),
            offset=np.zeros(labels, np.float32),
            thresholds=np.full(labels, 0.5, np.float32),
        )
