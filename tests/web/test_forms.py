"""A form is taken apart as it comes, wherever it is cut, and refused where it is none."""

from __future__ import annotations

import asyncio

import pytest

from rehearse.errors import InputError, TooLargeError, UploadError
from rehearse.inputs.plain import UNSAVED, UNWRITTEN
from rehearse.web.forms import LONGEST_FIELD, MOST_PARTS, parts
from rehearse.web.job import Wish
from rehearse.web.jobs import Jobs
from rehearse.web.place import Limits, Place
from rehearse.web.receiving import AROUND, receive_form

KIND = "multipart/form-data; boundary=mark"
SOUND = b"\r\n--mar\0\r\n--\xff\r\n\r\n--marc"
"""Bytes that look like the end of a part, and are none."""


def form(*fields, end=b"--mark--\r\n"):
    """A form of (what a field says of itself, its content)."""
    whole = b"passed over"
    for head, content in fields:
        whole += b"\r\n--mark\r\nContent-Disposition: form-data; " + head + b"\r\n\r\n" + content
    return whole + b"\r\n" + end


def field(name, content, file=None):
    named = f'name="{name}"' + ("" if file is None else f'; filename="{file}"')
    return named.encode(), content


async def coming(whole, size):
    for at in range(0, len(whole), size):
        yield whole[at : at + size]


def taken(whole, size=1 << 16, kind=KIND):
    async def every():
        found = []
        async for part in parts(coming(whole, size), kind):
            content = b"".join([data async for data in part.content])
            found.append((part.name, part.file, content))
        return found

    return asyncio.run(every())


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 10_000])
def test_a_form_is_the_same_wherever_it_is_cut(size):
    whole = form(
        field("job", b"Cook\r\n- a knife"), field("to", b""), field("file", SOUND, "a.wav")
    )
    assert taken(whole, size) == [
        ("job", None, b"Cook\r\n- a knife"),
        ("to", None, b""),
        ("file", "a.wav", SOUND),
    ]


def test_what_is_not_read_is_passed_over():
    async def names():
        whole = form(field("file", SOUND * 1000, "a.wav"), field("to", b"panel"))
        return [part.name async for part in parts(coming(whole, 100), KIND)]

    assert asyncio.run(names()) == ["file", "to"]


def test_a_name_may_have_any_letters_and_quotes():
    whole = form(field("file", b"x", "n\u00e4chste %22Runde%22.m4a"))
    assert taken(whole, kind='multipart/form-data; boundary="mark"') == [
        ("file", 'n\u00e4chste "Runde".m4a', b"x")
    ]


@pytest.mark.parametrize(
    ("whole", "kind", "says"),
    [
        (form(field("a", b"b")), "multipart/form-data", "does not say what stands between"),
        (form(field("a", b"b")), "multipart/form-data; boundary=" + "x" * 71, "does not say"),
        (b"", KIND, "did not arrive whole"),
        (form(field("a", b"b"), end=b""), KIND, "did not arrive whole"),
        (form(field("a", b"b"))[:-6], KIND, "did not arrive whole"),
        (form((b'filename="a"', b"b")), KIND, "has no name"),
        (form((b"x" * 9000, b"b"))[:9000], KIND, "does not say what it is"),
        (form(*[field("a", b"")] * (MOST_PARTS + 1)), KIND, "more than 40 fields"),
    ],
)
def test_what_is_no_form_is_said_to_be_none(whole, kind, says):
    with pytest.raises(UploadError, match=says):
        taken(whole, 100, kind)


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path, None, Jobs(tmp_path / "inbox"), Limits(upload_bytes=1_000_000))


def received(place, whole, stated=None):
    def wished(fields, name):
        return Wish(name, fields.get("for", ""), job=fields.get("job", ""))

    return asyncio.run(receive_form(place, wished, coming(whole, 1 << 16), KIND, stated))


def test_a_file_is_on_the_disk_as_it_came_beside_what_was_asked(place):
    whole = form(field("file", SOUND, "a.wav"), field("job", b"Cook"), field("for", b""))
    job = received(place, whole, stated=len(whole))
    assert place.jobs.bytes_of(job).read_bytes() == SOUND
    assert (job.wish.name, job.wish.job) == ("a.wav", "Cook")


@pytest.mark.parametrize(
    ("whole", "error", "says"),
    [
        (form(field("job", b"Cook")), UploadError, "no field 'file'"),
        (form(field("file", b"", "a.wav")), InputError, r"a\.wav is empty"),
        (
            form(field("file", bytes(1_000_001), "a.wav")),
            TooLargeError,
            r"a\.wav is larger than 1 MB",
        ),
        (
            form(field("job", bytes(LONGEST_FIELD + 1))),
            TooLargeError,
            "field job has more than 400 kB",
        ),
        (form(field("file", b"x")) + bytes(1), None, ""),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_taken_leaves_nothing(place, whole, error, says):
    if error is None:
        assert received(place, whole)
        return
    with pytest.raises(error, match=says):
        received(place, whole)
    assert list(place.jobs.folder.glob("*")) == []


@pytest.mark.parametrize(("name", "hint"), [("a.wav", UNSAVED), ("a.txt", UNWRITTEN)])
def test_an_empty_file_is_told_what_to_do_by_its_kind(place, name, hint):
    with pytest.raises(InputError) as refused:
        received(place, form(field("file", b"", name)))
    assert refused.value.hint == hint


def test_a_form_that_never_ends_is_given_up(place):
    with pytest.raises(TooLargeError):
        received(place, b"passed over" * ((1_000_000 + AROUND) // 10))
    with pytest.raises(TooLargeError):
        received(place, b"", stated=1_000_000 + AROUND + 1)
    assert list(place.jobs.folder.glob("*")) == []
