"""The documents say what the program does, and nothing is left out of them."""

from __future__ import annotations

import importlib
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

from rehearse.checks import CHECKS
from rehearse.cli import COMMANDS
from rehearse.errors import InputError
from rehearse.outputs.errors import error_line
from rehearse.outputs.fields import FIELDS
from rehearse.outputs.json import line

TOP = Path(__file__).resolve().parents[2]

sys.path.insert(0, str(TOP / "docs"))
generate = importlib.import_module("generate")
json_page = importlib.import_module("json_page")
sys.path.remove(str(TOP / "docs"))

WRITTEN_BY_HAND = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSES/README.md",
    "docs/architecture.md",
    "docs/followup.md",
    "docs/history.md",
    "docs/labels.md",
    "docs/page.md",
    "docs/plan.md",
    "models/phrases/CARD.md",
    "models/tagger/CARD.md",
    "samples/MAKING.md",
)
DOCUMENTS = tuple(dict.fromkeys((*WRITTEN_BY_HAND, *generate.pages())))

# What a server answers to is no path of a machine.
ABSOLUTE = re.compile(r"(?<![\w.:/<*~-])/(?!api/)[A-Za-z]\w*/|\b[A-Z]:\\")
MODELS_TABLE = "models/README.md"


def read(name):
    return (TOP / name).read_text("utf-8")


def code_blocks(name, language="sh"):
    return re.findall(rf"^```{language}\n(.*?)^```", read(name), re.MULTILINE | re.DOTALL)


def test_generated_pages_are_up_to_date():
    assert generate.stale(TOP) == []


def test_a_page_that_differs_is_called_out_of_date(tmp_path):
    for name, text in generate.pages().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / MODELS_TABLE).write_text("| old |\n", "utf-8")
    assert generate.stale(tmp_path) == [MODELS_TABLE]


def test_a_page_that_is_missing_is_out_of_date(tmp_path):
    assert generate.stale(tmp_path) == list(generate.pages())


def test_filling_without_markers_is_refused():
    with pytest.raises(ValueError, match="markers"):
        generate.filled("no markers here", "report", "anything")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name):
    assert f"\n## {name}\n" in read("docs/cli.md")
    assert f"rehearse {name}" in read("README.md")


@pytest.mark.parametrize("option", ["--json", "--from", "--to", "--model", "--no-keep", "--fetch"])
def test_options_stand_in_the_page_of_commands(option):
    assert re.search(rf"^\| `{option}\b", read("docs/cli.md"), re.MULTILINE)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_check_is_documented_with_its_examples(check):
    page = read("docs/checks.md").partition(f"\n## {check.name}\n")[2].partition("\n## ")[0]
    assert check.question in page
    for section in ("What it looks for", "Why it matters", "Source", "Examples"):
        assert f"\n### {section}\n" in page
    assert page.count("\n- Nothing to say against: ") == len(check.good)
    assert page.count("\n- Flagged: ") == len(check.bad)


def test_every_json_field_is_documented():
    report = json.loads(line(json_page.example()))
    error = json.loads(error_line("gone.wav", InputError("There is no file.", hint="Look.")))
    inside = {path for path in json_page.paths(report) | json_page.paths(error) if "." in path}
    assert inside == set(json_page.NESTED)


def test_a_report_has_the_documented_fields_and_no_others():
    assert list(json.loads(line(json_page.example()))) == list(FIELDS)


def test_every_documented_json_field_stands_in_the_page():
    page = read("docs/json.md")
    for name in (*FIELDS, *json_page.NESTED):
        assert f"| `{name}` |" in page


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_names_an_absolute_path(name):
    assert ABSOLUTE.findall(read(name)) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_relative_link_leads_somewhere(name):
    for target in re.findall(r"\]\(([^)]+)\)", read(name)):
        if re.match(r"https?://", target):
            continue
        path, _, anchor = target.partition("#")
        page = (TOP / name).parent / path if path else TOP / name
        assert page.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)", page.read_text("utf-8"), re.MULTILINE)
            assert anchor in [re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_target_that_is_named_exists(name):
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    code = [*code_blocks(name), *re.findall(r"`([^`\n]+)`", read(name))]
    for words in re.findall(r"(?:^|\n)make((?: [a-z]+)+)", "\n".join(code)):
        assert set(words.split()) <= targets


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_that_is_named_exists(name):
    code = [*code_blocks(name), *re.findall(r"`([^`\n]+)`", read(name))]
    named = re.findall(r"(?:^|[\n|] ?)rehearse ([a-z]+)", "\n".join(code))
    assert set(named) <= set(COMMANDS)


def test_readme_leads_with_the_two_commands():
    first = code_blocks("README.md")[0].splitlines()
    assert [command.split("#")[0].strip() for command in first] == ["make demo", "make test"]
    assert read("README.md").index("```sh") < 30


@pytest.mark.parametrize("name", ["report", "bench", "page", "accuracy"])
def test_readme_has_each_place_for_figures_once(name):
    assert read("README.md").count(f"<!-- {name} -->") == 1
    assert read("README.md").count(f"<!-- /{name} -->") == 1


@pytest.mark.weights
def test_readme_shows_what_the_program_prints():
    shown = code_blocks("README.md", "text")[0]
    now = generate.report()
    # The words may differ by a comma from one processor to another; the steps and
    # the checks that speak may not.
    assert shown.splitlines()[1] == now.splitlines()[1]
    assert re.findall(r"\[[a-z]+(?:\.[a-z]+)?\]", shown) == re.findall(
        r"\[[a-z]+(?:\.[a-z]+)?\]", now
    )


def test_samples_page_says_that_the_voices_are_synthetic():
    assert "voices are synthetic" in read("samples/README.md")


@pytest.mark.parametrize("folder", ["models", "samples"])
def test_every_asset_and_its_licence_are_in_the_table(folder):
    page = read(f"{folder}/README.md")
    for entry in tomllib.loads(read(f"{folder}/manifest.toml"))["asset"]:
        assert entry["summary"] in page
        assert entry["licence"] in page
        for file in entry["files"]:
            assert file["path"] in page


def test_what_is_shipped_has_the_text_of_its_licence():
    shipped = {
        licence
        for folder in ("models", "samples")
        for entry in tomllib.loads(read(f"{folder}/manifest.toml"))["asset"]
        if folder == "samples" or any(file.get("in") == "models" for file in entry["files"])
        for licence in entry["licence"].split(" AND ")
    }
    for licence in shipped - {"MIT"}:
        assert (TOP / "LICENSES" / f"{licence}.txt").stat().st_size > 1_000
    assert read("LICENSE").startswith("MIT License")


def test_every_locked_package_is_in_the_table_of_licences():
    page = read("LICENSES/README.md")
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", read("requirements.lock"), re.MULTILINE):
        row = re.search(rf"^\| {re.escape(name)} \| (.*?) \| (.+) \|$", page, re.MULTILINE)
        assert row, name
        assert version in row[1].split(" or ")
