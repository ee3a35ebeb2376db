"""The templates of the server's pages, and those of `rehearse.outputs` that they take in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """Both in one; whatever they are given is escaped, and a name that is missing is an error."""
    from jinja2 import ChoiceLoader, PackageLoader

    from rehearse.outputs import templating

    shared = templating.environment()
    loaders = [PackageLoader("rehearse.web"), shared.loader]
    return shared.overlay(loader=ChoiceLoader([each for each in loaders if each is not None]))


def rendered(template: str, **fields: Any) -> str:
    """Write a page."""
    return environment().get_template(template).render(fields)
