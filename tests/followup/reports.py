"""Reports of closes and of the talk about a concern, built by hand: what a letter is made of."""

from __future__ import annotations

import json
import re
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[1] / "golden"

CLOSE = (
    "So, um, I'd really like to work on this ward. You said you, you need somebody for nights. "
    "I ran the nights at Ashby for two years, and we cut the falls by half. "
    "Do you have any, uh, any concerns about me? "
)
CONCERN = "Well, honestly, I am a bit worried that you have never managed a budget. "
ANSWER = (
    "I understand that. At Ashby I kept the ward's budget of 90 thousand pounds for a year. "
    "It is not my fault that nobody asked. "
)
THANKS = "Thank you for the tour, and for your time this morning."
TALK = CLOSE + CONCERN + ANSWER + THANKS


def quotation(text, part):
    """The first place of these words in a text, as a report quotes them."""
    start = text.index(part)
    place = {"text": part, "start": start, "end": start + len(part)}
    return place | {"start_s": None, "end_s": None}


def report(text, *, theirs="", unheard=(), probability=None, **evidence):
    """A report of these words.

    `theirs` are said by a second voice, and the words of `unheard` by nobody; whatever else is
    given are the proofs of a step, or `filler_words`.
    """
    second = text.index(theirs) if theirs else 0
    words = []
    for match in re.finditer(r"\S+", text):
        other = bool(theirs) and second <= match.start() < second + len(theirs)
        heard = match.group() not in unheard
        place = {"text": match.group(), "start": match.start(), "end": match.end()}
        times = {"start_s": 0.0, "end_s": 0.0, "probability": probability, "heard": heard}
        speaker = (2 if other else 1) if theirs else None
        whole = {"unheard": None if heard else "no voice", "speaker": speaker}
        words.append(place | times | whole)
    told = json.loads((GOLDEN / "typed-cheesy.json").read_text("utf-8"))
    told |= {"transcript": {"text": text, "words": words}, "findings": [], "fixes": []}
    voices = [{"speaker": n, "speech_s": 9.0, "candidate": n == 1} for n in (1, 2)]
    told["voices"] = voices if theirs else None
    told["facets"] = dict.fromkeys(told["facets"], False)
    fillers = [quotation(text, each) for each in evidence.pop("filler_words", ())]
    told["measures"] = told["measures"] | {"filler_words": fillers}
    told["steps"] = {
        step: {
            "present": bool(evidence.get(step)),
            "evidence": [quotation(text, each) for each in evidence.get(step, ())],
        }
        for step in told["steps"]
    }
    return told


def talk(**changes):
    """The report of a close with its concern and an answer, as it will have them."""
    told = report(
        TALK,
        theirs=CONCERN.strip(),
        interest=("I'd really like to work on this ward.",),
        fit=("I ran the nights at Ashby for two years, and we cut the falls by half.",),
        thanks=(THANKS,),
    )
    exchange = dict.fromkeys(
        ("acknowledged", "clarified", "evidence", "checked", "defensive", "evasive", "dwelling"),
        False,
    )
    quotations = {kind: [] for kind in exchange}
    quotations["evidence"] = [quotation(TALK, ANSWER.split(". ")[1] + ".")]
    quotations["defensive"] = [quotation(TALK, "It is not my fault that nobody asked.")]
    exchange |= {"reply": "concern", "quality": "mixed", "quotations": quotations}
    exchange |= {"evidence": True, "defensive": True, "asked": None}
    exchange |= {"said": quotation(TALK, CONCERN.strip())}
    exchange |= {"response": quotation(TALK, ANSWER.strip())}
    return told | {"exchange": exchange, "exchanges": [exchange]} | changes


def criterion(text, *, rank, evidence=(), level="must"):
    """A criterion of a posting, answered where there is evidence."""
    quotations = [quotation(TALK, each) for each in evidence]
    known = {"text": text, "rank": rank, "level": level, "evidence": quotations}
    return known | {"covered": bool(evidence), "named": bool(evidence)}
