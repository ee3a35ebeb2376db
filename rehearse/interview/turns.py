"""A conversation as text: who says what, turn by turn.

Each turn begins with who speaks: "Candidate: …", "Interviewer: …"; or it is JSON, a list of
objects with a `speaker` and a `text`.  Where the candidate is named so, interviewers may be called
by their names: `_unlisted` says which names are taken for theirs.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rehearse.characters import cleaned
from rehearse.errors import TextError

if TYPE_CHECKING:
    from collections.abc import Sequence

CANDIDATE: Final = frozenset(
    {"candidate", "applicant", "interviewee", "me", "myself", "c", "cand", "user"}
)
INTERVIEWER: Final = frozenset(
    {"interviewer", "recruiter", "manager", "hiring manager", "panel", "panelist", "panellist"}
    | {"them", "i", "int", "hm", "chair", "boss", "employer", "assistant", "hr", "interviewers"}
)
"""How the two are called, in lower case and without a number."""

REMARKS: Final = frozenset(
    {"a", "an", "and", "but", "so", "or", "also", "then", "next", "now", "later", "before"}
    | {"after", "again", "still", "well", "yes", "no", "ok", "okay", "my", "your", "our", "the"}
    | {"this", "that", "these", "one", "two", "three", "first", "firstly", "second", "secondly"}
    | {"third", "thirdly", "last", "lastly", "final", "finally", "note", "notes", "nb", "ps"}
    | {"fyi", "edit", "update", "aside", "remember", "important", "warning", "tip", "hint"}
    | {"question", "questions", "answer", "answers", "q", "concern", "concerns", "doubt"}
    | {"doubts", "reply", "response", "example", "examples", "situation", "task", "action"}
    | {"actions", "result", "results", "outcome", "reason", "reasons", "why", "how", "what"}
    | {"when", "where", "who", "point", "points", "fact", "plus", "minus", "pro", "pros", "con"}
    | {"cons", "strength", "strengths", "weakness", "weaknesses", "gap", "experience"}
    | {"education", "training", "skills", "leadership", "background", "context", "motivation"}
    | {"goal", "goals", "summary", "conclusion", "close", "closing", "opening", "intro"}
    | {"introduction", "thanks", "today", "tomorrow", "yesterday", "date", "time", "place"}
    | {"company", "role", "position", "job", "salary", "location", "availability", "subject"}
    | {"re", "dear", "hi", "hello", "monday", "tuesday", "wednesday", "thursday", "friday"}
)
"""Words before a colon that head a remark within somebody's turn, and are nobody's name. Ours."""

LONGEST_NAME: Final = 3
"""Words of a speaker's name at the most. Ours."""

HINT: Final = "Begin each turn with “Candidate:” or “Interviewer:”, as docs/drill.md shows."
JSON_HINT: Final = 'Write each turn as {"speaker": "candidate", "text": "…"}.'

_LABEL: Final = re.compile(
    r"^\s*(?:>\s*)?(?P<bullet>[-*•]\s+)?"
    r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?\s*[-–—]?\s*)?"
    r"[*_]{0,3}\[?(?P<who>[^\W\d_][\w .’'/-]{0,40}?)\]?(?:\s*[\[(][^\])\n]{0,40}[\])])?"
    r"[*_]{0,3}\s*[:：][*_]{0,3}(?:\s+|$)(?P<said>.*)$"
)
_FIELDS: Final = (("speaker", "role", "who", "name", "from"), ("text", "content", "said", "words"))


@dataclass(frozen=True, slots=True)
class Turn:
    """What one of the two says before the other does.

    Parameters
    ----------
    text
        Their words.
    theirs
        Whether they are the interviewer's.
    """

    text: str
    theirs: bool


def read(text: str, name: str) -> tuple[Turn, ...]:
    """Read the turns of a conversation; neighbours of one speaker are joined.

    Parameters
    ----------
    text
        The conversation.
    name
        What its file is called, for errors.

    Raises
    ------
    TextError
        Where a turn has no speaker, it cannot be told which is the candidate, or one of the
        two says nothing.
    """
    labelled = _from_json(text, name) if text.lstrip()[:1] in {"[", "{"} else None
    if labelled is None:
        labelled = _from_lines(text, name)
    whose = _whose([who for who, _ in labelled], name)
    turns: list[Turn] = []
    for who, said in labelled:
        # Where a line ends is its typist's business.
        words = " ".join(said.split())
        if not re.search(r"\w", words):
            continue
        theirs = whose[_plain(who)]
        if turns and turns[-1].theirs == theirs:
            turns[-1] = Turn(f"{turns[-1].text} {words}", theirs)
        else:
            turns.append(Turn(words, theirs))
    for theirs, missing in ((False, "candidate"), (True, "interviewer")):
        if all(turn.theirs != theirs for turn in turns):
            raise TextError(
                f"{name} holds no turn of the {missing}.",
                hint="Give both, or have a close alone judged without --turns.",
            )
    return tuple(turns)


