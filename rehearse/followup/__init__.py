"""The day after: a thank-you note from what was said, and a reminder to send it.

Nothing here sends anything. A note within 24 hours is what interviewers expect: 68 % of hiring
managers said that it matters (TopResume, "Thank-You Note Survey", 2017, n = 358), and 94 % find
an e-mail suitable (Accountemps, "Thanks, But No Thanks?", 2017); both are cited after the press.
"""

from __future__ import annotations

from rehearse.followup.details import Details
from rehearse.followup.letter import Letter, letter
from rehearse.followup.message import message
from rehearse.followup.reminder import reminder
from rehearse.followup.times import Due, due

__all__ = ["Details", "Due", "Letter", "due", "letter", "message", "reminder"]
