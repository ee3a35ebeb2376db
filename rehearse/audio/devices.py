"""The microphones of this machine, as PortAudio lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from rehearse.errors import DeviceError

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
        everything = sounddevice.query_devices()
        systems = sounddevice.query_hostapis()
        default = sounddevice.default.device[0]
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
        Where PortAudio is not installed.
    """
    try:
        import sounddevice
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
    return sounddevice


def reason(error: BaseException) -> str:
    """What the system says about a failure, or else PortAudio, without their numbers."""
    said = [str(each) for each in error.args]
    if len(error.args) > 2 and (system := error.args[2][2]):
        said = [system]
    text = said[0] if said else type(error).__name__
    return text.removeprefix("Error opening RawInputStream: ").rstrip(".")
