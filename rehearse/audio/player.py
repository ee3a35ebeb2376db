"""Sound to the loudspeaker, through PortAudio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.audio.devices import portaudio, reason
from rehearse.errors import DeviceError, SoundError
from rehearse.recording import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BLOCK: Final = SAMPLE_RATE // 10

LISTEN: Final = "Plug in headphones or loudspeakers, or open the file with another program: {}"


def play(path: Path, *, from_s: float = 0.0, progress: Callable[[float], None]) -> None:
    """Play a FLAC file of a take to its end.

    Parameters
    ----------
    path
        At `SAMPLE_RATE`, mono.
    from_s
        Where to begin, in seconds.
    progress
        Is told, again and again, how many seconds were played.

    Raises
    ------
    DeviceError
        Where nothing can be played on this machine.
    SoundError
        Where the file cannot be read.
    """
    import soundfile

    sounddevice = portaudio()
    try:
        file = soundfile.SoundFile(str(path))
    except (OSError, RuntimeError) as error:
        raise SoundError(
            f"{path.name} cannot be read: {error}.", hint="It may be damaged."
        ) from error
    with file:
        file.seek(min(round(from_s * SAMPLE_RATE), len(file)))
        try:
            with sounddevice.OutputStream(
                samplerate=file.samplerate, channels=file.channels, dtype="int16"
            ) as speaker:
                while len(block := file.read(BLOCK, dtype="int16", always_2d=True)):
                    speaker.write(block)
                    progress(file.tell() / SAMPLE_RATE)
        except (sounddevice.PortAudioError, ValueError) as error:
            raise DeviceError(
                f"Nothing can be played here: {reason(error)}.", hint=LISTEN.format(path)
            ) from error
