"""What was handed over, told apart before anything heavy loads."""

from __future__ import annotations

import io
import os
import zipfile
from types import SimpleNamespace

import pytest

from rehearse.audio.decode import SoundFile
from rehearse.errors import InputError, RangeError, SoundError, TextError
from rehearse.inputs import LARGEST_TEXT, Typed, conversation, notes, opened, posting
from rehearse.inputs.plain import UNSAVED, UNWRITTEN
from tests.audio.sounds import sample

CLOSE = "I would love to do this job. Thank you for your time."


def typed(tmp_path, raw, name="close.txt"):
    """What comes of these bytes as a file."""
    path = tmp_path / name
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return opened(str(path))


def word_document():
    """The bytes of the least that is a .docx file."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as packed:
        packed.writestr("word/document.xml", f"<w:t>{CLOSE}</w:t>")
    return raw.getvalue()


# A typed close


def test_a_text_file_is_a_typed_close(tmp_path):
    assert typed(tmp_path, CLOSE) == Typed(CLOSE)


@pytest.mark.parametrize("name", ["close.TXT", "close.text", "my close.txt", "“close”.txt"])
def test_the_suffix_says_that_it_is_text(tmp_path, name):
    assert typed(tmp_path, CLOSE, name) == Typed(CLOSE)


def test_a_byte_order_mark_is_left_out(tmp_path):
    assert typed(tmp_path, CLOSE.encode("utf-8-sig")) == Typed(CLOSE)


def test_typographic_quotes_stay(tmp_path):
    assert typed(tmp_path, "I’d “love” it – café.") == Typed("I’d “love” it – café.")


def test_control_characters_become_spaces(tmp_path):
    assert typed(tmp_path, "Thank\x07you \x1b[2J") == Typed("Thank you  [2J")


def test_standard_input_is_a_typed_close(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(CLOSE.encode())))
    assert opened("-") == Typed(CLOSE)


@pytest.mark.parametrize("raw", [b" ", b"\n\n\t \n", b"... -- !?", b"\xef\xbb\xbf"])
def test_a_text_without_words_is_refused(tmp_path, raw):
    with pytest.raises(TextError, match=r"close\.txt holds no words"):
        typed(tmp_path, raw)


def test_an_empty_text_file_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"close\.txt is empty: it holds 0 bytes") as refused:
        typed(tmp_path, b"")
    assert refused.value.hint == UNWRITTEN


def test_nothing_on_standard_input_is_refused(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"")))
    with pytest.raises(TextError, match="standard input holds no words"):
        opened("-")


@pytest.mark.parametrize("second", [opened, conversation, posting, notes])
def test_standard_input_stands_for_one_file_only(monkeypatch, second):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(CLOSE.encode())))
    opened("-")
    with pytest.raises(InputError, match="- can stand for one file only") as refused:
        second("-")
    assert refused.value.hint


def test_a_closed_standard_input_is_refused(monkeypatch):
    closed = io.TextIOWrapper(io.BytesIO())
    closed.close()
    for stdin in (None, closed):
        monkeypatch.setattr("sys.stdin", stdin)
        with pytest.raises(InputError, match="standard input, which is closed"):
            opened("-")


def test_a_standard_input_that_cannot_be_read_is_refused(monkeypatch, tmp_path):
    with (tmp_path / "written").open("w") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        with pytest.raises(InputError, match=r"Standard input cannot be read: \w+"):
            opened("-")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_in_another_encoding_is_refused(tmp_path, encoding):
    with pytest.raises(TextError, match=r"close\.txt is (encoded as UTF-16|not plain text)"):
        typed(tmp_path, CLOSE.encode(encoding))


def test_utf_16_is_named(tmp_path):
    with pytest.raises(TextError, match="UTF-16"):
        typed(tmp_path, CLOSE.encode("utf-16"))


def test_latin_1_is_refused_with_the_byte_and_its_place(tmp_path):
    with pytest.raises(TextError, match=r"not UTF-8: byte 0xe9 at position 3"):
        typed(tmp_path, "café society".encode("latin-1"))


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (word_document(), "a Word or other office document"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
        (b"{\\rtf1\\ansi Thank you.}", "a rich-text document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document"),
    ],
)
def test_a_document_is_refused_by_its_kind(tmp_path, raw, what):
    with pytest.raises(TextError, match=f"is {what}, not plain text"):
        typed(tmp_path, raw)
    with pytest.raises(SoundError, match=f"is {what}, not a recording"):
        typed(tmp_path, raw, "close.docx")


@pytest.mark.parametrize("name", ["close.docx", "close.pdf", "close.rtf", "close.md"])
def test_a_document_is_refused_by_its_suffix(tmp_path, name):
    with pytest.raises(SoundError, match="is a document, not a recording") as caught:
        typed(tmp_path, CLOSE, name)
    assert ".txt" in caught.value.hint


def test_a_recording_named_txt_is_refused(tmp_path):
    with pytest.raises(TextError):
        typed(tmp_path, sample("strong-close").read_bytes()[:100_000])


def test_a_text_that_is_no_close_for_its_length_is_refused(tmp_path):
    with pytest.raises(TextError, match="too long for a close: more than 1000 kB"):
        typed(tmp_path, b"word " * (LARGEST_TEXT // 5 + 1))


def test_a_part_of_a_text_is_refused(tmp_path):
    path = tmp_path / "close.txt"
    path.write_text(CLOSE)
    for part in ({"from_s": 3.0}, {"to_s": 3.0}):
        for look in (opened, conversation):
            with pytest.raises(RangeError, match="pick a part of a recording"):
                look(str(path), **part)


# A recording


def test_a_recording_is_not_decoded_yet(tmp_path):
    path = tmp_path / "close.m4a"
    path.write_bytes(b"not a recording")
    assert isinstance(opened(str(path)), SoundFile)


def test_a_recording_keeps_its_part():
    sound = opened(str(sample("cheesy")), from_s=2.0, to_s=5.0)
    assert (sound.from_s, sound.to_s, sound.part) == (2.0, 5.0, True)


# What is neither


def test_a_missing_file_is_refused_with_its_name(tmp_path):
    with pytest.raises(InputError, match=r"There is no file .*gone\.m4a"):
        opened(str(tmp_path / "gone.m4a"))


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        opened(str(tmp_path))


def test_a_file_as_if_it_were_a_folder_is_refused(tmp_path):
    (tmp_path / "close.wav").write_bytes(b"RIFF")
    with pytest.raises(InputError, match="cannot be opened"):
        opened(str(tmp_path / "close.wav" / "inner.wav"))


@pytest.mark.parametrize("name", ["close.wav", "close.m4a", "close"])
def test_an_empty_file_is_refused(tmp_path, name):
    with pytest.raises(InputError, match=f"{name} is empty: it holds 0 bytes") as refused:
        typed(tmp_path, b"", name)
    assert refused.value.hint == UNSAVED


@pytest.mark.parametrize("name", ["x" * 5000, "close\0.wav"])
def test_a_name_that_cannot_be_is_refused(name):
    with pytest.raises(InputError, match="cannot be opened"):
        opened(name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(InputError, match="a device or a pipe"):
        opened(str(tmp_path / "pipe.wav"))


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_link_that_leads_nowhere_is_refused(tmp_path):
    (tmp_path / "close.wav").symlink_to(tmp_path / "gone.wav")
    with pytest.raises(InputError, match="There is no file"):
        opened(str(tmp_path / "close.wav"))
