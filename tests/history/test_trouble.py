"""A history that cannot be read or written: one line, what to do, and nothing lost."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import threading
from contextlib import closing

import pytest

from rehearse.errors import HistoryError
from rehearse.history import History, database
from rehearse.outputs import kept
from tests.disks import disk, fill, read_only
from tests.history.reports import entry


@pytest.fixture
def small_disk(tmp_path):
    with disk(tmp_path / "disk", "512k") as place:
        yield place


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sound(path):
    """Whether a database is whole."""
    with closing(sqlite3.connect(path)) as opened:
        return opened.execute("pragma integrity_check").fetchone() == ("ok",)


def test_a_full_disk_keeps_what_is_there(small_disk):
    with History(small_disk) as history:
        history.add(entry(1))
        fill(small_disk)
        with pytest.raises(HistoryError) as refused:
            history.add(entry(2, "word " * 20_000))
        assert "no room on the disk" in refused.value.message
        assert "Make room" in refused.value.hint
        assert [each.number for each in history.sessions()] == [1]
        (small_disk / "filling").unlink()
        assert history.add(entry(3)).number == 2
    assert sound(small_disk / "history.sqlite")


def test_a_disk_that_is_full_from_the_start(small_disk):
    fill(small_disk)
    with History(small_disk / "data") as history, pytest.raises(HistoryError) as refused:
        history.add(entry(1))
    assert "No space left" in refused.value.message or "no room" in refused.value.message


def test_a_disk_that_may_not_be_written_to_can_be_read(small_disk):
    with History(small_disk) as history:
        history.add(entry(1))
    before = digest(small_disk / "history.sqlite")
    read_only(small_disk)
    with History(small_disk) as history:
        assert history.session(1).source == "take-1.flac"
        assert history.overview().count == 1
        with pytest.raises(HistoryError) as refused:
            history.add(entry(2))
    assert "cannot be used: it may not be written to" in refused.value.message
    assert digest(small_disk / "history.sqlite") == before


def test_a_folder_that_cannot_be_made(small_disk):
    read_only(small_disk)
    with History(small_disk / "data") as history, pytest.raises(HistoryError) as refused:
        history.add(entry(1))
    assert "Read-only file system" in refused.value.message
    assert "REHEARSE_HOME" in refused.value.hint


def test_a_file_in_place_of_the_folder(tmp_path):
    (tmp_path / "data").write_text("mine")
    with History(tmp_path / "data") as history, pytest.raises(HistoryError, match="cannot be"):
        history.add(entry(1))
    assert (tmp_path / "data").read_text() == "mine"


def test_one_that_is_locked_is_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_S", 10.0)
    with History(tmp_path) as history:
        history.add(entry(1))
        other = sqlite3.connect(history.path, isolation_level=None, check_same_thread=False)
        other.execute("begin immediate")
        threading.Timer(0.3, lambda: other.execute("commit")).start()
        assert history.add(entry(2)).number == 2
    other.close()


def test_one_that_stays_locked_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_S", 0.2)
    with History(tmp_path) as history:
        history.add(entry(1))
    other = sqlite3.connect(tmp_path / "history.sqlite", isolation_level=None)
    other.execute("begin exclusive")
    with History(tmp_path) as history, pytest.raises(HistoryError) as refused:
        history.add(entry(2))
    assert "has kept it locked" in refused.value.message
    assert "try again" in refused.value.hint
    other.execute("commit")
    other.close()
    with History(tmp_path) as history:
        assert history.add(entry(2)).number == 2


def test_an_sqlite_that_is_too_old_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    with History(tmp_path) as history, pytest.raises(HistoryError, match=r"3\.37 or newer"):
        history.add(entry(1))
    assert list(tmp_path.iterdir()) == []


def damaged(tmp_path, count, seed):
    """Flip a byte in each of many copies; give what was raised that is no `HistoryError`."""
    with History(tmp_path / "whole") as history:
        for number in range(6):
            history.add(entry(number, label="Acme", fillers=number))
    whole = (tmp_path / "whole" / "history.sqlite").read_bytes()
    rng = random.Random(seed)
    wrong = []
    for number in range(count):
        copy = bytearray(whole)
        copy[rng.randrange(len(copy))] ^= rng.randrange(1, 256)
        folder = tmp_path / "damaged"
        folder.mkdir(exist_ok=True)
        (folder / "history.sqlite").write_bytes(copy)
        with History(folder) as history:
            for look in (
                history.overview,
                history.goal,
                lambda: kept.report(history.session(3).report),
                lambda: history.add(entry(100 + number)),  # noqa: B023
            ):
                try:
                    look()
                except HistoryError:
                    continue
                except Exception as error:
                    wrong.append(f"{type(error).__name__}: {error}")
    return wrong


def test_a_flipped_byte_is_told_in_two_lines_or_not_noticed(tmp_path):
    assert damaged(tmp_path, 60, seed=1) == []


@pytest.mark.soak
def test_many_flipped_bytes_are_told_in_two_lines_or_not_noticed(tmp_path):
    assert damaged(tmp_path, 3000, seed=2) == []
