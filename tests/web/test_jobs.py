"""Jobs are on the disk when they are accepted, and are done in the order in which they came."""

from __future__ import annotations

import json
import threading

import pytest

from rehearse.errors import UploadError
from rehearse.web.job import NAME, Wish
from rehearse.web.jobs import ABOUT, BYTES, HALF, MOST_FINISHED, MOST_WAITING, Jobs
from tests.disks import disk, fill


def accepted(jobs, name, content=b"sound"):
    with jobs.receiving() as half:
        half.write_bytes(content)
        return jobs.accept(Wish(name), half)


@pytest.fixture
def jobs(tmp_path):
    return Jobs(tmp_path / "inbox")


def read_again(jobs):
    again = Jobs(jobs.folder)
    again.read()
    return again


def test_what_was_accepted_is_found_by_the_next_program_in_the_same_order(jobs):
    names = [f"{place}.wav" for place in range(20)]
    for name in names:
        accepted(jobs, name, name.encode())
    again = read_again(jobs)
    assert [job.wish.name for job in again.all()] == names
    assert [again.bytes_of(job).read_bytes().decode() for job in again.all()] == names
    assert again.next().wish.name == "0.wav"


def test_what_it_is_held_against_is_found_as_well(jobs):
    with jobs.receiving() as half:
        half.write_bytes(b"Candidate: ...")
        held = Wish("a.txt", job="Cook\n- a knife", discussed="the roof", to="panel", turns=True)
        jobs.accept(held, half)
    (job,) = read_again(jobs).all()
    assert job.wish == held


def test_one_that_an_earlier_version_accepted_is_found(jobs):
    job = accepted(jobs, "a.wav")
    about = jobs.folder / (job.id + ABOUT)
    told = json.loads(about.read_text())
    for name in ("job", "discussed", "to", "turns"):
        del told["wish"][name]
    about.write_text(json.dumps(told))
    assert [each.wish for each in read_again(jobs).all()] == [job.wish]


def test_many_that_come_at_once_each_have_their_own_name(jobs):
    threads = [threading.Thread(target=accepted, args=(jobs, f"{n}.wav")) for n in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = jobs.all()
    assert len({job.id for job in found}) == 30
    assert all(NAME.fullmatch(job.id) for job in found)


def test_a_clock_that_is_set_back_does_not_change_the_order(jobs, monkeypatch):
    first = accepted(jobs, "first.wav")
    monkeypatch.setattr("rehearse.web.jobs.time.time_ns", lambda: 1_000)
    second = accepted(jobs, "second.wav")
    assert first.id < second.id


def test_what_was_not_accepted_is_cleared_away(jobs):
    kept = accepted(jobs, "kept.wav")
    (jobs.folder / f"abc{HALF}").write_bytes(b"half")
    (jobs.folder / f"{'0' * 20}-00000000{BYTES}").write_bytes(b"of nobody")
    assert [job.id for job in read_again(jobs).all()] == [kept.id]
    assert sorted(path.name for path in jobs.folder.iterdir()) == [
        kept.id + BYTES,
        kept.id + ABOUT,
    ]


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "[]", "null",
        '{"wish": {"colour": 1}, "copied": null}', '{"wish": {"name": null}}',
        '{"wish": {"name": "a.wav", "from_s": "x"}, "copied": null}', "[" * 100_000,
    ],
    ids=lambda content: content[:20],
)  # fmt: skip
def test_a_description_that_was_damaged_is_left_and_harms_no_other(jobs, content):
    damaged, whole = accepted(jobs, "damaged.wav"), accepted(jobs, "whole.wav")
    (jobs.folder / (damaged.id + ABOUT)).write_text(content)
    assert [job.id for job in read_again(jobs).all()] == [whole.id]
    assert jobs.bytes_of(damaged).is_file()


def test_a_description_of_another_name_is_passed_over(jobs, tmp_path):
    accepted(jobs, "a.wav")
    secret = tmp_path / "secret.bytes"
    secret.write_bytes(b"secret")
    about = json.dumps({"wish": {"name": "a.wav"}, "copied": None})
    (jobs.folder / f"..{ABOUT}").write_text(about)
    (jobs.folder / f"secret{ABOUT}").write_text(about)
    assert len(read_again(jobs).all()) == 1


def test_no_more_wait_than_may(jobs):
    for place in range(MOST_WAITING):
        accepted(jobs, f"{place}.wav")
    with pytest.raises(UploadError, match="100 recordings wait"):
        accepted(jobs, "one more.wav")
    jobs.drop(jobs.all()[0])
    assert accepted(jobs, "one more.wav")


def test_what_is_over_leaves_nothing_on_the_disk(jobs):
    job = accepted(jobs, "a.wav")
    jobs.end(job, "done", session=3)
    assert list(jobs.folder.iterdir()) == []
    assert jobs.find(job.id).session == 3
    assert read_again(jobs).all() == []


def test_only_so_many_are_remembered_when_they_are_over(jobs):
    for place in range(MOST_FINISHED + 5):
        jobs.end(accepted(jobs, f"{place}.wav"), "done", session=place)
    assert len(jobs.all()) == MOST_FINISHED
    assert jobs.all()[0].wish.name == "5.wav"


def test_one_that_was_dropped_is_not_brought_back_by_a_later_change(jobs):
    job = accepted(jobs, "a.wav")
    jobs.drop(job)
    jobs.change(job, durable=True, copied="a.flac")
    jobs.end(job, "done", session=1)
    assert jobs.all() == []
    assert list(jobs.folder.iterdir()) == []


def test_what_works_on_one_is_told_when_it_is_dropped(jobs):
    job, told = accepted(jobs, "a.wav"), []
    jobs.when_dropped(job, lambda: told.append("stop"))
    jobs.drop(job)
    jobs.drop(job)
    assert told == ["stop"]
    jobs.when_dropped(job, lambda: told.append("late"))
    assert told == ["stop", "late"]


def test_a_take_is_recovered_once(jobs):
    first = jobs.accept(Wish("a", take="2026-11-29T10-00-00.au"), None)
    again = jobs.accept(Wish("a", take="2026-11-29T10-00-00.flac"), None)
    assert again.id == first.id
    jobs.end(first, "done", session=1)
    assert jobs.accept(Wish("a", take="2026-11-29T10-00-00.flac"), None).id != first.id


def test_a_folder_is_for_its_owner_alone(jobs):
    job = accepted(jobs, "a.wav")
    assert jobs.folder.stat().st_mode & 0o777 == 0o700
    for suffix in (ABOUT, BYTES):
        assert (jobs.folder / (job.id + suffix)).stat().st_mode & 0o777 == 0o600


def test_a_full_disk_accepts_nothing_and_says_so(tmp_path):
    with disk(tmp_path / "small", "64k") as small:
        jobs = Jobs(small / "inbox")
        accepted(jobs, "a.wav")
        fill(small)
        with pytest.raises(UploadError, match="No space left"):
            jobs.accept(Wish("b.wav", take="b.au"), None)
        assert [job.wish.name for job in jobs.all()] == ["a.wav"]
