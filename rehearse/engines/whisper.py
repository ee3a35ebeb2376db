"""Whisper's own steps over clips: encode, tell the language, decode, align, score.

Everything that is faster-whisper's or CTranslate2's ends here; what to make of a
result is for `rehearse.engines.faster_whisper`.
"""

from __future__ import annotations

import logging
import math
import os
from typing import TYPE_CHECKING, Any, Final

from rehearse.engines.drafts import Draft, Reader
from rehearse.engines.timing import timed_words
from rehearse.engines.windows import FRAMES_A_SECOND, FULL_WINDOW_S
from rehearse.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from rehearse.audio.clips import Clip
    from rehearse.transcript import Spoken

BEAM: Final = 5
TEMPERATURES: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""faster-whisper's own."""

PROMPT: Final = "Um, uh, hmm, er, ah."
"""Said to come before every clip, so that filler sounds are written down: on the real
recordings measured `base` writes 2 of 34 without it and 25 with it. It also makes filler
sounds up where nobody speaks, which is why every word needs evidence of speech."""

TOKENS_A_SECOND: Final = 12.0
SPARE_TOKENS: Final = 24
"""Twice what 300 words a minute need, at 1.2 tokens a word. Ours."""


class Whisper:
    """One set of weights, and what it does.

    Parameters
    ----------
    folder
        model.bin, config.json, tokenizer.json and the vocabulary.
    device
        "auto" takes a GPU where there is one; a CPU computes in int8.
    threads
        CPU threads; 0 is one for each core, at most four.

    Raises
    ------
    ModelError
        Where the weights do not load.
    """

    def __init__(self, folder: Path, device: str = "auto", threads: int = 0) -> None:
        self._folder, self._threads = folder, threads or min(4, os.cpu_count() or 1)
        self._whisper = _load(folder, device, self._threads)
        self._tokenizer = self._make_tokenizer()
        self.reader = Reader(self._tokenizer)
        before = self._tokenizer.encode(" " + PROMPT)
        self._prompt = self._whisper.get_prompt(self._tokenizer, before, without_timestamps=True)

    @property
    def multilingual(self) -> bool:
        """Whether the weights know more than English, and so can tell languages apart."""
        return bool(self._whisper.model.is_multilingual)

    def encode(self, clips: Sequence[Clip], window_s: float) -> Any:
        """Encode clips, each filled up with silence to the length of the window.

        One by one: side by side the last digits come out otherwise, and now and then a word
        gets another time for it. What is recognised must not depend on the company it is in,
        or a take and its file would differ.
        """
        alone = [self._whisper.encode(self._features(clip, window_s)) for clip in clips]
        return alone[0] if len(alone) == 1 else _stored([states(each)[0] for each in alone])

    def _features(self, clip: Clip, window_s: float) -> NDArray[np.float32]:
        import numpy as np

        extractor = self._whisper.feature_extractor
        frames = round(window_s * FRAMES_A_SECOND)
        window = np.zeros((1, extractor.mel_filters.shape[0], frames), dtype=np.float32)
        features: NDArray[np.float32] = extractor(clip.recording.samples)
        features = features[..., : min(frames, features.shape[-1] - 1)]
        window[0, :, : features.shape[-1]] = features
        return window

    def languages(self, encoded: Any, count: int) -> list[dict[str, float]]:
        """Give the probability of each language for each clip; empty for English weights."""
        if not self.multilingual:
            return [{} for _ in range(count)]
        return [
            {token[2:-2]: probability for token, probability in result}
            for result in self._whisper.model.detect_language(encoded)
        ]

    def anew(self) -> Any:
        """The same weights in a thread that has drawn no random number yet.

        CTranslate2 has one generator for each of its threads, and no way to begin it again: what
        a clip is taken for would depend on every clip before it, and a recording would have
        another report in other company. Only what failed at the first try comes to this.
        """
        import ctranslate2

        loaded = self._whisper.model
        return ctranslate2.models.Whisper(
            str(self._folder),
            device=loaded.device,
            compute_type=loaded.compute_type,
            intra_threads=self._threads,
        )

    def drafts(
        self, encoded: Any, clips: Sequence[Clip], temperature: float = 0.0, sampler: Any = None
    ) -> list[Draft]:
        """Decode clips.

        Parameters
        ----------
        encoded, clips
            What `encode` gave for them, and they.
        temperature
            Above zero it samples instead of searching.
        sampler
            What samples: a model from `anew`.
        """
        sampling: dict[str, Any] = (
            {"beam_size": BEAM}
            if temperature == 0
            else {
                "beam_size": 1,
                "num_hypotheses": BEAM,
                "sampling_topk": 0,
                "sampling_temperature": temperature,
            }
        )
        results = (sampler or self._whisper.model).generate(
            encoded,
            [list(self._prompt)] * len(clips),
            max_length=self._most_tokens(clips),
            suppress_tokens=self._suppressed,
            max_initial_timestamp_index=50,
            return_scores=True,
            return_no_speech_prob=True,
            **sampling,
        )
        return [Draft.of(result) for result in results]

    def align(
        self, encoded: Any, drafts: Sequence[Draft], clips: Sequence[Clip]
    ) -> list[tuple[Spoken, ...]]:
        """Give the words of drafts, timed from the start of the source."""
        eot = self._tokenizer.eot
        timed = []
        # One by one, for the reason that `encode` gives.
        for row, (draft, clip) in enumerate(zip(drafts, clips, strict=True)):
            tokens = [token for token in draft.tokens if token < eot]
            own = encoded if len(clips) == 1 else _stored([states(encoded)[row]])
            (alignment,) = self._whisper.find_alignment(
                self._tokenizer, [tokens], own, [_frames_of(clip)]
            )
            timed.append(timed_words(alignment, clip))
        return timed

    def tokens(self, text: str) -> list[int]:
        """Cut a text into tokens."""
        found: list[int] = self._tokenizer.encode(text)
        return found

    def scores(
        self, encoded: Any, row: int, clip: Clip, texts: Sequence[Sequence[int]]
    ) -> list[NDArray[np.float64]]:
        """Tell how likely other texts would have been for one clip.

        Parameters
        ----------
        encoded, row
            What `encode` gave for several clips, and which of them this is.
        clip
            That clip.
        texts
            Tokens, none empty.

        Returns
        -------
        For each text float64 [shape=(tokens,)], log-probabilities, <= 0
        """
        import numpy as np

        results = self._whisper.model.align(
            _stored([states(encoded)[row]] * len(texts)),
            list(self._prompt),
            [list(text) for text in texts],
            [_frames_of(clip)] * len(texts),
        )
        return [np.log(np.maximum(each.text_token_probs, 1e-9)) for each in results]

    def _most_tokens(self, clips: Sequence[Clip]) -> int:
        """How long an output may grow: a loop ends here, and no speech is so fast."""
        longest_s = max(clip.recording.duration_s for clip in clips)
        bound = len(self._prompt) + SPARE_TOKENS + math.ceil(TOKENS_A_SECOND * longest_s)
        return min(int(self._whisper.max_length), bound)

    def _make_tokenizer(self) -> Any:
        from faster_whisper.tokenizer import Tokenizer
        from faster_whisper.transcribe import get_suppressed_tokens

        multilingual = self._whisper.model.is_multilingual
        tokenizer = Tokenizer(
            self._whisper.hf_tokenizer, multilingual, task="transcribe", language="en"
        )
        self._suppressed = list(get_suppressed_tokens(tokenizer, [-1]))
        return tokenizer


