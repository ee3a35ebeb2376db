"""Weights: found by their manifest, put together once, verified before every load.

`models/manifest.toml` lists each file with its size and SHA-256 and says which
installed package carries its bytes.  Nothing is fetched over a network here;
`rehearse.hub` does that for the larger weights, and only when asked by name.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib.util
import json
import shutil
import tempfile
import time
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rehearse import settings
from rehearse.errors import AssetError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK: Final = 1 << 20

HASHED_AT_ONCE: Final = 1 << 24

ABANDONED_S: Final = 24 * 3600.0
"""A half-made folder that nobody touched for so long belongs to a process that died."""

FIRST_SEEN: Final = "digests.json"
"""Digests of fetched files that nobody publishes, written down at the first fetch."""


@dataclass(frozen=True, slots=True)
class AssetFile:
    """One file of an asset: its name, size in bytes, digest, and where its bytes are."""

    path: str
    size: int | None
    sha256: str | None
    parts: tuple[str, ...]
    beside_manifest: bool


@dataclass(frozen=True, slots=True)
class Asset:
    """One entry of the manifest."""

    name: str
    kind: str
    summary: str
    licence: str
    revision: str
    obtained: str
    hub: str | None
    files: tuple[AssetFile, ...]

    @property
    def sha256(self) -> str:
        """The digest of its first, main file."""
        return self.files[0].sha256 or ""

    @property
    def size(self) -> int | None:
        """Bytes of all its files, or None where they are not known."""
        sizes = [file.size for file in self.files]
        return sum(size for size in sizes if size is not None) if all(sizes) else None


@cache
def manifest() -> dict[str, Asset]:
    """Read `manifest.toml`.

    Raises
    ------
    AssetError
        Where it is missing or does not parse.
    """
    path = settings.models_folder() / "manifest.toml"
    try:
        entries = tomllib.loads(path.read_text("utf-8"))["asset"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise AssetError(
            f"The manifest of weights cannot be read: {error}.", hint="Install rehearse again."
        ) from error
    return {entry["name"]: _asset(entry) for entry in entries}


def _asset(entry: dict[str, Any]) -> Asset:
    files = tuple(
        AssetFile(
            file["path"],
            file.get("size"),
            file.get("sha256"),
            tuple(file.get("parts", ())),
            file.get("in") == "models",
        )
        for file in entry["files"]
    )
    fields = ("name", "kind", "summary", "licence", "revision", "obtained")
    return Asset(**{field: entry[field] for field in fields}, hub=entry.get("hub"), files=files)


def asset(name: str, *, kind: str | None = None) -> Asset:
    """The entry called `name`.

    Raises
    ------
    UnknownNameError
        Where there is none, or none of that kind.
    """
    entries = {each.name: each for each in manifest().values() if kind in {None, each.kind}}
    if name not in entries:
        raise UnknownNameError(
            f"There are no weights called {name!r}.",
            hint=f"Choose one of: {', '.join(entries)}. `rehearse models` says more.",
        )
    return entries[name]


def locate(name: str) -> dict[str, Path]:
    """Verified paths of an asset's files, wherever each of them lies.

    Raises
    ------
    AssetError
        Where one is missing or does not match its digest.
    """
    entry = asset(name)
    found = {file.path: _in_place(entry, file) for file in entry.files}
    for file in entry.files:
        verify_file(entry, file, found[file.path])
    return found


def folder(name: str) -> Path:
    """A folder with all files of an asset, put together if need be, verified.

    Raises
    ------
    AssetError
        Where they are missing, damaged, or there is no room for them.
    """
    entry = asset(name)
    place = settings.weights_folder() / entry.name
    if not place.is_dir():
        if entry.hub is not None:
            raise AssetError(
                f"The weights {entry.name!r} are not on this machine.",
                hint=f"Fetch them once with: rehearse models --fetch {entry.name}",
            )
        with _one_at_a_time(entry):
            if not place.is_dir():
                assemble(entry)
    verify(entry)
    return place


@contextlib.contextmanager
def _one_at_a_time(entry: Asset) -> Iterator[None]:
    """Let one process put weights together while the others wait for it."""
    import filelock

    place = settings.weights_folder()
    lock = filelock.FileLock(place / f".{entry.name}.lock")
    try:
        place.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except OSError:
        # Where no lock can be made, each makes its own; the last one in stays.
        yield
        return
    try:
        yield
    finally:
        lock.release()


def state(entry: Asset) -> str:
    """`ready`, `to be put together`, `not fetched`, or what is wrong, in a few words."""
    try:
        if any(file.beside_manifest for file in entry.files) or entry.kind != "recogniser":
            locate(entry.name)
            return "ready"
        if (settings.weights_folder() / entry.name).is_dir():
            verify(entry)
            return "ready"
        if entry.hub is not None:
            return "not fetched"
        for file in entry.files:
            for part in file.parts:
                _part(entry, part)
    except AssetError as error:
        return error.message
    return "to be put together"


def verify(entry: Asset) -> None:
    """Check every file of an assembled folder against the manifest."""
    place = settings.weights_folder() / entry.name
    first_seen = _first_seen(place)
    for file in entry.files:
        verify_file(entry, file, place / file.path, first_seen.get(file.path))


def verify_file(entry: Asset, file: AssetFile, path: Path, fallback: str | None = None) -> None:
    """Check one file.

    Raises
    ------
    AssetError
        Where it is missing or its bytes are others.
    """
    expected = file.sha256 or fallback
    try:
        actual = digest(path)
    except OSError as error:
        raise AssetError(
            f"{file.path} of the weights {entry.name!r} cannot be read: {error.strerror}.",
            hint=_repair(entry),
        ) from error
    if expected is None or actual != expected:
        raise AssetError(
            f"{file.path} of the weights {entry.name!r} is damaged: its SHA-256 is "
            f"{actual[:12]}…, and should be {(expected or 'unknown')[:12]}…",
            hint=_repair(entry),
        )


def digest(path: Path) -> str:
    """Give the SHA-256 of a file, as hexadecimal.

    Read in few large pieces: between two of them Python's lock is let go and taken
    again, and while another thread imports, each taking waits some milliseconds.
    """
    sha256 = hashlib.sha256()
    buffer = memoryview(bytearray(HASHED_AT_ONCE))
    with path.open("rb", buffering=0) as opened:
        while count := opened.readinto(buffer):
            sha256.update(buffer[:count])
    return sha256.hexdigest()


def _repair(entry: Asset) -> str:
    if entry.kind == "recogniser":
        return f"Put them in place again with: rehearse models --fetch {entry.name}"
    return "Install rehearse again: pip install --force-reinstall rehearse"


def _first_seen(place: Path) -> dict[str, str]:
    try:
        stored: dict[str, str] = json.loads((place / FIRST_SEEN).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stored


def assemble(entry: Asset) -> None:
    """Join an asset's files from the packages that carry them.

    The folder is there whole or not at all: it is made under another name and
    moved when every digest is right.
    """
    with new_folder(entry) as making:
        for file in entry.files:
            sources = [_part(entry, part) for part in file.parts]
            with (making / file.path).open("xb") as target:
                for source in sources:
                    with source.open("rb") as opened:
                        shutil.copyfileobj(opened, target, CHUNK)
            verify_file(entry, file, making / file.path)


class new_folder:  # noqa: N801 - reads as a function
    """Make an asset's folder under another name, and move it into place at the end."""

    def __init__(self, entry: Asset) -> None:
        self._entry = entry
        self._place = settings.weights_folder() / entry.name

    def __enter__(self) -> Path:
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            self._clear_leftovers()
            self._making = Path(
                tempfile.mkdtemp(prefix=f".{self._entry.name}-", dir=self._place.parent)
            )
        except OSError as error:
            raise self._explained(error) from error
        return self._making

    def __exit__(self, kind: object, error: BaseException | None, _trace: object) -> None:
        try:
            if error is None:
                self._move()
        except OSError as failure:
            raise self._explained(failure) from failure
        finally:
            shutil.rmtree(self._making, ignore_errors=True)
        if isinstance(error, OSError):
            raise self._explained(error) from error

    def _clear_leftovers(self) -> None:
        """Remove what a killed process left, but not what another is making now."""
        for left in self._place.parent.glob(f".{self._entry.name}-*"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > ABANDONED_S:
                    shutil.rmtree(left)

    def _move(self) -> None:
        old = self._making.with_name(f"{self._making.name}.old")
        if self._place.exists():
            with contextlib.suppress(FileNotFoundError):
                self._place.replace(old)
        try:
            self._making.replace(self._place)
        except OSError as failure:
            # Another process was quicker; what it made was verified as well.
            if failure.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
                raise
        shutil.rmtree(old, ignore_errors=True)

    def _explained(self, error: OSError) -> AssetError:
        where = self._place.parent
        need = f", which need {self._entry.size / 1e6:.0f} MB" if self._entry.size else ""
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return AssetError(
                f"The disk is full: the weights {self._entry.name!r}{need}, do not fit in {where}.",
                hint=f"Make room, or set {settings.HOME_VARIABLE} to a folder on another disk.",
            )
        return AssetError(
            f"The weights {self._entry.name!r} cannot be put into {where}: {error.strerror}.",
            hint=f"Set {settings.HOME_VARIABLE} to a folder that you may write to.",
        )


def _in_place(entry: Asset, file: AssetFile) -> Path:
    if file.beside_manifest:
        return settings.models_folder() / entry.name / file.path
    return _part(entry, file.parts[0])


def _part(entry: Asset, part: str) -> Path:
    package, _, inner = part.partition(":")
    spec = importlib.util.find_spec(package)
    for base in (spec.submodule_search_locations or ()) if spec else ():
        if (path := Path(base) / inner).is_file():
            return path
    raise AssetError(
        f"The package that carries the weights {entry.name!r} is not installed "
        f"({package.replace('_', '-')}).",
        hint=f"Install what the manifest names: {entry.obtained}.",
    )


def recognisers() -> Iterator[Asset]:
    """The weights that `--model` accepts."""
    return (entry for entry in manifest().values() if entry.kind == "recogniser")
