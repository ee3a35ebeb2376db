"""What a worker does before it listens: looks, and refuses what it must not do."""

from __future__ import annotations

import hashlib

import pytest

from rehearse.batch import Task, made_with
from rehearse.batch.work import do
from rehearse.errors import ClusterError


def test_a_worker_that_came_later_with_another_version_does_nothing(tmp_path):
    (tmp_path / "a.wav").write_bytes(b"x")
    task = Task("a.wav", str(tmp_path / "a.wav"), look=True, made="of another version")
    with pytest.raises(ClusterError, match="came later, with another version") as refused:
        do(task)
    assert "same version" in refused.value.hint


def test_a_recording_is_known_by_its_content_wherever_it_is(tmp_path):
    content = b"sound" * 100_000
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    key = made_with("base").key
    for task in (
        Task("a.wav", str(path), look=True),
        Task("a.wav", str(path), known=sha256, made=key),
        Task("a.wav", f"file://{path}", look=True),
        Task("a.wav", "/nowhere/a.wav", content=content, look=True),
    ):
        done = do(task)
        assert (done.sha256, done.line, done.error) == (sha256, None, "")


@pytest.mark.parametrize(
    ("address", "content", "what"),
    [
        ("nowhere.wav", None, "There is no file"),
        ("file:///nowhere/a.wav", None, "a.wav cannot be read"),
        ("a.wav", b"", "a.wav is empty"),
        ("a.wav", b"%PDF-1.7 and so on, and on", "a.wav is a PDF"),
        ("a.wav", b"no sound at all, of any kind", "a.wav"),
    ],
)
def test_what_cannot_be_read_is_told_and_named_nowhere_where_it_has_no_name(address, content, what):
    done = do(Task(address, address, content=content, look=False, known="other"))
    assert what in done.error
    assert done.hint
    unnamed = do(Task(address, address, content=content, anonymous=True))
    assert unnamed.error
    assert "nowhere" not in unnamed.error
    assert "a.wav" not in unnamed.error + unnamed.hint


def test_the_clock_of_a_worker_is_stopped_when_its_recording_is_done(program):
    code = (
        "import time\n"
        "from rehearse.batch.work import given_up_after\n"
        "with given_up_after(0.5):\n"
        "    pass\n"
        "time.sleep(0.8)\n"
        "print('still here', flush=True)\n"
        "with given_up_after(0.5):\n"
        "    (10 ** 10_000_000) % 7, time.sleep(20)\n"
        "print('too late')\n"
    )
    done = program("-c", code)
    assert done.stdout == "still here\n"
    assert done.returncode == 1
