"""The transcript with its marks: steps in brackets, struck words, somebody else's words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rehearse.outputs import summary
from rehearse.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.report import Report
    from rehearse.transcript import Word


def marked(report: Report) -> list[tuple[str, str]]:
    """Give the transcript as pieces of text, each with the name of its style.

    A step stands in brackets behind its name, a word that was not heard between "~~", and
    what somebody else says in parentheses behind what they are called.
    """
    before, after = _signs(report)
    styles = _styles(report)
    pieces: list[tuple[str, str]] = []
    for position, character in enumerate(report.transcript.text):
        pieces.extend(before.get(position, ()))
        pieces.append((character, styles.get(position, "")))
        pieces.extend(after.get(position, ()))
    return [
        ("".join(text for text, _ in run), style)
        for style, run in groupby(pieces, lambda piece: piece[1])
    ]


Signs = dict[int, list[tuple[str, str]]]


def _signs(report: Report) -> tuple[Signs, Signs]:
    """What stands before the character at a position, and after it."""
    before: Signs = {}
    after: Signs = {}
    for start, end, voice in _turns(report):
        before.setdefault(start, []).append((f"({voice}: ", "quiet"))
        after.setdefault(end - 1, []).append((")", "quiet"))
    opened: dict[int, list[str]] = {}
    for step in STEPS:
        for span in report.steps[step]:
            opened.setdefault(span.start, []).append(step)
            after.setdefault(span.end - 1, []).append(("]", "heading"))
    for start, steps in opened.items():
        before.setdefault(start, []).append((f"[{' + '.join(steps)}: ", "heading"))
    for start, end in _struck(report):
        before.setdefault(start, []).append(("~~", "unheard"))
        after.setdefault(end - 1, []).insert(0, ("~~", "unheard"))
    return before, after


def _styles(report: Report) -> dict[int, str]:
    """The style of each character that has one; of several the last counts."""
    styles: dict[int, str] = {}
    for step in reversed(STEPS):
        for span in report.steps[step]:
            styles.update(dict.fromkeys(range(span.start, span.end), f"step.{step}"))
    for start, end, _ in _turns(report):
        styles.update(dict.fromkeys(range(start, end), "quiet"))
    for start, end in _struck(report):
        styles.update(dict.fromkeys(range(start, end), "unheard"))
    return styles


def _struck(report: Report) -> Iterator[tuple[int, int]]:
    for heard, words in groupby(report.transcript.words, lambda word: word.heard):
        if not heard:
            yield _reach(list(words))


def _turns(report: Report) -> Iterator[tuple[int, int, str]]:
    names = summary.voices(report)

    def whose(word: Word) -> str | None:
        return names[word.speaker] if word.theirs and word.speaker is not None else None

    for voice, words in groupby(report.transcript.words, whose):
        if voice is not None:
            yield *_reach(list(words)), voice


def _reach(words: list[Word]) -> tuple[int, int]:
    return words[0].span.start, words[-1].span.end
