"""Words that fill time: "like", "so", "you know", "right", "actually", "I mean", "basically".

Each of them has work of its own most of the time.  It is a filler where the grammar has no
place for it, or where it stands apart: between commas, or between pauses where the words
were spoken.  Tottie ("Um and uh in British English", 2011) and Schegloff and Lerner on
"well" and "so" describe these places; which of them count here is ours.  In doubt it is
a word.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from rehearse.delivery import FillerWord
from rehearse.transcript import Span, filler_sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from rehearse.close import Sentence
    from rehearse.transcript import Transcript

_WISHING: Final = frozenset({"i'd", "id", "would", "'d", "you'd", "we'd", "he'd", "she'd"})
"""After these "like" wishes, whatever a tagger makes of it."""

_SO_ENDS: Final = frozenset({"think", "hope", "say", "do", "not", "or", "believe", "guess", "said"})
"""After these "so" ends a sentence with a meaning."""

PAUSE_S: Final = 0.2
"""A gap between two words from which they stand apart. Ours."""

TRAILING_S: Final = 0.6
""""So" before a gap like this was left hanging. Ours."""

_ASKED: Final = frozenset(
    {"do", "did", "does", "don't", "didn't", "n't", "not", "if", "as", "what", "how", "that"}
    | {"would", "will", "'ll", "to", "should", "might", "may", "whether", "because", "since"}
    | {"all", "everything", "something", "anything", "people", "everyone", "who", "which", "when"}
    | {"let", "already", "so", "just"}
)
"""After these "you know" knows something."""

_KNOWN: Final = frozenset(
    {"that", "what", "how", "why", "who", "whom", "where", "when", "if", "whether", "which"}
    | {"the", "a", "an", "my", "me", "him", "her", "them", "us", "it", "this", "these", "those"}
    | {"about", "of", "better", "your", "our", "their", "exactly", "more", "already", "now", "well"}
)
"""Before these as well."""

_SEEMING: Final = frozenset(
    {"look", "sound", "feel", "seem", "smell", "taste", "be", "act", "work", "something", "thing"}
    | {"nothing", "anything", "people", "someone", "just", "more", "much", "would", "'d"}
)
"""After these "like" compares or wishes."""


def filler_words(sentences: Sequence[Sentence], transcript: Transcript) -> tuple[FillerWord, ...]:
    """Find them, in the order of the text."""
    found = []
    for sentence in sentences:
        for first, last in _runs(sentence, transcript):
            start = first.idx - sentence.parsed.start_char
            end = last.idx + len(last) - sentence.parsed.start_char
            span = sentence.span_of(start, end)
            text = " ".join(transcript.text[span.start : span.end].lower().split())
            found.append(FillerWord(text, span, *transcript.time_of(span)))
    return tuple(found)


def _runs(sentence: Sentence, transcript: Transcript) -> Iterator[tuple[Token, Token]]:
    """First and last token of each filler of a sentence."""
    tokens = [token for token in sentence.parsed if not token.is_space]
    around = _Around(sentence, transcript, tokens)
    number = 0
    while number < len(tokens):
        pair = " ".join(token.lower_ for token in tokens[number : number + 2])
        length = 2 if pair in ("you know", "i mean") else 1
        if (judge := _JUDGES.get(pair if length == 2 else tokens[number].lower_)) and judge(
            around, number, number + length
        ):
            yield tokens[number], tokens[number + length - 1]
        number += length


class _Around:
    """What stands beside some tokens of a sentence: words, commas, pauses."""

    def __init__(self, sentence: Sentence, transcript: Transcript, tokens: Sequence[Token]) -> None:
        self._sentence = sentence
        self._transcript = transcript
        self.tokens = tokens

    def before(self, first: int) -> str:
        """The word before, in lower case; empty at the start."""
        left = [token for token in self.tokens[:first] if not token.is_punct]
        return left[-1].lower_ if left else self._running_on

    def after(self, end: int) -> str:
        """The word after; empty at the end."""
        return next((token.lower_ for token in self.tokens[end:] if not token.is_punct), "")

    @cached_property
    def _running_on(self) -> str:
        """The last word of the sentence before, if that has no end mark; else empty."""
        start = self._sentence.span.start
        words = self._transcript.words_in(Span(max(0, start - 2), start))
        last = words[0].text.lower() if words else ""
        return "" if last.endswith((".", "?", "!", "…")) else last.rstrip(",;:-–—")

    def left_hanging(self, end: int) -> bool:
        """Whether what comes after is an end mark, a long pause, or nothing at all."""
        if end < len(self.tokens) and not all(token.is_punct for token in self.tokens[end:]):
            return False
        return end < len(self.tokens) or self.gap_s(end - 1) >= TRAILING_S

    def apart_before(self, first: int) -> bool:
        """Whether a comma, a pause or the start is before it."""
        if first == 0:
            return not self._running_on
        return self.tokens[first - 1].is_punct or self.gap_s(first - 1) >= PAUSE_S

    def apart_after(self, end: int) -> bool:
        """Whether a comma, a pause or the end is after it."""
        if end == len(self.tokens):
            return True
        return self.tokens[end].is_punct or self.gap_s(end - 1) >= PAUSE_S

    def comma_after(self, end: int) -> bool:
        """Whether a comma, or a pause where the words were spoken, is after it."""
        return end < len(self.tokens) and self.apart_after(end)

    def gap_s(self, number: int) -> float:
        """Seconds of silence after the word of a token; 0 where it was typed.

        `TRAILING_S` after the last word of all.
        """
        token = self.tokens[number]
        start = token.idx - self._sentence.parsed.start_char
        inside = self._transcript.words_in(self._sentence.span_of(start, start + len(token)))
        if not inside:
            return 0.0
        end = inside[-1].span.end
        if end >= len(self._transcript.text):
            return TRAILING_S
        following = self._transcript.words_in(Span(end + 1, end + 2))
        if not following or following[-1].start_s is None or inside[-1].end_s is None:
            return 0.0
        return following[-1].start_s - inside[-1].end_s


def _you_know(around: _Around, first: int, end: int) -> bool:
    before, after = around.before(first), around.after(end)
    left, right = around.apart_before(first), around.apart_after(end)
    if before in _ASKED and not (left and right):
        return False
    if after in _KNOWN:
        return left and right and (first > 0 or around.comma_after(end))
    return left or right


def _i_mean(around: _Around, first: int, end: int) -> bool:
    named = around.after(end) in {"it", "that", "what"}
    # "I mean every word of it": with no other verb, it is what is meant.
    named = named or not any(token.pos_ in {"VERB", "AUX"} for token in around.tokens[end:])
    meant = named and not around.comma_after(end)
    return around.apart_before(first) and not meant


def _like(around: _Around, first: int, end: int) -> bool:
    token = around.tokens[first]
    before = around.tokens[first - 1] if first else None
    if token.tag_ == "UH":
        return around.before(first) not in _WISHING
    if token.tag_.startswith(("VB", "NN")) or (token.head.pos_ == "VERB" and token.dep_ == "prep"):
        return False
    if before is not None and not before.is_punct and before.lemma_.lower() in _SEEMING - {"be"}:
        return False
    left, right = around.apart_before(first), around.comma_after(end)
    if left and right:
        return True
    if before is None or before.is_punct:
        return False
    # "It was like really busy", "we had like ten": nothing there that could be compared.
    following = around.tokens[end] if end < len(around.tokens) else None
    return following is not None and following.pos_ in {"ADV", "NUM", "VERB", "AUX", "INTJ"}


def _so(around: _Around, first: int, end: int) -> bool:
    if filler_sound(around.after(end)) or around.after(end) in {"yeah", "like", "basically"}:
        return True
    left_hanging = first > 0 and around.left_hanging(end)
    return left_hanging and around.before(first) not in _SO_ENDS


def _right(around: _Around, first: int, end: int) -> bool:
    last = all(token.is_punct for token in around.tokens[end:])
    comma_before = first > 0 and around.tokens[first - 1].is_punct
    if comma_before and last:
        return True
    return comma_before and around.comma_after(end)


def _apart(around: _Around, first: int, end: int) -> bool:
    """For "actually" and "basically": between commas or pauses, or before one at the start."""
    return around.apart_before(first) and around.comma_after(end)


_JUDGES: Final = {
    "you know": _you_know,
    "i mean": _i_mean,
    "like": _like,
    "so": _so,
    "right": _right,
    "actually": _apart,
    "basically": _apart,
}
