"""Sentence embeddings with all-MiniLM-L6-v2 on onnxruntime.

Reimers and Gurevych, "Sentence-BERT", 2019, https://arxiv.org/abs/1908.10084;
the int8 network is Apache-2.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

DIMENSIONS: Final = 384
LONGEST: Final = 128
"""Tokens that are read of one sentence; the network was trained on as many."""


class Encoder:
    """One onnxruntime session and its tokenizer."""

    def __init__(self, network: Path, tokenizer: Path, *, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        try:
            self._session = onnxruntime.InferenceSession(
                str(network), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
        except Exception as error:  # both libraries raise bare Exception subclasses
            raise ModelError(
                f"The sentence encoder did not load: {error}.",
                hint="Run `rehearse models --verify`; it says what is damaged.",
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed each text by itself, so that a text's vector never depends on others.

        Returns
        -------
        float32 [shape=(len(texts), 384)], of unit length
        """
        import numpy as np

        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, encoding in zip(vectors, self._tokenizer.encode_batch(list(texts)), strict=True):
            ids = np.array([encoding.ids], dtype=np.int64)
            hidden = self._session.run(
                ["last_hidden_state"],
                {
                    "input_ids": ids,
                    "attention_mask": np.ones_like(ids),
                    "token_type_ids": np.zeros_like(ids),
                },
            )[0]
            mean = np.asarray(hidden)[0].mean(axis=0)
            row[:] = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return vectors
