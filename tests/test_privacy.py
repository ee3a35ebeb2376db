"""Nothing leaves the machine."""

from __future__ import annotations

import ast
import json
import re
import shutil
from pathlib import Path

import pytest

import rehearse

PACKAGE = Path(rehearse.__file__).parent

ONLY_TEXT = {"urllib.parse"}
"""What takes addresses apart, and opens none."""

NETWORK = {
    "socket",
    "ssl",
    "http",
    "urllib",
    "requests",
    "httpx",
    "aiohttp",
    "huggingface_hub",
    "ftplib",
    "distributed",
    "fsspec",
}

WATCHED = """
import json, socket, sys

seen = []

def watch(event, arguments):
    if event.startswith("socket.") or event.startswith("urllib."):
        seen.append(event)
        raise PermissionError(f"{event} while analysing")

class Refused(socket.socket):
    def __init__(self, *arguments, **options):
        maker = sys._getframe(1)
        seen.append((maker.f_globals["__name__"], maker.f_code.co_name))
        raise PermissionError("a socket was made while analysing")

socket.socket = Refused
sys.addaudithook(watch)

from rehearse.cli import main

sys.argv = ["rehearse", *sys.argv[1:]]
try:
    main()
except SystemExit as left:
    code = left.code
print(json.dumps({"code": code, "seen": seen}))
"""
"""Analyses with every socket refused, and says who asked for one."""

PROOF = (
    WATCHED.partition("from rehearse")[0]
    + """
try:
    socket.create_connection(("127.0.0.1", 9))
except PermissionError:
    print(json.dumps(seen))
"""
)


@pytest.mark.weights
def test_no_socket_is_asked_for_while_analysing(program):
    inputs = ("samples/thin-close.opus", "samples/thin-close.txt")
    done = program("-c", WATCHED, "analyze", "--json", *inputs)
    *reports, told = map(json.loads, done.stdout.splitlines())
    assert (told["code"], told["seen"]) == (0, []), done.stderr
    assert [report["error"] for report in reports] == [None, None]


@pytest.mark.parametrize(
    "words",
    [
        ["history"],
        ["history", "--html", "HERE/history.html"],
        ["history", "--chart", "fillers"],
        ["show", "3"],
        ["compare", "1", "3"],
        ["export", "HERE/out"],
        ["forget", "2"],
    ],
    ids=" ".join,
)
def test_no_socket_is_asked_for_by_the_history(program, month, tmp_path, words):
    shutil.copytree(month, tmp_path / "rehearse")
    words = [word.replace("HERE", str(tmp_path)) for word in words]
    done = program("-c", WATCHED, *words, XDG_DATA_HOME=str(tmp_path))
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["code"], told["seen"]) == (0, []), done.stderr


def test_the_watch_would_see_a_socket(program):
    done = program("-c", PROOF)
    assert json.loads(done.stdout), done.stderr


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


EACH_PROCESS = """
import os, sys

def watch(event, arguments):
    if event.startswith(("socket.", "urllib.")):
        with open(os.environ["REHEARSE_SEEN"], "a") as file:
            file.write(f"{event} {arguments}\\n")
    elif event == "import" and arguments[0] == "ctranslate2":
        with open(os.environ["REHEARSE_SEEN"] + "-workers", "a") as file:
            file.write(f"{os.getpid()}\\n")

sys.addaudithook(watch)
"""
"""Runs at the start of every Python that inherits it, thus in workers as well."""


@pytest.mark.weights
def test_no_socket_is_asked_for_by_a_batch_or_any_of_its_workers(program, tmp_path):
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(EACH_PROCESS)
    (tmp_path / "closes").mkdir()
    for name in ("ho-003", "ho-021"):
        shutil.copy(PACKAGE.parent / "closebench" / "spoken" / f"{name}.opus", tmp_path / "closes")
    seen = tmp_path / "seen"
    done = program(
        *("-m", "rehearse", "batch", tmp_path / "closes", "--out", tmp_path / "out"),
        *("--model", "tiny.en", "--html"),
        PYTHONPATH=str(tmp_path / "hook"),
        REHEARSE_SEEN=str(seen),
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "seen-workers").read_text()  # the watch was there where it is heard
    assert not seen.exists() or seen.read_text() == ""
    proof = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    program("-c", proof, PYTHONPATH=str(tmp_path / "hook"), REHEARSE_SEEN=str(seen))
    assert "socket.connect" in seen.read_text()


def test_only_the_hub_opens_a_connection_and_only_the_server_waits_for_one():
    knows = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for name in imported(path)
        if name.partition(".")[0] in NETWORK and name not in ONLY_TEXT
    }
    asked_for = {
        "batch/cluster.py",  # `--cluster`
        "batch/found.py",  # an address of fsspec in the place of a folder
        "batch/work.py",
    }
    assert knows == {"assets/hub.py", "web/server.py", *asked_for}


def test_nothing_shipped_names_another_host():
    addresses = {
        (path.relative_to(PACKAGE).as_posix(), found)
        for path in PACKAGE.rglob("*")
        if path.suffix in {".html", ".js", ".css", ".svg"}
        for found in re.findall(r"(?:https?:)?//[a-z0-9.-]+", path.read_text("utf-8"))
    }
    # The name of a kind of file, which nothing opens.
    assert {found for _, found in addresses} <= {"http://www.w3.org"}
