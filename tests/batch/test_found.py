"""Recordings below a folder: which they are, and what is passed over."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from rehearse.batch.found import Folder, folder_of, may_be_recording
from rehearse.errors import InputError


@pytest.fixture
def tree(tmp_path):
    """A folder as somebody hands it over."""
    for name in (
        *("b.m4a", "a.WAV", "group 1/c.webm", "group 1/deeper/no suffix", "group 2/Ünïcode.ogg"),
        *("notes.txt", "consent.pdf", "list.xlsx", ".DS_Store", "._b.m4a", "__MACOSX/b.m4a"),
        *("Thumbs.db", ".hidden/d.wav", "results/reports/b.m4a.json", "results/e.wav"),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


def test_every_recording_below_a_folder_is_found_in_order(tree):
    folder = Folder(str(tree), without=tree / "results")
    found = list(folder)
    assert [each.name for each in found] == [
        *("a.WAV", "b.m4a", "group 1/c.webm", "group 1/deeper/no suffix", "group 2/Ünïcode.ogg")
    ]
    assert folder.passed_over == 3
    assert [Path(each.address).read_bytes() for each in found] == [b"x"] * 5
    assert [each.name for each in folder] == [each.name for each in found]


def test_a_source_is_what_analyze_would_be_given(tree, monkeypatch):
    monkeypatch.chdir(tree.parent)
    found = next(iter(Folder(f"{tree.name}/")))
    assert found.source == f"{tree.name}/a.WAV"


@pytest.mark.parametrize(
    "name", ["a.mp3", "a.MP4", "a.opus", "a.aiff", "a.amr", "a.3gp", "a.mkv", "a.ogx", "recording"]
)
def test_any_container_is_taken_by_any_name(name):
    assert may_be_recording(name)


def test_links_to_folders_are_not_followed_and_pipes_are_passed_over(tree):
    (tree / "round").symlink_to(tree)
    os.mkfifo(tree / "pipe.wav")
    (tree / "linked.wav").symlink_to(tree / "b.m4a")
    (tree / "dangling.wav").symlink_to(tree / "nowhere")
    folder = Folder(str(tree), without=tree / "results")
    names = [each.name for each in folder]
    assert "linked.wav" in names
    assert "dangling.wav" in names  # somebody meant it to be there: it is told
    assert "pipe.wav" not in names
    assert not any(name.startswith("round") for name in names)


def test_names_that_are_no_text_stay_two(tmp_path):
    for name in (b"a\xff.wav", b"a\xfe.wav"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
    found = list(Folder(str(tmp_path)))
    assert len({each.name for each in found}) == 2
    assert {each.source for each in found} == {f"{tmp_path}/a\ufffd.wav"}


def test_a_place_that_fsspec_reads_is_walked_through_as_well(tree):
    local, elsewhere = Folder(str(tree)), Folder(f"file://{tree}")
    assert {each.name for each in elsewhere} >= {
        each.name for each in local if not each.name.startswith(("results", "."))
    }
    assert all(each.address.startswith("file:///") for each in elsewhere)


@pytest.mark.parametrize(
    ("name", "what"),
    [("nowhere", "There is no folder"), ("b.m4a", "is a file, not a folder")],
)
def test_what_is_no_folder_is_refused(tree, name, what):
    with pytest.raises(InputError, match=what) as refused:
        folder_of(str(tree / name))
    assert refused.value.hint


def test_a_place_of_a_kind_that_is_not_known_is_told():
    with pytest.raises(InputError, match="nosuch://bucket/x cannot be looked into") as refused:
        list(folder_of("nosuch://bucket/x"))
    assert "s3fs" in refused.value.hint


@pytest.fixture
def without_rights(tree):
    """The tree for somebody who may not look into one of its folders."""
    folder = Path(tempfile.mkdtemp(prefix="rehearse-closed-"))
    shutil.copytree(tree, folder / "tree")
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o755)
    (folder / "tree" / "group 1").chmod(0o700 if os.getuid() == 0 else 0)
    if os.getuid() == 0:
        os.seteuid(65534)
    yield folder / "tree"
    if os.getuid() == 0:
        os.seteuid(0)
    (folder / "tree" / "group 1").chmod(0o700)
    shutil.rmtree(folder)


@pytest.mark.skipif(os.name != "posix", reason="of POSIX")
def test_a_folder_that_may_not_be_looked_into_is_told_and_the_rest_found(without_rights):
    found = list(Folder(str(without_rights)))
    assert [(each.name, each.trouble) for each in found if each.trouble] == [
        ("group 1/", "Permission denied")
    ]
    assert {each.name for each in found} >= {"a.WAV", "b.m4a", "group 1/", "group 2/Ünïcode.ogg"}
    with pytest.raises(InputError, match="cannot be looked into: Permission denied") as refused:
        folder_of(str(without_rights / "group 1"))
    assert "may read it" in refused.value.hint
