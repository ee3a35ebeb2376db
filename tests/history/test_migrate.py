"""Histories of other versions, of other programs, and what is no history."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from rehearse.errors import HistoryError
from rehearse.history import History
from rehearse.history.migrate import APPLICATION, migrate, migrations, require_ours, statements
from tests.history.reports import DATA, entry

VERSIONS = sorted(DATA.glob("version-*.sqlite"))
TOP = Path(__file__).resolve().parents[2]


def version_of(path):
    with closing(sqlite3.connect(path)) as database:
        return database.execute("pragma user_version").fetchone()[0]


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def test_there_is_one_of_every_version():
    assert [path.name for path in VERSIONS] == [
        f"version-{number}.sqlite" for number in range(1, len(migrations()) + 1)
    ]
    assert [version_of(path) for path in VERSIONS] == list(range(1, len(migrations()) + 1))


@pytest.mark.parametrize("made", VERSIONS, ids=lambda path: path.stem)
def test_one_of_every_version_opens_and_goes_on(made, folder):
    shutil.copy(made, folder / "history.sqlite")
    with History(folder) as history:
        shown = history.overview()
        assert shown.count == 12
        assert shown.standings["fillers"].verdict == "improved"
        assert history.overview("Acme").standings == shown.standings
        assert history.session(7).report["transcript"]["text"] == "To be honest, take 6."
        assert history.goal() is not None
        added = history.add(entry(40))
        assert added.number == 13
        assert history.overview().count == 13
        assert history.path.parent == folder
    with closing(sqlite3.connect(folder / "history.sqlite")) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
        assert database.execute("pragma foreign_key_check").fetchall() == []
    assert version_of(folder / "history.sqlite") == len(migrations())


def newer(path):
    shutil.copy(VERSIONS[-1], path)
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"pragma user_version = {len(migrations()) + 1}")


def foreign(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("create table recipes (name text)")
        database.execute("insert into recipes values ('soup')")
        database.commit()


def marked(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("pragma application_id = 77")


def damaged(at, length):
    def make(path):
        shutil.copy(VERSIONS[-1], path)
        data = bytearray(path.read_bytes())
        data[at : at + length] = b"\x5a" * length
        path.write_bytes(data)

    return make


@pytest.mark.parametrize(
    ("make", "what", "to_do"),
    [
        (newer, "was made by a newer rehearse", "Update rehearse"),
        (foreign, "was made by another program", "Move it"),
        (marked, "was made by another program", "Move it"),
        (damaged(0, 16), "history is damaged", "left as it is"),
        (damaged(0, 100), "history is damaged", "left as it is"),
        (damaged(100, 8), "history is damaged", "left as it is"),
        (damaged(4096, 4096), "history is damaged", "left as it is"),
    ],
)
def test_what_is_not_ours_is_refused_and_left_as_it_is(make, what, to_do, folder):
    path = folder / "history.sqlite"
    make(path)
    before = digest(path)
    with History(folder) as history, pytest.raises(HistoryError) as refused:
        history.add(entry(1))
    assert what in refused.value.message
    assert to_do in refused.value.hint
    assert digest(path) == before


@pytest.mark.parametrize("content", [b"not a database at all, but text" * 40, b"x"])
def test_what_is_no_database_is_left_as_it_is(content, folder):
    path = folder / "history.sqlite"
    path.write_bytes(content)
    with History(folder) as history, pytest.raises(HistoryError, match="damaged"):
        history.overview()
    assert path.read_bytes() == content


def test_a_folder_in_its_place(folder):
    (folder / "history.sqlite").mkdir()
    with History(folder) as history, pytest.raises(HistoryError, match="cannot be"):
        history.overview()


def test_a_step_that_fails_leaves_it_as_it_was(folder):
    path = folder / "history.sqlite"
    shutil.copy(VERSIONS[0], path)
    before = path.read_bytes()
    database = sqlite3.connect(path, isolation_level=None)
    good, bad = migrations()[1], "create table fine (a int);\ninsert into nowhere values (1);\n"
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate(database, str(path), steps=[migrations()[0], good + bad])
    assert require_ours(database, str(path)) == 1
    database.close()
    assert path.read_bytes() == before


def test_a_script_is_cut_into_its_statements():
    script = "-- a; comment\ncreate table a (b text default ';');\n\ninsert into a\nvalues (';');\n"
    assert [each.strip() for each in statements(script)] == [
        "-- a; comment\ncreate table a (b text default ';');",
        "insert into a\nvalues (';');",
    ]
    with pytest.raises(RuntimeError, match="in the middle"):
        list(statements("create table a (b int"))
    assert list(statements("-- nothing\n")) == []


OPEN = """
import sys
from pathlib import Path
from rehearse.history import History
with History(Path(sys.argv[1])) as history:
    print(history.overview().count)
"""


@pytest.mark.parametrize("made", [None, VERSIONS[0]], ids=["new", "old"])
def test_several_that_open_it_at_once_make_it_once(made, folder):
    if made is not None:
        shutil.copy(made, folder / "history.sqlite")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, str(folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=TOP,
        )
        for _ in range(4)
    ]
    told = [each.communicate(timeout=60) for each in running]
    assert told == [("0\n" if made is None else "12\n", "")] * 4


def test_a_history_says_whose_it_is(folder):
    with History(folder) as history:
        history.overview()
    with closing(sqlite3.connect(folder / "history.sqlite")) as database:
        assert database.execute("pragma application_id").fetchone() == (APPLICATION,)
