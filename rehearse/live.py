"""A take while it is spoken: kept on disk, measured, and recognised as it comes.

One thread takes sound from the microphone, writes it down and hands it on; it waits for
nothing else.  One looks at its level, and one recognises it.  When the take ends, hardly
more than the last breath is left to recognise.
"""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

from rehearse.audio.meter import Meter
from rehearse.draft import Draft, drafted
from rehearse.errors import DeviceError, RehearseError
from rehearse.judging import ALONE, ready
from rehearse.pipeline import Analysis
from rehearse.recording import SAMPLE_RATE, Recording
from rehearse.timecode import clock
from rehearse.transcript import Unrecorded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rehearse.interview import Interview
    from rehearse.pipeline import Models
    from rehearse.recording import Samples
    from rehearse.report import Report
    from rehearse.takes.journal import Journal
    from rehearse.transcript import About

UNSETTLED_S: Final = 4.0
"""Speech without a pause that is looked at all the same. Ours."""

LEAST_SPEECH_S: Final = 1.0
"""A silence ends a take only after so much speech: somebody has begun."""


class Microphone(Protocol):
    """What sound comes from."""

    drops: int

    def read(self) -> Iterator[NDArray[np.int16]]:
        """Blocks of it, int16 [shape=(n,)] at `SAMPLE_RATE`, until it ends."""

    def stop(self) -> None:
        """End it."""


@dataclass(frozen=True, slots=True)
class TakeSource:
    """Where the sound of a report came from: a take."""

    name: str
    notes: Sequence[str] = ()
    from_s: float = 0.0
    part: bool = False


