"""What a check is: a judge that carries its own page and its own examples."""

from __future__ import annotations

import inspect
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rehearse.close import Close
    from rehearse.finding import Finding

    Judge = Callable[[Close], Iterator[Finding]]

_PREFIX = "rehearse.checks."


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
    good: tuple[str, ...]
    bad: tuple[str, ...]
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
            *(f"- Nothing to say against: {_quote(text)}" for text in self.good),
            *(f"- Flagged: {_quote(text)}" for text in self.bad),
        ]
        return "\n".join([self.page, *examples])

    @property
    def title(self) -> str:
        """The first heading of its page."""
        return self.page.lstrip().splitlines()[0].lstrip("# ")


def _quote(text: str) -> str:
    return f"“{text if len(text) <= 160 else text[:159].rsplit(' ', 1)[0] + ' …'}”"


def check(
    question: str, *, good: tuple[str, ...], bad: tuple[str, ...]
) -> Callable[[Judge], Check]:
    """Make a check of a function; the docstring of its file is its page."""

    def make(judge: Judge) -> Check:
        module = sys.modules[judge.__module__]
        name = judge.__module__.removeprefix(_PREFIX)
        page = inspect.cleandoc(module.__doc__ or "")
        return Check(name, question, page, good, bad, judge)

    return make
