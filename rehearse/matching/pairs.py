"""What sentences are to texts, read by the network that is for it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from rehearse.matching.relations import READERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Span

    from rehearse.matching.reader import Reader, Related
    from rehearse.matching.relations import Relation


class Pairs:
    """The readers of all relations, each loaded when it is first wanted.

    Several threads may read at once.

    Parameters
    ----------
    load
        Loads a reader by its name, one of `READERS`.
    """

    def __init__(self, load: Callable[[str], Reader]) -> None:
        self._load = load
        self._loading = threading.Lock()
        self._readers: dict[str, Reader] = {}

    def read(
        self, relation: Relation, texts: Sequence[str], sentences: Sequence[Span]
    ) -> tuple[Related, ...]:
        """Hold sentences, in the order they were said, against each of some texts.

        Raises
        ------
        AssetError, ModelError
            Where the weights are missing, damaged or do not load.
        """
        return self.reader(relation).read(relation, texts, sentences)

    def reader(self, relation: Relation) -> Reader:
        """What reads a relation; to ask for it is to load it."""
        name = next(name for name, relations in READERS.items() if relation in relations)
        with self._loading:
            if name not in self._readers:
                self._readers[name] = self._load(name)
            return self._readers[name]
