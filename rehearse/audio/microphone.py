"""Sound from a microphone, through PortAudio.

The callback, which PortAudio runs in a thread of its own and which must never wait, only
copies what it is given and hands it over.  Everything else happens where `read` is called.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self

from rehearse.audio.devices import answered, leave_alone, portaudio, reason
from rehearse.audio.resampling import ToRate
from rehearse.errors import DeviceError
from rehearse.recording import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from rehearse.audio.devices import Device

    Pcm = NDArray[np.int16]

BAD_RATE: Final = -9997
UNAVAILABLE: Final = -9985
"""What PortAudio calls these failures (`portaudio.h`, `PaErrorCode`)."""

ANOTHER: Final = "Or name another with --device; `rehearse devices` lists them."

BLOCK_S: Final = 0.05
"""How much sound comes at once: what `kill -9` can cost at the least."""

LATENCY_S: Final = 0.3
"""How far the program may fall behind before the system drops sound. Ours: the callback
waits for Python's lock at times, and both cores may be busy recognising."""

ON_ITS_WAY_S: Final = 0.15
"""What is heard just before the end takes up to a tenth of a second to arrive: a system
brings two blocks at a time. Measured with PulseAudio."""

SILENT_FOR_S: Final = 2.0
"""No block for so long, and the microphone is gone: PortAudio does not say so itself."""

WAKES_IN_S: Final = 8.0
"""How long the first block is waited for: a headset without a wire takes seconds. Ours."""

PARTS: Final = 4

CLOSING_S: Final = 2.0
"""How long closing may take; with a device that was pulled out it can take for ever."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one callback brought."""

    data: bytes
    dropped: bool


class Microphone:
    """An open input device; a context manager that records from start to end.

    Parameters
    ----------
    device
        Which; it is asked for `SAMPLE_RATE` first, and for its own rate where it does not do
        that.

    Raises
    ------
    DeviceError
        On entering, where it cannot be opened; while reading, where it is gone.
    """

    def __init__(self, device: Device) -> None:
        self.device = device
        self.drops = 0
        """How often the system dropped sound, because nobody took it in time."""
        self._arrived: queue.SimpleQueue[_Heard] = queue.SimpleQueue()
        self._awake = threading.Event()
        self._stream: Any = None
        self._to_rate: ToRate | None = None

    def __enter__(self) -> Self:
        sounddevice = portaudio()
        refused: dict[int, Exception] = {}
        for rate_hz, channels in self._shapes():
            try:
                self._to_rate = ToRate(rate_hz, channels)
                self._stream = answered(partial(self._open, sounddevice, rate_hz, channels))
                answered(self._stream.start)
            except (sounddevice.PortAudioError, ValueError) as error:
                refused[rate_hz] = error
                self.close()
                continue
            return self
        raise _refusal(self.device.name, refused)

    def _open(self, sounddevice: Any, rate_hz: int, channels: int) -> Any:
        return sounddevice.RawInputStream(
            samplerate=rate_hz,
            blocksize=round(BLOCK_S * rate_hz),
            device=self.device.number,
            channels=channels,
            dtype="int16",
            latency=LATENCY_S,
            callback=self._take,
        )

    def __exit__(self, *_: object) -> None:
        self.close()

    def awake(self, within_s: float) -> bool:
        """Wait so long for the first sound; tell whether it has come."""
        return self._awake.wait(within_s)

    def wake(self) -> None:
        """Wait for the first sound.

        Raises
        ------
        DeviceError
            Where none comes.
        """
        if not self._awake.wait(WAKES_IN_S):
            raise self._silent("gives no sound")

    def forget(self) -> None:
        """Drop the sound that has come so far: the take begins now."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._arrived.get_nowait()

    def read(self) -> Iterator[Pcm]:
        """The sound as it comes, int16 [shape=(n,)] at `SAMPLE_RATE`, until `stop`.

        Raises
        ------
        DeviceError
            Where nothing comes any more.
        """
        to_rate = self._to_rate
        if to_rate is None:
            raise RuntimeError("the microphone was read before it was opened")
        while True:
            if not (heard := self._next()).data:
                if len(samples := to_rate.rest()):
                    yield samples
                return
            self.drops += heard.dropped
            if len(samples := to_rate(heard.data)):
                yield samples

    def stop(self) -> None:
        """Take no more: what was heard until now is still read, and then `read` ends."""
        if self._stream is not None and self._awake.is_set():
            # What is on its way comes in the next blocks; a stream that is closed drops it.
            time.sleep(ON_ITS_WAY_S)
        try:
            self.close()
        finally:
            self._arrived.put(_Heard(b"", dropped=False))

    def close(self) -> None:
        """Let go of the device, also of one that was pulled out and does not answer."""
        stream, self._stream = self._stream, None
        if stream is None:
            return

        def end() -> None:
            with contextlib.suppress(Exception):  # what a device that is gone raises is its own
                stream.stop()
                stream.close()

        ending = threading.Thread(target=end, name="close microphone", daemon=True)
        ending.start()
        ending.join(CLOSING_S)
        if ending.is_alive():
            # sounddevice would wait for the same device when the program ends.
            leave_alone()

    def _next(self) -> _Heard:
        # In parts: a program that was suspended finds one of them over, and waits for the rest.
        for _ in range(PARTS):
            with contextlib.suppress(queue.Empty):
                return self._arrived.get(timeout=SILENT_FOR_S / PARTS)
        raise self._silent("gives no sound any more")

    def _silent(self, what: str) -> DeviceError:
        hint = "Check that it is plugged in and switched on."
        return DeviceError(f"{self.device.name} {what}.", hint=hint)

    def _shapes(self) -> Iterator[tuple[int, int]]:
        """Rates and channels to ask for, the best first."""
        rates = dict.fromkeys([SAMPLE_RATE, round(self.device.rate_hz), 48_000, 44_100])
        for channels in dict.fromkeys([1, min(2, self.device.channels)]):
            for rate_hz in rates:
                yield rate_hz, channels

    def _take(self, data: Any, _count: int, _time: Any, status: Any) -> None:
        self._arrived.put(_Heard(bytes(data), bool(status.input_overflow)))
        self._awake.set()


def _refusal(name: str, refused: Mapping[int, Exception]) -> DeviceError:
    """Why no rate would do, by what PortAudio calls the last failure."""
    error = list(refused.values())[-1]
    rates = ", ".join(str(rate_hz) for rate_hz in refused)
    code = error.args[1] if len(error.args) > 1 else None
    if code == BAD_RATE:
        return DeviceError(f"{name} records at none of {rates} Hz.", hint=ANOTHER)
    if code == UNAVAILABLE:
        return DeviceError(
            f"{name} cannot be opened: another program uses it, or it is gone.",
            hint=f"Close what uses it. {ANOTHER}",
        )
    return DeviceError(
        f"{name} cannot be opened: {reason(error)}.",
        hint=f"Allow this terminal to use the microphone in the system's settings. {ANOTHER}",
    )
