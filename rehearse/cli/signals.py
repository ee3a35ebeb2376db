"""Ctrl-C and the other ways of being told to end, where they must not do harm."""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    T = TypeVar("T")

SIGNALLED: Final = 128
"""What a shell adds to the number of the signal that ended a program."""


def undisturbed(act: Callable[[], T]) -> T:
    """Do what Ctrl-C must not cut short; it is passed over meanwhile."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return act()
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def leaving_in_order() -> Iterator[None]:
    """Turn the signals that end a program into `SystemExit`, so that it tidies up first.

    Otherwise a terminal would stay without echo when the program that took it away is told to
    end.  A signal that is passed over, as under `nohup`, still is.
    """
    before = {}
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has the first alone
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            before[number] = signal.signal(number, _leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def others_run(*, daemons: bool = False) -> bool:
    """Whether a thread beside the main one is at work; of `daemons`, which nobody waits for."""
    others = [each for each in threading.enumerate() if each is not threading.main_thread()]
    return any(each.daemon or not daemons for each in others)


def _leave(number: int, _frame: object) -> NoReturn:
    raise SystemExit(SIGNALLED + number)
