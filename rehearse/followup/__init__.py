"""After the interview: a thank-you note from what was said, and a reminder to send it.

Nothing here sends anything.  That a note should come within 24 hours is the consensus of those who
advise.  Of 358 recruiters and hiring managers, 68 % said that one matters to their decision
(TopResume, "Thanks, but No Thanks", press release, 14 November 2017); an e-mail is appropriate for
94 % of HR managers, a note by hand for 86 % (Accountemps, "Thank-You Notes Can Tip Scale in Job
Candidates' Favor, Yet Few Write Them", press release, 20 November 2017).
"""

from __future__ import annotations

from rehearse.followup.details import Details
from rehearse.followup.letter import Letter, letter
from rehearse.followup.message import message
from rehearse.followup.reminder import reminder
from rehearse.followup.times import Due, due

__all__ = ["Details", "Due", "Letter", "due", "letter", "message", "reminder"]
