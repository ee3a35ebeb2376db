"""Where measured figures are shown: between markers of two pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TOP = Path(__file__).resolve().parent.parent
PAGES = (TOP / "README.md", TOP / "docs" / "measurements.md")


def put(name: str, figures: str, pages: Sequence[Path] = PAGES) -> None:
    """Put figures between the markers of this name, on each page."""
    for path in pages:
        text = path.read_text("utf-8")
        head, _, rest = text.partition(f"<!-- {name} -->")
        _, _, tail = rest.partition(f"<!-- /{name} -->")
        path.write_text(f"{head}<!-- {name} -->\n{figures}\n<!-- /{name} -->{tail}", "utf-8")
