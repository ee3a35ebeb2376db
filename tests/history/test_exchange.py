"""Out of a history and into another."""

from __future__ import annotations

import csv
import json
import os
import stat
import subprocess
import sys

import numpy as np
import pytest

from rehearse.errors import HistoryError
from rehearse.history import History, importing
from rehearse.history.exporting import export
from rehearse.history.importing import Brought
from rehearse.outputs.shape import require_report
from rehearse.takes.flac import write
from tests.disks import disk, fill, read_only
from tests.history.reports import entry


def bring(history, folder):
    return importing.bring(history, folder, require_report)


@pytest.fixture
def history(tmp_path):
    with History(tmp_path / "one") as opened:
        opened.takes.mkdir(parents=True)
        for number in range(7):
            sound = None
            if number % 2:
                sound = f"take-{number}.flac"
                write(opened.takes / sound, [np.full(100, number, dtype=np.int16)])
            label = "=Acme, “head”" if number > 3 else ""
            opened.add(entry(number, label=label, sound=sound, fillers=number))
        yield opened


@pytest.fixture
def other(tmp_path):
    with History(tmp_path / "other") as opened:
        yield opened


@pytest.fixture
def folder(history, tmp_path):
    assert export(history, tmp_path / "export") == 7
    return tmp_path / "export"


def bytes_of(history):
    return [
        None if each.sound is None else history.sound_of(each).read_bytes()
        for each in history.sessions()
    ]


def same(one, other):
    told = [
        [
            (each.held_at, each.origin, each.label, each.source, each.sha256, each.report)
            for each in history.sessions()
        ]
        for history in (one, other)
    ]
    return told[0] == told[1] and bytes_of(one) == bytes_of(other)


def change(folder, number, **fields):
    path = folder / "sessions.jsonl"
    lines = path.read_text("utf-8").splitlines()
    lines[number - 1] = json.dumps(json.loads(lines[number - 1]) | fields)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def test_what_is_brought_is_what_was_there(history, folder, other):
    assert bring(other, folder) == Brought(7, 0, 0)
    assert same(history, other)
    assert history.overview().standings == other.overview().standings
    assert history.overview().habits == other.overview().habits
    assert history.goal() == other.goal()
    told = [
        (each.goals_reached, each.goals_judged) for each in (history.overview(), other.overview())
    ]
    assert told[0] == told[1]
    assert told[0][1] > 0


def test_a_goal_that_is_none_is_refused(folder, other):
    change(folder, 2, goal={"measure": "hair", "target": None, "judged_in": 3, "reached": True})
    with pytest.raises(HistoryError, match="its goal is"):
        bring(other, folder)


def test_brought_again_nothing_is_added(folder, other):
    bring(other, folder)
    assert bring(other, folder) == Brought(0, 7, 0)
    assert len(other.sessions()) == 7
    assert len(list(other.takes.iterdir())) == 3


def test_two_histories_come_together_in_the_order_of_time(history, folder, other):
    later = other.add(entry(100)).number
    bring(other, folder)
    assert [each.number for each in other.sessions()] == [*range(later + 1, later + 8), later]
    assert other.overview().standings["fillers"].before.takes == 4


def test_it_is_its_owners_alone(folder):
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_spreadsheet_reads_the_table(folder):
    with (folder / "measures.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["session"] for row in rows] == [str(number) for number in range(1, 8)]
    assert [float(row["fillers"]) for row in rows] == list(range(7))
    assert rows[0]["concerns"] == "1"
    # What begins like a formula is none.
    assert rows[-1]["for"] == "'=Acme, “head”"


def test_a_folder_that_holds_something_is_left_as_it_is(history, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear")
    with pytest.raises(HistoryError, match="holds something already"):
        export(history, tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_full_disk(history, tmp_path):
    with disk(tmp_path / "disk", "64k") as place:
        (place / "export").mkdir()
        fill(place)
        with pytest.raises(HistoryError) as refused:
            export(history, place / "export")
        assert list((place / "export").iterdir()) == []
    assert "No space left" in refused.value.message


def test_what_is_no_export(other, tmp_path):
    with pytest.raises(HistoryError, match="is no export"):
        bring(other, tmp_path)
    with pytest.raises(HistoryError, match="is no export"):
        bring(other, tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"format": 2}, "its format is 2"),
        ({"sound": "../../etc/passwd.flac"}, "its sound is called"),
        ({"sound": "/tmp/x.flac"}, "its sound is called"),
        ({"held_at": "2026-01-01T08:00:00"}, "no zone"),
        ({"held_at": "yesterday"}, "yesterday"),
        ({"held_at": "0001-01-01T00:00:00+00:00"}, "its time is"),
        ({"held_at": "9999-12-31T23:59:59-12:00"}, "its time is"),
        ({"report": {"steps": {}}}, "its report, format: Field required"),
        ({"report": None}, "its report: "),
        ({"origin": "elsewhere"}, "elsewhere"),
        ({"from_s": "early"}, "early"),
        ({"from_s": float("inf")}, "inf"),
        ({"from_s": 10**400}, "its sound begins after"),
        ({"sha256": "0"}, "its SHA-256"),
        ({"for": None}, "NoneType"),
        ({"source": 5}, "int"),
        ({"sound": 5}, "int"),
    ],
)
def test_a_line_that_is_no_session_and_nothing_is_brought(folder, other, fields, what):
    change(folder, 5, **fields)
    with pytest.raises(HistoryError) as refused:
        bring(other, folder)
    assert "line 5" in refused.value.message
    assert what in refused.value.message
    assert other.sessions() == []
    assert not other.takes.exists() or list(other.takes.iterdir()) == []


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"{", b"[1]\n", b"null\n"])
def test_a_file_that_is_something_else(folder, other, content):
    (folder / "sessions.jsonl").write_bytes(content)
    with pytest.raises(HistoryError, match=r"sessions\.jsonl"):
        bring(other, folder)
    assert other.sessions() == []


