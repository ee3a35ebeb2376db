"""Write the pages and tables that are made from the program itself: `make docs`.

    docs/checks.md      every check's page and examples
    docs/cli.md         the commands
    docs/json.md        the fields of a JSON report
    models/README.md    models/manifest.toml as a table
    samples/README.md   samples/manifest.toml as a table
    README.md           between its markers: a report, and the tagger's figures
    docs/drill.md       between its markers: the worked example
    LICENSES/README.md  between its markers: the packages and their licences

With `--check` nothing is written, and the exit code is 1 where a page is out of
date.  The report and the licences are left out of that: they are read from a
run and from the packages installed here, which may differ from machine to machine.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import asset_pages
import click
import json_page
import worked
from tables import filled, generated, table

from rehearse.checks import CHECKS
from rehearse.cli import COMMANDS, rehearse

if TYPE_CHECKING:
    from collections.abc import Sequence

TOP: Final = Path(__file__).resolve().parent.parent

SHOWN: Final = "samples/cheesy.mp4"
"""The sample whose report README shows."""

LONGEST: Final = 400
"""Characters of an example of a check."""

EXAMPLES: Final = {
    "plan": (
        'rehearse plan --for "Acme, hiring manager"',
        'rehearse plan --role Baker --criterion "early hours" --proof "two years of nights"',
        "rehearse plan --show",
        'rehearse plan --for "Acme, hiring manager" --card',
    ),
    "record": (
        "rehearse record",
        "rehearse record --countdown --again",
        "rehearse record --plain --stop-after 0",
        'rehearse record --device "USB" --no-keep',
        'rehearse record --for "Acme, hiring manager"',
    ),
    "history": (
        "rehearse history",
        'rehearse history --for "Acme" --last 20',
        "rehearse history --chart fillers",
        "rehearse history --html history.html",
    ),
    "serve": ("rehearse serve", "rehearse serve --port 0 --no-open"),
    "show": (
        "rehearse show 12",
        "rehearse show 12 --json",
        "rehearse show 12 --html report.html --sound",
    ),
    "compare": ("rehearse compare 3 12", "rehearse compare 3 12 --html compared.html"),
    "play": ("rehearse play 12", "rehearse play 12 --from 0:20"),
    "followup": (
        "rehearse followup 12",
        'rehearse followup 12 --name "Ann Lee" --role "shift lead" --company "Acme" --out notes',
        'rehearse followup 12 --email ann@example.org --from "Kim Roe <kim@example.org>"',
        "rehearse followup 12 --card --interviewed-at 14:00 --at 18:30",
    ),
    "forget": ("rehearse forget 12",),
    "export": ("rehearse export my-practice",),
    "import": ("rehearse import my-practice",),
    "devices": ("rehearse devices", 'rehearse devices --device "USB"'),
    "recover": ("rehearse recover --list", "rehearse recover", "rehearse recover --discard"),
    "drill": (
        "rehearse drill",
        "rehearse drill --concern relocation --rounds 2",
        "rehearse drill --concern job --job posting.txt --to hiring-manager --silent",
    ),
    "analyze": (
        "rehearse analyze samples/strong-close.wav",
        "rehearse analyze --json samples/cheesy.mp4 samples/cheesy.txt",
        "rehearse analyze --from 0:05 --to 0:30 samples/strong-close.wav",
        "rehearse analyze --model tiny.en samples/strong-close.wav",
        "rehearse analyze --job posting.txt --discussed notes.txt --to panel close.m4a",
        "rehearse analyze --turns interview.txt",
        'echo "I would love to work here. Thank you for your time." | rehearse analyze -',
    ),
    "batch": (
        "rehearse batch closes --out results --html",
        "rehearse batch closes --out results --anonymous --workers 1",
        "rehearse batch s3://bucket/closes --out results --cluster tcp://scheduler:8786",
    ),
    "explain": ("rehearse explain wording.cheesy",),
    "checks": ("rehearse checks",),
    "models": ("rehearse models", "rehearse models --verify", "rehearse models --fetch tiny.en"),
    "bench": ("rehearse bench closes.jsonl", "rehearse bench --json --mistakes 0 closes.jsonl"),
    "doctor": ("rehearse doctor",),
}


def main(arguments: Sequence[str]) -> int:
    """Write every page, or with `--check` name those that are out of date."""
    if list(arguments) == ["--check"]:
        old = stale(TOP)
        for name in old:
            sys.stdout.write(f"{name} is out of date; run `make docs`.\n")
        return 1 if old else 0
    if arguments:
        sys.stdout.write("usage: docs/generate.py [--check]\n")
        return 2
    fill(TOP / "README.md", "report", f"```text\n{report()}\n```")
    fill(TOP / "docs" / "drill.md", "example", worked.example())
    fill(
        TOP / "LICENSES" / "README.md", "packages", asset_pages.licences(TOP / "requirements.lock")
    )
    for name, text in pages().items():
        (TOP / name).write_text(text, "utf-8")
    return 0


def stale(top: Path) -> list[str]:
    """The pages below `top` that are missing or differ from what the program says now."""
    return [
        name
        for name, text in pages().items()
        if not (top / name).is_file() or (top / name).read_text("utf-8") != text
    ]


def pages() -> dict[str, str]:
    """Every page that is the same on every machine, by its path."""
    readme = (TOP / "README.md").read_text("utf-8")
    return {
        "README.md": filled(
            readme, "accuracy", asset_pages.accuracy(TOP / "models" / "tagger" / "CARD.md")
        ),
        "docs/checks.md": checks_page(),
        "docs/cli.md": cli_page(),
        "docs/json.md": json_page.page(),
        "models/README.md": asset_pages.weights(assets("models")),
        "samples/README.md": asset_pages.samples(assets("samples")),
    }


def assets(folder: str) -> list[dict[str, Any]]:
    """The entries of a folder's manifest."""
    entries: list[dict[str, Any]] = tomllib.loads(
        (TOP / folder / "manifest.toml").read_text("utf-8")
    )["asset"]
    return entries


