"""What is handed over is analysed, in order, whatever happens to the server meanwhile."""

from __future__ import annotations

import json
import signal
import sqlite3
import threading
import time

import psutil
import pytest

from rehearse.audio.decode import SoundFile
from rehearse.models import Models
from rehearse.outputs import json as as_json
from rehearse.pipeline import analyze
from tests.web.serving import SAMPLES, Server, UnservedError, same_report

pytestmark = pytest.mark.weights

RECORDINGS = sorted(
    path
    for path in SAMPLES.iterdir()
    if path.suffix in {".flac", ".mp3", ".m4a", ".mp4", ".wav", ".opus", ".ogg", ".webm", ".mov"}
)

SOME = {"thin-close.opus"}
"""The browser hands over one of each kind as well, and looks for a report."""

CLOSE = b"I would love to do this job. Do you have any concerns about me? Thank you for your time."


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("desk")) as server:
        yield server


@pytest.fixture(scope="module")
def models():
    return Models("base")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=() if path.name in SOME else pytest.mark.soak, id=path.name)
        for path in RECORDINGS
    ],
)
def test_each_container_gets_the_report_that_analyze_writes(server, models, path):
    job = server.analysed(path.read_bytes(), path.name)
    assert job["error"] is None
    expected = json.loads(as_json.line(analyze(SoundFile(path), models)))
    assert same_report(server.report(job["session"]), expected)
    assert server.report(job["session"])["source"] == path.name


def test_a_typed_close_is_judged(server):
    job = server.analysed(CLOSE, "close.txt")
    report = server.report(job["session"])
    assert report["engine"] is None
    assert [step for step, told in report["steps"].items() if told["present"]] == [
        "interest",
        "concerns",
        "thanks",
    ]


def test_a_part_is_analysed_with_the_times_of_the_whole(server):
    path = SAMPLES / "strong-close.wav"
    job = server.analysed(path.read_bytes(), path.name, from_s=5, to_s=30)
    kept = server.client.get(f"/api/sessions/{job['session']}").json()
    assert kept["from_s"] == 5
    assert kept["report"]["measures"]["duration_s"] == pytest.approx(25, abs=0.1)
    assert kept["report"]["transcript"]["words"][0]["start_s"] >= 5


JOB = "You must have\n- experience of leading a team\n- a clean driving licence\n"
CONVERSATION = (
    b"Candidate: I would love to join you. Do you have any concerns about hiring me?\n"
    b"Interviewer: You have never led a team.\n"
    b"Candidate: Fair enough. At Bell I led twelve people. Thank you for your time.\n"
)


def test_a_form_brings_a_file_with_all_that_it_is_held_against(server):
    fields = {"job": JOB, "discussed": "the roof leaks", "to": "peer", "for": "Acme", "keep": ""}
    answer = server.hand_form((SAMPLES / "cheesy.mp4").read_bytes(), "cheesy.mp4", **fields)
    assert answer.status_code == 202, answer.text
    done = server.until_over(answer.json())
    report = server.report(done["session"])
    assert (done["for"], report["source"], report["to"]) == ("Acme", "cheesy.mp4", "peer")
    assert report["criteria"]
    assert [each["note"] for each in report["discussed"]] == ["the roof leaks"]
    assert report["exchange"] is None


def test_a_file_that_comes_as_a_form_gets_the_report_that_its_bytes_get(server):
    content = (SAMPLES / "thin-close.opus").read_bytes()
    form = server.until_over(server.hand_form(content, "thin-close.opus", from_s="2").json())
    alone = server.analysed(content, "thin-close.opus", from_s=2)
    assert same_report(server.report(form["session"]), server.report(alone["session"]))


@pytest.mark.parametrize("name", ["end.txt", "end.json", "end"])
def test_a_conversation_is_judged_with_its_exchange(server, name):
    job = server.hand_form(CONVERSATION, name, turns="true", job=JOB).json()
    report = server.report(server.until_over(job)["session"])
    assert report["exchange"]["said"]["text"] == "You have never led a team."
    assert report["criteria"]


