"""Where a phrase stands: uses among the same words are one place of a text, or of a story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from rehearse.history.small_words import BEGINNINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.history.small_words import Ngram

AROUND: Final = 5
"""Words on each side in which two uses are compared. Ours."""

ALIKE: Final = 4
"""Two uses are in the same place where so many of those words are the same on the same side; a
word that is not small counts for two. Ours."""


class Use(NamedTuple):
    """One use of a phrase: in which take and sentence, and from which of its words on."""

    take: int
    sentence: int
    start: int


def places(uses: Sequence[Use], length: int, spoken: Sequence[Sequence[Ngram]]) -> list[list[Use]]:
    """Put together the uses that stand among the same words."""
    found: list[list[Use]] = []
    first: list[_Context] = []
    for use in uses:
        context = _Context.of(spoken[use.take], use, length)
        for place, other in zip(found, first, strict=True):
            if context.alike(other):
                place.append(use)
                break
        else:
            found.append([use])
            first.append(context)
    return found


@dataclass(frozen=True, slots=True)
class _Context:
    """The words before and after a use."""

    left: Ngram
    right: Ngram
    before: frozenset[str]
    after: frozenset[str]

    @classmethod
    def of(cls, sentences: Sequence[Ngram], use: Use, length: int) -> _Context:
        """Look around a use of so many words, over the ends of sentences."""
        sentence, end = sentences[use.sentence], use.start + length
        left, right = sentence[: use.start][-AROUND:], sentence[end : end + AROUND]
        for other in reversed(sentences[: use.sentence]):
            if len(left) >= AROUND:
                break
            left = (*other, *left)[-AROUND:]
        for other in sentences[use.sentence + 1 :]:
            if len(right) >= AROUND:
                break
            right = (*right, *other)[:AROUND]
        return cls(
            left=("", "", *left)[-2:],
            right=(*right, "", "")[:2],
            # Inflections of a word have the same beginning.
            before=frozenset(word[:5] for word in left),
            after=frozenset(word[:5] for word in right),
        )

    def alike(self, other: _Context) -> bool:
        """Whether both are the same place of a text, or of a story."""
        if self.left == other.left or self.right == other.right:
            return True
        if (self.left[-1], self.right[0]) == (other.left[-1], other.right[0]):
            return True
        before, after = self.before & other.before, self.after & other.after
        small = len(before) + len(after)
        return small + len(before - BEGINNINGS) + len(after - BEGINNINGS) >= ALIKE
