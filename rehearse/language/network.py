"""A transformer over several sentences: one vector for each token, in its context.

Its weights are those of a sentence encoder (Reimers and Gurevych, "Sentence-BERT", 2019,
https://arxiv.org/abs/1908.10084), fine-tuned and quantized, on onnxruntime: all-MiniLM-L6-v2 for
the step tagger, all-mpnet-base-v2 for what holds words against others. All sentences go in
together, so that each is read in its context.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rehearse.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

LONGEST_SENTENCE: Final = 200
"""Tokens that are read of one sentence at most."""

WINDOW: Final = 400
"""Tokens that are read at once; the network knows 512 places."""

CONTEXT: Final = 100
"""Tokens before a window that are read again with it, for their sense."""

MARKS: Final = (("<s>", "</s>"), ("[CLS]", "[SEP]"))
"""Begin and end of what MPNet reads, whose vocabulary has BERT's marks too, and BERT."""


class Network:
    """The network and its tokenizer.

    Parameters
    ----------
    path, tokenizer
        Verified files.
    threads
        CPU threads; 0 is two: more are no faster.

    Attributes
    ----------
    marks
        The ids that stand before and after what it reads.

    Raises
    ------
    ModelError
        Where one of them does not load.
    """

    def __init__(self, path: Path, tokenizer: Path, *, threads: int = 0) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or 2
        options.inter_op_num_threads = 1
        # Threads that wait by spinning take the time that the recogniser needs.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
        except Exception as error:  # both libraries raise bare Exception subclasses
            raise ModelError(
                f"The network in {path.parent.name}/{path.name} did not load: {error}.",
                hint="Run `rehearse models --verify`; it says what is damaged.",
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.marks = marks_of(self._tokenizer)

    def states(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        """Each sentence's token vectors in the context of the others.

        Returns
        -------
        list of float32 [shape=(tokens, width)], one a sentence, at least one token each
        """
        tokens = self.tokens(texts, LONGEST_SENTENCE)
        found: list[Any] = [None] * len(tokens)
        begin, end_mark = self.marks
        for context, own in _windows([len(ids) for ids in tokens]):
            ids = [begin, *(token for n in (*context, *own) for token in tokens[n]), end_mark]
            hidden = self.hidden(ids)
            start = 1 + sum(len(tokens[n]) for n in context)
            for n in own:
                end = start + len(tokens[n])
                found[n] = hidden[start:end] if end > start else hidden[:1]
                start = end
        return found

    def tokens(self, texts: Sequence[str], longest: int) -> list[list[int]]:
        """The token ids of each text, `longest` at the most, without marks around them."""
        encoded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [encoding.ids[:longest] for encoding in encoded]

    def hidden(self, ids: list[int]) -> NDArray[np.float32]:
        """What the network makes of ids that stand between its marks.

        Returns
        -------
        float32 [shape=(len(ids), width)]
        """
        import numpy as np

        fed = np.array([ids], dtype=np.int64)
        hidden = self._session.run(None, {"input_ids": fed, "attention_mask": np.ones_like(fed)})[0]
        states: NDArray[np.float32] = np.asarray(hidden, dtype=np.float32)[0]
        return states


def marks_of(tokenizer: Tokenizer) -> tuple[int, int]:
    """The ids that stand before and after what a network with this tokenizer reads."""
    begin, end = (
        next(place for place in map(tokenizer.token_to_id, pair) if place is not None)
        for pair in zip(*MARKS, strict=True)
    )
    return begin, end


def _windows(lengths: Sequence[int]) -> Iterator[tuple[range, range]]:
    """Which sentences are read together: those that count, and before them the context.

    >>> [(list(a), list(b)) for a, b in _windows([150, 150, 80, 150])]
    [([], [0, 1, 2]), ([2], [3])]
    """
    first = 0
    while first < len(lengths):
        begin, known = first, 0
        while begin > 0 and known + lengths[begin - 1] <= CONTEXT:
            begin -= 1
            known += lengths[begin]
        end, total = first, known
        while end < len(lengths) and (end == first or total + lengths[end] <= WINDOW):
            total += lengths[end]
            end += 1
        yield range(begin, first), range(first, end)
        first = end
