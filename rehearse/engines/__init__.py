"""What turns sound into words.

An engine takes clips and gives back their words.  It takes a verified folder,
never the name of a model, and lets nothing of its library through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rehearse.audio.clips import Clip
    from rehearse.transcript import Spoken


@dataclass(frozen=True, slots=True)
class HeardClip:
    """What an engine made of one clip.

    Parameters
    ----------
    clip
        The clip itself.
    words
        Its words in order, timed from the start of the source.
    languages
        The engine's probability for each language code, or empty where it
        cannot tell.
    no_speech
        The engine's own probability, in [0, 1], that nobody speaks.
    logprob
        Mean log-probability of what it wrote, <= 0.
    """

    clip: Clip
    words: tuple[Spoken, ...]
    languages: Mapping[str, float]
    no_speech: float = 0.0
    logprob: float = 0.0


class Engine(Protocol):
    """Anything that hears clips."""

    @property
    def name(self) -> str:
        """What a report calls it."""

    @property
    def model(self) -> str:
        """The name of its weights."""

    @property
    def sha256(self) -> str:
        """The digest of its largest weight file."""

    def hear(self, clips: Iterable[Clip]) -> Iterator[HeardClip]:
        """Recognise clips in order.

        It may read a few clips ahead to work on them together; it never drops
        one, and never keeps more than it works on.
        """