def _frames_of(clip: Clip) -> int:
    """Frames of a clip as an alignment counts them."""
    frames = math.ceil(clip.recording.duration_s * FRAMES_A_SECOND)
    return min(frames, round(FULL_WINDOW_S * FRAMES_A_SECOND))


def states(encoded: Any) -> NDArray[np.float32]:
    """Take what the encoder made of clips out of CTranslate2's storage.

    Returns
    -------
    float32 [shape=(clips, frames, width)], 50 frames a second
    """
    import numpy as np

    if encoded.device != "cpu":
        import ctranslate2

        encoded = encoded.to_device(ctranslate2.Device.cpu)
    return np.asarray(encoded).astype(np.float32, copy=False)


def _stored(rows: Sequence[NDArray[np.float32]]) -> Any:
    """Put what the encoder made of clips back into CTranslate2's storage."""
    import ctranslate2
    import numpy as np

    return ctranslate2.StorageView.from_array(np.stack(rows))


def _load(folder: Path, device: str, threads: int) -> Any:
    # OpenMP's threads wait for each other by spinning. On a machine that has something else
    # to do they spin away the time that the others need: a minute of speech took 5 s with
    # these two, and over 50 s without. They must be set before the library is first loaded.
    os.environ.setdefault("KMP_BLOCKTIME", "0")
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import ctranslate2
    from faster_whisper import WhisperModel

    logging.getLogger("faster_whisper").setLevel(logging.ERROR)
    # Sampling, which only a failed clip comes to, shall give the same words every time.
    ctranslate2.set_random_seed(0)
    if device == "auto":
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    try:
        return WhisperModel(
            str(folder),
            device=device,
            compute_type="int8" if device == "cpu" else "default",
            cpu_threads=threads,
            local_files_only=True,
        )
    except (RuntimeError, ValueError, OSError) as error:
        raise ModelError(
            f"The weights in {folder.name} did not load: {error}.",
            hint="Run `rehearse models --verify`; it puts right what is damaged.",
        ) from error
