"""The interface below /api keeps its own description, whatever it is asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.web.serving import SAMPLES, Server

pytestmark = pytest.mark.weights

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "use_after_free",
)
"""What of schemathesis is asked. Two of its checks expect that whatever a description allows is
accepted; a name and its bytes have to fit, which no description says."""

WATCH = """
import sys

def watch(event, arguments):
    if event in {"socket.connect", "socket.sendto", "socket.getaddrinfo", "urllib.Request"}:
        with open(WHERE, "a") as file:
            file.write(f"{event} {arguments[-1] if event == 'socket.connect' else arguments[0]}\\n")

sys.addaudithook(watch)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("interface")) as server:
        yield server


@pytest.fixture
def number(server):
    """A session; what is asked at random forgets some."""
    content = (SAMPLES / "thin-close.opus").read_bytes()
    return server.analysed(content, "thin-close.opus")["session"]


@pytest.mark.parametrize(
    "examples", [10, pytest.param(300, marks=pytest.mark.soak)], ids=["some", "many"]
)
def test_nothing_that_is_asked_breaks_it(server, number, tmp_path, examples):
    done = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "run", f"{server.url}/api/openapi.json",
            "--seed", "7", "--max-examples", str(examples), "--checks", ",".join(CHECKS),
            "--continue-on-failure", "--no-color", "--generation-database", "none",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )  # fmt: skip
    print(done.stdout[-4000:])
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "Tested: 17" in done.stdout
    assert server.client.get("/api/sessions").status_code == 200


def test_the_description_says_what_each_path_is_for(server):
    described = server.client.get("/api/openapi.json").json()
    operations = [each for path in described["paths"].values() for each in path.values()]
    assert all(each.get("summary") and each.get("description") for each in operations)
    assert {
        "/api/jobs",
        "/api/jobs/{job_id}",
        "/api/sessions",
        "/api/sessions/{number}/report",
    } <= set(described["paths"])


def test_the_report_is_the_documented_one(server, number):
    report = server.report(number)
    whole = server.client.get(f"/api/sessions/{number}").json()
    assert json.dumps(whole["report"]) == json.dumps(report)
    assert report["format"] == 1


def test_the_sound_is_given_in_parts(server, number):
    whole = server.client.get(f"/api/sessions/{number}/sound")
    assert whole.headers["content-type"] == "audio/flac"
    part = server.client.get(f"/api/sessions/{number}/sound", headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    beyond = server.client.get(f"/api/sessions/{number}/sound", headers={"range": "bytes=9999999-"})
    assert beyond.status_code == 416


def test_nobody_is_called_while_it_serves_and_analyses(tmp_path):
    seen = tmp_path / "seen"
    (tmp_path / "sitecustomize.py").write_text(WATCH.replace("WHERE", repr(str(seen))))
    path = f"{tmp_path}{os.pathsep}{SAMPLES.parent}"
    with Server(tmp_path / "home", environment={"PYTHONPATH": path}) as server:
        job = server.analysed((SAMPLES / "thin-close.opus").read_bytes(), "thin-close.opus")
        assert job["error"] is None
        for page in ("/", "/progress", f"/sessions/{job['session']}", "/computer"):
            assert server.client.get(page).status_code == 200
    assert set(seen.read_text().splitlines()) == {"socket.getaddrinfo 127.0.0.1"}
