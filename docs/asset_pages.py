"""Pages about what the program is made with: weights, samples, packages, the tagger's figures."""

from __future__ import annotations

import re
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from tables import generated, table

if TYPE_CHECKING:
    from pathlib import Path

WEIGHTS: Final = """\
# The weights

What `rehearse` may load. Every file is checked against the SHA-256 below before it is used; one
that does not match is never loaded. The weights named as packages are installed with the program.
Nothing is downloaded while it analyses.
"""

SAMPLES: Final = """\
# The samples

**The voices are synthetic.** Nobody was recorded, and the people and workplaces in the scripts are
invented. Synthetic speech is cleaner than people are, so what works here may still fail on you.
[MAKING.md](MAKING.md) says how the files were made.

Each is a promise that a test holds the program to, from the sound alone. Beside each recording lies
its script, as a person would write it.
"""


def weights(entries: list[dict[str, Any]]) -> str:
    """The weights and their files."""
    parts = [
        WEIGHTS,
        table(
            ("name", "what it is", "licence", "made by", "how it gets here"),
            (
                (
                    f"`{entry['name']}`",
                    entry["summary"],
                    entry["licence"],
                    f"{entry['upstream']} ([card]({entry['card']}))",
                    entry["obtained"],
                )
                for entry in entries
            ),
        ),
        "## Where they come from\n",
        table(
            ("name", "revision", "what was done to it"),
            ((f"`{e['name']}`", f"`{e['revision']}`", f"`{e['changes']}`") for e in entries),
        ),
        "## Files\n",
        table(
            ("name", "file", "bytes", "SHA-256"),
            (
                (
                    f"`{entry['name']}`",
                    file["path"],
                    f"{file['size']:,}" if "size" in file else "not listed",
                    f"`{file['sha256']}`" if "sha256" in file else "written down when fetched",
                )
                for entry in entries
                for file in entry["files"]
            ),
        ),
    ]
    return generated("\n".join(parts), "`models/manifest.toml`")


def samples(entries: list[dict[str, Any]]) -> str:
    """The recordings and what each of them proves."""
    parts = [
        SAMPLES,
        table(
            ("recording", "what it is", "length", "steps", "must be flagged", "voice", "licence"),
            (
                (
                    f"[{file['path']}]({file['path']}) ([script]({entry['says']}))",
                    entry["summary"],
                    f"{entry['duration_s']:.0f} s",
                    ", ".join(entry["steps"])
                    + (f"; not {', '.join(entry['lacks'])}" if entry["lacks"] else ""),
                    ", ".join(f"`{name}`" for name in entry["expects"]) or "–",
                    entry["voice"],
                    entry["licence"],
                )
                for entry in entries
                for file in entry["files"]
            ),
        ),
    ]
    return generated("\n".join(parts), "`samples/manifest.toml`")


def accuracy(card: Path) -> str:
    """What the tagger's card says of the four steps, and of its traps."""
    text = card.read_text("utf-8")
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in text.splitlines()
        if re.match(r"\| (?:interest|fit|concerns|thanks) ", line)
    ]
    plain = " ".join(text.split())
    sums = re.search(
        r"(Macro-F1 of the four steps by close: .*?\)\.) (All four .*?\)\.) (Traps .*? of \d+\.)",
        plain,
    )
    if len(rows) < 4 or sums is None:
        raise ValueError(f"{card.name} has another form than this reads")
    return (
        table(("step", "precision", "recall", "F1", "95 %"), (row[:5] for row in rows[:4]))
        + f"\n{sums[1]}\n{sums[2]}\n{sums[3]}"
    )


def licences(lock: Path) -> str:
    """Every package of the lock with the licence that its own metadata states."""
    versions: dict[str, list[str]] = {}
    for match in re.finditer(r"^([\w.-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE):
        versions.setdefault(match[1], []).append(match[2])
    return table(
        ("package", "version", "licence"),
        ((name, " or ".join(found), stated_licence(name)) for name, found in versions.items()),
    )


def stated_licence(name: str) -> str:
    """A package's licence in its own words, the most exact of them."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return "not read: not needed on the system where this table was made"
    exact = about.get_all("License-Expression") or []
    # Some packages put the whole text where its name belongs.
    named = [text for text in about.get_all("License") or [] if 0 < len(text) <= 40]
    classified = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License")
    ]
    return ", ".join(exact or named or classified) or "not stated"
