"""What the HTTP interface gives, for its OpenAPI description."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)


class Trouble(_Shape):
    """What went wrong, and what to do."""

    message: str
    hint: str


class Failure(_Shape):
    """The answer where something could not be done."""

    error: Trouble


class JobShape(_Shape):
    """Something that was handed over."""

    id: str = Field(description="Names it.")
    name: str = Field(description="The file, as its owner calls it.")
    for_: str = Field(alias="for", description="What it is for; empty for nothing in particular.")
    state: Literal["waiting", "working", "done", "failed"]
    ahead: int = Field(description="How many are done before it.")
    heard_s: float | None = Field(description="Seconds that were recognised so far.")
    length_s: float | None = Field(description="Of so many; null while that is not known.")
    session: int | None = Field(description="Under which number it was kept.")
    report: bool = Field(description="Whether its report is here and in no history.")
    error: Trouble | None = Field(description="Why there is no report, or why it is in no history.")


class SessionShape(_Shape):
    """A report that was kept, without its words."""

    session: int
    held_at: str = Field(description="When, in UTC, ISO 8601.")
    origin: Literal["record", "analyze", "recover"]
    for_: str = Field(alias="for")
    source: str = Field(description="The file, as it was named.")
    repeats: int | None = Field(description="An earlier session of the same sound or words.")
    measures: dict[str, float]


class WholeSessionShape(_Shape):
    """A report that was kept."""

    session: int
    held_at: str
    origin: Literal["record", "analyze", "recover"]
    for_: str = Field(alias="for")
    source: str
    repeats: int | None
    sound: bool = Field(description="Whether its sound is there.")
    from_s: float = Field(description="Seconds of the source before its sound begins.")
    report: dict[str, Any] = Field(description="The report, as docs/json.md describes it.")


class TakeShape(_Shape):
    """A take that was cut short, or is in no session."""

    name: str
    when: str = Field(description="ISO 8601.")
    length_s: float
    whole: bool = Field(description="Whether it is finished, and only in no session.")


class BroughtShape(_Shape):
    """What an import did."""

    added: int
    there: int = Field(description="Sessions that were in the history already.")
    silent: int = Field(description="Sessions whose sound was not in the archive.")
    plans: int = Field(description="Plans that were added.")


class CheckShape(_Shape):
    """A check."""

    name: str
    question: str
