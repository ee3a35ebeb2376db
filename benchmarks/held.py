"""How right the program is about exchanges and jobs, on the test splits: `make bench`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from figures import TOP, put

SPLITS = ("exchanges", "postings")

TOLD = {
    "concern": "concern or none in the interviewer's answer",
    "acknowledged": "acknowledged",
    "clarified": "asked what is behind it",
    "evidence": "answered with evidence",
    "checked": "checked that it helped",
    "defensive": "defensive",
    "evasive": "evasive",
    "dwelling": "dwelt on it",
    "quality": "good, mixed or bad",
    "criterion found": "criteria of the posting that are found",
    "criterion is one": "what is found and is a criterion",
    "must": "must or plus",
    "first criterion": "the first criterion is the first",
    "covered": "criterion answered with own experience",
    "named, not covered": "merely named, and not taken for answered",
    "spoken of": "criterion spoken of",
    "recalled": "note recalled",
}


def main() -> None:
    """Measure, print, and write the figures down."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true", help="write docs/drill.md")
    chosen = options.parse_args()
    figures = "\n\n".join(table(split) for split in SPLITS)
    print(figures)
    if chosen.write:
        put("figures", figures, pages=(TOP / "docs" / "drill.md",))


def table(split: str) -> str:
    """The figures of a split, with 95 % bootstrap intervals over whole items."""
    path = Path("closebench") / split / "test.jsonl"
    command = [sys.executable, "-m", "rehearse", "bench", "--json", str(path)]
    done = subprocess.run(command, cwd=TOP, check=True, capture_output=True, encoding="utf-8")
    told = json.loads(done.stdout)
    lines = [
        f"{told['items']} {split} (`{path}`):",
        "",
        "| | right | 95 % | F1 | 95 % | there | of |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in told["labels"]:
        always = row["support"] == row["count"]
        shown = [*pair(row["accuracy"]), *(("", "") if always else pair(row["f1"]))]
        counts = ["" if always else str(row["support"]), str(row["count"])]
        lines.append(f"| {' | '.join([TOLD[row['label']], *shown, *counts])} |")
    return "\n".join(lines)


def pair(figure: dict) -> tuple[str, str]:
    """A share and its interval."""
    if figure["value"] is None:
        return "–", ""
    return f"{figure['value']:.3f}", f"{figure['low']:.3f}–{figure['high']:.3f}"


if __name__ == "__main__":
    main()
