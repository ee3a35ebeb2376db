"""What a check is: a judge that carries its own page and its own examples."""

from __future__ import annotations

import inspect
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rehearse.close import Close
    from rehearse.finding import Finding

    Judge = Callable[[Close], Iterator[Finding]]

_PREFIX = "rehearse.checks."

LONGEST: Final = 240
"""Characters of an example that a page shows."""


@dataclass(frozen=True, slots=True)
class Example:
    """Words of an example, and what they are held against.

    Parameters
    ----------
    words
        A close; where its lines begin with "Candidate:" and "Interviewer:", a conversation.
    posting, notes, to
        The job, what was discussed, whom it is for; empty where that does not matter.
    """

    words: str
    posting: str = ""
    notes: str = ""
    to: str = ""

    def told(self, longest: int) -> str:
        """Its words in one line of so many characters at most, and what they are held against."""
        text = " / ".join(self.words.strip().splitlines())
        if len(text) > longest:
            text = text[: longest - 1].rsplit(" ", 1)[0] + " …"
        beside = [
            f"to: {self.to}" if self.to else "",
            "with a posting" if self.posting else "",
            "with notes" if self.notes else "",
        ]
        told = ", ".join(filter(None, beside))
        return f"“{text}”" + (f" ({told})" if told else "")


@dataclass(frozen=True, slots=True)
class Check:
    """One judge over a close.

    Parameters
    ----------
    name
        The path of its file below `rehearse/checks`, with dots.
    question
        What it asks of the close, in one line.
    page
        The page that a speaker reads, in Markdown.
    good, bad
        Closes that it must have nothing against, and closes that it must flag.
    judge
        The function that finds.
    """

    name: str
    question: str
    page: str
    good: tuple[Example, ...]
    bad: tuple[Example, ...]
    judge: Judge

    def run(self, close: Close) -> Iterator[Finding]:
        """Judge a close."""
        for finding in self.judge(close):
            yield replace(finding, check=self.name)

    @property
    def page_with_examples(self) -> str:
        """The page, and below it what is flagged and what is not, in Markdown."""
        examples = [
            "",
            "## Examples",
            "",
            *(f"- Nothing to say against: {each.told(LONGEST)}" for each in self.good),
            *(f"- Flagged: {each.told(LONGEST)}" for each in self.bad),
        ]
        return "\n".join([self.page, *examples])

    @property
    def title(self) -> str:
        """The first heading of its page."""
        return self.page.lstrip().splitlines()[0].lstrip("# ")


def check(
    question: str, *, good: tuple[str | Example, ...], bad: tuple[str | Example, ...]
) -> Callable[[Judge], Check]:
    """Make a check of a function; the docstring of its file is its page."""

    def make(judge: Judge) -> Check:
        module = sys.modules[judge.__module__]
        name = judge.__module__.removeprefix(_PREFIX)
        page = inspect.cleandoc(module.__doc__ or "")
        return Check(name, question, page, _examples(good), _examples(bad), judge)

    return make


def _examples(given: tuple[str | Example, ...]) -> tuple[Example, ...]:
    return tuple(Example(each) if isinstance(each, str) else each for each in given)
