"""What training depends on, for each of the networks that `rehearse.matching` reads with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.matching.relations import READERS, labels_of

if TYPE_CHECKING:
    from rehearse.matching.relations import Relation


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one network is trained; chosen on the fold that is left out.

    Parameters
    ----------
    name
        Of the weights: their folder, and their entry in the manifest.
    encoder
        One of `encoders.ENCODERS`.
    summary
        What it is, for the card.
    epochs, batch_tokens
        How often all is read, and how much between two steps.
    encoder_rate, decay_by_layer
        How fast the last layer learns, and each one before it beside the next.
    frozen
        Layers from the bottom that are left as they are, beside the embeddings.
    shares
        How much of each relation an epoch reads.
    """

    name: str
    encoder: str
    summary: str
    epochs: int
    batch_tokens: int
    encoder_rate: float
    decay_by_layer: float
    frozen: int
    shares: dict[Relation, float]

    @property
    def relations(self) -> tuple[Relation, ...]:
        """What it reads."""
        return READERS[self.name]

    @property
    def labels(self) -> tuple[str, ...]:
        """What it tells."""
        return labels_of(self.name)


RECIPES: Final = {
    "pairs": Recipe(
        name="pairs",
        encoder="all-MiniLM-L6-v2",
        summary="all-MiniLM-L6-v2 (22 million parameters, Apache-2.0), fine-tuned",
        epochs=5,
        batch_tokens=2000,
        encoder_rate=1.5e-4,
        decay_by_layer=0.85,
        frozen=0,
        shares={"reply": 1.0, "response": 1.0, "discussed": 0.5, "posting": 1.0},
    ),
    "criteria": Recipe(
        name="criteria",
        encoder="all-mpnet-base-v2",
        summary=(
            "The first ten of the twelve layers of all-mpnet-base-v2 (95 of its 110 million "
            "parameters, Apache-2.0), fine-tuned but for the lowest two"
        ),
        epochs=3,
        batch_tokens=1300,
        encoder_rate=6e-5,
        decay_by_layer=0.92,
        frozen=2,
        shares={"requirement": 1.0},
    ),
}
