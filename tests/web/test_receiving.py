"""What is sent is written down while it comes, and refused as soon as it is too much."""

from __future__ import annotations

import asyncio
import socket

import pytest
from starlette.requests import ClientDisconnect

from rehearse.errors import InputError, TooLargeError, UploadError
from rehearse.web.job import Wish
from rehearse.web.jobs import Jobs
from rehearse.web.place import Limits, Place
from rehearse.web.receiving import receive
from tests.disks import disk
from tests.web.serving import Server


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path, None, Jobs(tmp_path / "inbox"), Limits(upload_bytes=5_000_000))


def received(place, *chunks, stated=None):
    taken = []

    async def body():
        for chunk in chunks:
            if isinstance(chunk, Exception):
                raise chunk
            taken.append(len(chunk))
            yield chunk

    try:
        return asyncio.run(receive(place, Wish("close.m4a"), body(), stated))
    finally:
        received.taken = sum(taken)


def nothing_is_left(place):
    return [path.name for path in place.jobs.folder.glob("*")] == []


def test_what_comes_is_on_the_disk_as_it_came(place):
    job = received(place, b"one ", b"", b"two", stated=7)
    assert place.jobs.bytes_of(job).read_bytes() == b"one two"


def test_too_much_is_refused_before_any_of_it_is_read(place):
    with pytest.raises(TooLargeError, match="larger than 5 MB"):
        received(place, b"x", stated=5_000_001)
    assert received.taken == 0


def test_too_much_is_refused_as_soon_as_it_is(place):
    chunk = bytes(100_000)
    with pytest.raises(TooLargeError, match=r"close\.m4a is larger than 5 MB"):
        received(place, *[chunk] * 1000)
    assert received.taken == 51 * len(chunk)
    assert nothing_is_left(place)


def test_nothing_at_all_is_refused(place):
    with pytest.raises(InputError, match="holds 0 bytes"):
        received(place)
    assert nothing_is_left(place)


def test_what_does_not_arrive_whole_is_not_accepted(place):
    with pytest.raises(UploadError, match="did not arrive whole"):
        received(place, b"some", stated=5)
    with pytest.raises(ClientDisconnect):
        received(place, b"some", ClientDisconnect())
    assert nothing_is_left(place)
    assert place.jobs.all() == []


def test_what_stops_arriving_is_given_up(place, monkeypatch):
    monkeypatch.setattr("rehearse.web.receiving.STALLS_S", 0.1)

    async def body():
        yield b"some"
        await asyncio.sleep(60)

    with pytest.raises(UploadError, match="stopped arriving"):
        asyncio.run(receive(place, Wish("close.m4a"), body(), None))
    assert nothing_is_left(place)


def test_a_disk_that_is_full_is_said(tmp_path):
    with disk(tmp_path / "small", "1m") as small:
        place = Place(small, None, Jobs(small / "inbox"))
        with pytest.raises(UploadError, match="No space left"):
            received(place, *[bytes(100_000)] * 30)
        assert nothing_is_left(place)


def test_the_server_says_so_at_once(tmp_path):
    """By the length that is stated: nobody waits until two gigabytes have come."""
    with Server(tmp_path) as server:
        host, port = server.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(
                f"POST /api/jobs?name=a.mp4 HTTP/1.1\r\nHost: {host}:{port}\r\n"
                "Content-Length: 3000000000\r\n\r\nsome".encode()
            )
            answer = b"".join(iter(lambda: connection.recv(10_000), b"")).decode()
        assert answer.startswith("HTTP/1.1 413")
        assert "larger than 2000 MB" in answer
        assert server.client.get("/api/jobs").json() == []
