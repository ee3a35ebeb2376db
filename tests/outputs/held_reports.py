"""Reports of closes that were held against something: an interviewer's answer, a job, notes."""

from __future__ import annotations

from rehearse.exchange import MARKS
from tests.outputs.reports import quoted, said

ASKED = "Do you have any concerns about me?"
CONCERN = "You have never led a team."
RESPONSE = "Fair point. Which part worries you? I led twelve people. I am not bad at it."
THANKS = "Thank you for your time."


def duel(concern=CONCERN):
    """A spoken close in which somebody answers who is not recorded, against a job and notes."""
    mine = [ASKED, RESPONSE, THANKS]
    first = len(ASKED.split())
    theirs = len(concern.split())
    report = said(" ".join([mine[0], concern, *mine[1:]]).split())
    words = report["transcript"]["words"]
    for number, word in enumerate(words):
        at = number if number < first else number - theirs
        word |= {"start_s": float(at), "end_s": at + 0.5, "speaker": 1}
        if first <= number < first + theirs:
            word |= {"start_s": float(first), "end_s": float(first), "speaker": 2}
    after = first + theirs
    marks = dict.fromkeys(MARKS, ()) | {
        "acknowledged": [quoted(report, after, after + 1)],
        "clarified": [quoted(report, after + 2, after + 5)],
        "evidence": [quoted(report, after + 6, after + 9)],
        "defensive": [quoted(report, after + 10, after + 15)],
    }
    exchange = {
        "reply": "concern",
        **{mark: bool(marks[mark]) for mark in MARKS},
        "quality": "mixed",
        "asked": quoted(report, 0, first - 1),
        "said": quoted(report, first, after - 1),
        "response": quoted(report, after, after + 15),
        "quotations": {mark: list(marks[mark]) for mark in MARKS},
    }
    led = marks["evidence"]
    return report | {
        "voices": [
            {"speaker": 1, "speech_s": 20.0, "candidate": True},
            {"speaker": 2, "speech_s": None, "candidate": False},
        ],
        "to": "recruiter",
        "exchange": exchange,
        "exchanges": [exchange],
        "criteria": [
            criterion(1, "You have led a team.", evidence=led),
            criterion(2, "You plan shifts.", mentions=marks["acknowledged"]),
            criterion(3, "You hold a licence."),
            criterion(4, "You speak Welsh.", level="plus"),
        ],
        "discussed": [
            {"note": "the team is new", "quotations": led},
            {"note": "nights are short", "quotations": []},
        ],
    }


def criterion(rank, text, *, level="must", evidence=(), mentions=()):
    """A criterion as a report has it."""
    return {
        "text": text,
        "rank": rank,
        "level": level,
        "covered": bool(evidence),
        "named": bool(evidence or mentions),
        "evidence": list(evidence),
        "mentions": list(mentions),
    }
