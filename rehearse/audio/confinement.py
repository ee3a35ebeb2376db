"""What a process denies itself before it looks at a file that may be hostile.

Each system offers some of it, and what it does not offer is left out: the parent's clock and
the end of the pipe hold everywhere.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Final

try:
    import resource
except ImportError:  # there is none on Windows
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from typing import Any

_SET_PARENT_DEATH_SIGNAL: Final = 1
_SET_NO_NEW_PRIVILEGES: Final = 38
"""Of Linux's `prctl`."""

_CREATE_RULESET: Final = 444
_RESTRICT_SELF: Final = 446
"""Of Landlock; every architecture has the same numbers."""


def die_with(parent: int) -> None:
    """End this process when the thread of `parent` that started it ends, or is killed."""
    if (c := _c_library()) is None:
        return
    import signal

    c.prctl(_SET_PARENT_DEATH_SIGNAL, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        # It ended before this was asked for.
        os._exit(1)


def confine(*, memory_bytes: int, descriptors: int) -> None:
    """Give up, for good, all that reading an open file and writing to a pipe does not need.

    Parameters
    ----------
    memory_bytes
        Of address space at the most, with what is taken already.
    descriptors
        File descriptors from this number on cannot be had. Where all below it are taken,
        nothing can be opened any more: no file, no socket.
    """
    _give_up_files()
    if resource is None:
        return
    limits = {
        "RLIMIT_AS": memory_bytes,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": descriptors,
        # Counted over all processes of a person: none beside those that there are, nor threads.
        "RLIMIT_NPROC": 0,
    }
    for name, most in limits.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (most, most))


def allow_processor(seconds: float, *, at_most: float) -> None:
    """End this process where it takes more than `seconds` in all; `at_most` is for good."""
    if resource is None:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (round(min(seconds, at_most)), round(at_most) + 1))


def _give_up_files() -> None:
    """By Landlock: no file opened, run or changed, no connection by TCP, nobody signalled."""
    if (c := _c_library()) is None:
        return
    import ctypes

    c.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if (version := c.syscall(_CREATE_RULESET, None, 0, 1)) < 1:
        return
    rights = 13 + (version >= 2) + (version >= 3) + (version >= 5)
    words = 1 + (version >= 4) + (version >= 6)
    # What is handled and not allowed is denied, and nothing is allowed.
    denied = (ctypes.c_uint64 * words)(*((1 << rights) - 1, 3, 3)[:words])
    size = ctypes.c_size_t(ctypes.sizeof(denied))
    if (rules := c.syscall(_CREATE_RULESET, ctypes.byref(denied), size, 0)) >= 0:
        c.syscall(_RESTRICT_SELF, rules, 0)
        os.close(rules)


def _c_library() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    return ctypes.CDLL(None)
