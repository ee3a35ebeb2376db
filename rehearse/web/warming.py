"""Loads what the first take and the first page would wait for, while nobody waits yet."""

from __future__ import annotations

import contextlib
import importlib
import json
import threading
from typing import TYPE_CHECKING, Final

from rehearse.audio.meter import Meter
from rehearse.errors import RehearseError
from rehearse.outputs import json as as_json
from rehearse.outputs import report_page
from rehearse.pipeline import analyze_text
from rehearse.recording import SAMPLE_RATE
from rehearse.web.rendering import environment

if TYPE_CHECKING:
    from rehearse.web.place import Place

LATER: Final = (
    "soundfile",
    "scipy.special",
    "rehearse.history.conclusions",
    "rehearse.history.phrases",
    "rehearse.outputs.goals",
)

PAGES: Final = ("practise.html", "session.html", "progress.html", report_page.PART)

SAID: Final = "I would like to do this job. Thank you for your time."


def warm(place: Place) -> None:
    """Begin; what fails here fails again, and is told, when it is needed."""
    threading.Thread(target=_load, args=(place,), name="warm", daemon=True).start()


def _load(place: Place) -> None:
    import numpy as np

    with contextlib.suppress(RehearseError):
        place.models.engine()
        for name in LATER:
            importlib.import_module(name)
        Meter().feed(np.zeros(SAMPLE_RATE, dtype=np.float32))
        place.models.voices()
        line = as_json.line(analyze_text(SAID, "warm", place.models))
        report_page.view(json.loads(line))
        for name in PAGES:
            environment().get_template(name)
