"""The templates of the pages: one environment, in which a name that is missing is an error."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER: Final = "templates"


@cache
def environment() -> Environment:
    """The templates of this package; whatever they are given is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("rehearse.outputs", FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def text_of(name: str) -> str:
    """A style sheet or a script that lies beside the templates, to be put into a page."""
    return (files("rehearse.outputs") / FOLDER / name).read_text("utf-8")
