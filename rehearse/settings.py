"""Where things live."""

from __future__ import annotations

import os
from pathlib import Path

HOME_VARIABLE = "REHEARSE_HOME"
"""Set it to keep everything in a folder of your choice."""

_PACKAGE = Path(__file__).resolve().parent


def models_folder() -> Path:
    """The folder of `manifest.toml`: inside an installed package, beside it in a checkout."""
    inside = _PACKAGE / "models_data"
    return inside if inside.is_dir() else _PACKAGE.parent / "models"


def checkout() -> Path | None:
    """The checkout that this runs from, if it does."""
    top = _PACKAGE.parent
    return top if (top / "pyproject.toml").is_file() and (top / "models").is_dir() else None


def data_folder() -> Path:
    """Where what belongs to the user is kept: REHEARSE_HOME, or the platform's place."""
    if chosen := os.environ.get(HOME_VARIABLE):
        return Path(chosen).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("rehearse", appauthor=False))


def weights_folder() -> Path:
    """Where weights that are put together are kept.

    REHEARSE_HOME/weights where that is set, `models/weights` of a checkout that
    can be written to, and the platform's place otherwise.
    """
    top = checkout()
    if not os.environ.get(HOME_VARIABLE) and top is not None and os.access(top / "models", os.W_OK):
        return top / "models" / "weights"
    return data_folder() / "weights"