def checks_page() -> str:
    """Every check: its question, its page, its examples."""
    parts = [
        "# The checks\n\nIn the order of a report. `rehearse explain NAME` shows the same pages.\n",
        table(
            ("check", "what it asks"),
            ((f"[{c.name}](#{c.name.replace('.', '')})", c.question) for c in CHECKS),
        ),
    ]
    for check in CHECKS:
        page = re.sub(
            r"^#+(?= )", lambda match: "#" + match.group(), check.page, flags=re.MULTILINE
        )
        title, _, rest = page.partition("\n")
        parts.append(f"## {check.name}\n\n**{title.lstrip('# ')}.** {check.question}\n{rest}\n")
        examples = [f"- Nothing to say against: {each.told(LONGEST)}" for each in check.good]
        examples += [f"- Flagged: {each.told(LONGEST)}" for each in check.bad]
        parts.append("### Examples\n\n" + "\n".join(examples) + "\n")
    return generated("\n".join(parts), "the files of `rehearse/checks/`")


def cli_page() -> str:
    """The commands, from click."""
    top = click.Context(rehearse, info_name="rehearse", **rehearse.context_settings)
    parts = [
        "# The commands\n\n`rehearse --help` and `rehearse COMMAND --help` say the same.\n",
        table(
            ("command", "what it does"),
            ((f"[{name}](#{name})", what) for name, what in COMMANDS.items()),
        ),
    ]
    for name in COMMANDS:
        command = rehearse.get_command(top, name)
        if command is None:
            raise LookupError(name)
        parts.append(_command(name, click.Context(command, info_name=name, parent=top)))
    parts.append(
        "## Exit codes\n\n"
        + table(
            ("code", "meaning"),
            (
                ("0", "done, whatever was found"),
                ("1", "a fault of ours: please report what it printed"),
                ("2", "something could not be done; the message says what, and what to do"),
                ("130", "interrupted"),
            ),
        )
        + "\n## Variables\n\n"
        + table(
            ("variable", "effect"),
            (
                ("`REHEARSE_HOME`", "a folder of your choice for all that the program keeps"),
                ("`NO_COLOR`", "set to anything: no colours"),
            ),
        )
    )
    return generated("\n".join(parts), "`rehearse/cli/`")


def _command(name: str, context: click.Context) -> str:
    command = context.command
    help_text = "\n".join(line.strip() for line in (command.help or "").splitlines()).strip()
    records = [
        record
        for parameter in command.get_params(context)
        if isinstance(parameter, click.Option)
        and (record := parameter.get_help_record(context)) is not None
    ]
    return (
        f"## {name}\n\n```text\n{command.get_usage(context).removeprefix('Usage: ')}\n```\n\n"
        f"{help_text}\n\n"
        + table(("option", "effect"), ((f"`{option}`", what) for option, what in records))
        + "\n```sh\n"
        + "\n".join(EXAMPLES[name])
        + "\n```\n"
    )


def report() -> str:
    """What the program prints about a sample when it is piped."""
    done = subprocess.run(
        [sys.executable, "-m", "rehearse", "analyze", "--no-keep", SHOWN],
        cwd=TOP, env=os.environ | {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    return "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())


def fill(path: Path, name: str, body: str) -> None:
    """Put `body` between the markers of a file."""
    path.write_text(filled(path.read_text("utf-8"), name, body), "utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
