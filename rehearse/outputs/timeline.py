"""The marks of a report along its sound: steps, pauses, fillers, the lines of remarks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from rehearse.steps import STEP_NAMES, STEPS
from rehearse.timecode import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rehearse.delivery import Filler, FillerWord
    from rehearse.report import Report
    from rehearse.transcript import Span

KINDS: Final = {"pause": "pause", "filler": "filler", "remark": "line that a remark is about"}
"""What the legend calls the marks that have no name of their own."""


def marks(
    report: Report, turns: Sequence[Mapping[str, Any]], places: Mapping[int, Span]
) -> list[dict[str, Any]]:
    """Give what is to be seen along the sound.

    Parameters
    ----------
    report
        With the pauses and fillers.
    turns
        The transcript, as `passages.turns` divides it.
    places
        The words that each remark is about, by its number.

    Returns
    -------
    list of mappings
        `kind`, `name` (of the step, or where a pause is), `text` (what stands in it), `told`
        (the same in words), and `start_s` and `end_s`, in seconds of the source.
    """
    found = (*_steps(turns), *_pauses(report), *_fillers(report), *_remarks(report, places))
    return [mark for mark in found if mark["start_s"] is not None and mark["end_s"] is not None]


def legend(found: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """What the marks that are there mean: the steps by their names, then the others."""
    there = {(mark["kind"], mark["name"]) for mark in found}
    kinds = {kind for kind, _ in there}
    return [
        *(_means("step", step, STEP_NAMES[step]) for step in STEPS if ("step", step) in there),
        *(_means(kind, "", told) for kind, told in KINDS.items() if kind in kinds),
    ]


def _means(kind: str, name: str, told: str) -> dict[str, str]:
    return {"kind": kind, "name": name, "told": told}


def told(found: Sequence[Mapping[str, Any]]) -> str:
    """The marks in words, in the order of time, for those who do not see them."""
    named = [mark for mark in found if mark["kind"] in {"step", "remark"}]
    named.sort(key=lambda mark: mark["start_s"])
    parts = [f"{mark['told']} at {clock(mark['start_s'])}" for mark in named]
    counts = Counter(mark["kind"] for mark in found)
    parts.extend(
        f"{counts[kind]} {kind}{'' if counts[kind] == 1 else 's'}"
        for kind in ("filler", "pause")
        if counts[kind]
    )
    return "; ".join(parts) + "." if parts else ""


def _mark(
    kind: str, name: str, text: str, told: str, times: tuple[float | None, float | None]
) -> dict[str, Any]:
    start_s, end_s = times
    return {
        "kind": kind,
        "name": name,
        "text": text,
        "told": told,
        "start_s": start_s,
        "end_s": end_s,
    }


def _steps(turns: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for turn in turns:
        for passage in turn["passages"]:
            if passage["steps"]:
                times = passage["start_s"], passage["end_s"]
                title = passage["title"]
                yield _mark("step", passage["steps"][0], title, title, times)


def _pauses(report: Report) -> Iterator[dict[str, Any]]:
    for pause in report.delivery.pauses or ():
        length = f"{pause.length_s:.1f} s"
        told = f"a pause of {length}"
        yield _mark("pause", pause.where, length, told, (pause.start_s, pause.end_s))


def _fillers(report: Report) -> Iterator[dict[str, Any]]:
    fillers: list[Filler | FillerWord] = [*(report.delivery.fillers or ()), *report.filler_words]
    for each in fillers:
        yield _mark("filler", "", each.text, f"“{each.text}”", (each.start_s, each.end_s))


def _remarks(report: Report, places: Mapping[int, Span]) -> Iterator[dict[str, Any]]:
    for number, span in places.items():
        times = report.transcript.time_of(span)
        yield _mark("remark", "", str(number), f"remark {number}", times)
