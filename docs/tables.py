"""Markdown: tables, generated pages, and text between markers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = tuple[str, ...]


def table(head: Row, rows: Iterable[Row]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    escaped = ([cell.replace("|", r"\|") for cell in row] for row in lines)
    return "".join(f"| {' | '.join(row)} |\n" for row in escaped)


def generated(text: str, source: str) -> str:
    """A page with the remark that it is generated."""
    return (
        f"<!-- Written by docs/generate.py from {source}; edit that and `make docs`. -->\n\n{text}"
    )


def filled(text: str, name: str, body: str) -> str:
    """`text` with `body` between the markers called `name`."""
    pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
    if not re.search(pattern, text, re.DOTALL):
        raise ValueError(f"the markers <!-- {name} --> and <!-- /{name} --> are not there")
    inner = body.strip()
    return re.sub(pattern, lambda m: f"{m[1]}{inner}\n{m[2]}", text, flags=re.DOTALL)
