"""The commands of the history, as they are called."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from rehearse.history import History
from rehearse.takes.flac import write
from tests.disks import disk, fill, read_only

STRONG = (
    "I’d really like to work here. You said the hard part is picking errors. At my last warehouse "
    "I trained fourteen pickers and we cut errors from three percent to one. Do you have any "
    "concerns about hiring me? Thank you for the tour."
)
ITALIAN = (
    "Vi ringrazio per il tempo che mi avete dedicato oggi, e vorrei molto lavorare qui con voi. "
    "Avete detto che il problema sono gli errori, e io ho formato quattordici persone in un anno."
)
WEAK = "I’d really like to work here. So, when do I start? Thank you for the tour."


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("REHEARSE_HOME", raising=False)
    return tmp_path / "home" / "rehearse"


@pytest.fixture
def close(tmp_path):
    def write(text, name="close.txt"):
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    return write


def sessions(home):
    with History(home) as history:
        return history.sessions()


class TestAnalyzing:
    def test_it_is_kept_with_what_it_is_for(self, command, home, close):
        code, out, err = command("analyze", close(WEAK), "--for", " Acme,  hiring manager ")
        assert code == 0
        assert err == "Kept as session 1.\n"
        assert out.endswith(
            "\nYour goal\n  → for the next take: Say why you fit: one of their needs, and what you "
            "did\n  about it\n"
        )
        (session,) = sessions(home)
        assert (session.label, session.origin, session.sound) == (
            "Acme, hiring manager",
            "analyze",
            None,
        )
        assert session.report["steps"]["thanks"]["present"]

    def test_the_next_says_whether_the_goal_was_reached(self, command, home, close):
        command("analyze", close(WEAK))
        _, out, _ = command("analyze", close(STRONG))
        assert "\nYour goal\n  ✓ reached: Say why you fit" in out
        _, out, _ = command("analyze", close(WEAK + " Bye."))
        assert "✗ not yet: " in out

    def test_json_is_the_report_and_nothing_else(self, command, home, close):
        code, out, err = command("analyze", "--json", close(STRONG))
        (session,) = sessions(home)
        assert (code, out) == (0, session.line + "\n")
        assert err == "Kept as session 1.\n"

    def test_the_same_again_is_said_to_be_the_same(self, command, home, close):
        command("analyze", close(STRONG))
        _, out, _ = command("analyze", close(STRONG))
        assert "The same as session 1, and not counted again" in " ".join(out.split())

    def test_what_is_not_to_be_kept_is_not(self, command, home, close):
        code, out, err = command("analyze", "--no-keep", close(STRONG))
        assert (code, err) == (0, "")
        assert "Your goal" not in out
        assert not home.exists()

    def test_what_cannot_be_analysed_is_not_kept(self, command, home, close):
        code, _, _ = command("analyze", close(ITALIAN))
        assert code == 2
        assert not home.exists() or sessions(home) == []

    def test_several_are_kept_one_after_the_other(self, command, home, close):
        command("analyze", close(STRONG, "a.txt"), "nowhere.txt", close(WEAK, "b.txt"))
        assert [each.source.rpartition("/")[2] for each in sessions(home)] == ["a.txt", "b.txt"]

    def test_a_label_that_is_too_long(self, command, home, close):
        code, _, err = command("analyze", close(STRONG), "--for", "x" * 300)
        assert code == 2
        assert "has 300 characters, and 200 are the most" in err

    @pytest.mark.weights
    def test_a_recording_is_kept_with_its_sound(self, command, home, program):
        code, out, _ = command("analyze", "--json", "samples/thin-close.opus")
        assert code == 0
        (session,) = sessions(home)
        with History(home) as history:
            flac = history.sound_of(session)
        again = json.loads(command("analyze", "--json", flac)[1])
        first = json.loads(out)
        # Sixteen bits may move a comma, and the edge of a word by some hundredths of a second.
        said = [re.findall(r"[\w']+", each["transcript"]["text"]) for each in (first, again)]
        assert said[0] == said[1]
        assert again["steps"].keys() == first["steps"].keys()
        assert again["fixes"] == first["fixes"]
        # The sound that is there already is not stored twice.
        assert sessions(home)[1].sound == session.sound
        assert sessions(home)[1].repeats == 1
        assert [path.name for path in home.joinpath("takes").iterdir()] == [flac.name]

    @pytest.mark.weights
    def test_a_part_is_kept_with_where_it_begins(self, command, home):
        command("analyze", "--json", "--from", "0:04", "samples/thin-close.opus")
        (session,) = sessions(home)
        assert session.from_s == 4.0
        words = session.report["transcript"]["words"]
        assert words[0]["start_s"] >= 4.0


class TestTrouble:
    """The report is shown, whatever becomes of the history."""

    def shown(self, command, source, *, why, code=2):
        left, out, err = command("analyze", source)
        assert left == code
        assert out.startswith("4 of 4 steps")
        assert err.splitlines()[0].startswith("error: ")
        assert why in err
        assert len(err.splitlines()) == 2

    def test_a_full_disk(self, command, home, close):
        with disk(home, "512k"):
            fill(home)
            self.shown(command, close(STRONG), why="no room on the disk")

    def test_a_read_only_disk(self, command, home, close):
        with disk(home, "512k"):
            read_only(home)
            self.shown(command, close(STRONG), why="Read-only file system")

    def test_a_foreign_file(self, command, home, close):
        home.mkdir(parents=True)
        (home / "history.sqlite").write_text("a letter, and no database at all")
        self.shown(command, close(STRONG), why="history is damaged")
        assert (home / "history.sqlite").read_text() == "a letter, and no database at all"

    @pytest.mark.weights
    def test_a_recording_on_a_full_disk(self, command, home):
        with disk(home, "64k"):
            fill(home)
            left, out, err = command("analyze", "samples/thin-close.opus")
            assert left == 2
            assert "✓ interest" in out
            assert "No space left on device" in err
            assert {path.name for path in home.iterdir()} <= {"filling", "takes"}
            assert list(home.glob("takes/*")) == []

    @pytest.mark.weights
    def test_a_recording_that_is_not_kept_leaves_no_copy(self, command, home):
        home.mkdir(parents=True)
        (home / "history.sqlite").write_text("a letter")
        left, out, err = command("analyze", "samples/thin-close.opus")
        assert left == 2
        assert "✓ interest" in out
        assert "history is damaged" in err
        assert list(home.glob("takes/*")) == []

    @pytest.mark.parametrize("arguments", [["history"], ["show", "1"], ["forget", "1"]])
    def test_a_damaged_one_is_said_by_every_command(self, command, home, arguments):
        home.mkdir(parents=True)
        (home / "history.sqlite").write_bytes(b"SQLite format 3\0" + b"\x5a" * 5000)
        code, out, err = command(*arguments)
        assert (code, out) == (2, "")
        assert "history is damaged" in err
        assert len(err.splitlines()) == 2


@pytest.fixture
def practised(home, month):
    """A home with the month in it."""
    shutil.copytree(month, home)
    return home


class TestShowing:
    def test_history(self, command, practised):
        code, out, err = command("history", "--last", "3")
        assert (code, err) == (0, "")
        assert out.startswith("Your practice · 28 sessions\n")
        assert "improved" in out

    def test_of_one_label_by_a_part_of_it(self, command, practised):
        assert "for “Lucio's, head chef”" in command("history", "--for", "lucio")[1]

    def test_a_label_that_is_none(self, command, practised):
        code, _, err = command("history", "--for", "Nobody")
        assert code == 2
        assert "Nothing was kept for 'Nobody'" in err
        assert "There are: Harbour Hotel, owner; Lucio's, head chef." in err

    def test_json(self, command, practised):
        told = json.loads(command("history", "--json")[1])
        assert told["count"] == len(told["sessions"]) == 28

    def test_a_chart(self, command, practised):
        code, out, _ = command("history", "--chart", "fillers")
        assert code == 0
        assert "●" in out
        code, _, err = command("history", "--chart", "charm")
        assert code == 2
        assert "There is no measure 'charm'" in err

    def test_a_page(self, command, practised, tmp_path):
        code, out, err = command("history", "--html", tmp_path / "page.html")
        assert (code, out) == (0, "")
        assert f"Written: {tmp_path}/page.html" in err
        assert (tmp_path / "page.html").read_text("utf-8").startswith("<!DOCTYPE html>")
        assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o600

    def test_a_page_of_two(self, command, practised, tmp_path):
        code, out, err = command("compare", "1", "3", "--html", tmp_path / "page.html")
        assert (code, out) == (0, "")
        assert f"Written: {tmp_path}/page.html" in err
        assert "<h1>Sessions 1 and 3</h1>" in (tmp_path / "page.html").read_text("utf-8")
        assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o600

    def test_a_page_that_cannot_be_written(self, command, practised, tmp_path):
        code, _, err = command("history", "--html", tmp_path / "nowhere" / "page.html")
        assert code == 2
        assert "cannot be written: No such file or directory" in err

    def test_show(self, command, practised):
        code, out, _ = command("show", "5")
        assert code == 0
        assert out.startswith("Session 5 · ")
        told = json.loads(command("show", "5", "--json")[1])
        assert told["source"] == "take-5"

    def test_show_as_a_page(self, command, practised, tmp_path):
        code, out, err = command("show", "5", "--html", tmp_path / "page.html")
        assert (code, out) == (0, "")
        assert f"Written: {tmp_path}/page.html" in err
        page = (tmp_path / "page.html").read_text("utf-8")
        assert page.startswith("<!DOCTYPE html>")
        assert "Session 5 · " in page
        assert "<audio" not in page
        assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o600

    def test_a_page_with_a_sound_that_there_is_not(self, command, practised, tmp_path):
        code, _, err = command("show", "5", "--html", tmp_path / "page.html", "--sound")
        assert code == 2
        assert "There is no sound of session 5: it was kept without." in err
        assert not (tmp_path / "page.html").exists()

    @pytest.mark.parametrize(
        ("options", "why"),
        [
            (("--json", "--html", "page.html"), "--json and --html are two ways: choose one."),
            (("--sound",), "--sound goes into a page: name its file with --html."),
        ],
    )
    def test_what_does_not_go_together(self, command, practised, options, why):
        code, _, err = command("show", "5", *options)
        assert code == 2
        assert why in err

    @pytest.mark.weights
    def test_what_is_shown_again_is_what_was_shown(self, command, home):
        """Voices, words that were not heard, fixes in their order: nothing is lost."""
        _, first, _ = command("analyze", "samples/cheesy.mp4")
        _, again, _ = command("show", "1")
        assert again.partition("\n")[2] == first.partition("\n\nYour goal")[0] + "\n"

    @pytest.mark.parametrize("arguments", [("show",), ("forget",), ("play",), ("compare", "1")])
    def test_a_number_beyond_all_counting(self, command, practised, arguments):
        code, _, err = command(*arguments, str(2**63))
        assert code == 2
        assert f"There is no session {2**63}." in err
        assert command("history", "--last", str(10**20))[0] == 0

    def test_a_label_that_only_repeats(self, command, home, close, tmp_path):
        command("analyze", close(STRONG))
        command("analyze", close(STRONG), "--for", "Acme")
        code, out, _ = command("history", "--for", "acme")
        assert code == 0
        assert "the same as 1; Acme" in out
        assert command("history", "--for", "Acme", "--html", tmp_path / "a.html")[0] == 0
        assert command("history", "--for", "Acme", "--chart", "steps")[0] == 0
        command("forget", "1")
        assert "4 of 4" not in command("history", "--for", "Acme")[1]
        assert "1 of 1" in command("history", "--for", "Acme")[1]

    def test_words_are_no_markup(self, command, home, close):
        command("analyze", close("I want this job so much. I led [/foo] a team."))
        command("analyze", close("Quite other words: thanks everyone, [bold]bye[/bold]"))
        code, out, _ = command("compare", "1", "2")
        assert code == 0
        assert "[/foo]" in out
        assert "[bold]bye[/bold]" in out

    def test_names_in_bytes_that_are_no_text(self, command, home, tmp_path):
        odd = os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt")
        Path(odd).write_text(STRONG, "utf-8")
        code, _, err = command("analyze", odd, "--for", "Ac\udcffme\x1b[31m")
        assert (code, err) == (0, "Kept as session 1.\n")
        assert sessions(home)[0].source.endswith("bad\ufffd.txt")
        assert sessions(home)[0].label == "Ac\ufffdme[31m"

    def test_acme_is_acme(self, command, home, close):
        command("analyze", close(STRONG), "--for", "Acme")
        command("analyze", close(WEAK), "--for", "ACME")
        assert {each.label for each in sessions(home)} == {"Acme"}

    def test_two_ways_at_once(self, command, practised):
        assert command("history", "--json", "--chart", "steps")[0] == 2

    @pytest.mark.parametrize("width", [40, 60, 80])
    def test_nothing_is_cut_off_in_a_narrow_terminal(self, command, practised, monkeypatch, width):
        monkeypatch.setenv("COLUMNS", str(width))
        out = command("history", "--last", "3")[1]
        assert max(map(len, out.splitlines())) <= width
        assert "improved" in out
        assert out.count("✓") + out.count("✗") >= 12

    def test_compare(self, command, practised):
        code, out, _ = command("compare", "1", "28")
        assert code == 0
        assert "concerns question" in out

    @pytest.mark.parametrize(
        "arguments", [["show", "99"], ["compare", "1", "99"], ["play", "99"], ["forget", "99"]]
    )
    def test_a_session_that_is_not_there(self, command, practised, arguments):
        code, out, err = command(*arguments)
        assert (code, out) == (2, "")
        assert err == (
            "error: There is no session 99.\n"
            "       `rehearse history` lists them; the newest is 28.\n"
        )

    def test_of_what_was_typed_nothing_can_be_played(self, command, home, close):
        command("analyze", close(STRONG))
        code, _, err = command("play", "1")
        assert code == 2
        assert "Session 1 was typed: there is no sound of it." in err


class TestChanging:
    def test_forget(self, command, practised):
        assert command("forget", "3", "4")[1] == (
            "Session 3 is forgotten.\nSession 4 is forgotten.\n"
        )
        assert [each.number for each in sessions(practised)][:4] == [1, 2, 5, 6]

    def test_where_one_is_not_there_none_is_forgotten(self, command, practised):
        assert command("forget", "3", "99")[0] == 2
        assert len(sessions(practised)) == 28

    def test_out_and_in_again(self, command, practised, tmp_path, monkeypatch):
        assert command("export", tmp_path / "out")[1] == (
            f"28 sessions written to {tmp_path}/out\n"
        )
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "elsewhere"))
        assert command("import", tmp_path / "out")[1] == "28 sessions added\n"
        assert command("import", tmp_path / "out")[1] == (
            "0 sessions added\n28 sessions there already\n"
        )
        assert "28 sessions" in command("history")[1]


class TestRecovering:
    @pytest.fixture
    def whole(self, home):
        """A take that was finished, by a program that ended before it was kept."""
        flac = home / "takes" / "2026-11-28T18-02-11.flac"
        flac.parent.mkdir(parents=True)
        write(flac, [np.round(np.sin(np.arange(48000) / 20) * 9000).astype(np.int16)])
        return flac

    def test_a_whole_take_without_a_session_is_named(self, command, whole):
        code, out, _ = command("recover", "--list")
        assert code == 0
        assert out.endswith(f"0:03 of sound  {whole.name}, whole, and in no session\n")
        assert "No take was cut short." in command("recover", "--discard")[1]
        assert whole.exists()

    def test_where_the_history_is_damaged_that_is_said(self, command, home, whole):
        (home / "history.sqlite").write_text("a letter")
        code, out, err = command("recover", "--list")
        assert (code, out) == (2, "")
        assert "history is damaged" in err

    def test_what_is_no_sound_is_no_take(self, command, home, whole):
        (whole.parent / "junk.flac").write_text("junk")
        (whole.parent / "gone.flac").symlink_to("nowhere")
        (whole.parent / "folder.flac").mkdir()
        out = command("recover", "--list")[1]
        assert out.count("in no session") == 1

    @pytest.mark.weights
    def test_it_gets_its_session(self, command, home, whole, program):
        shutil.copy("samples/opening-thanks.wav", whole)
        code, out, err = command("recover", "--json", "--for", "Acme")
        assert code == 0, err
        assert json.loads(out)["steps"]["thanks"]["present"]
        (session,) = sessions(home)
        assert (session.origin, session.label, session.sound) == ("recover", "Acme", whole.name)
        assert command("recover", "--list")[1] == "No take was cut short.\n"


def test_a_new_user_is_told_how_to_begin(command, home):
    code, out, _ = command("history")
    assert (code, out) == (0, "Nothing is kept yet: `rehearse record` begins.\n")
