"""`rehearse followup`, as it is called."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from email import policy
from email.parser import BytesParser

import pytest
from icalendar import Calendar

from rehearse.history import History
from tests.disks import disk, fill, read_only
from tests.outputs.reports import said

STRONG = (
    "I'd really like to work here. You said the hard part is picking errors. At my last warehouse "
    "I trained fourteen pickers and we cut errors from three percent to one. Do you have any "
    "concerns about hiring me? Thank you for the tour."
)


@pytest.fixture(scope="module")
def practised(program, tmp_path_factory):
    """A data folder with one typed close."""
    folder = tmp_path_factory.mktemp("practised")
    (folder / "close.txt").write_text(STRONG, "utf-8")
    arguments = ("analyze", folder / "close.txt", "--for", "Acme, Ms Lee")
    done = program("-m", "rehearse", *arguments, REHEARSE_HOME=str(folder / "home"))
    assert done.returncode == 0, done.stderr
    return folder / "home"


@pytest.fixture
def home(tmp_path, monkeypatch, practised):
    shutil.copytree(practised, tmp_path / "home")
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def kept(home, tmp_path):
    """A folder for what is made of it."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def mail(folder, number=1):
    content = (folder / f"followup-{number}.eml").read_bytes()
    return BytesParser(policy=policy.default).parsebytes(content)


def event(folder, number=1):
    calendar = Calendar.from_ical((folder / f"followup-{number}.ics").read_bytes())
    (found,) = calendar.walk("VEVENT")
    return found


class TestWhatIsWritten:
    def test_the_note_is_shown_and_both_files_hold_it(self, command, kept):
        code, out, err = command("followup", 1, "--out", kept, "--name", "Zoë Ångström")
        assert code == 0
        assert err.splitlines() == [
            f"Written: {kept / 'followup-1.eml'}",
            f"Written: {kept / 'followup-1.ics'}",
        ]
        assert "“I'd really like to work here.” You said the hard part is picking errors. At" in out
        assert "Dear Zoë Ångström," in out
        text = "\n".join(mail(kept).get_content().splitlines())
        assert text in out
        assert text in event(kept)["description"]
        assert "Nothing was sent" in out

    def test_they_are_for_their_owner_alone(self, command, kept):
        command("followup", 1, "--out", kept)
        assert {path.stat().st_mode & 0o777 for path in kept.iterdir()} == {0o600}

    def test_the_label_of_the_session_fills_no_gap(self, command, kept):
        _, out, _ = command("followup", 1, "--out", kept)
        assert "Lee" not in out
        assert "[their name]" in out

    def test_what_is_given_fills_the_gaps(self, command, kept):
        _, out, _ = command(
            "followup", 1, "--out", kept, "--name", "Ms Lee", "--role", "shift lead",
            "--company", "Acme", "--email", "lee@example.org",
            "--from", "Kim Roe <kim@example.org>",
        )  # fmt: skip
        assert "1 gap is left to fill:\n  [the next step" in out
        assert out.count("[") == 2
        assert mail(kept)["To"] == "Ms Lee <lee@example.org>"
        assert mail(kept)["From"] == "Kim Roe <kim@example.org>"
        assert event(kept)["summary"] == "Send the thank-you note to Ms Lee"

    def test_without_a_folder_they_go_where_one_is(self, command, kept, monkeypatch):
        monkeypatch.chdir(kept)
        command("followup", 1)
        assert names(kept) == ["followup-1.eml", "followup-1.ics"]

    def test_a_card_is_an_addition(self, command, kept):
        _, out, _ = command("followup", 1, "--out", kept, "--card")
        assert "in your own hand:" in out
        assert "in your own hand" not in mail(kept).get_content()


