"""The draft and the reminder, read by what reads such files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import policy
from email.parser import BytesParser
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from rehearse.errors import FollowUpError
from rehearse.followup import Details, Due, letter, message, reminder
from rehearse.followup.details import Address, addressed, named
from rehearse.followup.telling import told, when
from tests.followup.reports import report, talk

NOW = datetime(2026, 3, 5, 15, 0, tzinfo=UTC)
DUE = Due(NOW + timedelta(hours=2), NOW)


def mailed(details):
    note = letter(talk(), details)
    return note, BytesParser(policy=policy.default).parsebytes(message(note, details))


class TestTheDraft:
    def test_it_opens_and_holds_the_note(self):
        note, mail = mailed(Details(name="Zoë Ångström"))
        assert mail.get_content().splitlines() == note.text.splitlines()
        assert mail["Subject"] == note.subject
        assert mail["X-Unsent"] == "1"
        assert mail.get_content_type() == "text/plain"
        assert not mail.defects

    def test_without_addresses_there_are_no_such_headers(self):
        _, mail = mailed(Details())
        assert {"To", "From", "Cc", "Bcc", "Date"}.isdisjoint(mail.keys())

    def test_names_in_any_script_stand_in_the_headers(self):
        _, mail = mailed(
            Details(
                name="王小明",
                role="инженер",
                recipient=addressed("wang@example.org", "--email"),
                sender=addressed("Żaneta Ødegård <z@example.org>", "--from"),
            )
        )
        (to,) = mail["To"].addresses
        (sender,) = mail["From"].addresses
        assert (to.display_name, to.addr_spec) == ("王小明", "wang@example.org")
        assert (sender.display_name, sender.addr_spec) == ("Żaneta Ødegård", "z@example.org")
        assert mail["Subject"] == "Thank you for the interview – инженер"

    def test_headers_are_ascii_and_lines_short(self):
        details = Details(name="Å" * 150, recipient=Address("", "a@example.org"))
        content = message(letter(talk(), details), details)
        assert content.isascii()
        assert all(len(line) <= 998 for line in content.split(b"\r\n"))
        assert b"\r\n" in content
        assert b"\n" not in content.replace(b"\r\n", b"")

    def test_an_address_that_is_not_ascii_is_kept(self):
        details = Details(recipient=addressed("jörg@bücher.example", "--email"))
        lines = message(letter(talk(), details), details).split(b"\r\n")
        assert "To: jörg@bücher.example".encode() in lines

    def test_a_name_with_a_line_break_makes_no_header(self):
        name = named("Ann\r\nBcc: everybody@example.org\r\n\r\nHello", "--name")
        details = Details(name=name, role=named("a\nX-Evil: 1", "--role"),
                          recipient=Address("", "ann@example.org"))  # fmt: skip
        _, mail = mailed(details)
        assert mail["Bcc"] is None
        assert mail["X-Evil"] is None
        assert mail["To"].addresses[0].display_name == "Ann Bcc: everybody@example.org Hello"

    @pytest.mark.parametrize(
        "text",
        ["", "ann", "ann@", "@example.org", "ann@example.org\nBcc: b@example.org",
         "Ann\r\nBcc: b@example.org <ann@example.org>", "ann@example.org, bob@example.org",
         "ann @example.org", "ann@exa mple.org", "Ann <ann@example.org", "a\x00@example.org",
         "a@b@example.org"],
    )  # fmt: skip
    def test_what_is_no_address_is_refused(self, text):
        with pytest.raises(FollowUpError, match="is not an e-mail address"):
            addressed(text, "--email")

    @pytest.mark.parametrize("text", ["", "  ", "\u202e", "a" * 201])
    def test_what_is_no_name_is_refused(self, text):
        with pytest.raises(FollowUpError, match="--name"):
            named(text, "--name")


class TestTheReminder:
    def test_it_opens_and_rings_when_it_begins(self):
        details = Details(name="Zoë; Ångström, \\n")
        note = letter(talk(), details)
        calendar = Calendar.from_ical(reminder(note, details, DUE, of="1", now=NOW))
        (event,) = calendar.walk("VEVENT")
        (alarm,) = calendar.walk("VALARM")
        assert event.decoded("dtstart") == DUE.at
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=15)
        assert event["summary"] == "Send the thank-you note to Zoë; Ångström, \\n"
        assert event["description"] == f"Subject: {note.subject}\n\n{note.text}"
        assert alarm["action"] == "DISPLAY"
        assert alarm.decoded("trigger") == timedelta(0)

    def test_its_time_is_utc_and_its_lines_are_folded(self):
        details = Details()
        content = reminder(letter(talk(), details), details, DUE, of="1", now=NOW)
        assert b"\r\nDTSTART:20260305T170000Z\r\n" in content
        assert b"\r\nSUMMARY:Send the thank-you note to [their name]\r\n" in content
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))

    def test_the_same_session_moves_the_same_entry(self):
        details = Details()
        note = letter(talk(), details)
        first, second = (
            Calendar.from_ical(reminder(note, details, each, of="7", now=NOW)).walk("VEVENT")[0]
            for each in (DUE, Due(DUE.at + timedelta(hours=1), NOW))
        )
        assert first["uid"] == second["uid"]


class TestWhatIsTold:
    def told(self, details, due=DUE):
        return told(letter(talk(), details), details, due, now=NOW, zone=UTC)

    def test_the_gaps_are_counted(self):
        text = self.told(Details(name="Ann"))
        assert "\n5 gaps are left to fill:\n  [the role]\n  [the company]\n" in text
        assert "\n  [their e-mail address], in To:\n" in text

    def test_one_gap_is_one(self):
        details = Details(
            "Ann", "nurse", "Ashby", Address("", "a@b.org"), Address("Kim", "k@b.org")
        )
        assert "\n1 gap is left to fill:\n  [the next step, and when it is]\n" in self.told(details)

    def test_it_says_that_nothing_was_sent(self):
        assert self.told(Details()).endswith(
            "Nothing was sent: you send it yourself, when it is yours."
        )

    def test_a_late_note_is_kindly_told_of(self):
        late = Due(NOW, NOW - timedelta(days=3))
        assert "A note that comes late is still welcome" in self.told(Details(), late)
        assert "comes late" not in self.told(Details())

    def test_the_postal_card_stands_apart(self):
        text = self.told(Details(card=True))
        assert "by post and in your own hand:\n\nDear [their name],\n" in text

    def test_a_close_of_a_word_is_told_as_well(self):
        details = Details()
        text = told(letter(report("Bye."), details), details, DUE, now=NOW, zone=UTC)
        assert "9 gaps are left to fill:" in text

    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            (datetime(2026, 3, 5, 17, 5, tzinfo=UTC), "today at 18:05"),
            (datetime(2026, 3, 5, 23, 5, tzinfo=UTC), "tomorrow at 0:05"),
            (datetime(2026, 3, 9, 8, 0, tzinfo=UTC), "on Monday, 9 March 2026 at 9:00"),
        ],
    )
    def test_a_moment_is_told_by_the_writers_clock(self, at, expected):
        assert when(at, NOW, ZoneInfo("Europe/Berlin")) == expected
