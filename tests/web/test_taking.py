"""A take that comes over a WebSocket: what the page of a browser sends, sent by a program."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager

import numpy as np
import pytest
import soxr
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from rehearse.audio.decode import SoundFile
from rehearse.models import Models
from rehearse.outputs import json as as_json
from rehearse.pipeline import analyze
from tests.web.serving import SAMPLES, Server, same_report

pytestmark = pytest.mark.weights

RATE = 48_000


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("take")) as server:
        yield server


@pytest.fixture(scope="module")
def spoken():
    """A close of 22 seconds, as a browser sends it: int16 at 48 kHz."""
    blocks = SoundFile(SAMPLES / "cheesy.mp4", to_s=22).blocks()
    sound = soxr.resample(np.concatenate([block.samples for block in blocks]), 16_000, RATE)
    return (sound * 32767).clip(-32768, 32767).astype("<i2").tobytes()


def browser_sound(sample, from_s, to_s):
    """A part of a sample as a browser sends it."""
    blocks = SoundFile(SAMPLES / sample, from_s=from_s, to_s=to_s).blocks()
    sound = soxr.resample(np.concatenate([block.samples for block in blocks]), 16_000, RATE)
    return (sound * 32767).clip(-32768, 32767).astype("<i2").tobytes()


SECOND = bytes(2 * RATE)


@pytest.fixture(scope="module")
def question():
    """That somebody wants the job, the concerns question, and a silence."""
    wants, asks = ((0, 5), (30, 35))
    return b"".join(browser_sound("strong-close.wav", *part) for part in (wants, asks)) + SECOND


@pytest.fixture(scope="module")
def response():
    """Twelve seconds of what somebody has done."""
    return browser_sound("strong-close.wav", 15, 27.4) + SECOND


class Page:
    """What the page does."""

    def __init__(self, socket):
        self.socket = socket

    def begin(self, **wanted):
        self.socket.send(json.dumps({"rate": RATE, "stop_after": 0, **wanted}))
        return self.told()

    def say(self, sound):
        for at in range(0, len(sound), 4096):
            self.socket.send(sound[at : at + 4096])

    def until(self, reached, within_s=60):
        """Wait for a state of which something is true; give it."""
        until = time.monotonic() + within_s
        while True:
            state = json.loads(self.socket.recv(timeout=within_s)).get("state")
            if state is not None and reached(state):
                return state
            assert time.monotonic() < until, state

    def stop(self):
        self.socket.send('{"stop": true}')

    def answered(self, within_s=60):
        """Wait until an interviewer says something; give it."""
        until = time.monotonic() + within_s
        while True:
            message = json.loads(self.socket.recv(timeout=within_s))
            if "interviewer" in message:
                return message["interviewer"]
            assert time.monotonic() < until, message

    def told(self, within_s=120):
        """The next message that is no state."""
        while True:
            message = json.loads(self.socket.recv(timeout=within_s))
            if "state" not in message:
                return message

    def result(self):
        assert self.told() == {"ended": True}
        return self.told()


@contextmanager
def opened(server):
    with connect(server.url.replace("http", "ws") + "/api/take", open_timeout=20) as socket:
        yield Page(socket)


def taken(server, sound, **wanted):
    with opened(server) as page:
        assert page.begin(**wanted) == {"ready": True}
        page.say(sound)
        page.stop()
        return page.result()


def test_a_take_becomes_a_session_whose_file_analyses_the_same(server, spoken):
    result = taken(server, spoken, **{"for": "Acme", "device": "USB <b>Audio</b>"})
    kept = server.client.get(f"/api/sessions/{result['session']}").json()
    assert (kept["origin"], kept["for"], kept["sound"]) == ("record", "Acme", True)
    path = server.data / "takes" / kept["source"]
    again = json.loads(as_json.line(analyze(SoundFile(path), Models("base"))))
    assert same_report(kept["report"], again)
    assert kept["report"]["steps"]["interest"]["present"]
    assert kept["report"]["measures"]["duration_s"] == pytest.approx(22, abs=0.1)


def test_the_page_is_told_how_it_goes(server, spoken):
    with opened(server) as page:
        page.begin()
        page.say(spoken + bytes(2 * RATE))
        last = page.until(lambda state: {"fit", "interest"} <= set(state["steps"]))
        page.stop()
        assert "session" in page.result()
    assert last["recorded_s"] == pytest.approx(23, abs=0.2)
    assert 19 < last["speaking_s"] < 22.5
    assert last["level_dbfs"] <= 0
    assert last["trouble"] is None
    assert "Stop ends the take" in last["hint"]


def test_a_page_that_is_gone_loses_nothing(server, spoken):
    before = len(server.client.get("/api/sessions").json())
    with opened(server) as page:
        page.begin()
        page.say(spoken)
        time.sleep(0.5)
    until = time.monotonic() + 60
    while len(server.client.get("/api/sessions").json()) == before:
        assert time.monotonic() < until
        time.sleep(0.1)
    last = server.client.get("/api/sessions").json()[-1]
    report = server.report(last["session"])
    assert report["measures"]["duration_s"] == pytest.approx(22, abs=0.3)


def test_a_silence_ends_it(server, spoken):
    with opened(server) as page:
        page.begin(stop_after=1.5)
        page.say(spoken)
        page.say(bytes(2 * RATE * 3))
        assert "session" in page.result()


def test_what_is_thrown_away_is_gone(server, spoken):
    files = sorted((server.data / "takes").iterdir())
    with opened(server) as page:
        page.begin()
        page.say(spoken)
        page.socket.send('{"discard": true}')
        assert page.result() == {"discarded": True}
    assert sorted((server.data / "takes").iterdir()) == files


def test_nothing_said_is_an_error_and_leaves_nothing(server):
    files = sorted((server.data / "takes").iterdir())
    result = taken(server, bytes(2 * RATE * 4))
    assert "No speech was heard" in result["error"]["message"]
    assert sorted((server.data / "takes").iterdir()) == files
    assert server.client.get("/api/takes").json() == []


def test_what_is_not_to_be_kept_is_told_and_nothing_is_left(server, spoken):
    files = sorted((server.data / "takes").iterdir())
    result = taken(server, spoken, keep=False)
    report = server.client.get(f"/api/jobs/{result['job']}/report").json()
    assert report["steps"]["interest"]["present"]
    assert sorted((server.data / "takes").iterdir()) == files


def test_one_speaks_at_a_time(server, spoken):
    with opened(server) as first:
        first.begin()
        with opened(server) as second:
            assert "Another take" in second.begin()["error"]["message"]
        first.say(spoken)
        first.stop()
        assert "session" in first.result()
    assert "session" in taken(server, spoken)


def test_a_file_waits_while_somebody_speaks(server, spoken):
    with opened(server) as page:
        page.begin()
        job = server.hand((SAMPLES / "thin-close.opus").read_bytes(), "waits.opus")
        page.say(spoken)
        time.sleep(2)
        assert server.client.get(f"/api/jobs/{job['id']}").json()["heard_s"] is None
        page.stop()
        assert "session" in page.result()
    assert server.until_over(job)["error"] is None


OPPONENT = {"interviewer": {"concern": "experience", "seed": 1}}


def test_an_interviewer_answers_the_question_and_the_response_is_judged(server, question, response):
    with opened(server) as page:
        page.begin(**OPPONENT)
        page.say(question)
        said = page.answered()
        page.say(response)
        page.until(lambda state: state["recorded_s"] > 24)
        page.stop()
        report = server.report(page.result()["session"])
    assert said["kind"] == "experience"
    exchange = report["exchange"]
    assert exchange["said"]["text"] == said["text"]
    assert "concerns" in exchange["asked"]["text"]
    assert exchange["response"]["text"].startswith("At my last warehouse")
    assert 10 < exchange["said"]["start_s"] < 12


def test_what_comes_while_they_are_spoken_aloud_is_not_recorded(server, question, response):
    opponent = {"interviewer": OPPONENT["interviewer"] | {"aloud": True}}
    with opened(server) as page:
        page.begin(**opponent)
        page.say(question)
        page.answered()
        page.socket.send('{"speaking": true}')
        page.say(response[: 4 * len(SECOND)])
        muted = page.until(lambda state: state["muted"])
        assert "Nothing is recorded" in muted["hint"]
        assert page.until(lambda state: state["muted"])["recorded_s"] == muted["recorded_s"]
        page.socket.send('{"speaking": false}')
        page.until(lambda state: not state["muted"])
        page.say(response)
        page.until(lambda state: state["recorded_s"] > muted["recorded_s"] + 13)
        page.stop()
        report = server.report(page.result()["session"])
    length_s = (len(question) + len(response)) / len(SECOND)
    assert report["measures"]["duration_s"] == pytest.approx(length_s, abs=0.3)
    assert report["transcript"]["text"].count("At my last warehouse") == 1


def test_a_page_that_never_speaks_loses_no_more_than_its_silence(server, question, response):
    opponent = {"interviewer": OPPONENT["interviewer"] | {"aloud": True}}
    with opened(server) as page:
        page.begin(**opponent)
        page.say(question)
        page.answered()
        page.until(lambda state: state["muted"])
        page.until(lambda state: not state["muted"], within_s=10)
        page.say(response)
        page.until(lambda state: state["recorded_s"] > 22)
        page.stop()
        text = server.report(page.result()["session"])["transcript"]["text"]
    assert "At my last warehouse" in text


def test_a_take_ends_by_itself_when_the_interviewer_has_nothing_more_to_say(
    server, question, response
):
    with opened(server) as page:
        page.begin(stop_after=2, **OPPONENT)
        page.say(question)
        page.answered()
        page.say(response + 3 * SECOND)
        assert page.answered()["kind"] in {"helped", "noted"}
        page.say(browser_sound("strong-close.wav", 38.7, 42.5) + 4 * SECOND)
        result = page.result()
    text = server.report(result["session"])["transcript"]["text"]
    assert "for your time this morning" in text


def test_a_posting_comes_with_a_take(server, spoken):
    job = "You must have\n- experience of selling to builders\n- a driving licence"
    result = taken(server, spoken, job=job, discussed="the contractors who left", to="panel")
    report = server.report(result["session"])
    assert report["to"] == "panel"
    assert {each["text"] for each in report["criteria"]} <= set(job.replace("- ", "").split("\n"))
    assert [each["note"] for each in report["discussed"]] == ["the contractors who left"]


GERMAN = (
    "Wir suchen eine Person, die mit Menschen umgehen kann und gerne im Team arbeitet. "
    "Sie haben eine Ausbildung und mehrere Jahre Erfahrung in einer Bank."
)


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"job": "word " * 3001}, "3001 words"),
        ({"job": GERMAN}, "another language"),
        ({"job": "Pay is good. Lunch is free. We are near the station."}, "asks nothing"),
        ({"interviewer": {"concern": "job"}}, "no job posting"),
    ],
    ids=["long", "german", "nothing", "none"],
)
def test_a_posting_of_no_use_is_said_before_anybody_speaks(server, wanted, says):
    files = sorted(server.data.glob("takes/*"))
    with opened(server) as page:
        assert says in page.begin(**wanted)["error"]["message"]
    assert sorted(server.data.glob("takes/*")) == files
    with opened(server) as page:
        assert page.begin() == {"ready": True}
        page.socket.send('{"discard": true}')
        assert page.result() == {"discarded": True}


@pytest.mark.parametrize(
    "first",
    [
        "", "{", "[]", "null", '{"rate": 48000, "colour": 1}', '{"rate": "48000"}',
        '{"rate": 7999}',
        '{"rate": 1e400}', '{"rate": 48000, "stop_after": -1}', '{"rate": 48000, "speaker": 0}',
        '{"rate": 48000, "for": "' + "x" * 300 + '"}', b"\0\0",
        '{"rate": 48000, "to": "nobody"}', '{"rate": 48000, "interviewer": true}',
        '{"rate": 48000, "interviewer": {"concern": "weather"}}',
        '{"rate": 48000, "interviewer": {"rounds": 6}}', '{"rate": 48000, "job": 7}',
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_a_beginning_that_is_not_known_is_refused(server, first):
    with opened(server) as page:
        page.socket.send(first)
        assert set(page.told()["error"]) == {"message", "hint"}
        with pytest.raises(ConnectionClosed):
            page.socket.recv(timeout=10)


@pytest.mark.soak
def test_half_a_sample_and_nothing_at_all_harm_nothing(server, spoken):
    with opened(server) as page:
        page.begin()
        page.socket.send(b"")
        page.socket.send(b"\1")
        page.say(spoken)
        page.stop()
        assert "session" in page.result()


@pytest.mark.soak
def test_sound_faster_than_speech_ends_it_and_is_kept(server, spoken):
    with opened(server) as page:
        page.begin()
        for _ in range(3):
            page.say(spoken)
        result = page.result()
    (note,) = [n for n in server.report(result["session"])["notes"] if "It ends at" in n]
    assert "faster than anybody speaks" in note


def test_a_message_that_is_too_large_ends_it_and_what_came_is_kept(server, spoken):
    before = len(server.client.get("/api/sessions").json())
    with opened(server) as page:
        page.begin()
        page.say(spoken)
        page.socket.send(bytes(3 << 20))
        with pytest.raises(ConnectionClosed):
            page.until(lambda _: False)
    until = time.monotonic() + 60
    while len(server.client.get("/api/sessions").json()) == before:
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.mark.parametrize(
    "text",
    ["[" * 400_000, *(pytest.param(text, marks=pytest.mark.soak) for text in ("{", "null", "7"))],
    ids=lambda text: text[:5],
)
def test_what_is_not_known_ends_a_take_and_holds_up_nobody(server, spoken, text):
    with opened(server) as page:
        page.begin()
        page.say(spoken)
        page.socket.send(text)
        assert "session" in page.result()
    done = server.analysed(b"Thank you for your time.", "after.txt", keep="false")
    assert done["error"] is None


def test_kill_9_costs_hardly_a_breath_and_the_page_brings_it_back(tmp_path, spoken):
    with Server(tmp_path) as server:
        with opened(server) as page:
            page.begin()
            page.say(spoken)
            page.until(lambda state: state["recorded_s"] > 21.9)
            server.kill()
        server.start()
        (take,) = server.client.get("/api/takes").json()
        assert take["length_s"] == pytest.approx(22, abs=0.5)
        assert "Cut short" in server.client.get("/").text
        path = f"/api/takes/{take['name']}/recover"
        job = server.client.post(path, params={"for": "Acme"}).json()
        assert server.client.post(path).status_code == 404
        until = time.monotonic() + 60
        while server.client.get(f"/api/jobs/{job['id']}").json()["state"] == "waiting":
            assert time.monotonic() < until
        time.sleep(0.5)
        assert server.client.get("/api/takes").json() == []
        server.kill()
        server.start()
        (job,) = server.client.get("/api/jobs").json()
        done = server.until_over(job)
        kept = server.client.get(f"/api/sessions/{done['session']}").json()
        assert (kept["origin"], kept["for"]) == ("recover", "Acme")
        assert server.client.get("/api/takes").json() == []


def test_ctrl_c_keeps_what_is_being_said(tmp_path, spoken):
    with Server(tmp_path) as server:
        with opened(server) as page:
            page.begin()
            page.say(spoken)
            page.until(lambda state: state["recorded_s"] > 21.9)
            assert server.stop() == 0
        server.start()
        (kept,) = server.client.get("/api/sessions").json()
        assert server.report(kept["session"])["measures"]["duration_s"] > 21