class TestTheReminder:
    def test_it_comes_within_24_hours_of_the_session(self, command, kept, home):
        command("followup", 1, "--out", kept)
        with History(home) as history:
            held_at = history.session(1).held_at
        assert held_at < event(kept).decoded("dtstart") <= held_at + timedelta(hours=24)

    def test_the_time_of_the_interview_counts_where_it_is_given(self, command, kept):
        then = datetime.now(UTC) - timedelta(days=40)
        code, out, _ = command("followup", 1, "--out", kept, "--interviewed-at", f"{then:%FT%TZ}")
        assert code == 0
        assert "A note that comes late is still welcome" in out
        soon = event(kept).decoded("dtstart") - datetime.now(UTC)
        assert timedelta(minutes=25) < soon < timedelta(hours=1)

    @pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/New_York", "UTC"])
    def test_it_comes_when_it_is_told_to_in_the_zone_of_the_computer(
        self, command, kept, monkeypatch, zone
    ):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        try:
            code, _, _ = command("followup", 1, "--out", kept, "--at", "18:30")
            start = event(kept).decoded("dtstart")
            assert code == 0
            assert f"{start.astimezone():%H:%M}" == "18:30"
            assert timedelta(0) < start - datetime.now(UTC) <= timedelta(hours=25)
        finally:
            monkeypatch.undo()
            time.tzset()


class TestWhatIsRefused:
    def refused(self, ran, *lines):
        code, out, err = ran
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 2
        for line in lines:
            assert line in err

    def test_a_session_that_is_not_there(self, command, kept):
        self.refused(command("followup", 2, "--out", kept), "There is no session 2.", "newest is 1")
        assert names(kept) == []

    def test_a_session_without_words(self, command, kept, home):
        with contextlib.closing(sqlite3.connect(home / "history.sqlite")) as database, database:
            database.execute("update sessions set report = ?", (json.dumps(said([])),))
        self.refused(command("followup", 1, "--out", kept), "There are no words in this session.")
        assert names(kept) == []

    @pytest.mark.parametrize(
        ("option", "value", "line"),
        [
            ("--at", "soon", "--at 'soon' is not a time."),
            ("--at", "2020-01-01T10:00", "--at 2020-01-01T10:00 is over."),
            ("--interviewed-at", "9", "--interviewed-at '9' is not a time."),
            ("--email", "a@b.org\nBcc: c@d.org", "is not an e-mail address."),
            ("--from", "nobody", "--from 'nobody' is not an e-mail address."),
            ("--name", " ", "--name is empty."),
            ("--role", "a" * 201, "--role has 201 characters."),
        ],
    )
    def test_what_cannot_be_read(self, command, kept, option, value, line):
        self.refused(command("followup", 1, "--out", kept, option, value), line)
        assert names(kept) == []

    def test_a_file_that_is_there_already(self, command, kept):
        (kept / "followup-1.ics").write_text("mine")
        self.refused(command("followup", 1, "--out", kept), "is there already", "--force")
        assert names(kept) == ["followup-1.ics"]
        assert (kept / "followup-1.ics").read_text() == "mine"

    def test_unless_it_is_to_be_replaced(self, command, kept):
        command("followup", 1, "--out", kept)
        code, _, _ = command("followup", 1, "--out", kept, "--name", "Ann", "--force")
        assert code == 0
        assert "Dear Ann," in mail(kept).get_content()

    def test_a_folder_that_is_not_there(self, command, kept):
        self.refused(command("followup", 1, "--out", kept / "gone"), "cannot be written")
        assert names(kept) == []

    def test_a_file_for_a_folder(self, command, home, tmp_path):
        (tmp_path / "file").touch()
        self.refused(command("followup", 1, "--out", tmp_path / "file"), "cannot be written")

    def test_a_folder_into_which_nobody_may_look(self, command, home, tmp_path):
        place = tmp_path / ("x" * 300)  # refused to everybody, as another's folder is to most
        self.refused(command("followup", 1, "--out", place), "cannot be written: File name too")

    def test_a_disk_that_is_full(self, command, kept, tmp_path):
        with disk(tmp_path / "small", "64k") as place:
            fill(place)
            self.refused(command("followup", 1, "--out", place), "No space left")
            assert names(place) == ["filling"]

    def test_a_disk_that_has_room_for_one_of_them(self, command, kept, tmp_path):
        with disk(tmp_path / "small", "64k") as place:
            fill(place)
            # A page for the draft; none for the reminder.
            with (place / "filling").open("rb+") as file:
                file.truncate((place / "filling").stat().st_size - 4096)
            self.refused(command("followup", 1, "--out", place), "followup-1.ics cannot be written")
            assert names(place) == ["filling"]

    def test_a_disk_that_may_not_be_written_to(self, command, kept, tmp_path):
        with disk(tmp_path / "small", "64k") as place:
            read_only(place)
            self.refused(command("followup", 1, "--out", place), "cannot be written")