def test_a_sound_that_is_another_is_refused_with_everything(folder, other):
    sound = folder / "sound" / "take-3.flac"
    sound.write_bytes(sound.read_bytes() + b"x")
    with pytest.raises(HistoryError, match="is not the sound that was exported"):
        bring(other, folder)
    assert other.sessions() == []
    assert list(other.takes.iterdir()) == []


def test_a_sound_that_is_missing_is_said(folder, other):
    (folder / "sound" / "take-3.flac").unlink()
    assert bring(other, folder) == Brought(7, 0, 1)
    with pytest.raises(HistoryError, match="no sound of session 4"):
        other.sound_of(other.session(4))
    assert bring(other, folder) == Brought(0, 7, 0)


def test_a_sound_that_was_missing_comes_with_the_next_import(folder, other, tmp_path):
    sound = folder / "sound" / "take-3.flac"
    sound.rename(tmp_path / "aside.flac")
    bring(other, folder)
    (tmp_path / "aside.flac").rename(sound)
    assert bring(other, folder) == Brought(0, 7, 0)
    assert other.sound_of(other.session(4)).read_bytes() == sound.read_bytes()


def changed(folder, number, change):
    path = folder / "sessions.jsonl"
    lines = path.read_text("utf-8").splitlines()
    line = json.loads(lines[number - 1])
    change(line["report"])
    lines[number - 1] = json.dumps(line)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def put(value, *path):
    def change(report):
        place = report
        for name in path[:-1]:
            place = place[name]
        place[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda report: report.pop("engine"), "engine"),
        (lambda report: report.pop("transcript"), "transcript"),
        (lambda report: report.pop("fixes"), "fixes"),
        (put([99], "fixes"), "fix"),
        (put(-5, "measures", "pitch_sd_st"), "pitch_sd_st"),
        (put("150", "measures", "pace_wpm"), "pace_wpm"),
        (put([1], "measures", "pace_wpm"), "pace_wpm"),
        (put(1e308, "measures", "span_s"), "span_s"),
        (put(10**400, "measures", "span_s"), "span_s"),
        (put(True, "measures", "span_s"), "span_s"),
        (put(None, "transcript", "words"), "words"),
        (put(5, "transcript", "text"), "text"),
        (put("ab", "transcript", "text"), "quotation"),
        (put("\ud800" * 2000, "transcript", "text"), ""),
        (put([{"check": "length", "level": "boom"}], "findings"), "level"),
    ],
)
def test_a_report_that_no_screen_could_show_is_refused(folder, other, change, what):
    changed(folder, 3, change)
    with pytest.raises(HistoryError, match=r"line 3, is no session") as refused:
        bring(other, folder)
    assert what in refused.value.message
    assert other.sessions() == []


def test_a_label_that_moves_the_cursor_is_made_harmless(folder, other):
    change(folder, 5, **{"for": "A\x1b[31m\n\u202ecme " + "x" * 500, "source": "a\nb\x00.wav"})
    bring(other, folder)
    session = other.session(5)
    assert session.label == ("A[31m cme " + "x" * 500)[:200]
    assert session.source == "a b.wav"


@pytest.mark.parametrize("keep", [0, 3])
def test_an_export_that_is_cut_short_is_refused(folder, other, keep):
    path = folder / "sessions.jsonl"
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:keep]), "utf-8")
    with pytest.raises(HistoryError, match="is cut short"):
        bring(other, folder)
    assert other.sessions() == []


def test_what_would_never_end_is_not_read(other, tmp_path):
    (tmp_path / "export").mkdir()
    lines = tmp_path / "export" / "sessions.jsonl"
    os.mkfifo(lines)
    with pytest.raises(HistoryError, match="is no file"):
        bring(other, tmp_path / "export")
    lines.unlink()
    lines.write_text("[" * 200_000)
    with pytest.raises(HistoryError, match="nested too deeply"):
        bring(other, tmp_path / "export")
    lines.write_bytes(b" " * (importing.LONGEST + 1))
    with pytest.raises(HistoryError, match="line 1, is no session"):
        bring(other, tmp_path / "export")


def test_several_imports_at_once_add_each_session_once(folder, tmp_path):
    code = (
        "import sys; from pathlib import Path; from rehearse.history import History; "
        "from rehearse.history.importing import bring; "
        "from rehearse.outputs.shape import require_report\n"
        "with History(Path(sys.argv[1])) as history: "
        "print(bring(history, Path(sys.argv[2]), require_report).added)"
    )
    data = tmp_path / "data"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, data, folder], stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    added = [each.communicate(timeout=60)[0] for each in running]
    assert sorted(added) == ["0\n", "0\n", "7\n"]
    with History(data) as history:
        assert history.count() == 7
        assert len(list(history.takes.iterdir())) == 3


def test_on_a_read_only_disk_nothing_is_imported(folder, tmp_path):
    with disk(tmp_path / "disk", "1m") as place:
        with History(place) as history:
            history.add(entry(50))
        read_only(place)
        with History(place) as history, pytest.raises(HistoryError, match="Read-only"):
            bring(history, folder)


def test_a_sound_whose_name_is_taken_gets_another(folder, other):
    other.takes.mkdir(parents=True)
    write(other.takes / "take-3.flac", [np.full(100, 99, dtype=np.int16)])
    before = (other.takes / "take-3.flac").read_bytes()
    bring(other, folder)
    assert (other.takes / "take-3.flac").read_bytes() == before
    assert other.session(4).sound == "take-3-01.flac"
