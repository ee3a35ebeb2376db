"""Where the pages of a server lead to; a page that is a file leads nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of pages.

    Parameters
    ----------
    practise
        Where a take is recorded.
    sessions
        Below it each session has a page.
    progress
        The history; `for` (a label) and `page` choose from it.
    compare
        Two sessions side by side: `first` and `second`.
    """

    practise: str = "/"
    sessions: str = "/sessions"
    progress: str = "/progress"
    compare: str = "/compare"

    def session(self, number: int) -> str:
        """The page of one session."""
        return f"{self.sessions}/{number}"

    def history(self, label: str = "", *, page: int = 1) -> str:
        """One page of the history of a label; empty is all.

        >>> Links().history("R&D, Köln", page=2)
        '/progress?for=R%26D%2C+K%C3%B6ln&page=2'
        """
        asked = {"for": label} if label else {}
        asked |= {"page": str(page)} if page > 1 else {}
        return f"{self.progress}?{urlencode(asked)}" if asked else self.progress
