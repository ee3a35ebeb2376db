"""Which of the words that were said go into the letter."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from rehearse.followup.turning import LONGEST, clause, turned
from rehearse.outputs.kept import span_of
from rehearse.transcript import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rehearse.followup.pieces import Line, Said
    from rehearse.followup.speech import Sentence, Speech

INTEREST: Final = 20
CONCERN: Final = 18
NEED: Final = 26
PROMISE: Final = 22
UNWRITTEN: Final = 24
"""Words of each at the most; the last, of a proof from a close without full stops. Ours: one of
each leaves room for our own words in the 150 of a note."""

LONGEST_BETWEEN: Final = 5
"""Words of a sentence that is passed over, such as "And I did that." Ours."""

LONGEST_PARTICULAR: Final = 10
"""Words. Ours."""

_WANT: Final = re.compile(
    r"(?:^|[,;:–—.]\s+|\b(?:and|but|so|because|(?:know|say|sure|clear|certain) that)\s+)"
    r"(?P<clause>I(?:['’]d|['’]m| am| would| do| should)?(?: \w+){0,3}? "
    r"(?:want(?! you to| to (?:say|tell|thank|ask))|wish(?! to (?:say|tell|thank))|hope|hoping|"
    r"fancy|(?:love|like) (?:to (?!say|tell|thank|ask|know|hear|add)|the (?:job|post|role)|this|"
    r"it)|be (?:\w+ )?(?:happy|delighted|proud|glad|honoured) to (?!say|tell|answer)|"
    r"keen|excited|interested|delighted|attracted)\b.*)",
    re.DOTALL | re.IGNORECASE,
)
_THANKS: Final = re.compile(
    r"\b(?:thank (?:you|the \w+)|thanks|ta|cheers|appreciate(?: it)?|"
    r"(?:thankful|grateful|obliged)(?: to (?:you|the \w+))?)"
    r"(?:,? (?:so|very|both|all|again|much|kindly|indeed|a lot|ever so))*,? for ",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r"[,;:.!?–—](?=\s|$)|\s(?:and|but|so) (?:i|you|that|it)\b", re.IGNORECASE
)
_AND_FOR: Final = re.compile(r",? and (?:(?:thanks|thank you) )?for ", re.IGNORECASE)
_LET: Final = re.compile(r"\b(?:kind|good|nice) of you(?: \w+)? to let (?=me )", re.IGNORECASE)
_GENERIC: Final = re.compile(
    r"(?:all )?(?:this|that|it|the (?:time|chance|opportunity|interview|chat|call|meeting|"
    r"conversation)|your (?:time|consideration|patience)|today|everything|listening|coming|"
    r"having (?:me|us)|seeing me|see me|meeting(?: with)? me|talking (?:to|with) me|"
    r"speaking (?:to|with) me|(?:considering|reading) my application|inviting me|interviewing me|"
    r"(?:the|a) (?:coffee|tea|water|brew|biscuits?|cuppa|lift|cortado))\b(?! on | so | where )",
    re.IGNORECASE,
)
_WHEN: Final = re.compile(
    r",?\s+(?:today|tonight|now|too|in|(?:this|so early this) (?:morning|afternoon|evening)|"
    r"all day|so much|as well|and that)$",
    re.IGNORECASE,
)
_NEED: Final = re.compile(
    r"(?:you(?:['’]ve| have| were| did)?(?: also)? (?:said|told|mentioned|asked|described|saying|"
    r"asking|need|want|explained)|your \w+|you['’]re (?:short|looking|after))\b",
    re.IGNORECASE,
)
_MISGIVING: Final = re.compile(r"\bI\b|concern|worr|hesita|nervous|doubt", re.IGNORECASE)
_REFERS: Final = re.compile(
    r"(?:that|this|it|those|these|they|he|she)\b|(?:\w+ ){0,3}?(?:did|done|do) (?:this|that|it)\b",
    re.IGNORECASE,
)
_OWN: Final = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|[Mm]ine)(?:['’]\w+)?\b")
_POINTS: Final = re.compile(r"\b(?:it|them|that|yours|one)\b", re.IGNORECASE)
_WORK: Final = re.compile(
    r"^I\b|\b(?:I|me|my)\b.*\b(?:job|post|role|position|work|team|place|here|join|choose)\b"
    r"|\b(?:job|post|role|position|work|team|place)\b.*\b(?:I|me|my)\b"
)
"""That they want the work may be said in any words; these say it of the work."""
_HANGS: Final = re.compile(
    r"^That\b|\b(?:in|of|on|to) (?:it|one|yours|them|this)\.$|\bit['’]s this\b"
)
"""What nobody understands who has not heard the sentence before."""
_HEDGED: Final = re.compile(
    r"\bI (?:guess|suppose)\b|\b(?:sort|kind) of (?:did|done|been|had|know|used|ran|run)\b"
)
_ANOTHER: Final = re.compile(r"\b(?:you|ye|thanks?|please|tell me|i want)\b", re.IGNORECASE)
"""With these begins another sentence, where nobody wrote where one ends."""
_NUMBER: Final = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|"
    r"thousand|million|half|twice|percent)\b",
    re.IGNORECASE,
)
_PROMISE: Final = re.compile(
    r"(?:^|\s)(?P<clause>I(?:['’]ll| will|['’]m going to| shall) (?:also )?(?:send|e-?mail|forward|"
    r"write (?:up|you|to you)|get you|share|drop you)\b.*)",
    re.DOTALL,
)
_DOUBT: Final = re.compile(
    r"concern|worr|hesita|unsure|not sure|wonder|reserv|lack|never|n['’]t\b|only|little|gap|short|"
    r"doubt|but\b",
    re.IGNORECASE,
)


def particulars(speech: Speech, report: Mapping[str, Any]) -> list[Line]:
    """What the candidate thanked for beside their time: "the tour", two at most."""
    found: dict[str, Line] = {}
    for sentence in speech.about(report["steps"]["thanks"]["evidence"]):
        # Where nobody wrote where a sentence ends, what follows may be another.
        if not sentence.whole:
            continue
        for match in _THANKS.finditer(sentence.text):
            for part in _AND_FOR.split(sentence.text[match.end() :]):
                if (said := _particular(replace(sentence.said, text=part))) is not None:
                    found[said.text.lower()] = (said,)
        if (let := _LET.search(sentence.text)) is not None:
            rest = replace(sentence.said, text=sentence.text[let.end() :])
            if (said := _particular(rest)) is not None:
                found[said.text.lower()] = ("letting ", said)
    return list(found.values())[:2]


def _particular(said: Said) -> Said | None:
    text = _CLAUSE.split(said.text)[0].strip()
    while (match := _WHEN.search(text)) is not None:
        text = text[: match.start()]
    short = 2 <= len(text.split()) <= LONGEST_PARTICULAR
    return replace(said, text=text) if short and not _GENERIC.match(text) else None


def interest(speech: Speech, report: Mapping[str, Any]) -> Said | None:
    """The words with which the candidate said that they want it."""
    flagged = flawed(report)
    sentences = [
        each
        for each in speech.about(report["steps"]["interest"]["evidence"])
        if not touches(each.said, flagged)
    ]
    for sentence in sentences:
        said = clause(sentence.said, _WANT, longest=INTEREST)
        if said is not None and _POINTS.search(said.text):
            # What "it" is stands before the clause, if anywhere.
            whole = turned(sentence.said, longest=INTEREST) if sentence.whole else None
            said = None if whole == said and _HANGS.search(said.text) else whole
        if said is not None and not said.text.endswith("?"):
            return said
    for sentence in sentences:
        said = turned(sentence.said, longest=INTEREST)
        if not sentence.whole or said is None or said.text.endswith("?"):
            continue
        if _WORK.search(said.text) and not _HANGS.search(said.text):
            return said
    return None


@dataclass(frozen=True, slots=True)
class Proof:
    """Something that the candidate did, in a sentence of theirs; a higher `rank` says more."""

    sentence: Sentence
    said: Said
    rank: int


def evidence(
    speech: Speech, quotations: Sequence[Mapping[str, Any]], *, without: Sequence[Span]
) -> Proof | None:
    """The best of these proofs: whole sentences first, then what stands for itself, or counts.

    What lies `without` these stretches alone.
    """
    found = []
    for sentence in speech.about(quotations):
        said = turned(sentence.said, longest=LONGEST if sentence.whole else UNWRITTEN)
        if said is None or not _proves(said, whole=sentence.whole) or touches(said, without):
            continue
        alone = not _REFERS.match(said.text) or need(speech, sentence) is not None
        rank = 4 * sentence.whole + 3 * alone + 2 * bool(_NUMBER.search(said.text))
        found.append(Proof(sentence, said, rank))
    return max(found, key=lambda each: each.rank, default=None)


def _proves(said: Said, *, whole: bool) -> bool:
    if said.text.endswith("?") or not _OWN.search(said.text) or _HEDGED.search(said.text):
        return False
    return whole or (said.text.startswith(("I", "We")) and not _ANOTHER.search(said.text))


def need(speech: Speech, sentence: Sentence) -> Said | None:
    """What the interviewer needs, as the candidate recalled it just before their proof."""
    before = speech.before(sentence)
    if before is not None and len(before.text.split()) <= LONGEST_BETWEEN:
        before = speech.before(before)
    if before is None or not before.whole:
        return None
    said = turned(before.said, longest=NEED)
    if said is None or said.text.endswith("?") or not _NEED.match(said.text):
        return None
    # A need of theirs, and no doubt about the candidate.
    return None if _MISGIVING.search(said.text) else said


def promise(speech: Speech) -> Said | None:
    """Something that the candidate said they would send."""
    for sentence in speech.sentences:
        if (match := _PROMISE.search(sentence.text)) is not None:
            said = replace(sentence.said, text=match["clause"])
            if sentence.whole and (made := turned(said, longest=PROMISE)) is not None:
                return made
    return None


def concern(speech: Speech, exchange: Mapping[str, Any]) -> Said | None:
    """The sentence in which the interviewer named it; a question where there is no other."""
    found = [
        made
        for said in speech.theirs(exchange["said"])
        if (made := turned(said, longest=CONCERN)) is not None
    ]
    told = [each for each in found if not each.text.endswith("?")]
    doubts = [each for each in told if _DOUBT.search(each.text)]
    return next(iter(doubts or told or found), None)


def touches(said: Said, spans: Iterable[Span]) -> bool:
    """Whether words lie in one of these stretches."""
    place = Span(said.start, said.end)
    return any(place.overlaps(each) for each in spans)


def flawed(report: Mapping[str, Any]) -> list[Span]:
    """Lines that the report advises to leave out."""
    return [
        span_of(each["at"])
        for each in report["findings"]
        if each["at"] is not None and each["check"] in {"wording.cheesy", "wording.arrogant"}
    ]
