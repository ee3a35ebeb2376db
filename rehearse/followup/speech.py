"""What the candidate said, in sentences, without what speech leaves between the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rehearse.followup.cleaning import Token, cleaned
from rehearse.followup.pieces import Said
from rehearse.outputs.kept import span_of, transcript
from rehearse.transcript import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SMALL: Final = 3
"""Letters. Ours."""

_END: Final = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bProf)(?<!\bNo)(?<!\be\.g)(?<!\bi\.e)"
    r"(?<!\.\.)[.!?][\"”’)]*(?=\s+[\"“‘(]?[A-Z0-9])|\n"
)
_WHOLE: Final = re.compile(r"[.!?][\"”’)]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of what was said.

    Parameters
    ----------
    said
        Its words, cleaned.
    whole
        Whether it was written with a capital and an end: if not, the recogniser or the typist
        did not say where sentences end, and it may be half of one.
    """

    said: Said
    whole: bool

    @property
    def text(self) -> str:
        """Its words."""
        return self.said.text


class Speech:
    """The candidate's words of a report."""

    def __init__(self, report: Mapping[str, Any]) -> None:
        self._transcript = transcript(report)
        self._without = tuple(map(span_of, report["measures"]["filler_words"]))
        self._theirs = tuple(span_of(each["said"]) for each in _rounds(report))
        self.sentences = tuple(self._sentences())

    @property
    def empty(self) -> bool:
        """Whether no word counts as the candidate's."""
        return not self._transcript.own_words

    def about(self, quotations: Sequence[Mapping[str, Any]]) -> Iterator[Sentence]:
        """The sentences in which quotations stand, each once, or else the quotations alone."""
        seen = set()
        for quotation in quotations:
            span = span_of(quotation)
            for sentence in self.sentences:
                place = Span(sentence.said.start, sentence.said.end)
                if not place.overlaps(span):
                    continue
                found = sentence if sentence.whole else self._stretch(span, whole=False)
                if found is not None and found.said not in seen:
                    seen.add(found.said)
                    yield found

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before another; None before the first."""
        earlier = [each for each in self.sentences if each.said.end <= sentence.said.start]
        return earlier[-1] if earlier else None

    def theirs(self, quotation: Mapping[str, Any]) -> Iterator[Said]:
        """What the interviewer said in a quotation, sentence by sentence."""
        span = span_of(quotation)
        for start, end in _ends(self._transcript.text, span.start, span.end):
            place = Span(start, end)
            words = [each for each in self._transcript.words_in(place) if each.heard]
            if text := cleaned([Token(each.text) for each in words]):
                yield Said(text, start, end)

    def unsure(self, said: Sequence[Said], *, below: float) -> list[str]:
        """The words of these pieces of which the recogniser was not so sure, each once."""
        found = {
            word.text.strip(".,!?;:")
            for each in said
            for word in self._transcript.words_in(Span(each.start, each.end))
            if word.heard and word.probability is not None and word.probability < below
            # "And" for "an" is seen at once, or does no harm.
            if len(word.text.strip(".,!?;:")) > SMALL
            if word.text.strip(".,!?;:").lower() in _bare(each.text)
        }
        return sorted(found, key=self._transcript.text.index)

    def _sentences(self) -> Iterator[Sentence]:
        own = self._transcript.own_text
        for span in self._theirs:
            own = own[: span.start] + "\n" * (span.end - span.start) + own[span.end :]
        for start, end in _ends(own, 0, len(own)):
            raw = own[start:end].strip()
            first = re.search(r"\w", raw)
            whole = bool(_WHOLE.search(raw)) and first is not None and not first[0].islower()
            if (found := self._stretch(Span(start, end), whole=whole)) is not None:
                yield found

    def _stretch(self, span: Span, *, whole: bool) -> Sentence | None:
        words = [
            word
            for word in self._transcript.words_in(span)
            if word.counts and not any(each.covers(word.span) for each in self._theirs)
        ]
        if not words:
            return None
        tokens = [
            Token(word.text, filler=any(each.covers(word.span) for each in self._without))
            for word in words
        ]
        text = cleaned(tokens, mend=not whole)
        return (
            Sentence(Said(text, words[0].span.start, words[-1].span.end), whole) if text else None
        )


def _rounds(report: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    exchange = report.get("exchange")
    return [*(report.get("exchanges") or ()), *([exchange] if exchange else [])]


def _ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _END.finditer(text, start, end):
        yield begin, match.end()
        begin = match.end()
    yield begin, end


def _bare(text: str) -> set[str]:
    return {each.strip(".,!?;:").lower() for each in text.split()}
