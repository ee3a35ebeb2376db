"""Who speaks when, and which of them is the candidate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from rehearse.errors import SpeakerError
from rehearse.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehearse.transcript import Word

_NUMBERS: Final = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}

TOGETHER_S: Final = 1.0
"""Two stretches of one voice with so little between them are one turn."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of speech, in seconds from the start of the source, and whose it is.

    Speakers count from 1, in the order in which they are first heard.
    """

    start_s: float
    end_s: float
    speaker: int


@dataclass(frozen=True, slots=True)
class Voices:
    """The voices of a recording, and which is the candidate's.

    Parameters
    ----------
    turns
        In order of time.
    candidate
        The speaker whose close it is.
    """

    turns: tuple[Turn, ...]
    candidate: int

    @classmethod
    def of(cls, turns: tuple[Turn, ...], picked: int | None) -> Voices:
        """Take the speaker who was picked, or the one who speaks most.

        Raises
        ------
        SpeakerError
            Where there are not so many voices.
        """
        spoken = _spoken_s(turns)
        if picked is None:
            most = max(spoken, key=lambda speaker: spoken[speaker], default=1)
            return cls(turns, most)
        if not 1 <= picked <= max(len(spoken), 1):
            heard = "one voice is" if len(spoken) <= 1 else f"{len(spoken)} voices are"
            raise SpeakerError(
                f"--speaker {picked}: {heard} heard in this recording.",
                hint="Leave --speaker out to see them; the one who speaks most is then taken.",
            )
        return cls(turns, picked)

    @property
    def spoken_s(self) -> Mapping[int, float]:
        """Seconds that each speaker speaks."""
        return _spoken_s(self.turns)

    @property
    def several(self) -> bool:
        """Whether there is more than one."""
        return any(turn.speaker != self.candidate for turn in self.turns)

    @property
    def others_s(self) -> tuple[tuple[float, float], ...]:
        """When somebody else speaks, stretches near each other joined."""
        found: list[tuple[float, float]] = []
        last: int | None = None
        for turn in self.turns:
            theirs = turn.speaker != self.candidate
            near = bool(found) and turn.start_s - found[-1][1] <= TOGETHER_S
            if theirs and near and last != self.candidate:
                found[-1] = (found[-1][0], turn.end_s)
            elif theirs:
                found.append((turn.start_s, turn.end_s))
            last = turn.speaker
        return tuple(found)

    def told(self, transcript: Transcript) -> Transcript:
        """Say of each word whose it is; what is nobody's turn goes to the nearest."""
        if not self.several:
            return transcript
        words = tuple(
            word if (who := self._speaker_of(word)) is None else self._given(word, who)
            for word in transcript.words
        )
        return Transcript(transcript.text, words)

    def _given(self, word: Word, speaker: int) -> Word:
        return replace(word, speaker=speaker, theirs=speaker != self.candidate)

    def _speaker_of(self, word: Word) -> int | None:
        if word.start_s is None or word.end_s is None:
            return None
        middle = (word.start_s + word.end_s) / 2
        nearest = min(
            self.turns, key=lambda turn: max(turn.start_s - middle, middle - turn.end_s, 0.0)
        )
        return nearest.speaker


def _spoken_s(turns: tuple[Turn, ...]) -> dict[int, float]:
    spoken: dict[int, float] = {}
    for turn in turns:
        spoken[turn.speaker] = spoken.get(turn.speaker, 0.0) + turn.end_s - turn.start_s
    return dict(sorted(spoken.items()))


def noted(voices: Voices) -> list[str]:
    """Say that somebody else speaks too, and whose close is taken."""
    if not voices.several:
        return []
    spoken = voices.spoken_s
    others = [speaker for speaker in spoken if speaker != voices.candidate]
    most = spoken[voices.candidate] >= max(spoken.values())
    why = "speaks most" if most else "was picked"
    number = _NUMBERS.get(len(spoken), str(len(spoken)))
    share = f"{spoken[voices.candidate]:.0f} of {sum(spoken.values()):.0f} s"
    return [
        (
            f"{number} voices are heard. The close is taken to be that of voice "
            f"{voices.candidate}, which {why} ({share}); nobody else's words count. "
            f"--speaker {others[0]} takes another."
        )
    ]
