"""What sentences may be to a text, and how the network is told what they are read for."""

from __future__ import annotations

from typing import Final, Literal

Relation = Literal["reply", "response", "requirement", "discussed", "posting"]

TELLING: Final[dict[Relation, str]] = {
    "reply": "answer to:",
    "response": "response to:",
    "requirement": "requirements:",
    "discussed": "discussed:",
    "posting": "posting:",
}
"""How the network is told what sentences are read for."""

READ: Final[dict[Relation, tuple[str, ...]]] = {
    "reply": ("concern",),
    "response": (
        "acknowledged",
        "clarified",
        "evidence",
        "checked",
        "defensive",
        "evasive",
        "dwelling",
        "good",
        "bad",
    ),
    "requirement": ("covers", "names"),
    "discussed": ("recalls",),
    "posting": ("asked", "plus"),
}
"""Which labels each relation has."""

LABELS: Final = tuple(label for labels in READ.values() for label in labels)
"""Every label that the network tells, in its order."""
