"""What a decoding wrote, and whether to believe it.

A decoder repeats itself, guesses, or passes over part of what it was given. How
sure it was, how well its text can be compressed, and how much of it there is for
the speech in the clip tell.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehearse.audio.clips import Clip
    from rehearse.transcript import Spoken

COMPRESSION_LIMIT: Final = 2.4
LOGPROB_LIMIT: Final = -1.0
"""faster-whisper's own defaults for when a result is given up."""

CHARACTERS_A_SECOND: Final = 34.0
"""More than this is not speech but a loop. Ours: 400 words a minute of six letters."""

SPARSE: Final = 8.0
SPARSE_FROM_S: Final = 3.0
"""Fewer characters for each second of speech, over at least so much speech: part of the
clip was passed over. Ours: of 214 clips, real and synthetic, slow and hesitant speakers
among them, those written whole have 13 and more; laughter, words read syllable by
syllable and one clip that was guessed at have 7."""

GAINED: Final = 4
"""Different words that a second try at such a clip must add to be believed. Ours."""


@dataclass(slots=True)
class Draft:
    """What one decoding gave: token ids below the end mark, and its scores."""

    tokens: list[int]
    logprob: float
    no_speech: float

    @classmethod
    def of(cls, result: Any) -> Draft:
        """Take it from CTranslate2's result."""
        tokens = list(result.sequences_ids[0])
        return cls(
            tokens, result.scores[0] * len(tokens) / (len(tokens) + 1), result.no_speech_prob
        )


class Reader:
    """Reads drafts.

    Parameters
    ----------
    tokenizer
        faster-whisper's, which made the tokens.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer

    def text(self, draft: Draft) -> str:
        """Its words."""
        text: str = self._tokenizer.decode(
            [token for token in draft.tokens if token < self._tokenizer.eot]
        )
        return text.strip()

    def loops(self, draft: Draft, clip: Clip) -> bool:
        """Whether it says something again and again, or more than can be said."""
        text = self.text(draft)
        if not text:
            return False
        raw = text.encode()
        return (
            len(raw) / len(zlib.compress(raw)) > COMPRESSION_LIMIT
            or len(text) / max(1.0, clip.recording.duration_s) > CHARACTERS_A_SECOND
            or _written_twice(text)
        )

    def sparse(self, draft: Draft, clip: Clip) -> bool:
        """Whether it holds less than was said, going by how long somebody speaks."""
        return clip.speech_s >= SPARSE_FROM_S and len(self.text(draft)) < SPARSE * clip.speech_s

    def plausible(self, draft: Draft, clip: Clip) -> bool:
        """Whether it is what was said, as far as its own scores tell."""
        if self.loops(draft, clip):
            return False
        return draft.logprob >= LOGPROB_LIMIT and bool(draft.tokens)


def vocabulary(words: Iterable[Spoken]) -> set[str]:
    """Give the different words among `words`, without their punctuation."""
    return {word.text.strip(" .,;:!?").lower() for word in words}


def _written_twice(text: str) -> bool:
    """Whether a text is one sequence of words said twice over.

    >>> _written_twice("But we looked like that. But we looked like that.")
    True
    >>> _written_twice("Thank you, thank you.")
    False
    """
    words = [word.strip(".,!?").lower() for word in text.split()]
    half = len(words) // 2
    return half >= 3 and words[:half] == words[half : 2 * half] and len(words) - 2 * half <= 1
