"""Which steps and facets a sentence holds, with a probability for each.

The inputs are the sentence's embedding, its cues, and the cues of the sentence
before it, since a criterion named there makes a fit of what follows.  A
support vector machine with a Gaussian kernel for each label (Cortes and Vapnik,
"Support-Vector Networks", 1995) and a logistic scale (Platt, "Probabilistic
Outputs for Support Vector Machines", 1999) turn them into probabilities.
`models/tagger/` holds the corpus, the recipe, the weights and their card.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.errors import ModelError
from rehearse.language.cues import CUES, cues

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Span

STEPS: Final = ("interest", "fit", "concerns", "thanks")
LABELS: Final = (
    *STEPS,
    "cheesy",
    "arrogant",
    "criterion",
    "next_steps",
    "business_card",
    "follow_up",
    "quantified",
    "reminder",
)

CUE_WEIGHT: Final = 0.18
BEFORE_WEIGHT: Final = 0.07
"""How much a cue counts beside a unit-length embedding; chosen by cross-validation."""


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


def inputs(
    vectors: NDArray[np.float32], marks: NDArray[np.float32], first: NDArray[np.bool_] | None = None
) -> NDArray[np.float32]:
    """Join embeddings, cues and the cues of the sentence before.

    Parameters
    ----------
    vectors
        float32 [shape=(n, 384)].
    marks
        float32 [shape=(n, len(CUES))], of sentences in the order they were said.
    first
        bool [shape=(n,)]: where a new close begins; only the first if None.
    """
    import numpy as np

    before = np.vstack([np.zeros((1, marks.shape[1]), dtype=np.float32), marks[:-1]])
    if first is not None:
        before = before.copy()
        before[first] = 0
    return np.hstack([vectors, CUE_WEIGHT * marks, BEFORE_WEIGHT * before]).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Tagger:
    """Trained weights, ready to use.

    Parameters
    ----------
    landmarks
        float32 [shape=(m, inputs)]: the support vectors that others are compared with.
    gamma
        The kernel's width: exp(-gamma * squared distance).
    weights, bias
        float32 [shape=(m, labels)] and [shape=(labels,)].
    thresholds
        float32 [shape=(labels,)], in (0, 1).
    """

    landmarks: NDArray[np.float32]
    gamma: float
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    thresholds: NDArray[np.float32]

    @classmethod
    def read(cls, path: Path) -> Tagger:
        """Read what the recipe wrote.

        Raises
        ------
        ModelError
            Where the file is for other labels or cues than this version has.
        """
        import numpy as np

        with np.load(path, allow_pickle=False) as stored:
            if tuple(stored["labels"]) != LABELS or tuple(stored["cues"]) != CUES:
                raise ModelError(
                    f"{path.name} was trained for other labels or cues than this version has.",
                    hint="Run `make train`, or install rehearse again.",
                )
            return cls(
                stored["landmarks"].astype(np.float32),
                float(stored["gamma"]),
                stored["weights"].astype(np.float32),
                stored["bias"].astype(np.float32),
                stored["thresholds"].astype(np.float32),
            )

    def probabilities(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """float32 [shape=(n, labels)], in [0, 1], for features as `inputs` makes them."""
        import numpy as np

        squared = (
            (features**2).sum(axis=1)[:, None]
            - 2 * features @ self.landmarks.T
            + (self.landmarks**2).sum(axis=1)[None]
        )
        kernel = np.exp(-self.gamma * np.maximum(squared, 0))
        probabilities: NDArray[np.float32] = 1 / (1 + np.exp(-(kernel @ self.weights + self.bias)))
        return probabilities

    def tag(self, sentences: Sequence[Span], vectors: NDArray[np.float32]) -> list[Tags]:
        """Tag the sentences of one close, in the order they were said."""
        import numpy as np

        if not sentences:
            return []
        marks = np.stack([cues(sentence) for sentence in sentences])
        table = self.probabilities(inputs(vectors, marks))
        return [
            Tags(
                {label: float(value) for label, value in zip(LABELS, row, strict=True)},
                frozenset(
                    label
                    for label, value, threshold in zip(LABELS, row, self.thresholds, strict=True)
                    if value >= threshold
                ),
                frozenset(name for name, mark in zip(CUES, holds, strict=True) if mark),
            )
            for row, holds in zip(table, marks, strict=True)
        ]
