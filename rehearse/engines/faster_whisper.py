"""Speech recognition with faster-whisper, in windows of the right size.

`WhisperModel.transcribe` fills every window up to 30 seconds and so pays for 30
seconds of encoding however short the sound is.  CTranslate2 takes shorter ones:
here each clip gets a window a little longer than itself, clips with windows of
one size are decoded as one batch, and a clip whose result looks wrong is done
again alone in the full window with the usual temperatures.
"""

from __future__ import annotations

import logging
import math
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from rehearse.audio.clips import halves
from rehearse.engines import HeardClip
from rehearse.engines.drafts import GAINED, LOGPROB_LIMIT, Draft, Reader, vocabulary
from rehearse.engines.timing import timed_words
from rehearse.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from rehearse.audio.clips import Clip

FRAMES_A_SECOND: Final = 100
FULL_WINDOW_S: Final = 30.0

BEAM: Final = 5
TEMPERATURES: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""faster-whisper's own."""

TOKENS_A_SECOND: Final = 12.0
SPARE_TOKENS: Final = 24
"""Twice what 300 words a minute need, at 1.2 tokens a word. Ours."""


@dataclass(frozen=True, slots=True)
class WindowRule:
    """How long a window a clip gets.

    Parameters
    ----------
    margin_s
        Silence after the clip: too tight a window loops or loses words.
    step_s
        Windows come in multiples of this, so that clips share a batch.
    least_s
        No window is shorter: two-second clips in tight windows are written twice.
    """

    margin_s: float = 2.0
    step_s: float = 4.0
    least_s: float = 12.0

    def window_s(self, clip_s: float) -> float:
        """Seconds of window for a clip of `clip_s` seconds, at most 30."""
        steps = math.ceil((clip_s + self.margin_s) / self.step_s)
        return min(FULL_WINDOW_S, max(self.least_s, steps * self.step_s))


