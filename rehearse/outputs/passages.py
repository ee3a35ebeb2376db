"""The transcript as a page shows it: turns of voices, in them passages of a step, runs, bits.

Every level but the last has `lead`, the blank before it, so that no mark begins with one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any, Literal

from rehearse.outputs.summary import INTERVIEWER, UNHEARD, UNKNOWN, voices
from rehearse.steps import STEP_NAMES, STEPS
from rehearse.transcript import filler_sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rehearse.report import Report
    from rehearse.transcript import Span, Word


@dataclass(frozen=True, slots=True)
class Bit:
    """A word, a pause, or a filler sound that the recogniser did not write, and its marks.

    Parameters
    ----------
    kind, text
        What it is; a pause has its length for a text.
    lead
        What stands between the word before and this one.
    start_s, end_s
        Seconds from the start of the source; None for typed words.
    filler
        Whether it fills time.
    voice
        Who says it where that is not the candidate; empty for them.
    steps
        The steps that it proves.
    remarks
        The numbers of the remarks that are about it.
    unheard
        Why it does not count; empty where it does.
    where
        Of a pause.
    """

    kind: Literal["word", "pause", "sound"]
    text: str
    lead: str
    start_s: float | None
    end_s: float | None
    filler: bool = False
    voice: str = ""
    steps: tuple[str, ...] = ()
    remarks: tuple[int, ...] = ()
    unheard: str = ""
    where: str = ""


def turns(report: Report, places: Mapping[int, Span]) -> list[dict[str, Any]]:
    """Divide a transcript by voices, steps and remarks.

    Parameters
    ----------
    report
        With the transcript.
    places
        The words that each remark is about, by its number.
    """
    seen: set[int] = set()
    return [
        _raised({"voice": voice, "passages": _passages(bits, seen)}, "passages")
        for voice, bits in _grouped(_bits(report, places), lambda bit: bit.voice)
    ]


def tail(report: Report) -> str:
    """What stands after the last word."""
    words = report.transcript.words
    return report.transcript.text[words[-1].span.end if words else 0 :]


def _passages(bits: Sequence[Bit], seen: set[int]) -> list[dict[str, Any]]:
    return [
        _raised(
            {
                "steps": steps,
                "title": " + ".join(STEP_NAMES[step] for step in steps),
                "start_s": min((b.start_s for b in inside if b.start_s is not None), default=None),
                "end_s": max((b.end_s for b in inside if b.end_s is not None), default=None),
                "runs": _runs(inside, seen),
            },
            "runs",
        )
        for steps, inside in _grouped(bits, lambda bit: bit.steps)
    ]


def _runs(bits: Sequence[Bit], seen: set[int]) -> list[dict[str, Any]]:
    runs = []
    for (remarks, unheard), inside in _grouped(bits, lambda bit: (bit.remarks, bit.unheard)):
        fresh = [number for number in remarks if number not in seen]
        seen.update(fresh)
        lead, bare = inside[0].lead, [replace(inside[0], lead=""), *inside[1:]]
        runs.append(
            {"lead": lead, "flagged": bool(remarks), "fresh": fresh, "unheard": unheard}
            | {"bits": bare}
        )
    return runs


def _grouped(bits: Iterable[Bit], key: Callable[[Bit], Any]) -> Iterator[tuple[Any, list[Bit]]]:
    for value, inside in groupby(bits, key):
        yield value, list(inside)


def _raised(group: dict[str, Any], inner: str) -> dict[str, Any]:
    """Take the blank out of the first of a group and put it before the group."""
    first = group[inner][0]
    group["lead"], first["lead"] = first["lead"], ""
    return group


def _bits(report: Report, places: Mapping[int, Span]) -> list[Bit]:
    words = _words(report, places)
    middles = list(accumulate((_middle(word) for word in words), max))
    between: dict[int, list[Bit]] = defaultdict(list)
    for each in sorted(_unwritten(report), key=_middle):
        place = bisect_right(middles, _middle(each))
        between[place].append(_beside(each, words[place - 1 : place], words[place : place + 1]))
    return [
        # What was not recorded has its place among the rest, and no sound to play.
        replace(bit, start_s=None, end_s=None) if bit.voice == INTERVIEWER else bit
        for place in range(len(words) + 1)
        for bit in (*between[place], *words[place : place + 1])
    ]


def _middle(bit: Bit) -> float:
    return ((bit.start_s or 0.0) + (bit.end_s or 0.0)) / 2


def _beside(bit: Bit, before: list[Bit], after: list[Bit]) -> Bit:
    """Give what was not written the marks that the words on both its sides have."""
    if not before or not after or before[0].voice != after[0].voice:
        return bit
    (one,), (other,) = before, after
    if one.steps != other.steps:
        return replace(bit, voice=one.voice)
    same = one.remarks == other.remarks and one.unheard == other.unheard
    marks = (one.remarks, one.unheard) if same else ((), "")
    return replace(bit, voice=one.voice, steps=one.steps, remarks=marks[0], unheard=marks[1])


def _unwritten(report: Report) -> Iterator[Bit]:
    for pause in report.delivery.pauses or ():
        text = f"{pause.length_s:.1f} s"
        yield Bit("pause", text, " ", pause.start_s, pause.end_s, where=pause.where)
    for each in report.delivery.fillers or ():
        if each.source == "sound" and each.start_s is not None:
            yield Bit("sound", each.text, " ", each.start_s, each.end_s, filler=True)


def _words(report: Report, places: Mapping[int, Span]) -> list[Bit]:
    text = report.transcript.text
    steps = _marked(report, ((step, span) for step in STEPS for span in report.steps[step]))
    remarks = _marked(report, places.items())
    filling = _marked(report, ((True, each.at) for each in report.filler_words))
    names = voices(report)
    found, end = [], 0
    for word in report.transcript.words:
        known = report.delivery.fillers is not None and word.counts
        found.append(
            Bit(
                "word",
                word.text,
                text[end : word.span.start],
                word.start_s,
                word.end_s,
                filler=word in filling or (known and filler_sound(word.text) is not None),
                voice=names.get(word.speaker, "") if word.theirs and word.speaker else "",
                steps=tuple(dict.fromkeys(steps.get(word, ()))),
                remarks=tuple(dict.fromkeys(remarks.get(word, ()))),
                unheard="" if word.unheard is None else UNHEARD.get(word.unheard, UNKNOWN),
            )
        )
        end = word.span.end
    return found


def _marked(report: Report, spans: Iterable[tuple[Any, Span]]) -> dict[Word, list[Any]]:
    """The marks of each word that has some."""
    marks: dict[Word, list[Any]] = defaultdict(list)
    for mark, span in spans:
        for word in report.transcript.words_in(span):
            marks[word].append(mark)
    return marks
