"""What becomes of a take that was spoken in a browser: a file, a report, a session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from rehearse.errors import HistoryError, RehearseError, TakeError
from rehearse.history.rows import Entry
from rehearse.outputs import json as as_json
from rehearse.session import LONGEST_LABEL, readable
from rehearse.web.interviews import Long, Opponent, To
from rehearse.web.job import Wish
from rehearse.web.wording import of_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.live import Take
    from rehearse.takes import Begun
    from rehearse.web.place import Place


class Wanted(BaseModel):
    """What the page asks for."""

    model_config = ConfigDict(strict=True, extra="forbid")

    rate: int = Field(ge=8_000, le=192_000)
    label: str = Field("", alias="for", max_length=LONGEST_LABEL)
    stop_after: float = Field(5.0, ge=0, le=600)
    keep: bool = True
    speaker: int | None = Field(None, ge=1, le=100)
    device: str = Field("", max_length=500)
    job: Long = ""
    discussed: Long = ""
    to: To = ""
    interviewer: Opponent | None = None


def finished(place: Place, take: Take, begun: Begun, wanted: Wanted) -> dict[str, Any]:
    """Make a file of it while the rest is recognised, and keep its report."""
    try:
        if not wanted.keep:
            return _unkept(place, take, begun, wanted)
        source = begun.journal.path.name
        trouble: TakeError | None = None
        try:
            source = begun.finish().path.name
        except TakeError as error:
            trouble = error  # there is a report of it all the same
        try:
            line = as_json.line(replace(take.report(), source=source))
        except RehearseError as error:
            if take.meter.speech_s:
                return told(error, take.notes(), kept=source)
            if trouble is None:
                # Nobody spoke: there is nothing to keep.
                begun.journal.path.with_suffix(".flac").unlink(missing_ok=True)
            return told(error, take.notes())
        return _kept(place, line, source, trouble, wanted)
    finally:
        begun.let_go()


def _kept(
    place: Place, line: str, source: str, trouble: RehearseError | None, wanted: Wanted
) -> dict[str, Any]:
    label = readable(wanted.label)
    if trouble is None:
        try:
            with place.history() as history:
                entry = Entry(line, "record", source, label=history.spelled(label), sound=source)
                return {"session": history.add(entry).number}
        except HistoryError as error:
            trouble = error
    wish = Wish(source, label)
    return {"job": place.jobs.finished(wish, line=line, error=trouble).id}


def _unkept(place: Place, take: Take, begun: Begun, wanted: Wanted) -> dict[str, Any]:
    """Report on a take of which nothing is kept."""
    name = "this take"
    try:
        line = as_json.line(replace(take.report(), source=name))
    except RehearseError as error:
        if not take.meter.speech_s:
            begun.discard()
            return told(error, take.notes())
        # There is no report to have instead of the sound.
        return told(error, take.notes(), kept=begun.finish().path.name)
    begun.discard()
    wish = Wish(name, readable(wanted.label), keep=False)
    return {"job": place.jobs.finished(wish, line=line, error=None).id}


def told(error: RehearseError, notes: Sequence[str] = (), *, kept: str = "") -> dict[str, Any]:
    """An error for the page; `kept` is the file that holds what was said all the same."""
    message, hint = " ".join([*notes, error.message]), error.hint
    if kept:
        hint = f"{hint} What you said is kept as {kept}; the first page brings it back.".strip()
    return {"error": {"message": of_page(message), "hint": of_page(hint)}}
