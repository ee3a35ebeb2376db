"""What was said to the interviewer's answer."""

from __future__ import annotations

from typing import Final

ASKED: Final = "Candidate: Do you have any concerns about hiring me?\nInterviewer: "
"""How the examples begin; the interviewer's answer follows."""
