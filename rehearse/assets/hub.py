"""Larger weights from the Hugging Face hub: the one place that uses a network.

Only `rehearse models --fetch NAME` comes here. The pinned revision is fetched,
digests that are published are held to, and the others are written down.
"""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.assets.digests import FIRST_SEEN, digest, verify_file
from rehearse.assets.making import new_folder
from rehearse.errors import AssetError

if TYPE_CHECKING:
    from rehearse.assets.entries import Asset


def fetch(entry: Asset) -> None:
    """Fetch an asset's files at its revision, with the hub library's progress bars.

    Raises
    ------
    AssetError
        Where the hub cannot be reached, or what came does not match.
    """
    if entry.hub is None:
        raise AssetError(
            f"The weights {entry.name!r} come with the program and are not fetched.",
            hint=f"They come from: {entry.obtained}.",
        )
    from huggingface_hub import hf_hub_download

    digests: dict[str, str] = {}
    with new_folder(entry) as making:
        cache = making / ".fetching"
        for file in entry.files:
            try:
                path = hf_hub_download(
                    entry.hub, file.path, revision=entry.revision, cache_dir=cache
                )
            except Exception as error:  # the library's errors share no base class
                if getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT, errno.EACCES}:
                    raise
                raise AssetError(
                    f"{file.path} of the weights {entry.name!r} could not be fetched: "
                    f"{type(error).__name__}.",
                    hint="Check the connection to huggingface.co, or use --model base.",
                ) from error
            shutil.copyfile(Path(path).resolve(), making / file.path)
            digests[file.path] = digest(making / file.path)
            verify_file(entry, file, making / file.path, digests[file.path])
        shutil.rmtree(cache, ignore_errors=True)
        (making / FIRST_SEEN).write_text(json.dumps(digests, indent=2), "utf-8")
