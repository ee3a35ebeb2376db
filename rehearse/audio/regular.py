"""A file that is opened only if it is one: no folder, no pipe, no device, no link elsewhere."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, Final

from rehearse.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

# A pipe would be waited for without O_NONBLOCK. Windows has neither, and needs O_BINARY.
_FLAGS: Final = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC")
)

_ELSEWHERE: Final = {errno.ELOOP, errno.EMLINK, errno.EISDIR, errno.ENXIO}
"""What opening a link, a folder or a pipe that nobody reads says, depending on the system."""


def regular(path: Path, name: str) -> BinaryIO:
    """Open the regular file at `path`, which a person knows as `name`.

    Raises
    ------
    InputError
        Where it is something else, is empty or cannot be opened.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        if getattr(error, "errno", None) in _ELSEWHERE:
            raise _no_file(name) from error
        why = getattr(error, "strerror", None) or error
        raise InputError(
            f"{name} cannot be opened: {why}.", hint="Choose it again, or copy it elsewhere first."
        ) from error
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode) and status.st_size:
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    if stat.S_ISREG(status.st_mode):
        raise InputError(
            f"{name} is empty: it holds 0 bytes.",
            hint="Record or copy it again; the recording may not have been saved.",
        )
    raise _no_file(name)


def _no_file(name: str) -> InputError:
    return InputError(
        f"{name} is not a file but a folder, a link, a device or a pipe.", hint="Choose a file."
    )
