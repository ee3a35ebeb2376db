"""The shape of a JSON report, for those that come from elsewhere: every type, every range."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

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
    plan: Annotated[list[_Planned], Field(max_length=100)] | None = None

    @model_validator(mode="after")
    def _points_inside(self) -> _Report:
        if any(index >= len(self.findings) for index in self.fixes):
            raise ValueError("a fix is none of its findings")
        length = len(self.transcript.text)
        quoted = [
            *self.transcript.words,
            *self.measures.filler_words,
            *(each.at for each in self.findings if each.at is not None),
            *(
                each
                for name in ("interest", "fit", "concerns", "thanks")
                for each in getattr(self.steps, name).evidence
            ),
            *(each for part in self.plan or [] for each in part.quotations),
        ]
        if any(not each.start <= each.end <= length for each in quoted):
            raise ValueError("a quotation does not lie in its text")
        return self


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
