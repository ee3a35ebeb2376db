"""What sentences are to a text that they are held against.

A small transformer reads both together (a cross-encoder, as in Nogueira and Cho, "Passage
Re-ranking with BERT", 2019): first the text, then the sentences in order.  Each sentence gets
a probability for each label, and so do all of them together.  The head is that of the step
tagger (`rehearse.language.tagger`); `models/pairs/` holds the recipe, the weights and their card.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from rehearse.language.cues import cues
from rehearse.language.tagger import Head

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Span

    from rehearse.language.network import Network

Relation = Literal["reply", "response", "requirement", "discussed", "posting"]

TELLING: Final[dict[Relation, str]] = {
    "reply": "answer to: ",
    "response": "response to: ",
    "requirement": "requirement: ",
    "discussed": "discussed: ",
    "posting": "posting: ",
}
"""How the network is told what sentences are read for."""

READ: Final[dict[Relation, tuple[str, ...]]] = {
    "reply": ("concern",),
    "response": (
        "acknowledged",
        "clarified",
        "evidence",
        "checked",
        "defensive",
        "evasive",
        "dwelling",
        "good",
        "bad",
    ),
    "requirement": ("covers", "names"),
    "discussed": ("recalls",),
    "posting": ("must", "plus"),
}
"""Which labels each relation has."""

PAIR_LABELS: Final = tuple(label for labels in READ.values() for label in labels)


@dataclass(frozen=True, slots=True)
class Related:
    """What sentences are to a text.

    Parameters
    ----------
    whole
        For each label of the relation, the probability that all sentences together have it.
    each
        The same for each sentence.
    threshold
        From which probability on a label is there.
    """

    whole: Mapping[str, float]
    each: tuple[Mapping[str, float], ...]
    threshold: Mapping[str, float]

    def probability(self, label: str) -> float:
        """That it is there: the mean of what the whole says and its surest sentence, in [0, 1]."""
        surest = max((each[label] for each in self.each), default=0.0)
        return (self.whole[label] + surest) / 2

    def there(self, label: str) -> bool:
        """Whether it is there."""
        return self.probability(label) >= self.threshold[label]

    def proofs(self, label: str) -> tuple[int, ...]:
        """The numbers of the sentences that have it: the surest one at least, if it is there."""
        if not self.there(label):
            return ()
        surest = max(each[label] for each in self.each)
        bar = min(surest, self.threshold[label])
        return tuple(number for number, each in enumerate(self.each) if each[label] >= bar)


@dataclass(frozen=True, slots=True)
class Pairs:
    """The network and the head that belongs to it."""

    network: Network
    head: Head

    @classmethod
    def load(cls, *, network: Path, tokenizer: Path, head: Path) -> Pairs:
        """Load both from verified files that `models/pairs/train.py` writes."""
        from rehearse.language.network import Network

        return cls(Network(network, tokenizer), Head.read(head, PAIR_LABELS))

    def read(self, relation: Relation, text: str, sentences: Sequence[Span]) -> Related:
        """Hold sentences, in the order they were said, against a text."""
        labels = READ[relation]
        places = [PAIR_LABELS.index(label) for label in labels]
        thresholds = {
            label: float(self.head.thresholds[PAIR_LABELS.index(label)]) for label in labels
        }
        if not sentences:
            return Related(dict.fromkeys(labels, 0.0), (), thresholds)
        table = self.head.probabilities(self.logits(TELLING[relation] + text, sentences))
        rows = [
            {label: float(row[place]) for label, place in zip(labels, places, strict=True)}
            for row in table
        ]
        return Related(rows[-1], tuple(rows[:-1]), thresholds)

    def logits(self, beside: str, sentences: Sequence[Span]) -> NDArray[np.float32]:
        """Logits of each sentence and, last, of all together [shape=(n + 1, labels)]."""
        import numpy as np

        states = self.network.states([sentence.text for sentence in sentences], beside=beside)
        marks = np.stack([cues(sentence) for sentence in sentences])
        each = self.head.logits(states, marks)
        whole = self.head.logits([np.concatenate(states)], marks.max(axis=0, keepdims=True))
        return np.concatenate([each, whole])
