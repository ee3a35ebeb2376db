"""Takes: what was spoken into the microphone, and never lost once it has arrived.

A `Journal` is where sound goes while it is spoken. `Takes` is the folder in which journals
become FLAC files, and in which one that was cut short is found.
"""

from __future__ import annotations

from rehearse.takes.copy import Copied
from rehearse.takes.folder import Begun, Takes
from rehearse.takes.found import Kept, Unfinished

__all__ = ["Begun", "Copied", "Kept", "Takes", "Unfinished"]
