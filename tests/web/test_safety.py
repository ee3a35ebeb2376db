"""Who may ask: the server's own pages on this machine, and whoever has the token."""

from __future__ import annotations

import json

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from rehearse.web.safety import Address, loopback
from tests.web.serving import Server

HERE = Address("127.0.0.1", 8088)
ELSEWHERE = Address("192.168.1.7", 8088, "token")


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8088", "localhost:8088", "[::1]:8088", "LOCALHOST:8088"]
)
def test_a_server_of_this_machine_answers_to_its_names(host):
    assert HERE.answers_to(host)


@pytest.mark.parametrize(
    "host",
    [
        "", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8089", "evil.example:8088", "evil.example",
        "127.0.0.1.evil.example:8088", "localhost.evil.example:8088", "192.168.1.7:8088",
        "0.0.0.0:8088", "me@127.0.0.1:8088", "127.0.0.1:8088, evil.example", "127.0.0.1:x",
        "[::1:8088", "127.0.0.1:8088/evil.example", "127.1:8088:8088",
    ],
)  # fmt: skip
def test_a_server_of_this_machine_answers_to_no_other_name(host):
    assert not HERE.answers_to(host)


def test_a_server_of_another_address_answers_to_addresses_and_not_to_names():
    assert ELSEWHERE.answers_to("192.168.1.7:8088")
    assert ELSEWHERE.answers_to("10.0.0.3:8088")
    assert not ELSEWHERE.answers_to("evil.example:8088")


def test_what_is_this_machine_alone():
    assert all(map(loopback, ["127.0.0.1", "127.8.8.8", "::1", "localhost"]))
    assert not any(map(loopback, ["0.0.0.0", "192.168.1.7", "::", "example.org", ""]))


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("safe")) as server:
        yield server


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "", "169.254.169.254"])
def test_a_name_of_somebody_else_gets_nothing(server, host):
    answer = server.client.get("/api/sessions", headers={"host": host})
    assert answer.status_code in {400, 421}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "https://127.0.0.1"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=str,
)
def test_a_page_of_another_site_changes_nothing(server, headers):
    for method, path in (
        ("POST", "/api/jobs?name=a.txt"),
        ("DELETE", "/api/sessions/1"),
        ("POST", "/api/takes/a.au/recover"),
    ):
        assert server.client.request(method, path, headers=headers).status_code == 403


def test_a_page_of_another_site_may_lead_here_and_take_nothing(server):
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    shown = server.client.get("/", headers={**link, "sec-fetch-dest": "document"})
    assert shown.status_code == 200
    for path, headers in (
        ("/", {**link, "sec-fetch-dest": "iframe"}),
        ("/api/sessions", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}),
        ("/api/sessions/1/sound", {"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"}),
        ("/export", {**link, "sec-fetch-dest": "document"}),
    ):
        assert server.client.get(path, headers=headers).status_code == 403


def test_a_page_of_another_site_cannot_listen(server):
    url = server.url.replace("http", "ws") + "/api/take"
    with pytest.raises(InvalidStatus, match="403"):
        connect(url, origin="http://evil.example")


def test_our_own_page_may(server):
    answer = server.client.post(
        "/api/jobs?name=a.txt",
        content=b"Thank you for your time.",
        headers={"origin": server.url, "sec-fetch-site": "same-origin"},
    )
    assert answer.status_code == 202
    url = server.url.replace("http", "ws") + "/api/take"
    with connect(url, origin=server.url) as socket:
        socket.send(json.dumps({"rate": 1}))
        assert "rate" in json.loads(socket.recv())["error"]["message"]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/progress",
        "/checks",
        "/sessions/1",
        "/nowhere",
        "/api/sessions",
        "/static/page.css",
    ],
)
def test_every_answer_has_its_headers(server, path):
    headers = server.client.get(path).headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers
    assert headers["cache-control"] == ("no-cache" if "static" in path else "no-store")


def test_no_other_site_may_read_what_it_asks_for(server):
    answer = server.client.get("/api/sessions", headers={"origin": "http://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/%2e%2e%2fapp.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static/",
        "/static/....//app.py", "/static//etc/passwd", "/static/page.css%00.js",
        "/api/takes/..%2f..%2fetc%2fpasswd/recover", "/sessions/0", "/sessions/-1",
        "/sessions/1e3", "/sessions/99999999999999999999", "/jobs/%2e%2e",
        "/checks/%2e%2e/%2e%2e/x",
        "/api/jobs/..%2f..%2fhistory.sqlite",
    ],
)  # fmt: skip
def test_no_path_leads_out(server, path):
    answer = server.client.get(path)
    assert answer.status_code in {404, 405, 422, 307}
    assert b"root:" not in answer.content


def test_a_take_is_deleted_by_no_other_name(server, tmp_path):
    victim = server.data / "victim.au"
    victim.parent.mkdir(parents=True, exist_ok=True)
    victim.write_bytes(b"mine")
    for name in ("..%2fvictim.au", "%2e%2e%2fvictim.au", "..%5cvictim.au"):
        assert server.client.delete(f"/api/takes/{name}").status_code in {404, 405}
    assert victim.read_bytes() == b"mine"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("token"), "--token") as guarded:
        yield guarded


@pytest.fixture(scope="module")
def at(guarded):
    return httpx.URL(guarded.url).copy_with(query=None)


def test_without_it_there_is_nothing(at):
    for path in ("/", "/api/sessions", "/static/page.css", "/api/openapi.json", "/?token=x"):
        answer = httpx.get(at.join(path))
        assert answer.status_code == 401
        assert "token" in answer.text


def test_the_printed_address_lets_in_and_leaves_the_token_in_no_address(guarded, at):
    with httpx.Client(follow_redirects=True) as browser:
        answer = browser.get(guarded.url.replace("/?", "/progress?") + "&for=Acme")
        assert answer.status_code == 200
        assert str(answer.url) == str(at.join("/progress?for=Acme"))
        (cookie,) = browser.cookies.jar
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert browser.get(at.join("/api/sessions")).json() == []


def test_a_program_shows_it_in_a_header(guarded, at):
    token = httpx.URL(guarded.url).params["token"]
    assert len(token) >= 32
    answer = httpx.get(at.join("/api/jobs"), headers={"authorization": f"Bearer {token}"})
    assert answer.json() == []


def test_a_take_needs_it_too(at):
    url = str(at.join("/api/take")).replace("http", "ws")
    with pytest.raises(InvalidStatus, match="403"):
        connect(url)


def test_it_leads_to_no_other_host(guarded, at):
    token = httpx.URL(guarded.url).params["token"]
    answer = httpx.get(f"{at}/evil.example?token={token}", follow_redirects=False)
    assert answer.headers["location"].startswith("/e")


def test_another_address_asks_for_a_token(tmp_path):
    with Server(tmp_path, "--host", "0.0.0.0") as server:
        assert "token=" in server.url
        local = httpx.URL(server.url).copy_with(host="127.0.0.1", query=None)
        assert httpx.get(local).status_code == 401
        token = httpx.URL(server.url).params["token"]
        bearer = {"authorization": f"Bearer {token}"}
        assert httpx.get(local, headers=bearer).status_code == 200
        assert httpx.get(local, headers={**bearer, "host": "evil.example"}).status_code == 421
