"""Why a file cannot be decoded, in our words: what PyAV, FFmpeg and the system refuse."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rehearse.errors import SoundError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXPORT_AGAIN: Final = "It may be damaged; export it again as WAV, MP3 or M4A."

ANOTHER_KIND: Final = (
    "Use a sound or video file (WAV, MP3, M4A, OGG, WebM, MP4 …); a typed close must end in .txt."
)


@contextmanager
def refused(path: Path) -> Iterator[None]:
    """Turn what PyAV and the operating system raise into a `SoundError`."""
    import av

    try:
        yield
    except PermissionError as error:
        if error.errno != errno.EACCES:
            raise unreadable(path, _reason(error)) from error
        raise SoundError(
            f"{path.name} cannot be opened: permission is refused.",
            hint="Give yourself the right to read it, or copy it elsewhere.",
        ) from error
    except (av.error.FFmpegError, ValueError, OSError, MemoryError) as error:
        raise unreadable(path, _reason(error)) from error


def unreadable(path: Path, why: str, hint: str = ANOTHER_KIND) -> SoundError:
    """What to raise where a file is no recording, or not one that can be read."""
    return SoundError(f"{path.name} is not a recording that can be read ({why}).", hint=hint)


def _reason(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())[:120].rstrip(".")
