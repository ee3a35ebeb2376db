"""How texts and sentences are laid out for the network that reads them together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_TEXT: Final = 100
"""Tokens that are read of a text at most."""

TEXTS_WINDOW, WINDOW = 200, 300
"""Tokens of texts, and of sentences, that are read at once; the network knows 512 places."""


def laid_out(
    marks: tuple[int, int],
    told: Sequence[int],
    texts: Sequence[Sequence[int]],
    sentences: Sequence[Sequence[int]],
) -> tuple[list[int], list[tuple[int, int]], list[tuple[int, int]]]:
    """Lay out one input of the network, between its marks.

    Its ids, where each text lies in it, and where each sentence does; last, where all do.

    >>> laid_out((8, 9), [7], [[1, 2], [3]], [[4], [5, 6]])
    ([8, 7, 1, 2, 9, 3, 9, 4, 5, 6, 9], [(2, 4), (5, 6)], [(7, 8), (8, 10), (7, 10)])
    """
    begin, end = marks
    ids = [begin, *told]
    held, spoken = [], []
    for text in texts:
        # A text without a token is told by the mark behind it.
        held.append((len(ids), len(ids) + max(1, len(text))))
        ids += [*text, end]
    first = len(ids)
    for sentence in sentences:
        spoken.append((len(ids), len(ids) + len(sentence)))
        ids += sentence
    spoken.append((first, len(ids)))
    ids.append(end)
    return ids, held, [(a, max(b, a + 1)) for a, b in spoken]


def windows(lengths: Sequence[int], most: int) -> Iterator[range]:
    """Which neighbours are read together: as many as have `most` tokens, one at least.

    >>> [list(each) for each in windows([150, 100, 80, 500], 300)]
    [[0, 1], [2], [3]]
    """
    first = 0
    while first < len(lengths):
        end, total = first, 0
        while end < len(lengths) and (end == first or total + lengths[end] <= most):
            total += lengths[end]
            end += 1
        yield range(first, end)
        first = end
