"""The microphones of this machine, as PortAudio lists them."""

from __future__ import annotations

import atexit
import importlib
import queue
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rehearse.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

ANSWERS_S: Final = 10.0
"""How long the sound system may take to answer. Ours: a healthy one takes a fifth of a second, a
headset without a wire some seconds to be opened."""

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
    sounddevice = portaudio()
    try:
        everything, systems, default = answered(
            lambda: (
                sounddevice.query_devices(),
                sounddevice.query_hostapis(),
                sounddevice.default.device[0],
            )
        )
    except sounddevice.PortAudioError as error:
        raise DeviceError(
            f"The sound devices cannot be listed: {reason(error)}.", hint=NO_MICROPHONE
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
    if wanted.isdecimal():
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


def portaudio() -> Any:
    """The module sounddevice, which loads PortAudio.

    Raises
    ------
    DeviceError
        Where PortAudio is not installed, or hangs.
    """
    try:
        return answered(lambda: importlib.import_module("sounddevice"))
    except DeviceError:
        raise
    except OSError as error:
        raise DeviceError(
            f"PortAudio, through which sound is recorded, is not there ({error}).",
            hint=NO_PORTAUDIO,
        ) from error
    except Exception as error:  # Its own, which cannot be named before it is imported.
        raise DeviceError(
            f"PortAudio, through which sound is recorded, does not start ({error}).",
            hint=NO_PORTAUDIO,
        ) from error


def answered(ask: Callable[[], T]) -> T:
    """Ask the sound system something, and do not wait for ever.

    A call into PortAudio cannot be cut short: where a sound server hangs, it never comes back.
    It is left to a thread that nobody waits for.

    Raises
    ------
    DeviceError
        Where no answer comes.
    BaseException
        Whatever asking raises.
    """
    told: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            told.put((ask(), None))
        except BaseException as error:
            told.put((None, error))

    threading.Thread(target=run, name="ask the sound system", daemon=True).start()
    try:
        answer, error = told.get(timeout=ANSWERS_S)
    except queue.Empty:
        leave_alone()
        raise DeviceError(
            f"The sound system of this machine has not answered for {ANSWERS_S:.0f} s.",
            hint="Start it again, or log out and in, and try again.",
        ) from None
    if error is not None:
        raise error
    return answer  # type: ignore[return-value]


def leave_alone() -> None:
    """Let the program end without PortAudio: what hangs now would hang then as well."""
    if (loaded := sys.modules.get("sounddevice")) is not None and (
        handler := getattr(loaded, "_exit_handler", None)
    ) is not None:
        atexit.unregister(handler)


def reason(error: BaseException) -> str:
    """What the system says about a failure, or else PortAudio, without their numbers."""
    said = [str(each) for each in error.args]
    if len(error.args) > 2 and (system := error.args[2][2]):
        said = [system]
    text = said[0] if said else type(error).__name__
    return text.removeprefix("Error opening RawInputStream: ").rstrip(".")
