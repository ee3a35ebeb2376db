"""The labelled corpus, as it lies in `closebench/train`."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

TOP: Final = Path(__file__).resolve().parents[2]
TRAIN: Final = TOP / "closebench" / "train"

FOLDS: Final = 10
"""Registers are dealt into so many folds; one is left out of training."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence: where it lies in the text of its close, and its labels."""

    start: int
    end: int
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Said:
    """One labelled close, snippet or trap."""

    id: str
    register: str
    text: str
    tags: frozenset[str]
    sentences: tuple[Labelled, ...]

    @property
    def trap(self) -> bool:
        """Whether it was written as a near miss."""
        return "near_miss" in self.tags

    @property
    def whole(self) -> bool:
        """Whether it is a whole close."""
        return "combo" in self.tags

    def holds(self, label: str) -> bool:
        """Whether a sentence of it has the label."""
        return any(label in sentence.labels for sentence in self.sentences)


def read(folder: Path = TRAIN) -> list[Said]:
    """Read every file of a folder, in order."""
    return [
        _said(json.loads(line))
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


def _said(fields: dict) -> Said:
    return Said(
        fields["id"],
        fields["register"],
        fields["text"],
        frozenset(fields["tags"]),
        tuple(
            Labelled(each["start"], each["end"], frozenset(each["labels"]))
            for each in fields["sentences"]
        ),
    )


def fold(said: Said) -> int:
    """The fold of a close: by its register, so that no speaker stands on both sides."""
    name = " ".join(re.findall(r"\w+", said.register.lower()))
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS


def split(closes: Iterable[Said], held_out: int = 0) -> tuple[list[Said], list[Said]]:
    """What is trained on, and the fold that is not."""
    closes = list(closes)
    return (
        [said for said in closes if fold(said) != held_out],
        [said for said in closes if fold(said) == held_out],
    )
