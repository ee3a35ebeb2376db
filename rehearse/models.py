"""The models of one run, loaded once, beside the work that does not need them yet."""

from __future__ import annotations

import importlib
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from rehearse import assets

if TYPE_CHECKING:
    from rehearse.engines.faster_whisper import FasterWhisperEngine
    from rehearse.engines.filler_sounds import FillerSounds
    from rehearse.language import Language
    from rehearse.matching.reader import Reader
    from rehearse.speakers.embedding import VoiceEncoder


class Models:
    """The recogniser begins to load when this is made; asking for a model waits for it.

    Several threads may ask at once.

    Parameters
    ----------
    recogniser
        The name of the weights, or None where only text is read.
    threads
        Of a processor, for each model; 0 is what each is quickest with alone.
    """

    def __init__(self, recogniser: str | None, *, threads: int = 0) -> None:
        self._threads = threads
        self._asking = threading.Lock()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="load")
        self._engine: Future[FasterWhisperEngine] | None = None
        self._language: Future[Language] | None = None
        self._voices: VoiceEncoder | None = None
        self._reader: Reader | None = None
        if recogniser is not None:
            self._engine = self._pool.submit(_load_engine, recogniser, threads)
        else:
            self._begin_language()

    def engine(self) -> FasterWhisperEngine:
        """Wait for the recogniser, and begin to load the rest while it works.

        Not earlier: beside spaCy's imports, the recogniser and the first clips of sound
        would take twice as long, and they are what is waited for first.

        Raises
        ------
        AssetError, ModelError
            Where its weights are missing, damaged or do not load.
        """
        if self._engine is None:
            raise RuntimeError("this run was made for text alone")
        engine = self._engine.result()
        self._begin_language()
        return engine

    def voices(self) -> VoiceEncoder:
        """Load what tells voices apart, in this thread: it is small, and wanted at once.

        Raises
        ------
        AssetError, ModelError
            Where its weights are missing, damaged or do not load.
        """
        with self._asking:
            if self._voices is None:
                from rehearse.speakers.embedding import VoiceEncoder

                network = assets.locate("voices")["voices.onnx"]
                self._voices = VoiceEncoder(network, threads=self._threads)
            return self._voices

    def reader(self) -> Reader:
        """Load what holds sentences against a text, in this thread: few runs need it.

        Raises
        ------
        AssetError, ModelError
            Where its weights are missing, damaged or do not load.
        """
        self.language()  # whose modules it needs, and which must not be imported twice at once
        with self._asking:
            if self._reader is None:
                self._reader = _load_reader(self._threads)
            return self._reader

    def language(self) -> Language:
        """Wait for the parser and the tagger.

        Raises
        ------
        AssetError, ModelError
            Where one of them is missing, damaged or does not load.
        """
        return self._begin_language().result()

    def _begin_language(self) -> Future[Language]:
        with self._asking:
            if self._language is None:
                self._language = self._pool.submit(_load_language, self._threads)
                if self._engine is not None:
                    self._pool.submit(_load_clustering)
                self._pool.shutdown(wait=False)
            return self._language


def _load_engine(name: str, threads: int) -> FasterWhisperEngine:
    import numpy as np  # noqa: F401 - its library is what is set
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")  # as `rehearse/__init__.py` says
    from rehearse.engines.faster_whisper import FasterWhisperEngine

    entry = assets.asset(name, kind="recogniser")
    return FasterWhisperEngine(
        assets.folder(name),
        model=name,
        sha256=entry.sha256,
        fillers=_filler_sounds(name),
        threads=threads,
    )


def _filler_sounds(recogniser: str) -> FillerSounds | None:
    from rehearse.engines.filler_sounds import FillerSounds

    files = assets.locate("fillers")
    trained_for = f"{recogniser}.npz"
    return FillerSounds.read(files[trained_for]) if trained_for in files else None


def _load_clustering() -> None:
    # Wanted when everything has been heard; loaded then, it would be waited for.
    importlib.import_module("scipy.cluster.hierarchy")


def _load_language(threads: int) -> Language:
    files = assets.locate("tagger")
    from rehearse.language import Language

    return Language.load(
        network=files["network.onnx"],
        tokenizer=files["tokenizer.json"],
        head=files["head.npz"],
        threads=threads,
    )


def _load_reader(threads: int) -> Reader:
    files = assets.locate("pairs")
    from rehearse.matching.reader import Reader

    return Reader.load(
        network=files["network.onnx"],
        tokenizer=files["tokenizer.json"],
        head=files["head.npz"],
        threads=threads,
    )