def _from_lines(text: str, name: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    names = _names(text)
    for number, line in enumerate(text.splitlines(), 1):
        match = _LABEL.match(line)
        if match and _plain(match["who"]) in names:
            found.append((match["who"], match["said"]))
        elif found:
            who, said = found[-1]
            found[-1] = (who, f"{said}\n{line}" if said else line)
        elif line.strip():
            raise TextError(
                f"{name} begins without a speaker: line {number} is {line.strip()[:60]!r}.",
                hint=HINT,
            )
    return found


def _names(text: str) -> frozenset[str]:
    """What stands before a colon and is a speaker; "My one question:" begins no turn."""
    labels = [match for line in text.splitlines() if (match := _LABEL.match(line))]
    counts = Counter(_plain(match["who"]) for match in labels)
    known = {who for who in counts if who in CANDIDATE | INTERVIEWER}
    if known & CANDIDATE:
        known |= _unlisted(labels, known)
    names = [who for who in counts if who not in known and len(who.split()) <= LONGEST_NAME]
    if not known or (known & CANDIDATE and known - CANDIDATE):
        return frozenset(known or names)
    others = [who for who in names if not REMARKS & set(who.split())]
    return frozenset(known | set(sorted(others, key=lambda who: -counts[who])[:1]))


def _unlisted(labels: Sequence[re.Match[str]], known: set[str]) -> set[str]:
    """The interviewers who are called by their names, where the candidate is known.

    A name is one or two capitalised words, none of them in `REMARKS`.  It is a speaker's where
    it begins two turns or more; or where it begins one, and the candidate's label stands before
    it and again after it: nobody writes twice that they speak unless somebody spoke between.
    Any other stays in the turn in which it stands: it may be a heading of the candidate's.
    """
    bullets = {bool(match["bullet"]) for match in labels if _plain(match["who"]) in known}
    counts = Counter(
        _plain(match["who"])
        for match in labels
        if _is_name(match["who"]) and bool(match["bullet"]) in bullets
    )
    sure = known | {who for who, count in counts.items() if count > 1}
    found: set[str] = set()
    between: set[str] = set()
    candidates = False
    for who in (_plain(match["who"]) for match in labels):
        if who in sure:
            if candidates and who in CANDIDATE:
                found |= between
            candidates, between = who in CANDIDATE, set()
        elif who in counts:
            between.add(who)
    return sure - known | found


def _is_name(who: str) -> bool:
    """Whether it may be somebody's name: "Anna", "Dr. Lee", "Anne-Marie O'Neill"."""
    words = who.split()
    return (
        len(words) <= 2
        and all(word[0].isupper() for word in words)
        and all(mark.isalpha() or mark in " .’'-" for mark in who)
        and not REMARKS & {word.lower().strip(".") for word in words}
    )


def _from_json(text: str, name: str) -> list[tuple[str, str]] | None:
    """The turns of JSON; None where it is none."""
    try:
        told = _parsed(text)
        return None if told is None else _labelled(told, name)
    except RecursionError as error:
        raise TextError(f"{name} is JSON that is nested too deep.", hint=JSON_HINT) from error


def _labelled(told: Any, name: str) -> list[tuple[str, str]]:
    """Who says what, in order.

    It is cleaned once more: an escape in JSON can name what the text was cleaned of before.
    """
    if isinstance(told, dict):
        told = told.get("turns", [told])
    found = []
    for number, each in enumerate(told if isinstance(told, list) else (), 1):
        fields = each if isinstance(each, dict) else {}
        who, said = (
            next((fields[key] for key in keys if isinstance(fields.get(key), str)), None)
            for keys in _FIELDS
        )
        if who is None or said is None:
            raise TextError(
                f"Turn {number} of {name} has no {'speaker' if who is None else 'text'}: "
                f"{cleaned(json.dumps(each, ensure_ascii=False)):.60}.",
                hint=JSON_HINT,
            )
        found.append((cleaned(who), cleaned(said)))
    if not found:
        raise TextError(f"{name} holds no turns.", hint=HINT)
    return found


def _parsed(text: str) -> Any:
    """What JSON holds, as a whole or line by line; None where it is none."""
    try:
        return json.loads(text)
    except ValueError:
        try:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError:
            return None


def _whose(names: Sequence[str], name: str) -> dict[str, bool]:
    """For each speaker, whether they are an interviewer."""
    plain = list(dict.fromkeys(_plain(who) for who in names))
    if not plain:
        raise TextError(f"{name} holds no turns.", hint=HINT)
    candidates = [who for who in plain if who in CANDIDATE]
    interviewers = [who for who in plain if who in INTERVIEWER]
    others = [who for who in plain if who not in CANDIDATE | INTERVIEWER]
    if candidates:
        return {who: who not in candidates for who in plain}
    if interviewers and len(others) == 1:
        return {who: who != others[0] for who in plain}
    quoted = ", ".join(repr(who) for who in plain[:4])
    raise TextError(f"{name} does not say which speaker is the candidate: {quoted}.", hint=HINT)


def _plain(who: str) -> str:
    """A speaker's name in lower case, without brackets or marks.

    Of "Interviewer 2" the number tells nothing; of "Speaker 2" it is all that tells.
    """
    bare = re.sub(r"[\[\]*_#]", "", who).strip().lower().removeprefix("the ").strip()
    alone = re.sub(r"\s*\d+$", "", bare)
    return alone if alone in CANDIDATE | INTERVIEWER else bare
