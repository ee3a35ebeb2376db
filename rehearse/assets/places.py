"""Where the files of an asset lie: beside the manifest, in a package, or put together."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rehearse import settings
from rehearse.assets.digests import verify, verify_file
from rehearse.assets.entries import asset
from rehearse.assets.making import new_folder, one_at_a_time
from rehearse.errors import AssetError

if TYPE_CHECKING:
    from rehearse.assets.entries import Asset, AssetFile

COPIED_AT_ONCE: Final = 1 << 20


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
        with one_at_a_time(entry):
            if not place.is_dir():
                assemble(entry)
    verify(entry)
    return place


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
                        shutil.copyfileobj(opened, target, COPIED_AT_ONCE)
            verify_file(entry, file, making / file.path)


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
