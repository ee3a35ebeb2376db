"""The numbers of a small network, from a .npz file that a recipe of ours wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehearse.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Read every array of a .npz file, by name.

    Raises
    ------
    ModelError
        Where it cannot be read, or is something else.
    """
    import zipfile

    import numpy as np

    try:
        # Opened here: numpy leaves a file open that is cut short.
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            return dict(stored)
    except (OSError, EOFError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise ModelError(
            f"The weights in {path.name} did not load: {error}.",
            hint="Install rehearse again; `rehearse models --verify` says what is damaged.",
        ) from error


def unknown_arrays(path: Path) -> ModelError:
    """The error for a file that holds the numbers of another version's network."""
    return ModelError(
        f"{path.name} was trained for another version of rehearse than this.",
        hint="Install rehearse again, or train it anew with the recipe in models/.",
    )
