"""Why a file cannot be decoded, in our words: what PyAV, FFmpeg and the system refuse."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rehearse.errors import SoundError
from rehearse.timecode import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

EXPORT_AGAIN: Final = "It may be damaged; export it again as WAV, MP3 or M4A."

ANOTHER_KIND: Final = (
    "Use a sound or video file (WAV, MP3, M4A, OGG, WebM, MP4 …); a typed close must end in .txt."
)


@contextmanager
def refused(name: str) -> Iterator[None]:
    """Turn what PyAV and the operating system raise about the file `name` into a `SoundError`."""
    import av

    try:
        yield
    except PermissionError as error:
        if error.errno != errno.EACCES:
            raise unreadable(name, _reason(error)) from error
        raise SoundError(
            f"{name} cannot be opened: permission is refused.",
            hint="Give yourself the right to read it, or copy it elsewhere.",
        ) from error
    except MemoryError as error:
        raise exhausting(name) from error
    except (av.error.FFmpegError, ValueError, OSError) as error:
        raise unreadable(name, _reason(error)) from error


def unreadable(name: str, why: str, hint: str = ANOTHER_KIND) -> SoundError:
    """What to raise where a file is no recording, or not one that can be read."""
    return SoundError(f"{name} is not a recording that can be read ({why}).", hint=hint)


def exhausting(name: str) -> SoundError:
    """What to raise where there is not enough memory for a file."""
    return SoundError(
        f"{name} cannot be decoded: it asks for more memory than there is for it.",
        hint=EXPORT_AGAIN,
    )


def silent(name: str, seconds: float) -> SoundError:
    """What to raise where nothing comes of a file for too long."""
    return SoundError(
        f"{name} cannot be decoded: no sound came of it in {seconds:.0f} seconds.",
        hint=EXPORT_AGAIN,
    )


def too_long(name: str, longest_s: float, *, part: bool) -> SoundError:
    """What to raise where more is to be decoded than is allowed."""
    what = f"The part of {name}" if part else name
    return SoundError(
        f"{what} is longer than {clock(longest_s)}, the most that is analysed at a time.",
        hint="Pick the part with your close: say where in the recording it begins and ends.",
    )


def wearing(name: str) -> SoundError:
    """What to raise where a file takes too much of a processor."""
    return SoundError(
        f"{name} cannot be decoded: it takes far more work than a recording of its length.",
        hint=EXPORT_AGAIN,
    )


def broken(name: str, why: str = "") -> SoundError:
    """What to raise where the process that decodes a file ends over it."""
    return SoundError(
        f"{name} cannot be decoded: what reads it broke down{f' ({why})' if why else ''}.",
        hint=EXPORT_AGAIN,
    )


def stopped(name: str) -> SoundError:
    """What to raise where somebody did not want a file to be decoded to its end."""
    return SoundError(
        f"{name} was not read to its end: it was stopped.", hint="Begin again with the same file."
    )


def _reason(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())[:120].rstrip(".")
