"""A whole history goes to another computer in one archive; what else is in one goes nowhere."""

from __future__ import annotations

import shutil
import zipfile

import pytest

from rehearse.errors import HistoryError, TooLargeError, UploadError
from rehearse.history import History
from rehearse.interview.plan import Plan, Point
from rehearse.web import archives
from rehearse.web.archives import pack, unpack


@pytest.fixture
def archive(month, tmp_path):
    shutil.copytree(month, tmp_path / "month")
    (tmp_path / "packed").mkdir()
    with History(tmp_path / "month") as history:
        return pack(history, tmp_path / "packed")


@pytest.fixture
def other(tmp_path):
    with History(tmp_path / "other") as history:
        yield history


def unpacked(history, archive, tmp_path, name="unpacked"):
    (tmp_path / name).mkdir()
    return unpack(history, archive, tmp_path / name)


def test_what_was_packed_is_there_once(archive, other, month, tmp_path):
    first = unpacked(other, archive, tmp_path)
    again = unpacked(other, archive, tmp_path, "again")
    with History(month) as history:
        assert first.added == history.count() == other.count()
        assert [s.line for s in other.sessions()] == [s.line for s in history.sessions()]
    assert (again.added, again.there) == (0, first.added)


def test_plans_go_with_it(other, tmp_path):
    plan = Plan("Baker", "", (Point("early hours", "two years of nights"),))
    (tmp_path / "packed").mkdir()
    with History(tmp_path / "one") as history:
        history.keep_plan("Acme", plan)
        archive = pack(history, tmp_path / "packed")
    assert unpacked(other, archive, tmp_path).plans == 1
    assert other.plans() == {"Acme": plan}


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive at all", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_archive_is_refused(other, tmp_path, content):
    path = tmp_path / "all.zip"
    path.write_bytes(content)
    with pytest.raises((UploadError, HistoryError)) as refused:
        unpacked(other, path, tmp_path)
    assert refused.value.hint
    assert str(tmp_path) not in refused.value.message
    assert other.count() == 0


def test_a_damaged_archive_adds_nothing(archive, other, tmp_path):
    content = bytearray(archive.read_bytes())
    for place in range(200, len(content) // 2, 997):
        content[place] ^= 0xFF
    archive.write_bytes(content)
    with pytest.raises((UploadError, HistoryError)):
        unpacked(other, archive, tmp_path)
    assert other.count() == 0


def test_no_name_leads_out_of_the_folder(archive, other, tmp_path):
    with zipfile.ZipFile(archive, "a") as opened:
        for name in (
            "../outside.txt", "/outside.txt", "rehearse/../../outside.txt", "rehearse/sound/../x",
            "rehearse/sound/..", "rehearse/sound/a/b.flac", "C:\\outside.txt", "rehearse/other.txt",
        ):  # fmt: skip
            opened.writestr(name, "outside")
    unpacked(other, archive, tmp_path)
    outside = [path for path in tmp_path.rglob("*") if "outside" in path.name or path.name == "x"]
    assert outside == []
    assert not (tmp_path / "unpacked" / "other.txt").exists()


def test_an_archive_that_unfolds_without_end_is_refused(other, tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 10_000_000)
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("rehearse/sessions.jsonl", bytes(20_000_000))
    assert path.stat().st_size < 100_000
    with pytest.raises(TooLargeError):
        unpacked(other, path, tmp_path)


def test_a_link_is_only_its_text(archive, other, tmp_path):
    link = zipfile.ZipInfo("rehearse/sound/link.flac")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(link, "/etc/passwd")
    unpacked(other, archive, tmp_path)
    assert not (tmp_path / "unpacked" / "sound" / "link.flac").is_symlink()
