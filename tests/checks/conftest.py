"""Closes put together sentence by sentence, where a test must know what each of them holds."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from rehearse.close import Close, Sentence
from rehearse.language.tagger import LABELS, Tags
from rehearse.prosody import of_text
from rehearse.transcript import Spoken, Transcript


@pytest.fixture(scope="session")
def composed():
    """A function that makes a close of (words, labels, cues) a sentence.

    Every word takes a second.
    """
    vocab = Vocab()

    def made(*sentences):
        count = sum(words for words, _, _ in sentences)
        spoken = [Spoken(f"w{s}", s, s + 1.0) for s in range(count)]
        transcript = Transcript.of_speech(spoken)
        doc = Doc(vocab, [word.text for word in transcript.words])
        doc.user_data["offset"] = 0
        made, start = [], 0
        for words, labels, cues in sentences:
            chances = {label: 0.9 if label in labels else 0.1 for label in LABELS}
            tags = Tags(chances, frozenset(labels), frozenset(cues))
            made.append(Sentence(doc[start : start + words], transcript, tags))
            start += words
        return Close(transcript, of_text(transcript), tuple(made))

    return made
