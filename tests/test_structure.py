"""The shape of the program: who may import whom, and when."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path

import pytest

import rehearse

PACKAGE = Path(rehearse.__file__).parent

MAY_IMPORT = {
    "__init__": "",
    "__main__": "cli",
    "arrays": "errors",
    "assets": "errors settings",
    "audio": "errors recording timecode",
    "bars": "",
    "batch": "assets audio cohort errors inputs models outputs pipeline takes",
    "characters": "",
    "checks": "bars close criterion delivery errors exchange finding interview language rates "
    "steps transcript",
    "cli": "assets audio batch checks closebench cohort doctor drill engines errors facing "
    "followup history inputs interview judging language live models outputs pipeline recording "
    "report session settings takes timecode web",
    "close": "criterion delivery exchange interview language transcript",
    "closebench": "criterion errors exchange finding report steps",
    "cohort": "bars history steps",
    "criterion": "transcript",
    "delivery": "bars rates transcript",
    "drill": "close criterion interview judging live matching transcript",
    "doctor": "assets audio errors history settings",
    "engines": "arrays audio errors transcript",
    "errors": "",
    "exchange": "transcript",
    "facing": "drill live outputs",
    "finding": "transcript",
    "followup": "errors outputs session transcript",
    "history": "bars errors interview session settings steps takes transcript",
    "inputs": "audio characters errors interview",
    "interview": "characters criterion errors",
    "judging": "checks close criterion finding interview language matching report screening "
    "steps transcript",
    "language": "arrays close delivery errors transcript steps",
    "draft": "checks close steps",
    "live": "audio draft errors interview judging pipeline recording report takes timecode "
    "transcript",
    "locating": "close language timecode steps",
    "matching": "arrays close criterion errors exchange interview language transcript",
    "models": "assets engines language matching speakers",
    "outputs": "bars closebench cohort criterion delivery errors exchange finding history "
    "interview language report session steps timecode transcript",
    "pipeline": "audio checks close engines interview judging locating prosody quality recording "
    "report screening speakers transcript",
    "quality": "audio recording transcript",
    "prosody": "audio delivery recording transcript",
    "rates": "",
    "recording": "",
    "report": "close criterion delivery exchange finding quality speakers transcript",
    "screening": "engines errors transcript",
    "session": "",
    "settings": "",
    "steps": "",
    "speakers": "audio errors recording transcript",
    "takes": "errors recording settings timecode",
    "timecode": "errors",
    "transcript": "",
    "web": "audio checks doctor drill errors facing history inputs interview judging live models "
    "outputs pipeline recording session settings steps takes timecode",
}
"""Each part, and the parts that it may import, for types as well. What is not here is
forbidden: a check that knew an engine, a measure that judged."""

HEAVY = [
    "spacy",
    "librosa",
    "faster_whisper",
    "ctranslate2",
    "onnxruntime",
    "av",
    "sounddevice",
    "numpy",
    "tokenizers",
    "huggingface_hub",
    "rich",
    "fastapi",
    "uvicorn",
    "jinja2",
    "icalendar",
    "distributed",
    "fsspec",
    "joblib",
    "pebble",
]

RUN_EACH = """
import contextlib, io, json, sys
from rehearse.cli import main

commands, heavy = map(json.loads, sys.argv[1:])
told = {}
for command in commands:
    sys.argv = ["rehearse", *command.split()]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            main()
        except SystemExit as left:
            told[command] = [left.code, [name for name in heavy if name in sys.modules]]
print(json.dumps(told))
"""
"""Runs one command after the other, and says after each what has been loaded by then."""


def part(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path):
    """The parts of the program that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            whole = node.module == "rehearse"
            names = [f"rehearse.{a.name}" for a in node.names] if whole else [node.module]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("rehearse."))


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path):
    allowed = {part(path), *MAY_IMPORT[part(path)].split()}
    assert set(imported(path)) <= allowed


def test_every_part_has_its_line_in_the_table():
    assert set(MAY_IMPORT) == {part(path) for path in FILES}


@pytest.mark.parametrize(
    ("of", "never"),
    [
        ("checks", "engines outputs history cli audio prosody"),
        ("prosody", "checks engines language outputs"),
        ("audio", "language engines checks prosody outputs"),
        ("engines", "language checks outputs prosody"),
        ("language", "engines checks audio outputs"),
        ("outputs", "engines checks audio cli pipeline web"),
        ("history", "engines checks audio cli pipeline outputs web"),
        ("cohort", "batch engines checks audio cli pipeline outputs web"),
    ],
)
def test_the_table_itself_keeps_the_seams(of, never):
    assert not set(MAY_IMPORT[of].split()) & set(never.split())


def test_only_the_command_line_speaks():
    speakers = {
        path.relative_to(PACKAGE).parts[0]
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "click.echo"}
    }
    assert speakers == {"cli"}


def test_what_needs_no_models_loads_nothing_heavy(program, tmp_path):
    (tmp_path / "close.docx").write_bytes(b"PK\x03\x04 and so on")
    (tmp_path / "empty.wav").touch()
    commands = {
        "--help": 0,
        "--version": 0,
        "analyze --help": 0,
        "plan --help": 0,
        "plan --card": 2,
        "plan --forget": 2,
        "record --help": 0,
        "serve --help": 0,
        "record --model enormous": 2,
        "devices --help": 0,
        "recover --list": 0,
        "checks": 0,
        "explain wording.cheesy": 0,
        "explain nothing": 2,
        "analyze nowhere.wav": 2,
        f"analyze {tmp_path}": 2,
        f"analyze {tmp_path / 'empty.wav'}": 2,
        f"analyze --json {tmp_path / 'close.docx'} nowhere.txt": 2,
        "analyze close.wav --from 1:00 --to 0:30": 2,
        "analyze close.wav --model enormous": 2,
        "show 1": 2,
        "compare 1 2": 2,
        "play 1": 2,
        "followup 1": 2,
        "followup --help": 0,
        "forget 1": 2,
        "batch --help": 0,
        f"batch nowhere --out {tmp_path / 'results'}": 2,
        f"batch {tmp_path} --out {tmp_path / 'results'} --model enormous": 2,
        f"export {tmp_path / 'out'}": 0,
        f"import {tmp_path}": 2,
    }
    home = str(tmp_path / "home")
    done = program(
        "-c", RUN_EACH, json.dumps(list(commands)), json.dumps(HEAVY), XDG_DATA_HOME=home
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {each: [code, []] for each, code in commands.items()}


def test_showing_a_history_loads_nothing_heavy_but_what_writes_to_a_terminal(
    program, month, tmp_path
):
    shutil.copytree(month, tmp_path / "rehearse")
    commands = ["history", "history --json", "show 3", "compare 1 3", "history --chart fillers"]
    heavy = [name for name in (*HEAVY, "scipy", "plotly") if name != "rich"]
    done = program(
        "-c", RUN_EACH, json.dumps(commands), json.dumps(heavy), XDG_DATA_HOME=str(tmp_path)
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {each: [0, []] for each in commands}