class FasterWhisperEngine:
    """faster-whisper over a folder of verified weights.

    Parameters
    ----------
    folder
        model.bin, config.json, tokenizer.json and the vocabulary.
    model
        What the weights are called.
    sha256
        The digest of model.bin.
    device
        "auto" takes a GPU where there is one; a CPU computes in int8.
    threads
        CPU threads; 0 is one for each core, at most four.
    batch
        How many clips are decoded together at most.

    Raises
    ------
    ModelError
        Where the weights do not load.
    """

    name = "faster-whisper"

    def __init__(
        self,
        folder: Path,
        *,
        model: str,
        sha256: str,
        device: str = "auto",
        threads: int = 0,
        batch: int = 8,
        window: WindowRule = WindowRule(),
    ) -> None:
        self.model = model
        self.sha256 = sha256
        self.batch = batch
        self.window = window
        self._whisper = _load(folder, device, threads or min(4, os.cpu_count() or 1))
        self._tokenizer = self._make_tokenizer()

    @property
    def multilingual(self) -> bool:
        """Whether the weights know more than English, and so can tell languages apart."""
        return bool(self._whisper.model.is_multilingual)

    def hear(self, clips: Iterable[Clip]) -> Iterator[HeardClip]:
        """Recognise clips in order, up to `batch` of them together."""
        group: list[Clip] = []
        for clip in clips:
            group.append(clip)
            if len(group) == self.batch:
                yield from self._hear_group(group)
                group = []
        if group:
            yield from self._hear_group(group)

    def _hear_group(self, group: list[Clip]) -> Iterator[HeardClip]:
        by_window: dict[float, list[int]] = {}
        for number, clip in enumerate(group):
            by_window.setdefault(self.window.window_s(clip.recording.duration_s), []).append(number)
        heard: dict[int, HeardClip] = {}
        for window_s, numbers in by_window.items():
            batch = self._hear_batch([group[number] for number in numbers], window_s)
            heard.update(zip(numbers, batch, strict=True))
        for number in range(len(group)):
            yield heard[number]

    def _hear_batch(self, clips: list[Clip], window_s: float) -> list[HeardClip]:
        encoded = self._encode(clips, window_s)
        languages = self._languages(encoded, len(clips))
        results = self._whisper.model.generate(
            encoded,
            [list(self._prompt)] * len(clips),
            beam_size=BEAM,
            max_length=self._most_tokens(clips),
            suppress_tokens=self._suppressed,
            max_initial_timestamp_index=50,
            return_scores=True,
            return_no_speech_prob=True,
        )
        drafts = [Draft.of(result) for result in results]
        aligned = self._align(encoded, drafts, clips)
        heard = []
        for clip, draft, words, spoken in zip(clips, drafts, aligned, languages, strict=True):
            if not self._reader.plausible(draft, clip):
                heard.append(self._again(clip, spoken))
                continue
            whole = HeardClip(clip, words, spoken, draft.no_speech, draft.logprob)
            heard.append(self._in_parts(whole) if self._reader.sparse(draft, clip) else whole)
        return heard

    def _again(self, clip: Clip, languages: dict[str, float]) -> HeardClip:
        """Do one clip alone in the full window, with the usual temperatures."""
        encoded = self._encode([clip], FULL_WINDOW_S)
        best = self._best_of_temperatures(encoded, clip)
        if best is None:
            return HeardClip(clip, (), languages, 1.0, LOGPROB_LIMIT)
        words = self._align(encoded, [best], [clip])[0]
        return HeardClip(clip, words, languages, best.no_speech, best.logprob)

    def _in_parts(self, whole: HeardClip) -> HeardClip:
        """Do a clip that was passed over in part again, each side of its longest pause alone.

        What is heard then is believed where it is a clause more: laughter that is spelt
        out, and the syllables of one word, are not.
        """
        clips = list(halves(whole.clip))
        window_s = max(self.window.window_s(clip.recording.duration_s) for clip in clips)
        parts = self._hear_batch(clips, window_s)
        words = tuple(word for part in parts for word in part.words)
        if len(vocabulary(words)) - len(vocabulary(whole.words)) < GAINED:
            return whole
        return replace(
            whole,
            words=words,
            no_speech=min(part.no_speech for part in parts),
            logprob=min(part.logprob for part in parts),
        )

    def _best_of_temperatures(self, encoded: Any, clip: Clip) -> Draft | None:
        """The first plausible draft, or the likeliest that is at least no loop."""
        best: Draft | None = None
        for temperature in TEMPERATURES:
            draft = self._draft(encoded, clip, temperature)
            if self._reader.plausible(draft, clip):
                return draft
            if not self._reader.loops(draft, clip) and (
                best is None or draft.logprob > best.logprob
            ):
                best = draft
        return best

    def _draft(self, encoded: Any, clip: Clip, temperature: float) -> Draft:
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
        return Draft.of(
            self._whisper.model.generate(
                encoded,
                [list(self._prompt)],
                max_length=self._most_tokens([clip]),
                suppress_tokens=self._suppressed,
                max_initial_timestamp_index=50,
                return_scores=True,
                return_no_speech_prob=True,
                **sampling,
            )[0]
        )

    def _most_tokens(self, clips: list[Clip]) -> int:
        """How long an output may grow: a loop ends here, and no speech is so fast."""
        longest_s = max(clip.recording.duration_s for clip in clips)
        bound = len(self._prompt) + SPARE_TOKENS + math.ceil(TOKENS_A_SECOND * longest_s)
        return min(int(self._whisper.max_length), bound)

    def _encode(self, clips: list[Clip], window_s: float) -> Any:
        import numpy as np

        frames = round(window_s * FRAMES_A_SECOND)
        batch = np.zeros(
            (len(clips), self._whisper.feature_extractor.mel_filters.shape[0], frames),
            dtype=np.float32,
        )
        for row, clip in zip(batch, clips, strict=True):
            features: NDArray[np.float32] = self._whisper.feature_extractor(clip.recording.samples)
            features = features[..., : min(frames, features.shape[-1] - 1)]
            row[:, : features.shape[-1]] = features
        return self._whisper.encode(batch)

    def _languages(self, encoded: Any, count: int) -> list[dict[str, float]]:
        if not self.multilingual:
            return [{} for _ in range(count)]
        return [
            {token[2:-2]: probability for token, probability in result}
            for result in self._whisper.model.detect_language(encoded)
        ]

    def _align(self, encoded: Any, drafts: list[Draft], clips: list[Clip]) -> list[Any]:
        eot = self._tokenizer.eot
        tokens = [[token for token in draft.tokens if token < eot] for draft in drafts]
        frames = [
            min(
                math.ceil(clip.recording.duration_s * FRAMES_A_SECOND),
                round(FULL_WINDOW_S * FRAMES_A_SECOND),
            )
            for clip in clips
        ]
        alignments = self._whisper.find_alignment(self._tokenizer, tokens, encoded, frames)
        return [
            timed_words(alignment, clip) for alignment, clip in zip(alignments, clips, strict=True)
        ]

    def _make_tokenizer(self) -> Any:
        from faster_whisper.tokenizer import Tokenizer
        from faster_whisper.transcribe import get_suppressed_tokens

        multilingual = self._whisper.model.is_multilingual
        tokenizer = Tokenizer(
            self._whisper.hf_tokenizer, multilingual, task="transcribe", language="en"
        )
        self._reader = Reader(tokenizer)
        self._suppressed = list(get_suppressed_tokens(tokenizer, [-1]))
        self._prompt = self._whisper.get_prompt(tokenizer, [], without_timestamps=True)
        return tokenizer


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
