"""Sound from a microphone, through PortAudio.

The callback, which PortAudio runs in a thread of its own and which must never wait, only
copies what it is given and hands it over.  Everything else happens where `read` is called.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from rehearse.errors import DeviceError
from rehearse.recording import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    Pcm = NDArray[np.int16]

BLOCK_S: Final = 0.05
"""How much sound comes at once: what `kill -9` can cost at the least."""

LATENCY_S: Final = 0.3
"""How far the program may fall behind before the system drops sound. Ours: the callback
waits for Python's lock at times, and both cores may be busy recognising."""

SILENT_FOR_S: Final = 2.0
"""No block for so long, and the microphone is gone: PortAudio does not say so itself."""

CLOSING_S: Final = 2.0
"""How long closing may take; with a device that was pulled out it can take for ever."""

NO_PORTAUDIO: Final = (
    "Install PortAudio (Debian and Ubuntu: apt install libportaudio2), "
    "or record with another program and run `rehearse analyze FILE`."
)
NO_MICROPHONE: Final = (
    "Plug one in, or allow this terminal to use it; `rehearse devices` lists what there is."
)


@dataclass(frozen=True, slots=True)
class Device:
    """An input device, as PortAudio lists it.

    Parameters
    ----------
    number
        What `--device` takes, beside a part of the name.
    rate_hz
        The rate that it prefers.
    channels
        How many it has, >= 1.
    default
        Whether it is taken when none is named.
    """

    number: int
    name: str
    system: str
    rate_hz: float
    channels: int
    default: bool


def devices() -> list[Device]:
    """Every device that can record.

    Raises
    ------
    DeviceError
        Where PortAudio is missing or does not answer.
    """
    sounddevice = _portaudio()
    try:
        everything = sounddevice.query_devices()
        systems = sounddevice.query_hostapis()
        default = sounddevice.default.device[0]
    except sounddevice.PortAudioError as error:
        raise DeviceError(
            f"The sound devices cannot be listed: {_reason(error)}.", hint=NO_MICROPHONE
        ) from error
    return [
        Device(
            each["index"],
            each["name"],
            systems[each["hostapi"]]["name"],
            each["default_samplerate"],
            each["max_input_channels"],
            each["index"] == default,
        )
        for each in everything
        if each["max_input_channels"] > 0
    ]


def chosen(wanted: str | None) -> Device:
    """The device that is meant by a number or a part of a name; None is the default.

    Raises
    ------
    DeviceError
        Where there is none, or more than one.
    """
    there = devices()
    if not there:
        raise DeviceError("There is no microphone on this machine.", hint=NO_MICROPHONE)
    if wanted is None:
        return next((each for each in there if each.default), there[0])
    if wanted.isdigit():
        fitting = [each for each in there if each.number == int(wanted)]
    else:
        exact = [each for each in there if each.name.lower() == wanted.lower()]
        fitting = exact or [each for each in there if wanted.lower() in each.name.lower()]
    if len(fitting) != 1:
        names = ", ".join(f"{each.number} {each.name}" for each in fitting or there)
        what = "names more than one of" if fitting else "is none of"
        raise DeviceError(
            f"--device {wanted!r} {what} the microphones: {names}.",
            hint="Give its number, or more of its name; `rehearse devices` lists them.",
        )
    return fitting[0]


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
        self._stream: Any = None
        self._to_rate: _ToRate | None = None

    def __enter__(self) -> Self:
        sounddevice = _portaudio()
        refused: list[str] = []
        for rate_hz, channels in self._shapes():
            try:
                self._stream = sounddevice.RawInputStream(
                    samplerate=rate_hz,
                    blocksize=round(BLOCK_S * rate_hz),
                    device=self.device.number,
                    channels=channels,
                    dtype="int16",
                    latency=LATENCY_S,
                    callback=self._take,
                )
                self._to_rate = _ToRate(rate_hz, channels)
                self._stream.start()
            except (sounddevice.PortAudioError, ValueError) as error:
                refused.append(f"{_reason(error)} at {rate_hz} Hz")
                self.close()
                continue
            return self
        raise DeviceError(
            f"{self.device.name} cannot be recorded from: {'; '.join(dict.fromkeys(refused))}.",
            hint="Another program may use it, or access may be refused in the system's settings; "
            "`rehearse devices` lists the others.",
        )

    def __exit__(self, *_: object) -> None:
        self.close()

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
            try:
                heard = self._arrived.get(timeout=SILENT_FOR_S)
            except queue.Empty:
                raise DeviceError(
                    f"{self.device.name} gives no sound any more.",
                    hint="Check that it is plugged in and switched on.",
                ) from None
            if not heard.data:
                return
            self.drops += heard.dropped
            if len(samples := to_rate(heard.data)):
                yield samples

    def stop(self) -> None:
        """Take no more: what has arrived is still read, and then `read` ends."""
        self.close()
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

    def _shapes(self) -> Iterator[tuple[int, int]]:
        """Rates and channels to ask for, the best first."""
        rates = dict.fromkeys([SAMPLE_RATE, round(self.device.rate_hz), 48_000, 44_100])
        for channels in dict.fromkeys([1, min(2, self.device.channels)]):
            for rate_hz in rates:
                yield rate_hz, channels

    def _take(self, data: Any, _count: int, _time: Any, status: Any) -> None:
        self._arrived.put(_Heard(bytes(data), bool(status.input_overflow)))


class _ToRate:
    """Interleaved bytes of any rate and channels to mono at `SAMPLE_RATE`."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._rate_hz, self._channels = rate_hz, channels
        self._inner: Any = None
        if (rate_hz, channels) != (SAMPLE_RATE, 1):
            import av

            self._inner = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)

    def __call__(self, data: bytes) -> Pcm:
        import numpy as np

        samples = np.frombuffer(data, dtype=np.int16)
        if self._inner is None:
            return samples
        import av

        layout = "mono" if self._channels == 1 else "stereo"
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout=layout)
        frame.sample_rate = self._rate_hz
        done = [each.to_ndarray().reshape(-1) for each in self._inner.resample(frame)]
        resampled: Pcm = np.concatenate([np.zeros(0, dtype=np.int16), *done])
        return resampled


def _portaudio() -> Any:
    try:
        import sounddevice
    except OSError as error:
        raise DeviceError(
            f"PortAudio, through which sound is recorded, is not there ({error}).",
            hint=NO_PORTAUDIO,
        ) from error
    return sounddevice


def _reason(error: BaseException) -> str:
    """What PortAudio says, without its numbers."""
    text = str(error.args[0]) if error.args else type(error).__name__
    return text.partition(" [")[0].rstrip(".")