@pytest.mark.parametrize(
    ("content", "fields", "says"),
    [
        (b"I want it. Any concerns?", {"turns": "true"}, "begins without a speaker"),
        (b"Candidate: I want it.", {"turns": "true"}, "no turn of the interviewer"),
        (CONVERSATION, {"turns": "true", "from_s": "3"}, "close.txt is text"),
        (CONVERSATION, {"turns": "true", "to_s": "9"}, "close.txt is text"),
        (CLOSE, {"job": "Pay is good. Lunch is free. We are near the station."}, "asks nothing"),
    ],
)
def test_what_cannot_be_held_against_anything_is_said(server, content, fields, says):
    done = server.until_over(server.hand_form(content, "close.txt", **fields).json())
    assert done["state"] == "failed"
    assert says in done["error"]["message"]
    assert done["error"]["hint"]


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"speaker": "none"}, 422, "speaker"),
        ({"to": "nobody"}, 422, "to"),
        ({"turns": "perhaps"}, 422, "turns"),
        ({"from_s": "5", "to_s": "4"}, 400, "is not before"),
        ({"job": "word " * 3001}, 400, "3001 words"),
        ({"job": "x" * 100_001}, 422, "job"),
        ({"job": "x" * 400_001}, 413, "400 kB"),
        ({"discussed": "the roof leaks\n" * 61}, 400, "61 lines"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_field_that_makes_no_sense_is_refused(server, fields, status, says):
    answer = server.hand_form(CLOSE, "close.txt", **fields)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert says in error["message"]
    assert error["hint"]
    assert [path.suffix for path in (server.data / "inbox").iterdir()] == []


def test_a_form_without_a_file_and_a_file_without_a_name_are_refused(server):
    no_file = server.client.post("/api/jobs", files={"job": (None, b"Cook")})
    assert no_file.status_code == 400
    assert "no field 'file'" in no_file.json()["error"]["message"]
    for nameless in (
        server.client.post("/api/jobs", files={"file": (None, CLOSE)}),
        server.client.post("/api/jobs", content=CLOSE),
    ):
        assert nameless.status_code == 422
        assert "name" in nameless.json()["error"]["message"]


def test_a_restart_forgets_nothing_that_came_with_a_file(tmp_path):
    content = (SAMPLES / "thin-close.opus").read_bytes()
    with Server(tmp_path) as server:
        server.hand_form(content, "first.opus")
        server.hand_form(content, "second.opus", job=JOB, discussed="the roof leaks", to="peer")
        server.hand_form(CONVERSATION, "third", turns="true")
        server.kill()
        server.start()
        done = [server.until_over(job) for job in server.client.get("/api/jobs").json()][-2:]
        second, third = (server.report(job["session"]) for job in done)
    assert second["criteria"]
    assert (second["to"], second["discussed"][0]["note"]) == ("peer", "the roof leaks")
    assert third["exchange"]


def test_what_is_not_to_be_kept_is_told_and_then_gone(server):
    before = len(server.client.get("/api/sessions").json())
    job = server.analysed((SAMPLES / "cheesy.mp4").read_bytes(), "cheesy.mp4", keep="false")
    assert (job["session"], job["report"]) == (None, True)
    report = server.client.get(f"/api/jobs/{job['id']}/report").json()
    assert report["source"] == "cheesy.mp4"
    assert "Nothing of this is kept" in server.client.get(f"/jobs/{job['id']}").text
    assert len(server.client.get("/api/sessions").json()) == before
    assert server.client.delete(f"/api/jobs/{job['id']}").status_code == 204
    assert server.client.get(f"/api/jobs/{job['id']}/report").status_code == 404
    assert list((server.data / "takes").glob("*.au")) == []


@pytest.mark.parametrize(
    ("content", "name", "wish", "says"),
    [
        (b"%PDF-1.7", "close.mp3", {}, "is a PDF"),
        (b"nothing at all", "close.docx", {}, "is a document"),
        (b"nothing at all", "close.mp3", {}, "is not a recording"),
        (b"\xff\xfe", "close.txt", {}, "UTF-16"),
        (b"?!", "close.txt", {}, "holds no words"),
        (CLOSE, "close.txt", {"from_s": 3}, "is text"),
        ((SAMPLES / "cheesy.mp4").read_bytes()[:9000], "half.mp4", {}, "half.mp4"),
        ((SAMPLES / "cheesy.mp4").read_bytes(), "a.mp4", {"from_s": 500}, "past the end"),
        ((SAMPLES / "cheesy.mp4").read_bytes(), "a.mp4", {"speaker": 7}, "voice"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_analysed_is_said_and_nothing_of_it_is_left(
    server, content, name, wish, says
):
    job = server.analysed(content, name, **wish)
    assert job["state"] == "failed"
    assert says in job["error"]["message"]
    assert job["error"]["hint"]
    inbox = server.data / "inbox"
    assert [path.name for path in inbox.iterdir() if path.suffix in {".bytes", ".half"}] == []
    assert list((server.data / "takes").glob("*.au")) == []


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({}, 400),
        ({"speaker": 0}, 422),
        ({"from_s": -1}, 422),
        ({"from_s": 5, "to_s": 5}, 400),
        ({"for": "x" * 201}, 422),
        ({"keep": "perhaps"}, 422),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_before_it_is_read(server, wish, status):
    content = b"" if not wish else b"some"
    answer = server.client.post("/api/jobs", params={"name": "a.mp3", **wish}, content=content)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"message", "hint"}


def test_ten_at_once_are_all_done_in_the_order_in_which_they_came(server):
    process = psutil.Process(server.running.pid)
    content = (SAMPLES / "thin-close.opus").read_bytes()
    jobs, most = [], 0
    lock = threading.Lock()

    def hand(place):
        job = server.hand(content, f"{place}.opus", **{"for": "ten"})
        with lock:
            jobs.append(job)

    before = process.memory_info().rss
    threads = [threading.Thread(target=hand, args=(place,)) for place in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for job in jobs:
        done = server.until_over(job)
        most = max(most, process.memory_info().rss)
        assert done["error"] is None
    sessions = server.client.get("/api/sessions", params={"for": "ten"}).json()
    accepted = sorted(jobs, key=lambda job: job["id"])
    assert [each["source"] for each in sessions] == [job["name"] for job in accepted]
    numbers = [each["session"] for each in sessions]
    assert numbers == sorted(numbers)
    assert most - before < 200e6


def test_a_restart_in_the_middle_loses_none_that_was_accepted(tmp_path):
    content = (SAMPLES / "thin-close.opus").read_bytes()
    with Server(tmp_path) as server:
        names = [f"{place}.opus" for place in range(4)]
        for name in names:
            server.hand(content, name)
        until = time.monotonic() + 90
        while not server.client.get("/api/sessions").json():
            assert time.monotonic() < until
            time.sleep(0.05)
        server.kill()
        server.start()
        for job in server.client.get("/api/jobs").json():
            assert server.until_over(job)["error"] is None
        kept = [each["source"] for each in server.client.get("/api/sessions").json()]
        assert kept == names
        assert list((server.data / "inbox").glob("*.bytes")) == []
        assert server.client.get("/api/takes").json() == []


def test_ctrl_c_leaves_what_waits_to_the_next_program(tmp_path):
    content = (SAMPLES / "thin-close.opus").read_bytes()
    with Server(tmp_path) as server:
        for place in range(3):
            server.hand(content, f"{place}.opus")
        assert server.stop(signal.SIGINT) == 0
        server.start()
        for job in server.client.get("/api/jobs").json():
            assert server.until_over(job)["error"] is None
        kept = [each["source"] for each in server.client.get("/api/sessions").json()]
        assert kept == ["0.opus", "1.opus", "2.opus"]
        assert server.stop(signal.SIGTERM) == 143


def test_what_was_cancelled_leaves_nothing_and_the_next_is_done(server):
    long = server.hand((SAMPLES / "rambling.flac").read_bytes(), "long.flac")
    waiting = server.hand(CLOSE, "never.txt")
    last = server.hand(CLOSE, "last.txt")
    until = time.monotonic() + 60
    while server.client.get(f"/api/jobs/{long['id']}").json()["state"] == "waiting":
        assert time.monotonic() < until
        time.sleep(0.02)
    for job in (long, waiting):
        assert server.client.delete(f"/api/jobs/{job['id']}").status_code == 204
        assert server.client.get(f"/api/jobs/{job['id']}").status_code == 404
    assert server.until_over(last)["error"] is None
    sources = [each["source"] for each in server.client.get("/api/sessions").json()]
    assert "long.flac" not in sources
    assert "never.txt" not in sources
    assert list((server.data / "takes").glob("*.au")) == []


def test_a_history_that_is_locked_loses_no_report(server):
    database = sqlite3.connect(server.data / "history.sqlite", isolation_level=None)
    database.execute("begin exclusive")
    try:
        done = server.analysed(CLOSE, "locked.txt")
    finally:
        database.execute("rollback")
        database.close()
    assert (done["state"], done["session"], done["report"]) == ("done", None, True)
    assert "locked" in done["error"]["message"]
    report = server.client.get(f"/api/jobs/{done['id']}/report").json()
    assert report["steps"]["thanks"]["present"]
    assert "It could not be kept" in server.client.get(f"/jobs/{done['id']}").text


def test_a_typed_close_of_an_hour_is_refused(server):
    job = server.analysed(CLOSE * 400, "long.txt")
    assert "too long for a close" in job["error"]["message"]


def test_a_second_server_of_the_same_data_is_told_where_the_first_is(server):
    second = Server(server.home)
    with pytest.raises(UnservedError) as ended:
        second.start()
    second.stop()
    code, said = ended.value.args
    assert code == 2
    assert f"The page is open already at {server.url}" in said
    assert len(said.splitlines()) == 2
