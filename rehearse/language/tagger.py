"""Which steps, lines and facets a sentence holds, with a probability for each.

The network reads the whole close. A label's logit is linear in the mean of a sentence's
token vectors, in a second mean whose weights the label chooses itself (attention pooling,
Yang et al., "Hierarchical Attention Networks", 2016), and in the cues of grammar of this
sentence and the one before it. It is scaled so that probabilities mean what they say
(Platt, "Probabilistic Outputs for Support Vector Machines", 1999).
`models/tagger/` holds the recipe, the weights and their card.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from rehearse.arrays import read_arrays, unknown_arrays
from rehearse.language.cues import CUES, cues
from rehearse.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Span

    from rehearse.language.network import Network

LABELS: Final = (
    *STEPS,
    "cheesy",
    "arrogant",
    "hedging",
    "criterion",
    "next_steps",
    "business_card",
    "follow_up",
    "quantified",
    "reminder",
)


@dataclass(frozen=True, slots=True)
class Tags:
    """What the tagger says of one sentence.

    Parameters
    ----------
    probability
        For each of `LABELS`, in [0, 1].
    present
        The labels whose probability reaches the label's own threshold.
    cues
        The names of the cues that hold.
    """

    probability: Mapping[str, float]
    present: frozenset[str]
    cues: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """From token vectors and cues to probabilities.

    Parameters
    ----------
    weights
        float32 [shape=(384, labels)], for the mean of a sentence's tokens.
    look, value
        float32 [shape=(384, labels)]: how much each token counts for a label, and for what.
    cue_weights
        float32 [shape=(2 * cues, labels)], for its own cues and those before it.
    bias, slope, offset
        float32 [shape=(labels,)]: a logit is scaled by `slope`, and `offset` is added.
    thresholds
        float32 [shape=(labels,)], in (0, 1).
    """

    weights: NDArray[np.float32]
    look: NDArray[np.float32]
    value: NDArray[np.float32]
    cue_weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    slope: NDArray[np.float32]
    offset: NDArray[np.float32]
    thresholds: NDArray[np.float32]

    @classmethod
    def read(cls, path: Path, labels: Sequence[str] = LABELS) -> Head:
        """Read what the recipe wrote.

        Parameters
        ----------
        path
            A verified file.
        labels
            Which labels it must be for.

        Raises
        ------
        ModelError
            Where it does not load, or is for other labels or cues than this version has.
        """
        import numpy as np

        stored = read_arrays(path)
        try:
            if tuple(stored["labels"]) != tuple(labels) or tuple(stored["cues"]) != CUES:
                raise unknown_arrays(path)
            return cls(*(stored[field.name].astype(np.float32) for field in fields(cls)))
        except KeyError as error:
            raise unknown_arrays(path) from error

    def logits(
        self, states: Sequence[NDArray[np.float32]], marks: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Logits of each label for sentences in the order they were said, not scaled.

        Parameters
        ----------
        states
            float32 [shape=(tokens, 384)] for each of n sentences.
        marks
            float32 [shape=(n, len(CUES))], 0 or 1.

        Returns
        -------
        float32 [shape=(n, labels)]
        """
        import numpy as np

        before = np.vstack([np.zeros_like(marks[:1]), marks[:-1]])
        means = np.stack([tokens.mean(axis=0) for tokens in states])
        found = means @ self.weights + np.hstack([marks, before]) @ self.cue_weights + self.bias
        found += attended(states, self.look, self.value)
        logits: NDArray[np.float32] = found.astype(np.float32)
        return logits

    def probabilities(self, logits: NDArray[np.float32]) -> NDArray[np.float32]:
        """What the logits mean, in [0, 1], of the same shape."""
        return probable(logits, self.slope, self.offset)


def attended(
    states: Sequence[NDArray[np.float32]], look: NDArray[np.float32], value: NDArray[np.float32]
) -> NDArray[np.float32]:
    """What each label takes from the tokens that it looks at.

    Parameters
    ----------
    states
        float32 [shape=(tokens, 384)] for each of n sentences.
    look, value
        float32 [shape=(384, labels)]: how much each token counts for a label, and for what.

    Returns
    -------
    float32 [shape=(n, labels)]
    """
    import numpy as np

    found = []
    for tokens in states:
        looked = tokens @ look
        share = np.exp(looked - looked.max(axis=0))
        found.append((share / share.sum(axis=0) * (tokens @ value)).sum(axis=0))
    return np.stack(found)


def probable(
    logits: NDArray[np.float32], slope: NDArray[np.float32], offset: NDArray[np.float32]
) -> NDArray[np.float32]:
    """What logits mean as probabilities, in [0, 1], of the same shape."""
    import numpy as np

    found: NDArray[np.float32] = (1 / (1 + np.exp(-(slope * logits + offset)))).astype(np.float32)
    return found


@dataclass(frozen=True, slots=True)
class Tagger:
    """The network and the head that belongs to it."""

    network: Network
    head: Head

    def tag(self, sentences: Sequence[Span]) -> list[Tags]:
        """Tag the sentences of one close, in the order they were said."""
        import numpy as np

        if not sentences:
            return []
        marks = np.stack([cues(sentence) for sentence in sentences])
        states = self.network.states([sentence.text for sentence in sentences])
        table = self.head.probabilities(self.head.logits(states, marks))
        thresholds = self.head.thresholds
        return [
            Tags(
                {label: float(value) for label, value in zip(LABELS, row, strict=True)},
                frozenset(
                    label
                    for label, value, threshold in zip(LABELS, row, thresholds, strict=True)
                    if value >= threshold
                ),
                frozenset(name for name, mark in zip(CUES, holds, strict=True) if mark),
            )
            for row, holds in zip(table, marks, strict=True)
        ]
