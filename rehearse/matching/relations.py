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

READERS: Final[dict[str, tuple[Relation, ...]]] = {
    "pairs": ("reply", "response", "discussed", "posting"),
    "criteria": ("requirement",),
}
"""Which weights read each relation: what is said while somebody waits is read by a small network,
and what has to be inferred, whether an experience answers a criterion, by a larger one."""


def labels_of(reader: str) -> tuple[str, ...]:
    """The labels that the weights of a reader tell, in their order.

    >>> labels_of("criteria")
    ('covers', 'names')
    """
    return tuple(label for relation in READERS[reader] for label in READ[relation])
