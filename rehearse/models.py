"""The models of one run, loaded side by side and once."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from rehearse import assets

if TYPE_CHECKING:
    from rehearse.engines.faster_whisper import FasterWhisperEngine
    from rehearse.language import Language


class Models:
    """Begins to load when it is made; asking for a model waits until it is there.

    Parameters
    ----------
    recogniser
        The name of the weights, or None where only text is read.
    """

    def __init__(self, recogniser: str | None) -> None:
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="load")
        self._engine: Future[FasterWhisperEngine] | None = None
        if recogniser is not None:
            self._engine = self._pool.submit(_load_engine, recogniser)
        self._language = self._pool.submit(_load_language)
        self._pool.shutdown(wait=False)

    def engine(self) -> FasterWhisperEngine:
        """The recogniser.

        Raises
        ------
        AssetError, ModelError
            Where its weights are missing, damaged or do not load.
        """
        if self._engine is None:
            raise RuntimeError("this run was made for text alone")
        return self._engine.result()

    def language(self) -> Language:
        """The parser, the encoder and the tagger.

        Raises
        ------
        AssetError, ModelError
            Where one of them is missing, damaged or does not load.
        """
        return self._language.result()


def _load_engine(name: str) -> FasterWhisperEngine:
    from rehearse.engines.faster_whisper import FasterWhisperEngine

    entry = assets.asset(name, kind="recogniser")
    return FasterWhisperEngine(assets.folder(name), model=name, sha256=entry.sha256)


def _load_language() -> Language:
    encoder = assets.locate("minilm")
    tagger = assets.locate("tagger")["tagger.npz"]
    from rehearse.language import Language

    return Language.load(
        encoder=encoder["model.onnx"], tokenizer=encoder["tokenizer.json"], tagger=tagger
    )
