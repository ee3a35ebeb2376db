"""The recordings below a folder: of this machine, or wherever fsspec can look."""

from __future__ import annotations

import mimetypes
import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from rehearse.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

OTHERS: Final = frozenset(
    (
        *(".md", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".pages", ".numbers", ".rtf"),
        *(".jsonl", ".yaml", ".yml", ".toml", ".ini", ".log", ".lock", ".db", ".sqlite", ".npz"),
        *(".srt", ".vtt", ".lrc", ".sha256", ".md5", ".heic", ".webp", ".lnk", ".url", ".plist"),
        *(".part", ".tmp", ".crdownload", ".download", ".bak", ".7z", ".rar", ".gz", ".xz", ".zst"),
    )
)
"""Endings of what is no recording, beside those that Python's `mimetypes` knows as something
else. Whatever else there is, with any ending or none, is taken for a recording: better refused
in words than passed over."""

SOUNDING: Final = frozenset(("application/ogg", "application/mp4", "application/vnd.rn-realmedia"))
"""Types that are no recordings by their name and may be."""

_TYPES: Final = mimetypes.MimeTypes()  # Python's own list, and nothing of this machine


@dataclass(frozen=True, slots=True)
class Found:
    """One recording.

    Parameters
    ----------
    name
        Below the folder, with "/" between its parts; two recordings have two names.
    source
        What its report calls it: as it would be named to `rehearse analyze`.
    address
        Where it is opened: a path, or an address for fsspec.
    size
        Bytes; 0 where that is not known.
    trouble
        Why nothing can be found in there, where it is a folder that may not be looked into.
    """

    name: str
    source: str
    address: str
    size: int = 0
    trouble: str = ""


class Folder:
    """What is walked through; `passed_over` counts what is no recording.

    Parameters
    ----------
    address
        A path, or an address for fsspec, such as `s3://bucket/closes`.
    without
        A folder that is left out, because reports are written there.

    Raises
    ------
    InputError
        Where there is no such folder, or nobody may look into it.
    """

    def __init__(self, address: str, without: Path | None = None) -> None:
        self.address = address
        self.passed_over = 0
        self._without = without

    @property
    def local(self) -> bool:
        """Whether it is a path of this machine."""
        return "://" not in self.address

    def __iter__(self) -> Iterator[Found]:
        """Its recordings, those of folders inside it as well; links to folders are not followed."""
        self.passed_over = 0
        return self._of_this_machine() if self.local else self._elsewhere()

    def _of_this_machine(self) -> Iterator[Found]:
        top = Path(self.address)
        troubles: list[OSError] = []
        for folder, inside, files in os.walk(top, onerror=troubles.append):
            inside[:] = sorted(each for each in inside if not self._left_out(Path(folder, each)))
            for name in sorted(files):
                if (found := self._file(top, Path(folder, name))) is not None:
                    yield found
        for trouble in troubles:
            below = Path(trouble.filename)
            why = trouble.strerror or str(trouble)
            yield Found(_named(below, top) + "/", str(below), str(below), trouble=why)

    def _left_out(self, folder: Path) -> bool:
        if folder.name.startswith((".", "__MACOSX")):
            return True
        return self._without is not None and folder.resolve() == self._without

    def _file(self, top: Path, path: Path) -> Found | None:
        if hidden(path.name):
            return None
        try:
            status = path.stat()
        except OSError:
            return Found(_named(path, top), _shown(path), str(path))  # said when it is opened
        if not stat.S_ISREG(status.st_mode) or not may_be_recording(path.name):
            self.passed_over += 1
            return None
        return Found(_named(path, top), _shown(path), str(path), status.st_size)

    def _elsewhere(self) -> Iterator[Found]:
        scheme = self.address.partition("://")[0]
        system, top = _opened(self.address)
        try:
            for _, _, files in system.walk(top, detail=True):
                for name, about in sorted(files.items()):
                    if hidden(name):
                        continue
                    if not may_be_recording(name):
                        self.passed_over += 1
                        continue
                    below = about["name"].removeprefix(top).lstrip("/")
                    address = f"{scheme}://{about['name'].removeprefix(f'{scheme}://')}"
                    yield Found(below, address, address, about.get("size") or 0)
        except Exception as error:  # each kind of place has errors of its own
            raise _unreachable(self.address, error) from error


def folder_of(address: str, without: Path | None = None) -> Folder:
    """Look at a folder without walking through it.

    Parameters
    ----------
    address, without
        As in `Folder`.

    Raises
    ------
    InputError
        Where it is missing, is none, or may not be looked into.
    """
    folder = Folder(address, without)
    if not folder.local:
        return folder
    path = Path(address)
    try:
        if not path.is_dir():
            path.stat()
            raise InputError(
                f"{address!r} is a file, not a folder.",
                hint="Name the folder that it is in; `rehearse analyze` takes single files.",
            )
        os.scandir(path).close()
    except (OSError, ValueError) as error:
        missing = isinstance(error, FileNotFoundError)
        why = getattr(error, "strerror", None) or error
        raise InputError(
            f"There is no folder {address!r}."
            if missing
            else f"{address!r} cannot be looked into: {why}.",
            hint="Check its name." if missing else "Check its name, and that you may read it.",
        ) from error
    return folder


def hidden(name: str) -> bool:
    """Whether a file is one that systems put beside those of people."""
    return name.startswith(".") or name in {"Thumbs.db", "desktop.ini"}


def may_be_recording(name: str) -> bool:
    """Whether a file may be a recording, by its name.

    >>> [may_be_recording(name) for name in ("a.m4a", "a.MOV", "a", "a.xyz", "a.txt", "a.pdf")]
    [True, True, True, True, False, False]
    """
    suffix = PurePosixPath(name).suffix.lower()
    kind = _TYPES.types_map[True].get(suffix) or _TYPES.types_map[False].get(suffix)
    if suffix in OTHERS:
        return False
    return kind is None or kind.startswith(("audio/", "video/")) or kind in SOUNDING


def _named(path: Path, top: Path) -> str:
    # Two names stay two, even where their bytes are no text.
    below = os.fsencode(path.relative_to(top)).decode(errors="backslashreplace")
    return below.replace(os.sep, "/")


def _shown(path: Path) -> str:
    # As `rehearse analyze` names it: bytes that are no text are in no report.
    return os.fsencode(path).decode(errors="replace")


def _opened(address: str) -> tuple[Any, str]:
    try:
        import fsspec

        system, top = fsspec.core.url_to_fs(address)
    except Exception as error:  # each kind of place has errors of its own
        raise _unreachable(address, error) from error
    return system, top.rstrip("/")


def _unreachable(address: str, error: Exception) -> InputError:
    return InputError(
        f"{address} cannot be looked into: {str(error) or type(error).__name__}.",
        hint="Check the address and your right to read it; some kinds need a package of their "
        "own, as s3:// needs s3fs.",
    )
