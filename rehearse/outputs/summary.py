"""What a report says in few words, wherever it is shown: headline, titles, measures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from rehearse.finding import Level
from rehearse.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehearse.finding import Finding
    from rehearse.report import Report
    from rehearse.transcript import Unheard

UNHEARD: Final[dict[Unheard, str]] = {
    "no voice": "nothing like a voice is there",
    "no sense": "it could make no sense of the sound there",
    "no filler": "nothing there sounds like that",
}
UNKNOWN: Final = "the sound does not bear it out"
"""Where a report that was brought from elsewhere has another reason."""


INTERVIEWER: Final = "interviewer"
"""Somebody else whose words were not recorded."""


def headline(report: Report) -> str:
    """The report in one line: "3 of 4 steps · 47 s · 112 words"."""
    parts = [f"{report.steps_present} of {len(STEPS)} steps"]
    if report.delivery.span_s is not None:
        parts.append(f"{report.delivery.span_s:.0f} s")
    count = report.delivery.words
    parts.append(f"{count} word{'' if count == 1 else 's'}")
    return " · ".join(parts)


def source(report: Report) -> str:
    """What was analysed, as it was named."""
    return "typed close" if report.source == "-" else report.source


def fixes_title(count: int) -> str:
    """What stands above so many fixes."""
    if not count:
        return "Nothing to change"
    return "Change this first" if count == 1 else f"Change these {count} things first"


def transcript_title(report: Report) -> str:
    """What stands above the words."""
    return "What you said" if report.engine else "What you wrote"


def strengths(report: Report) -> list[Finding]:
    """What was good."""
    return [finding for finding in report.findings if finding.level is Level.STRENGTH]


def others(report: Report) -> list[Finding]:
    """What was noticed, comes not first, and is no praise."""
    return [
        finding
        for number, finding in enumerate(report.findings)
        if number not in report.fixes and finding.level is not Level.STRENGTH
    ]


def quoted(report: Report, finding: Finding) -> str:
    """The words that a finding is about; empty where it is about all of them."""
    if finding.at is None:
        return ""
    return report.transcript.text[finding.at.start : finding.at.end]


def shortened(text: str, longest: int = 220) -> str:
    """A quotation as it is shown: the beginning of a long one."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0] + " …"


def struck(report: Report) -> str:
    """Why some words are not counted; empty where all are."""
    reasons = {word.unheard for word in report.transcript.words if word.unheard}
    if not reasons:
        return ""
    because = " or ".join(UNHEARD.get(reason, UNKNOWN) for reason in sorted(reasons))
    return f"written by the recogniser, but {because}; not counted."


def voices(report: Report) -> dict[int, str]:
    """What each voice is called that is not the candidate's: "voice 2", or "interviewer".

    Who was not recorded has no number that anybody hears: their words were typed, or stand all
    at one moment of the sound.
    """
    names: dict[int, str] = {}
    for word in report.transcript.words:
        if word.theirs and word.speaker is not None:
            recorded = word.start_s != word.end_s
            if recorded or word.speaker not in names:
                names[word.speaker] = f"voice {word.speaker}" if recorded else INTERVIEWER
    return names


def measures(report: Report) -> list[tuple[str, str, str]]:
    """Each measure that is known: its name, its value with its unit, a remark that may be empty."""
    delivery = report.delivery
    rows: list[tuple[str, str, str]] = []
    if delivery.span_s is not None and delivery.duration_s is not None:
        rows.append(("length", f"{delivery.span_s:.0f} s", f"of {delivery.duration_s:.0f} s sound"))
    rows.append(("words", str(delivery.words), ""))
    if delivery.pace_wpm is not None:
        fluent = delivery.articulation_wpm
        remark = "" if fluent is None else f"{fluent:.0f} without pauses"
        rows.append(("pace", f"{delivery.pace_wpm:.0f} wpm", remark))
    if delivery.pauses is not None:
        longest = max((pause.length_s for pause in delivery.pauses), default=0.0)
        remark = f"the longest {longest:.1f} s" if longest else ""
        rows.append(("pauses", str(len(delivery.pauses)), remark))
    if delivery.fillers is not None:
        rows.append(("fillers", str(len(delivery.fillers)), _rate(report)))
    if report.filler_words:
        said = _counted(each.text for each in report.filler_words)
        rows.append(("filler words", str(len(report.filler_words)), said))
    if delivery.pitch_range_st is not None:
        rows.append(("pitch range", f"{delivery.pitch_range_st:.1f} semitones", "information only"))
    if delivery.loudness_range_db is not None:
        rows.append(("loudness range", f"{delivery.loudness_range_db:.0f} dB", "information only"))
    rows.extend((name, "–", f"not told: {why}") for name, why in delivery.withheld.items())
    facets = [name.replace("_", " ") for name, there in report.facets.items() if there]
    if facets:
        rows.append(("also there", ", ".join(facets), ""))
    return rows


def _counted(texts: Iterable[str]) -> str:
    return ", ".join(f"{text} {count}" for text, count in Counter(texts).items())


def _rate(report: Report) -> str:
    """Which fillers, how many a minute, and how far chance can move that."""
    said = _counted(filler.text for filler in report.delivery.fillers or ())
    rate = report.delivery.filler_rate
    if rate is None or not said:
        return said
    return f"{said}; {rate.value:.1f} a minute, by chance {rate.low:.1f} to {rate.high:.1f}"
