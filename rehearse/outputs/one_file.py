"""A page as one file, which opens without a network and runs nothing that it did not bring."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

from rehearse.outputs.templating import environment, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def page(
    part: str,
    told: Mapping[str, Any],
    *,
    title: str,
    styles: Sequence[str],
    scripts: Sequence[str] = (),
    voice: bool = False,
    holds: str = "",
) -> str:
    """Write a page.

    Parameters
    ----------
    part
        The template of its body, as it also stands in a page of the server.
    told
        What that template is given.
    title
        Of the page.
    styles
        The style sheets beside the templates, by name.
    scripts
        Whole scripts, run in this order after the body; ours or of a package, never made of
        what anybody said.
    voice
        Whether there is sound in it.
    holds
        What else is in it than the words of whoever made it, as a sentence.
    """
    from markupsafe import Markup

    style = "".join(text_of(name) for name in styles)
    return (
        environment()
        .get_template("one_file.html")
        .render(
            **told,
            part=part,
            title=title,
            # Of our own making, and digests.
            policy=Markup(policy([style], scripts, voice=voice)),  # noqa: S704
            voice=voice,
            holds=holds,
            # Ours and of packages, and nothing that anybody said.
            style=Markup(style),  # noqa: S704
            scripts=[Markup(script) for script in scripts],  # noqa: S704
        )
    )


def policy(styles: Iterable[str], scripts: Iterable[str], *, voice: bool = False) -> str:
    """The Content-Security-Policy that lets these in, by their SHA-256, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_digests(scripts)}",
            f"style-src {_digests(styles)}",
            *(["media-src data:"] if voice else []),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digests(texts: Iterable[str]) -> str:
    found = [hashlib.sha256(text.encode("utf-8")).digest() for text in texts]
    return " ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in found) or "'none'"
