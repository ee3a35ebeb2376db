"""Which sessions are looked at together."""

from __future__ import annotations

from rehearse.session import ANY


def takes_of(scope: str) -> tuple[str, tuple[str, ...]]:
    """A condition on `sessions`, with its values: what counts in a scope.

    Parameters
    ----------
    scope
        A label; `ANY` is all of them.
    """
    if scope == ANY:
        return "repeats is null", ()
    return "repeats is null and label = ?", (scope,)
