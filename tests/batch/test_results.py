"""The folder of results: nothing twice, nothing damaged, and nobody named who is not to be."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.batch import Done, Found, Made, Results
from rehearse.batch.writing import write
from rehearse.errors import OutputError
from tests.disks import disk, fill

LINE = (Path(__file__).parents[1] / "golden" / "spoken.json").read_text("utf-8").strip()
MADE = Made("0.1.0", "code", {"base": "weights"}, {"numpy": "2"})


def found(name, *, address=""):
    return Found(name, f"closes/{name}", address or f"closes/{name}", 1000)


def report(name, *notes):
    told = json.loads(LINE) | {"source": f"closes/{name}", "notes": list(notes)}
    return json.dumps(told, ensure_ascii=False)


def kept(results, *names):
    results.queue(found(name) for name in names)
    for name in names:
        results.keep(found(name), Done(sha256=f"{name} content", line=report(name)))


def files(folder):
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith((".lock", "batch.sqlite"))
    )


def test_a_report_lies_where_its_recording_did(tmp_path):
    with Results(tmp_path / "out", MADE) as results:
        kept(results, "a.wav", "group/a.wav")
        assert files(tmp_path / "out") == ["reports/a.wav.json", "reports/group/a.wav.json"]
        assert (tmp_path / "out/reports/group/a.wav.json").read_text("utf-8") == (
            report("group/a.wav") + "\n"
        )


def test_what_is_done_is_known_in_the_next_run_and_by_another_program(tmp_path):
    with Results(tmp_path, MADE) as results:
        assert results.empty
        kept(results, "a.wav")
    with Results(tmp_path, MADE) as again:
        assert not again.empty
        assert again.known("a.wav").sha256 == "a.wav content"
        assert again.known("b.wav") is None


@pytest.mark.parametrize(
    "other",
    [
        replace(MADE, version="0.2.0"),
        replace(MADE, code="changed"),
        replace(MADE, weights={"base": "other"}),
        replace(MADE, libraries={"numpy": "3"}),
    ],
)
def test_another_program_or_other_weights_make_other_reports(tmp_path, other):
    with Results(tmp_path, MADE) as results:
        kept(results, "a.wav")
    with Results(tmp_path, other) as results:
        assert results.known("a.wav") is None
        assert results.same("a.wav content", found("a.wav")) is None
    assert MADE.differs(other)
    assert not MADE.differs(replace(MADE))


def test_a_report_that_is_damaged_or_gone_counts_as_missing(tmp_path):
    with Results(tmp_path, MADE) as results:
        kept(results, "a.wav", "b.wav", "c.wav")
    path = tmp_path / "reports/a.wav.json"
    path.write_bytes(path.read_bytes()[:-20])
    (tmp_path / "reports/b.wav.json").unlink()
    with Results(tmp_path, MADE) as again:
        assert [again.known(name) is None for name in ("a.wav", "b.wav", "c.wav")] == [
            True,
            True,
            False,
        ]


def test_a_recording_that_was_renamed_gets_its_report_without_work(tmp_path):
    with Results(tmp_path, MADE) as results:
        kept(results, "a.wav")
    with Results(tmp_path, MADE) as again:
        again.queue([found("new/a.wav"), found("z.wav")])
        for name in ("new/a.wav", "z.wav"):
            again.keep_again(found(name), again.same("a.wav content", found(name)))
            path = tmp_path / "reports" / f"{name}.json"
            assert path.read_text("utf-8") == report(name) + "\n"
        again.finished = True
        assert [each.name for each, _ in again.rows()] == ["new/a.wav", "z.wav"]
        assert again.vanished() == 1


def test_a_report_that_speaks_of_its_file_does_not_fit_another_name(tmp_path):
    with Results(tmp_path, MADE) as results:
        line = report("a.wav", "a.wav has 2 audio tracks; only the first was analysed.")
        results.keep(found("a.wav"), Done("content", line))
        assert results.same("content", found("b.wav")) is None
        assert results.same("content", found("elsewhere/a.wav")) is not None


def test_what_fails_later_has_no_report_of_before(tmp_path):
    with Results(tmp_path, MADE, pages=True) as results:
        results.queue([found("a.wav")])
        results.keep(found("a.wav"), Done("content", report("a.wav"), page="<html>"))
        assert files(tmp_path) == ["reports/a.wav.html", "reports/a.wav.json"]
        results.fail(found("a.wav"), "other", "a.wav is cut off.", "Copy it again.")
        assert files(tmp_path) == []
        assert [(each.name, each.error) for each in results.failures()] == [
            ("a.wav", "a.wav is cut off.")
        ]
        assert results.known("a.wav") is None


def test_a_page_that_is_wanted_later_is_made_of_the_report(tmp_path):
    with Results(tmp_path, MADE) as results:
        kept(results, "a.wav")
    with Results(tmp_path, MADE, pages=True) as results:
        results.keep_again(found("a.wav"), results.known("a.wav"))
    page = (tmp_path / "reports/a.wav.html").read_text("utf-8")
    assert "a.wav" in page
    assert "<!DOCTYPE html>" in page


def test_the_manifest_and_the_table_say_what_was_done_with_what(tmp_path):
    with Results(tmp_path, MADE) as results:
        kept(results, "b.wav", "a.wav", "=HYPERLINK(1).wav")
        results.queue([found("c.wav")])
        results.fail(found("c.wav"), "", "c.wav is empty: it holds 0 bytes.", "Record it again.")
        results.finished = True
        write(results, {"found": 4}, model="base")
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert manifest["made"]["weights"] == {"base": "weights"}
    assert manifest["found"] == 4
    entries = {each["recording"]: each for each in manifest["recordings"]}
    assert list(entries) == ["=HYPERLINK(1).wav", "a.wav", "b.wav", "c.wav"]
    assert entries["a.wav"]["report"] == "reports/a.wav.json"
    assert entries["c.wav"]["report"] is None
    assert "is empty" in entries["c.wav"]["error"]
    rows = list(csv.DictReader((tmp_path / "cohort.csv").read_text("utf-8").splitlines()))
    assert [row["recording"] for row in rows] == ["'=HYPERLINK(1).wav", "a.wav", "b.wav", "c.wav"]
    told = json.loads(LINE)
    assert rows[1]["thanks"] == ("yes" if told["steps"]["thanks"]["present"] else "no")
    assert float(rows[1]["length_s"]) == pytest.approx(told["measures"]["span_s"], abs=0.01)
    assert rows[3]["thanks"] == ""
    page = (tmp_path / "cohort.html").read_text("utf-8")
    assert "3 recordings, 1 failed" in page
    assert "c.wav is empty" in page


def test_without_names_there_is_none_in_any_file(tmp_path):
    line = LINE.replace(json.loads(LINE)["source"], "c0ffee000000.wav")
    sha256 = "c0ffee000000" + 52 * "0"
    with Results(tmp_path, MADE, pages=True, anonymous=True) as results:
        results.queue([found("anna-schmidt.wav"), found("bert-jones.wav")])
        results.keep(found("anna-schmidt.wav"), Done(sha256, line, "<html>c0ffee</html>"))
        results.fail(found("bert-jones.wav"), "", "a recording is empty.", "Record it again.")
        results.finished = True
        write(results, {}, model="base")
        assert results.same(sha256, found("other.wav")) is not None
        assert [each.name for each in results.failures()] == [""]
    assert files(tmp_path)[2:] == [
        "manifest.json",
        "reports/c0ffee000000.wav.html",
        "reports/c0ffee000000.wav.json",
    ]
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"anna" not in content, path
            assert b"bert" not in content, path
    assert "recording" not in (tmp_path / "cohort.csv").read_text("utf-8").splitlines()[0]


def test_reports_with_and_without_names_are_not_mixed(tmp_path):
    with Results(tmp_path, MADE) as results:
        kept(results, "a.wav")
    with (
        pytest.raises(OutputError, match="holds reports with names") as refused,
        Results(tmp_path, MADE, anonymous=True),
    ):
        pass
    assert "--out" in refused.value.hint


def test_one_run_writes_at_a_time(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(tmp_path)],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    ) as held:
        assert held.stdout.readline() == "held\n"
        with pytest.raises(OutputError, match="Another run writes"), Results(tmp_path, MADE):
            pass
        held.kill()
    with Results(tmp_path, MADE) as results:
        assert results.empty


HOLDING = """
import sys
from pathlib import Path
from rehearse.batch import Made, Results
with Results(Path(sys.argv[1]), Made("1", "", {}, {})):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.docx").write_bytes(b"x")
    with pytest.raises(OutputError, match="holds something else"), Results(tmp_path, MADE):
        pass
    assert files(tmp_path) == ["thesis.docx"]
    with pytest.raises(OutputError, match="is a file"), Results(tmp_path / "thesis.docx", MADE):
        pass


def test_where_there_is_no_room_that_is_told_and_what_is_there_is_whole(tmp_path):
    with disk(tmp_path / "disk", "256k") as place, Results(place / "out", MADE) as results:
        kept(results, "a.wav")
        fill(place)
        with pytest.raises(OutputError, match=r"No space left|full") as refused:
            kept(results, *(f"{number}.wav" for number in range(100)))
        assert "same command again" in refused.value.hint
        for path in (place / "out/reports").iterdir():
            json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("name", ["../../out.wav", "a/../../../x.wav", "x" * 400 + ".wav"])
def test_a_name_from_elsewhere_stays_below_the_folder(tmp_path, name):
    with Results(tmp_path / "in" / "out", MADE) as results:
        results.keep(found(name), Done("content", report("a.wav")))
    assert all(path.startswith("in/out/reports/") for path in files(tmp_path))
    assert len(files(tmp_path)) == 1
