"""The voice of the interviewer in a browser: the page speaks, and tells how it goes."""

from __future__ import annotations

import time
from typing import Final

from rehearse.facing import LONGEST_S

BEGINS_S: Final = 5.0
"""So long a page may take to begin. Ours: a browser loads its voice when it is first used."""


class BrowserVoice:
    """What the page speaks; as `rehearse.facing` wants one.

    Parameters
    ----------
    aloud
        Whether it does.
    """

    def __init__(self, *, aloud: bool) -> None:
        self._aloud = aloud
        self._until: float | None = None

    @property
    def there(self) -> bool:
        """Whether anything can be heard."""
        return self._aloud

    @property
    def speaking(self) -> bool:
        """Whether it is still at it, as far as the page tells."""
        return self._until is not None and time.monotonic() < self._until

    def say(self, text: str) -> bool:  # noqa: ARG002 - the page is told by whoever asks
        """Begin; tell whether that is heard."""
        self._until = time.monotonic() + BEGINS_S if self._aloud else None
        return self._aloud

    def told(self, *, speaking: bool) -> None:
        """What the page tells: it has begun, or it has ended."""
        if self._until is not None:
            self._until = time.monotonic() + LONGEST_S if speaking else None

    def stop(self) -> None:
        """End it."""
        self._until = None
