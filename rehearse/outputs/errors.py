"""An input that could not be analysed, as JSON. Apart, because it must load nothing heavy."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rehearse.outputs.fields import FIELDS, FORMAT

if TYPE_CHECKING:
    from rehearse.errors import RehearseError


def error_line(source: str, error: RehearseError) -> str:
    """Write what happened and what to do as one line; every other field is null."""
    fields: dict[str, Any] = dict.fromkeys(FIELDS)
    fields |= {
        "format": FORMAT,
        "source": source,
        "error": {"message": error.message, "hint": error.hint},
    }
    return json.dumps(fields, ensure_ascii=False)
