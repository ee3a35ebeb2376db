"""A transcript cut into sentences, with or without punctuation.

Where there is punctuation, it decides.  A transcript without any (a recogniser's
lower case, a hasty typist) is cut where a new clause starts with a word that
speakers start with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc, Span

    from rehearse.transcript import Transcript

PIECE: Final = 4_000
"""Characters that are parsed at once: a two-hour transcript is read piece by piece."""

TOO_LONG: Final = 26
"""Words after which a stretch without an end mark is cut further. Ours: spoken
English sentences average about half of it."""

LEAST: Final = 4
"""No cut leaves fewer words than this."""

_END: Final = re.compile(r"[.?!…][\"'”’)\]]*\s+|\n{2,}|\n(?=\s*[-*•A-Z])")

_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|prof|sr|jr|no|vs|etc|e\.g|i\.e|approx|dept|inc|ltd|co)|\b[a-z])\.\s*$",
    re.IGNORECASE,
)

_STARTERS: Final = re.compile(
    r"\s(?=(?:(?:so|and|but|because|cause|cos|anyway|anyways|well|okay|ok|um|uh|erm|yeah|honestly|"
    r"actually|basically|like|also|plus|then|now|look|oh|or|yes|no|please|sir|madam|if|when)\s+)*"
    r"(?P<first>i|i'?m|i'?ve|i'?d|i'?ll|im|ive|id|ill|my|you (?:said|need|needed|asked|told|mentioned|talked|showed|described|explained|have|had|want|wanted|were|are|know|guys|look)|your|you'?re|we|we'?ve|it'?s|its|that'?s|thats|this is|"
    r"thank|thanks|thankyou|cheers|do you|did you|is there|are there|are you|have you|would you|"
    r"could you|can you|what|where|when|how|which|who|please|there'?s|theres|they|he|she)\b)",
    re.IGNORECASE,
)


_GOES_ON: Final = frozenset(
    {"the", "a", "an", "my", "your", "our", "his", "her", "their", "this", "and", "but", "or", "as"}
    | {"because", "if", "when", "than", "is", "are", "was", "were", "am", "be", "im", "i'm", "i"}
    | {"very", "really", "just", "every", "some", "no", "what", "which", "who", "where", "how"}
    | {"why", "that", "to", "can", "could", "would", "will", "should", "do", "does", "did", "not"}
)
"""After these words no clause ends."""

_OF: Final = frozenset({"at", "in", "of", "to", "for", "with", "on", "from", "by", "into", "about"})
"""Nor after these, where a noun may follow: "at my uncle's place"; but "what you look for"
may end one."""

_NOUN_FIRST: Final = frozenset({"my", "your", "what", "which", "who", "where", "how", "when"})


def sentences_of(parser: Language, transcript: Transcript) -> list[Span]:
    """Cut the heard text into sentences.

    Returns
    -------
    list of Span
        spaCy spans in order; each `doc` begins at `doc.user_data["offset"]` of
        `Transcript.text`.
    """
    text = transcript.own_text
    found: list[Span] = []
    pieces = list(_pieces(text))
    # One piece at a time: what a batch of a two-hour transcript needs on the way is much.
    docs = parser.pipe(((piece, start) for start, piece in pieces), as_tuples=True, batch_size=1)
    for doc, start in docs:
        doc.user_data["offset"] = start
        found.extend(_spans(doc))
    return found


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Stretches of at most about `PIECE` characters, cut between sentences."""
    start = 0
    while len(text) - start > PIECE:
        ends = [match.end() for match in _END.finditer(text, start, start + PIECE)]
        end = ends[-1] if ends else text.rfind(" ", start, start + PIECE) + 1
        if end <= start:
            end = start + PIECE
        yield start, text[start:end]
        start = end
    if text[start:].strip():
        yield start, text[start:]


def _spans(doc: Doc) -> Iterator[Span]:
    text = doc.text
    for start, end in _marked(text):
        for low, high in _cut_long(text, start, end):
            span = doc.char_span(low, high, alignment_mode="expand")
            if span is not None and any(token.is_alpha or token.like_num for token in span):
                yield span


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """What lies between end marks."""
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text, start, match.end()) and text[match.end() - 1] != "\n":
            continue
        yield from _stripped(text, start, match.end())
        start = match.end()
    yield from _stripped(text, start, len(text))


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    inner = text[start:end]
    if inner.strip():
        left = len(inner) - len(inner.lstrip())
        yield start + left, start + len(inner.rstrip())


def _cut_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without an end mark, cut where clauses begin."""
    words = [match.start() for match in re.finditer(r"\S+", text[start:end])]
    punctuated = len(re.findall(r"[,;:–—-]\s", text[start:end])) * 12 >= len(words)
    if len(words) <= TOO_LONG or (punctuated and len(words) <= 2 * TOO_LONG):
        yield start, end
        return
    low = start
    last = 0
    starts = {
        match.end() for match in _STARTERS.finditer(text, start, end) if _may_start(text, match)
    }
    for number, offset in enumerate(words):
        here = start + offset
        if here in starts and number - last >= LEAST and len(words) - number >= LEAST:
            yield from _stripped(text, low, here)
            low, last = here, number
    yield from _stripped(text, low, end)


def _may_start(text: str, match: re.Match[str]) -> bool:
    """Whether the word before leaves room for a new clause."""
    before = text[max(0, match.start() - 20) : match.start()].rpartition(" ")[2].lower()
    before = before.strip(",.;:")
    if before in _GOES_ON:
        return False
    return not (before in _OF and match["first"].lower() in _NOUN_FIRST)
