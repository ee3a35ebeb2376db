"""What the words mean: loaded once, in one place.

spaCy's pipeline parses, the sentence encoder embeds, the tagger says which
steps a sentence takes.  `Language.load` brings all three; `read` uses them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.close import Close, Sentence
from rehearse.language.sentences import sentences_of

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language as Pipeline

    from rehearse.delivery import Delivery
    from rehearse.language.encoder import Encoder
    from rehearse.language.tagger import Tagger
    from rehearse.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Language:
    """A parser, an encoder and a tagger that belong together."""

    parser: Pipeline
    encoder: Encoder
    tagger: Tagger

    @classmethod
    def load(cls, *, encoder: Path, tokenizer: Path, tagger: Path) -> Language:
        """Load all three from verified files.

        Parameters
        ----------
        encoder, tokenizer
            The ONNX network of all-MiniLM-L6-v2 and its tokenizer.
        tagger
            The weights that `models/tagger/train.py` writes.
        """
        from rehearse.language.encoder import Encoder
        from rehearse.language.parser import load_parser
        from rehearse.language.tagger import Tagger

        return cls(load_parser(), Encoder(encoder, tokenizer), Tagger.read(tagger))

    def read(self, transcript: Transcript, delivery: Delivery) -> Close:
        """Cut a transcript into sentences and say what each of them does."""
        spans = sentences_of(self.parser, transcript)
        vectors = self.encoder.encode([span.text for span in spans])
        labels = self.tagger.tag(spans, vectors)
        return Close(
            transcript,
            delivery,
            tuple(
                Sentence(span, transcript, vector, tags)
                for span, vector, tags in zip(spans, vectors, labels, strict=True)
            ),
        )
