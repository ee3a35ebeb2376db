"""What reports are made with: another program or other weights would make others."""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from rehearse import assets

LIBRARIES: Final = (
    *("av", "ctranslate2", "faster-whisper", "librosa", "numpy", "onnxruntime", "scipy"),
    *("spacy", "tokenizers"),
)
"""What decides beside the program and the weights what is heard."""

CODE: Final = frozenset((".py", ".toml", ".html", ".css", ".js"))

PACKAGE: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Made:
    """What a report is made with.

    Parameters
    ----------
    version
        Of the program.
    code
        SHA-256 of its files: two checkouts of one version may differ.
    weights
        SHA-256 of each set of weights, by its name.
    libraries
        Versions, by name.
    """

    version: str
    code: str
    weights: dict[str, str]
    libraries: dict[str, str]

    @property
    def key(self) -> str:
        """The same for two if they make the same reports."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def differs(self, other: Made) -> str:
        """How another differs, in a few words; empty where it does not."""
        if self.version != other.version:
            return f"rehearse {other.version}, not {self.version}"
        if self.code != other.code:
            return f"other files of rehearse {other.version}"
        for what, ours, theirs in (
            ("the weights", self.weights, other.weights),
            ("", self.libraries, other.libraries),
        ):
            for name, mine in ours.items():
                if theirs.get(name) != mine:
                    is_ = theirs.get(name, "none")
                    named = f"{what} {name}".strip()
                    return f"{named} {is_[:12]}, not {mine[:12]}"
        return ""


def made_with(model: str) -> Made:
    """What this program makes reports with.

    Parameters
    ----------
    model
        The name of the recogniser's weights.

    Raises
    ------
    UnknownNameError
        Where there are no such weights.
    """
    needed = {model: assets.asset(model, kind="recogniser")}
    needed |= {name: each for name, each in assets.manifest().items() if each.kind != "recogniser"}
    return Made(
        metadata.version("rehearse"),
        _code(),
        {name: _digest_of(each) for name, each in sorted(needed.items())},
        {name: metadata.version(name) for name in LIBRARIES}
        | {"python": platform.python_version()},
    )


def _digest_of(entry: assets.Asset) -> str:
    files = [f"{file.path}:{file.sha256}" for file in entry.files]
    return (
        entry.sha256 if len(files) == 1 else hashlib.sha256("\n".join(files).encode()).hexdigest()
    )


def _code() -> str:
    """The digest of every file of the program that takes part, in the order of their names."""
    sha256 = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.*")):
        if (
            path.suffix in {".py", ".toml", ".html", ".css", ".js"}
            and "models_data" not in path.parts
        ):
            sha256.update(path.relative_to(PACKAGE).as_posix().encode())
            sha256.update(path.read_bytes())
    return sha256.hexdigest()