class Take:
    """A take from its first block to its report.

    Parameters
    ----------
    microphone
        Open.
    journal
        Where its sound is written as it comes.
    models
        Of the run; they may still be loading.
    speaker
        Whose close it is, where several speak.
    interview
        What it is held against.
    """

    def __init__(
        self,
        microphone: Microphone,
        journal: Journal,
        models: Models,
        speaker: int | None = None,
        interview: Interview = ALONE,
    ) -> None:
        self.meter = Meter()
        self.draft = Draft()
        self.gone: DeviceError | None = None
        """Why the microphone gave no more, where it did."""
        self.replies: list[Unrecorded] = []
        """What the interviewer said, who is in no recording."""
        self.muted = False
        """Whether sound is dropped as it comes: the interviewer speaks aloud."""
        self._microphone, self._journal = microphone, journal
        self._models, self._speaker, self._interview = models, speaker, interview
        self._blocks: queue.SimpleQueue[Recording | Literal["turn"] | None] = queue.SimpleQueue()
        self._levels: queue.SimpleQueue[Recording | None] = queue.SimpleQueue()
        self._heard = 0
        self._trouble: BaseException | None = None
        self._report: Report | None = None
        self._capture = threading.Thread(target=self._take_down, name="capture")
        self._watch = threading.Thread(target=self._look, name="watch", daemon=True)
        # Interrupted twice, the program need not wait for the recogniser: the sound is safe.
        self._listen = threading.Thread(target=self._understand, name="listen", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._capture.start()
        self._watch.start()
        self._listen.start()

    def stop(self) -> None:
        """Take no more sound; all that came is on disk when this returns."""
        self._microphone.stop()
        for thread in (self._capture, self._watch):
            if thread.ident is not None:  # else an interrupt came before it was started
                thread.join()

    def reply(self, text: str, about: About) -> None:
        """Put in what the interviewer says now; it is in the report, and in no recording.

        Parameters
        ----------
        text
            The words.
        about
            What they are.
        """
        self.replies.append(Unrecorded(self.duration_s, text, about))
        self._blocks.put("turn")

    @property
    def running(self) -> bool:
        """Whether sound still comes."""
        return self._capture.is_alive()

    @property
    def duration_s(self) -> float:
        """Seconds of sound so far."""
        return self._journal.samples / SAMPLE_RATE

    @property
    def speaking_s(self) -> float:
        """Seconds since somebody began to speak: what the length of a close counts from."""
        begun_s = self.meter.begun_s
        return 0.0 if begun_s is None else max(0.0, self.duration_s - begun_s)

    @property
    def trouble(self) -> RehearseError | None:
        """Why there will be no report, where that is known while sound still comes."""
        return self._trouble if isinstance(self._trouble, RehearseError) else None

    @property
    def unwritten(self) -> str | None:
        """Why what comes now is not written to disk, where it is not."""
        failed = self._journal.failed
        return None if failed is None else failed.strerror or str(failed)

    @property
    def behind_s(self) -> float:
        """How much of it the recogniser was not handed yet."""
        return max(0, self._journal.samples - self._heard) / SAMPLE_RATE

    @property
    def caught_up(self) -> bool:
        """Whether `draft` knows of everything that was said, if the speaker has finished.

        Sooner than `understood`, and less sure of the last word.
        """
        return self.draft.close is not None and self.draft.spoken_s >= self.meter.spoken_s

    @property
    def understood(self) -> bool:
        """Whether `draft` knows of everything that was said."""
        if self._trouble is not None:
            return True  # all that ever will be
        return self.draft.settled and self.draft.spoken_s >= self.meter.spoken_s

    @property
    def failed(self) -> bool:
        """Whether nothing more is understood, whatever is said."""
        return self._trouble is not None

    def silent(self, after_s: float) -> bool:
        """Whether a silence has lasted that ends it; the one after the question may last.

        Parameters
        ----------
        after_s
            How long; 0 is never.
        """
        if not after_s or self.meter.speech_s < LEAST_SPEECH_S:
            return False
        waiting = self.draft.asked and not self.failed
        return self.meter.silence_s >= after_s and self.understood and not waiting

    def notes(self) -> list[str]:
        """What its owner should know of how it was recorded."""
        said = []
        if self._microphone.drops:
            times = "once" if self._microphone.drops == 1 else f"{self._microphone.drops} times"
            said.append(f"The system dropped sound {times} while this was recorded.")
        if self.unwritten is not None:
            said.append(f"Not all of it could be written while it was spoken: {self.unwritten}.")
        if self.gone is not None:
            said.append(f"It ends at {clock(self.duration_s)}: {self.gone.message}")
        return said

    def report(self) -> Report:
        """Wait for the report.

        Raises
        ------
        RehearseError
            Where it cannot be analysed.
        """
        while self._listen.is_alive():
            # Not for ever at once: an interrupt would wait as well.
            self._listen.join(0.2)
        if self._trouble is not None:
            raise self._trouble
        if self._report is None:
            raise RuntimeError("a take was asked for its report before it was started")
        return self._report

    def _take_down(self) -> None:
        import numpy as np

        at = 0
        try:
            for samples in self._microphone.read():
                if self.muted:
                    continue
                self._journal.write(samples)
                # As a decoder of the file will give it.
                sound: Samples = samples.astype(np.float32)
                sound /= 32768
                block = Recording(sound, at / SAMPLE_RATE)
                at += len(samples)
                self._blocks.put(block)
                self._levels.put(block)
        except DeviceError as error:
            self.gone = error
        except Exception as error:  # What has come by then is a take all the same.
            self.gone = DeviceError(f"The recording broke off: {error}.")
        finally:
            self._journal.close()
            self._blocks.put(None)
            self._levels.put(None)

    def _look(self) -> None:
        while (block := self._levels.get()) is not None:
            self.meter.feed(block.samples)

    def _understand(self) -> None:
        try:
            analysis = Analysis(self._models, together=1)
            while self._fed(analysis):
                if self._blocks.empty() and self._due(analysis):
                    self._understood(analysis)
            analysis.finish()
            source = TakeSource(self._journal.path.stem, tuple(self.notes()))
            self._report = analysis.report(
                source, speaker=self._speaker, interview=self._interview, replies=self.replies
            )
        except BaseException as error:  # It is raised where the report is asked for.
            self._trouble = error

    def _fed(self, analysis: Analysis) -> bool:
        """Hand over everything that has come, one block at least; False at the end."""
        while True:
            block = self._blocks.get()
            if block is None:
                return False
            if block == "turn":
                analysis.end_turn()
                continue
            analysis.feed(block)
            self._heard += len(block.samples)
            if self._blocks.empty():
                return True

    def _due(self, analysis: Analysis) -> bool:
        cutter, last = analysis.cutter, self.draft
        if cutter.settled:
            return (last.spoken_s, last.settled) != (cutter.spoken_s, True) and cutter.spoken_s > 0
        return cutter.pause_s > 0 and cutter.spoken_s - last.spoken_s >= UNSETTLED_S

    def _understood(self, analysis: Analysis) -> None:
        cutter, first = analysis.cutter, self.draft.close is None
        spoken_s, settled = cutter.spoken_s, cutter.settled
        self.draft = drafted(analysis.draft(), spoken_s, settled=settled)
        if first:
            # After the first marks are on the screen, and long before the report is waited for.
            ready(self._interview, self._models)
