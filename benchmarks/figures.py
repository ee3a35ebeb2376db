"""Where measured figures are shown: between markers of two pages."""

from __future__ import annotations

from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
PAGES = (TOP / "README.md", TOP / "docs" / "measurements.md")


def put(name: str, figures: str) -> None:
    """Put figures between the markers of this name."""
    for path in PAGES:
        text = path.read_text("utf-8")
        head, _, rest = text.partition(f"<!-- {name} -->")
        _, _, tail = rest.partition(f"<!-- /{name} -->")
        path.write_text(f"{head}<!-- {name} -->\n{figures}\n<!-- /{name} -->{tail}", "utf-8")
