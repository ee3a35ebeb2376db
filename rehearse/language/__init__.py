"""What the words mean: loaded once, in one place.

spaCy's pipeline parses, a small transformer reads each sentence in its context,
the tagger says which steps it takes.  `Language.load` brings them; `read` uses them.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rehearse.close import Close, Sentence
from rehearse.language.filler_words import filler_words
from rehearse.language.sentences import sentences_of
from rehearse.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.language import Language as Pipeline
    from spacy.tokens import Span as Parsed

    from rehearse.delivery import Delivery
    from rehearse.language.tagger import Tagger


@dataclass(frozen=True, slots=True)
class Language:
    """A parser and a tagger that belong together. Several threads may read."""

    parser: Pipeline
    tagger: Tagger
    _reading: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)
    """spaCy keeps every word it sees in one table, and promises nothing of two who write to it."""

    @classmethod
    def load(cls, *, network: Path, tokenizer: Path, head: Path, threads: int = 0) -> Language:
        """Load both, the tagger from verified files that `models/tagger/train.py` writes."""
        from rehearse.language.network import Network
        from rehearse.language.parser import load_parser
        from rehearse.language.tagger import Head, Tagger

        loaded = Network(network, tokenizer, threads=threads)
        return cls(load_parser(), Tagger(loaded, Head.read(head)))

    def read(self, transcript: Transcript, delivery: Delivery) -> Close:
        """Cut a transcript into sentences and say what each of them does."""
        with self._reading:
            spans = sentences_of(self.parser, transcript)
            sentences = tuple(
                Sentence(span, transcript, tags)
                for span, tags in zip(spans, self.tagger.tag(spans), strict=True)
            )
            return Close(transcript, delivery, sentences, filler_words(sentences, transcript))

    def sentences(self, text: str) -> list[Parsed]:
        """Cut what somebody else said, or wrote, into sentences."""
        with self._reading:
            return sentences_of(self.parser, Transcript.of_text(text))

    def lines(self, texts: Sequence[str]) -> list[Parsed]:
        """Parse lines as they stand, each as one sentence."""
        with self._reading:
            return [doc[:] for doc in self.parser.pipe(texts)]
