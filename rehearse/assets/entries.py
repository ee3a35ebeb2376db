"""The manifest of weights: what there is, in which files, and with which digests."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from rehearse import settings
from rehearse.errors import AssetError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator


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


def recognisers() -> Iterator[Asset]:
    """The weights that `--model` accepts."""
    return (entry for entry in manifest().values() if entry.kind == "recogniser")
