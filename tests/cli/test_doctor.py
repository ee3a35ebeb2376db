"""`rehearse doctor`: what works here, and what to do about what does not."""

from __future__ import annotations

import pytest

from rehearse import assets
from rehearse.history import History
from tests.history.reports import entry

MARKS = ("ok  ", "FAIL", "none")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path))
    return tmp_path


def signs(out):
    return [line for line in out.splitlines() if line.startswith(MARKS)]


def test_everything_it_looks_at_has_a_mark(home, command):
    _, out, err = command("doctor")
    assert err == ""
    for name in ("Python", "spaCy pipeline", "PortAudio", "microphone", "weights are kept in"):
        assert sum(f"  {name} " in line for line in signs(out)) == 1


def test_all_weights_are_looked_at(home, command):
    found = "\n".join(signs(command("doctor")[1]))
    assert all(f"weights {name} " in found for name in assets.manifest())


def test_the_places_are_those_it_was_told(home, command):
    _, out, _ = command("doctor")
    assert f"{home / 'weights'} (" in out


def test_what_does_not_work_is_followed_by_what_to_do(home, command):
    lines = command("doctor")[1].splitlines()
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        assert line.startswith("ok  ") or not line.startswith(MARKS) or "→" in after


def test_damaged_weights_fail_with_their_remedy(home, command):
    folder = home / "weights" / "base"
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(b"other bytes")
    code, out, _ = command("doctor")
    lines = out.splitlines()
    (number,) = (n for n, line in enumerate(lines) if "weights base " in line)
    assert code == 2
    assert lines[number].startswith("FAIL")
    assert "rehearse models --fetch base" in lines[number + 1]


def test_the_history_is_counted_and_not_begun(home, command):
    assert "ok    history              nothing is kept yet" in command("doctor")[1]
    assert not (home / "history.sqlite").exists()
    with History(home) as history:
        history.add(entry(1))
    assert "ok    history              1 session" in command("doctor")[1]


def test_a_history_that_cannot_be_used_fails_with_what_to_do(home, command):
    (home / "history.sqlite").write_text("a letter")
    code, out, _ = command("doctor")
    lines = out.splitlines()
    (number,) = (n for n, line in enumerate(lines) if "  history " in line)
    assert code == 2
    assert lines[number].startswith("FAIL")
    assert "is damaged" in lines[number]
    assert "Move it away" in lines[number + 1]
    assert (home / "history.sqlite").read_text() == "a letter"


@pytest.mark.weights
def test_a_machine_without_a_microphone_still_analyses(home, command):
    code, out, _ = command("doctor")
    assert not any(line.startswith("FAIL") for line in signs(out))
    assert code == 0
