"""Takes: what was spoken into the microphone, and never lost once it has arrived.

`Capture` brings sound from the microphone into a `Journal` while it is spoken; `Takes` is
the folder in which journals become FLAC files, and in which one that was cut short is found.
"""

from __future__ import annotations

from rehearse.takes.folder import Kept, Takes, Unfinished

__all__ = ["Kept", "Takes", "Unfinished"]
