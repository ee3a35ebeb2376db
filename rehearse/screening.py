"""Whether there is English speech to judge at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rehearse.errors import LanguageError, NoSpeechError
from rehearse.transcript import filler_sound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehearse.engines import HeardClip
    from rehearse.transcript import Transcript

FOREIGN: Final = 0.9
FOREIGN_SPEECH_S: Final = 10.0
"""Another language must lead this clearly over this much speech. Whisper base gives
real accented English as little as .28, and short clips are told apart badly."""

HARDLY_UNDERSTOOD: Final = -0.75
GUESSED: Final = 0.6
"""Weights that know English alone guess when they hear another language. On synthetic
speech in six languages tiny.en wrote with a mean log-probability of -0.92 and less, and a
mean probability of .49 and less for its words; on English, accented, by telephone, from a
meeting's far microphone, it had -0.43 and more, and .75 and more."""

LEAST_WORDS: Final = 15
"""A text shorter than this is never refused for its language."""

ENGLISH_SHARE: Final = 0.25
"""Share of an English text's words that are among spaCy's English stop words, at the
least. Ours: closes have .35 to .65; French, Spanish, German and Italian below .15."""

LISTED_SHARE: Final = 0.15
"""The same of a job posting, which is made of lists. Ours: 136 postings have .22 and more."""

NAMES: Final = {
    "de": "German", "es": "Spanish", "fr": "French", "hi": "Hindi", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese",
    "ru": "Russian", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese",
    "ar": "Arabic", "bn": "Bengali", "ta": "Tamil", "te": "Telugu", "vi": "Vietnamese",
    "sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish", "el": "Greek",
    "cs": "Czech", "ro": "Romanian", "hu": "Hungarian", "id": "Indonesian", "th": "Thai",
}  # fmt: skip


@dataclass(slots=True)
class Hearing:
    """What all clips together say of who speaks, and in which language."""

    speech_s: float = 0.0
    logprob_s: float = 0.0
    languages_s: dict[str, float] = field(default_factory=dict)

    def add(self, heard: HeardClip) -> None:
        """Count one clip by the seconds of speech in it."""
        seconds = heard.clip.speech_s
        self.speech_s += seconds
        self.logprob_s += heard.logprob * seconds
        for code, probability in heard.languages.items():
            self.languages_s[code] = self.languages_s.get(code, 0.0) + probability * seconds


def require_speech(transcript: Transcript, source: str) -> None:
    """Refuse a recording in which nobody says a word.

    Raises
    ------
    NoSpeechError
        Where no word was heard but filler sounds.
    """
    if all(filler_sound(word.text) for word in transcript.own_words):
        raise NoSpeechError(
            f"No speech was heard in {source}.",
            hint="Check that the right microphone was on and near enough, and record it again.",
        )


def require_english_speech(hearing: Hearing, transcript: Transcript, source: str) -> None:
    """Refuse speech in another language.

    Raises
    ------
    LanguageError
        Where the engine is sure of another language over enough speech; where it knows
        English alone, its words must show it.
    """
    if hearing.speech_s < FOREIGN_SPEECH_S:
        return
    if hearing.languages_s:
        code, seconds = max(hearing.languages_s.items(), key=lambda pair: pair[1])
        share = seconds / hearing.speech_s
        if code != "en" and share >= FOREIGN:
            raise _foreign(source, f"in {NAMES.get(code, code)} (p = {share:.2f})")
        return
    sure = [word.probability or 0.0 for word in transcript.own_words]
    unsure = hearing.logprob_s / hearing.speech_s <= HARDLY_UNDERSTOOD
    if unsure and sum(sure) < GUESSED * len(sure):
        raise _foreign(source, "in another language than English")


def require_english_text(transcript: Transcript, source: str) -> None:
    """Refuse a text in another language, if it is long enough to tell.

    Raises
    ------
    LanguageError
        Where hardly any of its words are the small words of English.
    """
    words = [word.text for word in transcript.own_words]
    if len(words) >= LEAST_WORDS and not _english(words, ENGLISH_SHARE):
        raise _foreign(source, "in another language than English")


def require_english_posting(lines: Iterable[str], source: str) -> None:
    """Refuse a posting in another language, if it is long enough to tell.

    Raises
    ------
    LanguageError
        Where hardly any of its words are the small words of English; lists have fewer of them.
    """
    words = [word for line in lines for word in line.split()]
    if len(words) >= LEAST_WORDS and not _english(words, LISTED_SHARE):
        raise LanguageError(
            f"{source} seems to be in another language than English; closes are judged in English "
            "only.",
            hint="Give it in English: a translation of the lines that say what they want is "
            "enough.",
        )


def _english(words: Iterable[str], least: float) -> bool:
    from spacy.lang.en.stop_words import STOP_WORDS

    plain = [word.lower().replace("’", "'").strip(".,!?;:…\"'()“”") for word in words]
    stems = [word.split("'")[0] for word in plain if word]
    return sum(word in STOP_WORDS or word in {"im", "ive"} for word in stems) >= least * len(stems)


def _foreign(source: str, what: str) -> LanguageError:
    return LanguageError(
        f"{source} seems to be {what}; closes are judged in English only.",
        hint="Say it in English, or pick the English part with --from and --to.",
    )
