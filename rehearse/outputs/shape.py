"""The shape of a JSON report, for those that come from elsewhere: every type, every range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from rehearse.criterion import Importance  # noqa: TC001 - pydantic reads it
from rehearse.exchange import Quality, Reply  # noqa: TC001 - pydantic reads it
from rehearse.interview.audience import Name  # noqa: TC001 - pydantic reads it

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")

Seconds = Annotated[float, Field(ge=0, le=1e6)]
Amount = Annotated[float, Field(ge=0, le=1e6)]
Count = Annotated[int, Field(ge=0, le=10**6)]
Place = Annotated[int, Field(ge=0, le=10**7)]


class _Shape(BaseModel):
    """Nothing is converted, and a field of a later version is passed over."""

    model_config = ConfigDict(strict=True, extra="ignore", allow_inf_nan=False)


class _Quotation(_Shape):
    text: str
    start: Place
    end: Place
    start_s: Seconds | None
    end_s: Seconds | None


class _Word(_Shape):
    text: str
    start: Place
    end: Place
    start_s: Seconds | None
    end_s: Seconds | None
    probability: Annotated[float, Field(ge=0, le=1)] | None
    unheard: str | None
    speaker: Count | None


class _Transcript(_Shape):
    text: Annotated[str, Field(max_length=10**6)]
    words: list[_Word]


class _Step(_Shape):
    present: bool
    evidence: list[_Quotation]


class _Steps(_Shape):
    interest: _Step
    fit: _Step
    concerns: _Step
    thanks: _Step


class _Engine(_Shape):
    name: str
    model: str
    sha256: str


class _Voice(_Shape):
    speaker: Count
    candidate: bool


class _Stretch(_Shape):
    start_s: Seconds
    end_s: Seconds


class _Window(_Stretch):
    pace_wpm: Amount


class _Filler(_Shape):
    text: str
    start_s: Seconds | None
    end_s: Seconds | None
    source: Literal["word", "sound"] = Field(alias="from")


class _Pause(_Stretch):
    where: Literal["boundary", "mid-clause", "after-question"]


class _Measures(_Shape):
    duration_s: Seconds | None
    span_s: Seconds | None
    speech_s: Seconds | None
    words: Count
    pace_wpm: Amount | None
    articulation_wpm: Amount | None
    windows: list[_Window] | None
    fillers: list[_Filler] | None
    filler_words: list[_Quotation]
    pauses: list[_Pause] | None
    pitch_sd_st: Amount | None
    pitch_range_st: Amount | None
    loudness_range_db: Amount | None
    withheld: dict[str, str]


class _Finding(_Shape):
    check: str
    level: Literal["fix", "tip", "note", "strength"]
    message: str
    suggestion: str
    at: _Quotation | None


class _Planned(_Shape):
    part: Annotated[str, Field(max_length=100)]
    text: Annotated[str, Field(max_length=1000)]
    said: bool
    quotations: list[_Quotation]


class _Criterion(_Shape):
    text: str
    rank: Annotated[int, Field(ge=1, le=10**6)]
    level: Importance
    covered: bool
    named: bool
    evidence: list[_Quotation]
    mentions: list[_Quotation]


class _Recalled(_Shape):
    note: str
    quotations: list[_Quotation]


class _Marks(_Shape, Generic[T]):
    """Something for each of `rehearse.exchange.MARKS`."""

    acknowledged: T
    clarified: T
    evidence: T
    checked: T
    defensive: T
    evasive: T
    dwelling: T


class _Exchange(_Marks[bool]):
    reply: Reply
    quality: Quality | None
    asked: _Quotation | None
    said: _Quotation
    response: _Quotation | None
    quotations: _Marks[list[_Quotation]]

    def quoted(self) -> Iterator[_Quotation]:
        yield from (each for each in (self.asked, self.said, self.response) if each is not None)
        for _, earned in self.quotations:
            yield from earned


class _Report(_Shape):
    format: Literal[1]
    source: str
    notes: list[str]
    engine: _Engine | None
    transcript: _Transcript
    steps: _Steps
    facets: dict[str, bool]
    voices: list[_Voice] | None
    measures: _Measures
    findings: list[_Finding]
    fixes: list[Count]
    # Reports of before there were jobs and drills have none of these.
    to: Name | None = None
    criteria: Annotated[list[_Criterion], Field(max_length=100)] | None = None
    discussed: Annotated[list[_Recalled], Field(max_length=100)] | None = None
    plan: Annotated[list[_Planned], Field(max_length=100)] | None = None
    exchange: _Exchange | None = None
    exchanges: Annotated[list[_Exchange], Field(max_length=1000)] | None = None

    @model_validator(mode="after")
    def _points_inside(self) -> _Report:
        if any(index >= len(self.findings) for index in self.fixes):
            raise ValueError("a fix is none of its findings")
        length = len(self.transcript.text)
        if any(not each.start <= each.end <= length for each in self._quoted()):
            raise ValueError("a quotation does not lie in its text")
        return self

    def _quoted(self) -> Iterator[_Quotation | _Word]:
        yield from self.transcript.words
        yield from self.measures.filler_words
        yield from (each.at for each in self.findings if each.at is not None)
        for _, step in self.steps:
            yield from step.evidence
        for wanted in self.criteria or []:
            yield from (*wanted.evidence, *wanted.mentions)
        for note in self.discussed or []:
            yield from note.quotations
        for part in self.plan or []:
            yield from part.quotations
        for each in (self.exchange, *(self.exchanges or [])):
            yield from each.quoted() if each is not None else ()


def require_report(fields: Any) -> None:
    """Refuse what is no report of this format.

    Parameters
    ----------
    fields
        What was read from JSON.

    Raises
    ------
    ValueError
        With the first field that is wrong.
    """
    try:
        _Report.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(each) for each in first["loc"])
        raise ValueError(f"its report{f', {where}' if where else ''}: {first['msg']}") from error
