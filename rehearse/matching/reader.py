"""One network that reads sentences beside texts that they are held against.

A transformer reads both together: first the texts, then the sentences in order, so that a
sentence is read beside everything that it might answer, and each text beside its neighbours.  A
pair of a text and a sentence gets a logit for each label from their two vectors, by one hidden
layer over both and their product, and by the cosine of the two (as in Reimers and Gurevych,
"Sentence-BERT", 2019); from the sentence alone, by attention pooling; and from its cues of
grammar, as in `rehearse.language.tagger`.  All sentences together are read like one more.
`models/pairs/` holds the recipe.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.language.cues import cues
from rehearse.language.network import LONGEST_SENTENCE
from rehearse.matching.layout import LONGEST_TEXT, TEXTS_WINDOW, WINDOW, laid_out, windows
from rehearse.matching.pair_head import PairHead
from rehearse.matching.relations import LABELS, READ, TELLING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Span

    from rehearse.language.network import Network
    from rehearse.matching.relations import Relation


@dataclass(frozen=True, slots=True)
class Related:
    """What sentences are to one text.

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

    def surest(self, label: str) -> tuple[int, ...]:
        """The same, the surest first."""
        return tuple(sorted(self.proofs(label), key=lambda number: -self.each[number][label]))


@dataclass(frozen=True, slots=True)
class Reader:
    """The network and the head that belongs to it."""

    network: Network
    head: PairHead

    @classmethod
    def load(cls, *, network: Path, tokenizer: Path, head: Path, threads: int = 0) -> Reader:
        """Load both from verified files that `models/pairs/train.py` writes."""
        from rehearse.language.network import Network

        return cls(Network(network, tokenizer, threads=threads), PairHead.read(head))

    def read(
        self, relation: Relation, texts: Sequence[str], sentences: Sequence[Span]
    ) -> tuple[Related, ...]:
        """Hold sentences, in the order they were said, against each of some texts."""
        labels = READ[relation]
        places = [LABELS.index(label) for label in labels]
        limits = {
            label: float(self.head.thresholds[place])
            for label, place in zip(labels, places, strict=True)
        }
        if not sentences:
            return tuple(Related(dict.fromkeys(labels, 0.0), (), limits) for _ in texts)
        marks = marks_of(sentences)
        table = self.head.probabilities(
            self.logits(relation, texts, [sentence.text for sentence in sentences], marks)
        )
        found = []
        for rows in table:
            told = [
                {label: float(row[place]) for label, place in zip(labels, places, strict=True)}
                for row in rows
            ]
            found.append(Related(told[-1], tuple(told[:-1]), limits))
        return tuple(found)

    def logits(
        self,
        relation: Relation,
        texts: Sequence[str],
        sentences: Sequence[str],
        marks: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """Logits of each pair, and last of each text with all sentences together.

        Criteria are read in their order and from the last to the first, and the mean is taken: what
        a neighbour does to one of them is noise.

        Parameters
        ----------
        relation, texts, sentences
            As in `read`.
        marks
            float32 [shape=(n + 1, 2 * len(CUES))], for each sentence and for all together.

        Returns
        -------
        float32 [shape=(texts, n + 1, labels)]
        """
        told = self.network.tokens([TELLING[relation]], LONGEST_TEXT)[0]
        items = self.network.tokens(texts, LONGEST_TEXT)
        said = self.network.tokens(sentences, LONGEST_SENTENCE)
        found = self._in_order(told, items, said, marks)
        if relation == "requirement" and len(items) > 1:
            found += self._in_order(told, items[::-1], said, marks)[::-1]
            found /= 2
        return found

    def _in_order(
        self,
        told: list[int],
        items: list[list[int]],
        said: list[list[int]],
        marks: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """The logits of tokens, as many windows as they take."""
        import numpy as np

        found = np.full((len(items), len(said) + 1, len(LABELS)), -np.inf, np.float32)
        for group in windows([len(ids) + 1 for ids in items], TEXTS_WINDOW):
            for own in windows([len(ids) for ids in said], WINDOW):
                ids, held, spoken = laid_out(
                    self.network.marks, told, [items[n] for n in group], [said[n] for n in own]
                )
                hidden = self.network.hidden(ids)
                vectors = np.stack([hidden[a:b].mean(axis=0) for a, b in held])
                states = [hidden[a:b] for a, b in spoken]
                rows = [*own, len(said)]
                logits = self.head.logits(vectors, states, marks[rows])
                found[group.start : group.stop, own.start : own.stop] = logits[:, :-1]
                # Of several windows, the one that says most speaks for the whole.
                whole = found[group.start : group.stop, -1]
                np.maximum(whole, logits[:, -1], out=whole)
        return found


def marks_of(sentences: Sequence[Span]) -> NDArray[np.float32]:
    """The cues of each sentence with those before it, and of all together."""
    import numpy as np

    own = np.stack([cues(sentence) for sentence in sentences])
    before = np.vstack([np.zeros_like(own[:1]), own[:-1]])
    whole = np.hstack([own.max(axis=0), np.zeros_like(own[0])])
    marks: NDArray[np.float32] = np.vstack([np.hstack([own, before]), whole]).astype(np.float32)
    return marks
