"""The sentences of a note: what is ours stands here, what was said is chosen elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from rehearse.followup import choosing
from rehearse.followup.pieces import Gap, Line, Said, quoted
from rehearse.outputs.kept import span_of
from rehearse.transcript import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rehearse.followup.choosing import Proof
    from rehearse.followup.details import Details
    from rehearse.followup.speech import Speech

LEAST: Final = ("promise", "offer", "second", "need", "discussed", "asked", "unanswered")
"""What a note can do without."""

OFFER: Final = (
    " If anything is still open on your side, I will gladly answer it, by phone or by e-mail, "
    "whichever suits you."
)

LONGEST_CRITERION: Final = 14
"""Words that are quoted of a criterion. Ours."""

INTEREST: Final = Gap("one sentence that says that you want this work, and why")
FIT: Final = Gap("one thing that you did that this work needs, and what came of it")
PARTICULAR: Final = Gap("one particular thing that they told or showed you")
ANSWER: Final = Gap("your answer in one sentence: what you did, and what came of it")
NEXT: Final = Gap("the next step, and when it is")


def middle(speech: Speech, report: Mapping[str, Any]) -> dict[str, Line]:
    """Everything between thanks and the next step, by its name; only what there is."""
    wanted = choosing.interest(speech, report)
    exchange = _exchange(speech, report)
    # What answered the concern is not told twice.
    used = [place for line in exchange.values() for place in _places(line)]
    said: dict[str, Line] = {
        **_thanks(speech, report),
        "interest": (INTEREST,)
        if wanted is None
        else ("What I said at the end still holds: ", *quoted(wanted)),
        **exchange,
        "unanswered": _unanswered(report),
    }
    said |= _fit(speech, report, used)
    used += [
        place
        for name, line in said.items()
        # What they were thanked for is a part of its sentence, and the rest is not used.
        if name not in {"thanks", "second"}
        for place in _places(line)
    ]
    said |= {
        "offer": (OFFER,),
        "discussed": _discussed(report, used),
        "promise": _promise(speech, used),
    }
    return {name: line for name, line in said.items() if line}


def _places(line: Line) -> list[Span]:
    return [Span(each.start, each.end) for each in line if isinstance(each, Said)]


def least(middle: Mapping[str, Line]) -> tuple[str, ...]:
    """What is left out where a note gets too long, the least first."""
    # An answer to the concern that was made of what they did is a proof as well.
    answered = any(isinstance(each, Said) for each in middle.get("answer", ()))
    return (*LEAST, "fit") if answered else LEAST


def opening(details: Details, middle: Mapping[str, Line]) -> Line:
    """Thanks for the talk and for something particular."""
    role: Line = ("the role of ", details.role) if details.role else (Gap("the role"),)
    company: str | Gap = details.company or Gap("the company")
    line: Line = ("Thank you for talking with me about ", *role, " at ", company)
    if particular := middle.get("thanks"):
        if second := middle.get("second"):
            return (*line, ", for ", *particular, ", and for ", *second, ".")
        return (*line, ", and for ", *particular, ".")
    # What was discussed is particular enough.
    if "discussed" in middle or "need" in middle:
        return (*line, ".")
    return (*line, ", and for ", PARTICULAR, ".")


def ending(middle: Mapping[str, Line]) -> Line:
    """The next step."""
    return ("The next step, as I understand it, is ", NEXT, ".", *middle.get("offer", ()))


def card_line(report: Mapping[str, Any], details: Details) -> Line:
    """A line about business cards, where it is wanted."""
    if not details.card:
        return ()
    if report["facets"]["business_card"]:
        return ("I asked you for your details: is ", Gap("their address"), " the right one?")
    return ("If you have a business card, I would be glad of it.",)


def card(name: str | Gap, signature: str | Gap, opening: Line, interest: Line) -> Line:
    """Two or three sentences to write by hand."""
    return ("Dear ", name, ",\n", *opening, " ", *interest, "\n", signature)


def _thanks(speech: Speech, report: Mapping[str, Any]) -> dict[str, Line]:
    found = choosing.particulars(speech, report)
    return dict(zip(("thanks", "second"), found, strict=False))


def _fit(speech: Speech, report: Mapping[str, Any], used: Sequence[Span]) -> dict[str, Line]:
    without = [*choosing.flawed(report), *used]
    answered = [
        (criterion, proof)
        for criterion in sorted(report.get("criteria") or (), key=_importance)
        if criterion["covered"]
        if (proof := choosing.evidence(speech, criterion["evidence"], without=without)) is not None
    ]
    if answered:
        # Of those answered equally well, the most important.
        criterion, proof = max(answered, key=lambda each: each[1].rank)
        asked: Line = ("The role asks for “", _short(criterion["text"]), "”.")
        return {"asked": asked, "fit": _told(proof)}
    found = choosing.evidence(speech, report["steps"]["fit"]["evidence"], without=without)
    if found is None:
        return {"fit": (FIT,)}
    recalled = choosing.need(speech, found.sentence)
    return {"need": () if recalled is None else (recalled,), "fit": _told(found)}


def _told(proof: Proof) -> Line:
    """As it was said, or as what is remembered where nobody wrote where it ends."""
    return (proof.said,) if proof.sentence.whole else ("I told you: ", *quoted(proof.said))


def _discussed(report: Mapping[str, Any], used: Sequence[Span]) -> Line:
    for each in report.get("discussed") or ():
        spans = [span_of(quotation) for quotation in each["quotations"]]
        told = any(one.overlaps(other) for one in spans for other in used)
        if spans and not told and (note := _short(each["note"])):
            return ("I noted what you told me: ", note, ".")
    return ()


def _exchange(speech: Speech, report: Mapping[str, Any]) -> dict[str, Line]:
    """The concern that they named, and the answer to it."""
    exchange = report.get("exchange")
    if not exchange or exchange["reply"] != "concern":
        return {}
    named = choosing.concern(speech, exchange)
    if named is None:
        return {}
    asked = named.text.endswith("?")
    lead = "You asked me: " if asked else "Thank you for being open about your concern: "
    answer = _answer(speech, report, exchange) or ("My answer to it: ", ANSWER, ".")
    return {"concern": (lead, *quoted(named)), "answer": answer}


def _answer(speech: Speech, report: Mapping[str, Any], exchange: Mapping[str, Any]) -> Line | None:
    """The proof in their answer, or else its best sentence, unless the answer was none."""
    quotations = exchange["quotations"]
    poor = [
        span_of(each)
        for kind in ("defensive", "evasive", "dwelling")
        for each in quotations.get(kind) or ()
    ]
    sources = [quotations.get("evidence") or ()]
    if exchange["response"] is not None and exchange["quality"] != "bad":
        sources.append([exchange["response"]])
    for source in sources:
        without = [*choosing.flawed(report), *poor]
        if (found := choosing.evidence(speech, source, without=without)) is not None:
            return _told(found)
    return None


def _unanswered(report: Mapping[str, Any]) -> Line:
    # What would only be welcome is not brought up: a note is no list of what is missing.
    musts = [each for each in report.get("criteria") or () if each["level"] == "must"]
    criteria = [each for each in musts if not each["covered"]]
    if not criteria:
        return ()
    text = _short(min(criteria, key=_importance)["text"])
    return ("One thing more, about “", text, "”: ", Gap("one thing you did that shows it"), ".")


def _promise(speech: Speech, used: Sequence[Span]) -> Line:
    said = choosing.promise(speech)
    if said is None or choosing.touches(said, used):
        return ()
    words = replace(said, text=said.text.rstrip("."))
    return ("I said: ", *quoted(words), ". ", Gap("attach it, or say when it comes"))


def _importance(criterion: Mapping[str, Any]) -> tuple[bool, int]:
    return criterion["level"] != "must", criterion["rank"]


def _short(text: str) -> str:
    words = "".join(each for each in text if each not in "[]").split()
    cut = " ".join(words[:LONGEST_CRITERION]).rstrip(" .,;:")
    return cut if len(words) <= LONGEST_CRITERION else f"{cut} …"
