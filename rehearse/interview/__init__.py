"""What is known of an interview beside the close: the job, what was discussed, who listens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rehearse.interview.audience import Audience
    from rehearse.interview.plan import Plan
    from rehearse.interview.posting import Posting


@dataclass(frozen=True, slots=True)
class Interview:
    """Everything that a close can be held against; each may be missing.

    Parameters
    ----------
    posting
        The job.
    notes
        What was discussed before, line by line; None where nobody said.
    audience
        Whom the close is for.
    plan
        What was to be said.
    """

    posting: Posting | None = None
    notes: tuple[str, ...] | None = None
    audience: Audience | None = None
    plan: Plan | None = None

    @property
    def compared(self) -> bool:
        """Whether there is a text that what was said is held against."""
        return bool(self.posting or self.notes or self.plan)
