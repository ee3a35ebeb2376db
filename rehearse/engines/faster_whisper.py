"""Speech recognition with faster-whisper, in windows of the right size.

Clips with windows of one size are decoded as one batch.  A clip whose result looks
wrong is done again alone in the full window with the usual temperatures, and speech
that was left without words is heard again alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rehearse.audio.clips import halves, part
from rehearse.engines import STATE_S, HeardClip
from rehearse.engines.coverage import merged, smeared, without_words
from rehearse.engines.drafts import GAINED, LOGPROB_LIMIT, Draft, vocabulary
from rehearse.engines.filler_sounds import events_in
from rehearse.engines.unwritten import passed_over
from rehearse.engines.whisper import TEMPERATURES, Whisper, states
from rehearse.engines.windows import FULL_WINDOW_S, WindowRule
from rehearse.engines.written import written
from rehearse.transcript import FillerSound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rehearse.audio.clips import Clip
    from rehearse.engines.filler_sounds import FillerSounds


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
    fillers
        Hears filler sounds in the states of these weights; None where nothing does.
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
        fillers: FillerSounds | None = None,
        device: str = "auto",
        threads: int = 0,
        batch: int = 8,
    ) -> None:
        self.model = model
        self.sha256 = sha256
        self.batch = batch
        self.window = WindowRule()
        self._whisper = Whisper(folder, device, threads)
        self._reader = self._whisper.reader
        self._fillers = fillers

    @property
    def multilingual(self) -> bool:
        """Whether the weights know more than English, and so can tell languages apart."""
        return self._whisper.multilingual

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
        heard = self._each(group)
        left = [[part(each.clip, *run) for run in without_words(each)] for each in heard]
        again = iter(self._each([clip for clips in left for clip in clips]))
        for each, clips in zip(heard, left, strict=True):
            yield merged(each, [found for _ in clips if self._sure(found := next(again))])

    def _each(self, clips: list[Clip]) -> list[HeardClip]:
        by_window: dict[float, list[int]] = {}
        for number, clip in enumerate(clips):
            by_window.setdefault(self.window.window_s(clip.recording.duration_s), []).append(number)
        heard: dict[int, HeardClip] = {}
        for window_s, numbers in by_window.items():
            batch = self._hear_batch([clips[number] for number in numbers], window_s)
            heard.update(zip(numbers, batch, strict=True))
        return [heard[number] for number in range(len(clips))]

    def _hear_batch(self, clips: list[Clip], window_s: float) -> list[HeardClip]:
        encoded = self._whisper.encode(clips, window_s)
        languages = self._whisper.languages(encoded, len(clips))
        drafts = self._whisper.drafts(encoded, clips)
        aligned = self._whisper.align(encoded, drafts, clips)
        heard = []
        for row, (clip, draft, words, spoken) in enumerate(
            zip(clips, drafts, aligned, languages, strict=True)
        ):
            whole = HeardClip(clip, words, spoken, draft.no_speech, draft.logprob)
            if not self._reader.plausible(draft, clip):
                heard.append(self._again(whole))
            elif self._reader.sparse(draft, clip) or smeared(whole):
                heard.append(self._in_parts(whole))
            else:
                heard.append(self._with_fillers(whole, encoded, row))
        return heard

    def _with_fillers(self, heard: HeardClip, encoded: Any, row: int) -> HeardClip:
        """Put the fillers among the words where they sounded, and add those that are not."""
        if self._fillers is None:
            return heard
        start_s, length_s = heard.clip.recording.start_s, heard.clip.recording.duration_s
        probabilities = self._fillers.listen(states(encoded)[row][: int(length_s / STATE_S)])
        sounds = [
            FillerSound(
                round(start_s + event.first * STATE_S, 3),
                round(start_s + event.last * STATE_S, 3),
                round(event.probability, 4),
            )
            for event in events_in(probabilities)
        ]
        words, left = written(sounds, heard.words)
        heard = replace(heard, words=words, like_filler=probabilities)
        sure = passed_over(left, heard, self._whisper, encoded, row)
        return replace(heard, fillers=tuple(sure))

    def _again(self, first: HeardClip) -> HeardClip:
        """Do one clip alone in the full window, with the usual temperatures."""
        encoded = self._whisper.encode([first.clip], FULL_WINDOW_S)
        best = self._best_of_temperatures(encoded, first.clip)
        if best is None:
            return replace(first, words=(), no_speech=1.0, logprob=LOGPROB_LIMIT)
        words = self._whisper.align(encoded, [best], [first.clip])[0]
        second = replace(first, words=words, no_speech=best.no_speech, logprob=best.logprob)
        return self._with_fillers(second, encoded, 0)

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
            fillers=tuple(sound for part in parts for sound in part.fillers),
            no_speech=min(part.no_speech for part in parts),
            logprob=min(part.logprob for part in parts),
        )

    def _sure(self, found: HeardClip) -> bool:
        """Whether words that were only heard at the second try are to be believed."""
        return bool(found.words) and found.logprob > LOGPROB_LIMIT

    def _best_of_temperatures(self, encoded: Any, clip: Clip) -> Draft | None:
        """The first plausible draft, or the likeliest that is at least no loop."""
        best: Draft | None = None
        sampler = None
        for temperature in TEMPERATURES:
            if temperature and sampler is None:
                sampler = self._whisper.anew()
            (draft,) = self._whisper.drafts(encoded, [clip], temperature, sampler)
            if self._reader.plausible(draft, clip):
                return draft
            if not self._reader.loops(draft, clip) and (
                best is None or draft.logprob > best.logprob
            ):
                best = draft
        return best
