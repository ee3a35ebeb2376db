"""The words that bring a sentence back: its numbers, names and nouns, a few together.

spaCy's tags say which are which. Its dependencies are not asked: a plan is notes, such as "ran
nights, 40 beds", as often as sentences.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

MOST: Final = 4
"""Cues of a text. Ours."""

WORDS: Final = 3
"""Words of a cue, at the most. Ours."""

SMALL: Final = 2
"""A word of so few letters stays whole where others are cut to their first: "St B…"."""

_CUT: Final = "…"

_PART: Final = {"NUM", "PROPN", "NOUN", "ADJ", "SYM"}
_INSIDE: Final = {"-", "/", "&"}

_FIGURE: Final = re.compile(r"[€$£]?\d(?:[\d.,:]*\d)?[%kmKM]?\b%?")

_NO_NUMBER: Final = {"one", "first", "second", "third", "half", "quarter"}
"""They count little where they stand for a number at all. Ours."""

_PALE: Final = frozenset(
    (
        *("job", "work", "role", "position", "place", "experience", "example", "reason"),
        *("thing", "something", "anything", "everything", "fact", "case", "part", "time", "day"),
        *("people", "person", "someone", "everyone", "other", "one", "lot", "way", "bit", "kind"),
        *("sort", "good", "great", "new", "own", "able", "sure", "last", "such", "few", "several"),
    )
)
"""Words that could stand in anybody's sentence, by their lemma. Ours."""


class CueWord(NamedTuple):
    """A cue.

    Parameters
    ----------
    text
        As it stands in the sentence.
    short
        Its number, or its first letters.
    rank
        0 is the most telling.
    """

    text: str
    short: str
    rank: int


def cue_words(parser: Language, text: str, *, longest: int) -> tuple[CueWord, ...]:
    """Choose the most telling words of a text, `MOST` of them; give them in its order.

    Numbers come before names, names before nouns, nouns before other words, and of equals the
    earlier first. A text of nothing but small words gives its first word; a blank one gives none.

    Parameters
    ----------
    parser
        The loaded pipeline.
    text
        A sentence or notes.
    longest
        Characters of a cue, at the most.
    """
    document = parser(text)
    found = list(_runs(document)) or list(_single(document))
    seen: dict[str, Span] = {}
    for span in found:
        seen.setdefault(span.text.casefold(), span)
    ranked = sorted(seen.values(), key=lambda span: (-_weight(span), span.start))[:MOST]
    ranks = {span.start: rank for rank, span in enumerate(ranked)}
    return tuple(
        CueWord(_fitting(span.text, longest), _fitting(_short(span), longest), ranks[span.start])
        for span in sorted(ranked, key=lambda span: span.start)
    )


def _runs(document: Doc) -> Iterator[Span]:
    """Words that stand together as a name or a thing; the last few of each."""
    for inside, tokens in groupby(document, key=_belongs):
        if not inside:
            continue
        run = _trimmed(list(tokens))
        if run:
            yield document[run[0].i : run[-1].i + 1]


def _belongs(token: Token) -> bool:
    if token.tag_ == "POS":
        return bool(token.i) and token.nbor(-1).pos_ in {"PROPN", "NOUN"}
    if token.text in _INSIDE:  # mixed-ability, Python/SQL
        between = 0 < token.i < len(token.doc) - 1
        return between and not (token.whitespace_ or token.nbor(-1).whitespace_)
    if token.is_stop and not _numeric(token):
        return token.pos_ == "PROPN" and not token.is_lower  # IT, in an IT team
    return token.pos_ in _PART or _numeric(token) or _describes(token)


def _describes(token: Token) -> bool:
    """Whether it is a verb that belongs to the noun after it: picking errors, lost accounts."""
    after = token.nbor(1) if token.i < len(token.doc) - 1 else None
    return token.tag_ in {"VBG", "VBN"} and after is not None and after.pos_ == "NOUN"


def _trimmed(run: list[Token]) -> list[Token]:
    """Leave out what is pale at the ends, and then what is too much: numbers stay, and nouns."""
    while run and (_pale(run[-1]) or run[-1].text in _INSIDE) and not _of_name(run[-1]):
        run.pop()
    while run and (_pale(run[0]) or not _counts(run[0])) and run[0].pos_ != "SYM":
        run.pop(0)
    while sum(_counts(token) for token in run) > WORDS:
        run = run[:-1] if _numeric(run[0]) else run[1:]
        while run and not _counts(run[0]):
            run.pop(0)
    return run


def _of_name(token: Token) -> bool:
    """Whether it is the 's of St Bride's."""
    return token.tag_ == "POS" and bool(token.i) and token.nbor(-1).pos_ == "PROPN"


def _single(document: Doc) -> Iterator[Span]:
    """Without any name or thing: what is done, or else the first word."""
    words = [token for token in document if not (token.is_punct or token.is_space)]
    telling = [token for token in words if not token.is_stop] or words[:1]
    for token in telling:
        yield document[token.i : token.i + 1]


def _weight(span: Span) -> float:
    if any(_numeric(token) for token in span):
        return 3.0
    if any(token.pos_ == "PROPN" for token in span):
        return 2.0
    if any(token.pos_ == "NOUN" and not _pale(token) for token in span):
        # "picking errors" tells more than "errors".
        return 1.0 + 0.1 * (len(span) > 1)
    return 0.5


def _short(span: Span) -> str:
    written = [token.text for token in span if token.like_num and token.is_alpha]
    if numbers := _FIGURE.findall(span.text) or written:
        return " ".join(numbers)
    words = span.text.split()
    return " ".join(each if len(each) <= SMALL else each[0] + _CUT for each in words)


def _fitting(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + _CUT


def _numeric(token: Token) -> bool:
    if token.lower_ in _NO_NUMBER:
        return False
    return bool(token.like_num) or any(each.isdigit() for each in token.text)


def _pale(token: Token) -> bool:
    return (token.lemma_.casefold() in _PALE or token.is_stop) and not _numeric(token)


def _counts(token: Token) -> bool:
    return token.tag_ != "POS" and not (token.is_punct or token.pos_ == "SYM")
