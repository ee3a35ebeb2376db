"""From the vectors of texts and sentences to the probability of each label for each pair."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from rehearse.arrays import read_arrays, unknown_arrays
from rehearse.language.cues import CUES
from rehearse.language.tagger import attended, probable
from rehearse.matching.relations import LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

COSINE_AT_REST: Final = 0.3
"""About the cosine of two sentences that have nothing to do with each other."""


@dataclass(frozen=True, slots=True, eq=False)
class PairHead:
    """From the vectors of texts and sentences to the probability of each of `LABELS`.

    Parameters
    ----------
    text, sentence, product
        float32 [shape=(width, hidden)]: what of either, and of their product, is looked at.
    hidden_bias
        float32 [shape=(hidden,)].
    out
        float32 [shape=(hidden, labels)].
    turn_text, turn_sentence
        float32 [shape=(width, width)]: both are turned before their cosine is taken.
    cosine
        float32 [shape=(labels,)]: what the cosine is worth.
    look, value
        float32 [shape=(width, labels)]: how much each token of a sentence counts, and for what.
    cue_weights
        float32 [shape=(2 * cues, labels)], for its own cues and those before it.
    bias, slope, offset
        float32 [shape=(labels,)]: a logit is scaled by `slope`, and `offset` is added.
    thresholds
        float32 [shape=(labels,)], in (0, 1).
    """

    text: NDArray[np.float32]
    sentence: NDArray[np.float32]
    product: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    out: NDArray[np.float32]
    turn_text: NDArray[np.float32]
    turn_sentence: NDArray[np.float32]
    cosine: NDArray[np.float32]
    look: NDArray[np.float32]
    value: NDArray[np.float32]
    cue_weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    slope: NDArray[np.float32]
    offset: NDArray[np.float32]
    thresholds: NDArray[np.float32]

    @classmethod
    def read(cls, path: Path) -> PairHead:
        """Read what the recipe wrote.

        Raises
        ------
        ModelError
            Where it does not load, or is for other labels or cues than this version has.
        """
        import numpy as np

        stored = read_arrays(path)
        try:
            if tuple(stored["labels"]) != LABELS or tuple(stored["cues"]) != CUES:
                raise unknown_arrays(path)
            return cls(*(stored[each.name].astype(np.float32) for each in fields(cls)))
        except KeyError as error:
            raise unknown_arrays(path) from error

    def logits(
        self,
        texts: NDArray[np.float32],
        sentences: Sequence[NDArray[np.float32]],
        marks: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """Logits of each label for each pair, not scaled.

        Parameters
        ----------
        texts
            float32 [shape=(texts, width)], the mean of the tokens of each.
        sentences
            float32 [shape=(tokens, width)] for each of n sentences.
        marks
            float32 [shape=(n, 2 * len(CUES))]: its own cues, and those of the one before it.

        Returns
        -------
        float32 [shape=(texts, n, labels)]
        """
        import numpy as np

        means = np.stack([tokens.mean(axis=0) for tokens in sentences])
        looked = (
            (texts @ self.text)[:, None]
            + (means @ self.sentence)[None]
            + (texts[:, None] * means[None]) @ self.product
            + self.hidden_bias
        )
        found = _gelu(looked) @ self.out + self.bias
        cosine = _unit(texts @ self.turn_text) @ _unit(means @ self.turn_sentence).T
        found = found + self.cosine * (cosine - COSINE_AT_REST)[..., None]
        alone = marks @ self.cue_weights + attended(sentences, self.look, self.value)
        logits: NDArray[np.float32] = (found + alone[None]).astype(np.float32)
        return logits

    def probabilities(self, logits: NDArray[np.float32]) -> NDArray[np.float32]:
        """What the logits mean, in [0, 1], of the same shape."""
        return probable(logits, self.slope, self.offset)


def _gelu(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016, in its tanh form."""
    import numpy as np

    inner = np.sqrt(2 / np.pi) * (values + 0.044715 * values**3)
    found: NDArray[np.float32] = 0.5 * values * (1 + np.tanh(inner))
    return found


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    found: NDArray[np.float32] = vectors / np.maximum(
        np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-6
    )
    return found
