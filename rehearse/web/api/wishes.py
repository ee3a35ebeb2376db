"""What may be asked of what is handed over: in the address, or in the fields of a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError

from rehearse.errors import RangeError
from rehearse.session import ANY, LONGEST_LABEL, readable
from rehearse.timecode import clock
from rehearse.web.api.asking import LONGEST_NAME, MOST_SECONDS
from rehearse.web.forms import KIND
from rehearse.web.interviews import Long, To, interview_of
from rehearse.web.job import Wish
from rehearse.web.receiving import FILE


class Asked(BaseModel):
    """What is to be done with what is handed over: what an address has room for."""

    name: str | None = Field(
        None,
        min_length=1,
        max_length=LONGEST_NAME,
        description="What the file is called; one that ends in .txt is a typed close. A form may "
        "name it with the file.",
    )
    label: str = Field(ANY, alias="for", max_length=LONGEST_LABEL, description="What it is for.")
    speaker: int | None = Field(
        None, ge=1, le=100, description="Whose close it is, where several speak."
    )
    from_s: float = Field(0.0, ge=0, le=MOST_SECONDS, description="Begin here, in seconds.")
    to_s: float | None = Field(None, gt=0, le=MOST_SECONDS, description="End here, in seconds.")
    keep: bool = Field(default=True, description="Whether it goes into the history.")
    turns: bool = Field(
        default=False,
        description="Whether it is a typed conversation, each turn after “Candidate:” or "
        "“Interviewer:”.",
    )
    to: To = Field("", description="Whom it is for.")


class AskedInForm(Asked):
    """All of what may be asked."""

    job: Long = Field("", description="The job posting.")
    discussed: Long = Field("", description="What was talked about before, a line for each thing.")


BODY: Final = {
    "required": True,
    "description": "The bytes of a sound or video file, or of a text in UTF-8; or a form that has "
    "them in its field `file`, any of the parameters in others, and a posting and notes.",
    "content": {
        "application/octet-stream": {
            "schema": {"type": "string", "format": "binary", "minLength": 1}
        },
        KIND: {
            "schema": {
                "type": "object",
                "required": [FILE],
                "properties": {
                    FILE: {"type": "string", "format": "binary", "minLength": 1},
                    **AskedInForm.model_json_schema(ref_template="#/components/schemas/{model}")[
                        "properties"
                    ],
                },
            }
        },
    },
}
"""What the description says of the body."""


def wish_of_form(asked: Asked, fields: Mapping[str, str], name: str) -> Wish:
    """What a form asks for, beside what its address does.

    Parameters
    ----------
    asked
        In the address.
    fields
        Of the form; what is empty was not given.
    name
        What the file is called; may be empty.

    Raises
    ------
    InputError, RequestValidationError
        As `wish_of` does, and where a field is not understood.
    """
    given = asked.model_dump(by_alias=True, exclude_unset=True)
    try:
        both = AskedInForm.model_validate({"name": name or None, **given, **fields})
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        told = [{**each, "loc": ("body", *each["loc"])} for each in found]
        raise RequestValidationError(told) from error
    return wish_of(both)


def wish_of(asked: Asked) -> Wish:
    """What is asked for, where it can be done.

    Raises
    ------
    InputError
        Where a posting, notes or a part of a recording make no sense.
    RequestValidationError
        Where the file has no name.
    """
    if asked.name is None:
        nameless = {"loc": ("query", "name"), "msg": "Field required", "type": "missing"}
        raise RequestValidationError([nameless])
    _require_order(asked.from_s, asked.to_s)
    job, discussed = "", ""
    if isinstance(asked, AskedInForm):
        job, discussed = asked.job, asked.discussed
    interview_of(job, discussed, asked.to)
    return Wish(
        _named(asked.name),
        readable(asked.label),
        asked.speaker,
        asked.from_s,
        asked.to_s,
        asked.keep,
        job=job,
        discussed=discussed,
        to=asked.to,
        turns=asked.turns,
    )


def _named(name: str) -> str:
    """What a file is called, without folders: a browser may send some."""
    last = readable(name.replace("\\", "/").rpartition("/")[2])
    return last if last.strip(".") else "recording"


def _require_order(from_s: float, to_s: float | None) -> None:
    if to_s is not None and from_s >= to_s:
        raise RangeError(
            f"The beginning, {clock(from_s)}, is not before the end, {clock(to_s)}.",
            hint="Give the earlier time first.",
        )
