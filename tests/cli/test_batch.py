"""`rehearse batch` where something is wrong: one line, what to do, exit code 2, nothing heavy."""

from __future__ import annotations

import pytest

from tests.disks import disk, read_only


@pytest.fixture
def closes(tmp_path):
    folder = tmp_path / "closes"
    folder.mkdir()
    (folder / "a.wav").write_bytes(b"x")
    return folder


def told(command, *arguments):
    code, out, err = command("batch", *arguments)
    assert code == 2
    assert out == ""
    first, second = err.strip().splitlines()
    assert first.startswith("error: ")
    return first, second


def test_an_empty_folder(command, tmp_path):
    (tmp_path / "empty").mkdir()
    first, second = told(command, tmp_path / "empty", "--out", tmp_path / "out")
    assert "There is no recording in" in first
    assert "Name the folder that the recordings are in" in second
    assert not (tmp_path / "out").exists()


def test_a_folder_of_other_things(command, tmp_path):
    (tmp_path / "papers").mkdir()
    for name in ("a.txt", "b.pdf"):
        (tmp_path / "papers" / name).write_text("x")
    first, _ = told(command, tmp_path / "papers", "--out", tmp_path / "out")
    assert "(files of other kinds: 2)" in first


def test_no_folder_and_a_file(command, closes, tmp_path):
    first, _ = told(command, tmp_path / "nowhere", "--out", tmp_path / "out")
    assert "There is no folder" in first
    first, second = told(command, closes / "a.wav", "--out", tmp_path / "out")
    assert "is a file, not a folder" in first
    assert "rehearse analyze" in second
    assert not (tmp_path / "out").exists()


def test_results_in_the_folder_of_the_recordings_itself(command, closes):
    first, second = told(command, closes, "--out", closes)
    assert "holds something else than results" in first
    assert "--out" in second


def test_results_in_a_file(command, closes, tmp_path):
    (tmp_path / "out").write_text("x")
    first, _ = told(command, closes, "--out", tmp_path / "out")
    assert "is a file" in first


def test_no_right_to_write(command, closes, tmp_path):
    with disk(tmp_path / "disk", "1m") as place:
        read_only(place)
        first, second = told(command, closes, "--out", place / "out")
    assert "cannot be written: Read-only file system" in first
    assert "take the right to write there" in second


def test_weights_that_there_are_not(command, closes, tmp_path):
    first, _ = told(command, closes, "--out", tmp_path / "out", "--model", "enormous")
    assert "There are no weights called 'enormous'" in first


@pytest.mark.parametrize(
    "options",
    [
        ("--workers", "0"),
        ("--patience", "0"),
        ("--workers", "2", "--cluster", "tcp://127.0.0.1:1"),
    ],
)
def test_options_that_cannot_be(command, closes, tmp_path, options):
    code, _, err = command("batch", closes, "--out", tmp_path / "out", *options)
    assert code == 2
    assert "Error: " in err
