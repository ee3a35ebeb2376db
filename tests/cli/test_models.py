"""`rehearse models`: what is there, whether it is whole, and putting it in place."""

from __future__ import annotations

import pytest

from rehearse import assets


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty place for weights."""
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def damaged(home):
    """The same with a `base` whose every file has other bytes."""
    folder = home / "weights" / "base"
    folder.mkdir(parents=True)
    for file in assets.asset("base").files:
        (folder / file.path).write_bytes(b"other bytes")
    return folder


def test_all_weights_are_listed_with_licence_and_state(home, command):
    code, out, err = command("models")
    assert (code, err) == (0, "")
    for entry in assets.manifest().values():
        (row,) = (line for line in out.splitlines() if line.startswith(f"{entry.name} "))
        assert entry.licence in row
        assert entry.kind in row
        assert entry.summary in " ".join(out.split())


def test_weights_that_come_with_the_program_are_ready(home, command):
    _, out, _ = command("models")
    for name in ("tagger",):
        (row,) = (line for line in out.splitlines() if line.startswith(f"{name} "))
        assert row.endswith("ready")


def test_larger_weights_are_not_fetched_unasked(home, command):
    _, out, _ = command("models")
    (row,) = (line for line in out.splitlines() if line.startswith("small.en "))
    assert row.endswith("not fetched")
    assert not (home / "weights").exists()


def test_damaged_weights_are_named_when_verifying(damaged, command):
    code, out, err = command("models", "--verify")
    assert code == 2
    assert "model.bin of the weights 'base' is damaged" in out
    assert err.startswith("error: ")
    assert "--fetch" in err


def test_damaged_weights_are_not_verified(damaged, command):
    assert "Every digest was checked" not in command("models", "--verify")[1]


@pytest.mark.weights
def test_fetching_puts_damaged_weights_right(damaged, command):
    code, out, _ = command("models", "--fetch", "base")
    assert code == 0
    assert out.strip() == f"base is in {damaged}, verified."
    assert sorted(path.name for path in damaged.parent.iterdir()) == ["base"]


def test_what_comes_with_the_program_is_not_fetched(home, command):
    code, _, err = command("models", "--fetch", "tagger")
    assert code == 2
    assert "comes with the program" in err


def test_weights_that_do_not_exist_are_refused_with_those_that_do(home, command):
    code, _, err = command("models", "--fetch", "enormous")
    assert code == 2
    assert "'enormous'" in err
    assert "tiny.en" in err
