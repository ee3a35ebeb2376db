"""The four steps of a close, and what else may be there: their names, in order."""

from __future__ import annotations

from typing import Final

STEPS: Final = ("interest", "fit", "concerns", "thanks")

FACETS: Final = ("next_steps", "business_card", "follow_up", "quantified", "reminder")

STEP_NAMES: Final = {
    "interest": "interest",
    "fit": "fit",
    "concerns": "concerns question",
    "thanks": "thanks",
}
"""What people read."""
