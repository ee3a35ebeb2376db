"""When the reminder comes: the same day where there is time, within 24 hours in any case."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.errors import FollowUpError
from rehearse.followup.times import WITHIN, chosen, due, interviewed

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati")


def at(text, zone="Europe/Berlin"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def reminded(interviewed_at, now, zone="Europe/Berlin"):
    found = due(at(interviewed_at, zone), at(now, zone), zone=ZoneInfo(zone))
    return f"{found.at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("interviewed_at", "now", "expected"),
    [
        # Two hours after the interview.
        ("2026-03-05 10:00", "2026-03-05 10:20", "2026-03-05 12:00"),
        # Half an hour from now, where that is later.
        ("2026-03-05 10:00", "2026-03-05 14:00", "2026-03-05 14:30"),
        # In the evening at the latest.
        ("2026-03-05 18:45", "2026-03-05 19:00", "2026-03-05 20:00"),
        ("2026-03-05 18:45", "2026-03-05 19:30", "2026-03-05 20:00"),
        # Then it is too late today.
        ("2026-03-05 18:45", "2026-03-05 19:31", "2026-03-06 09:00"),
        ("2026-03-05 23:50", "2026-03-05 23:58", "2026-03-06 09:00"),
        ("2026-03-05 15:00", "2026-03-06 00:05", "2026-03-06 09:00"),
        # Nothing before the morning.
        ("2026-03-05 05:00", "2026-03-05 05:30", "2026-03-05 09:00"),
        # The morning is over, the 24 hours are not.
        ("2026-03-05 15:00", "2026-03-06 10:00", "2026-03-06 10:30"),
        ("2026-03-05 15:00", "2026-03-06 14:45", "2026-03-06 15:00"),
        # Nine in the morning is more than 24 hours away.
        ("2026-03-05 00:30", "2026-03-05 21:00", "2026-03-05 21:30"),
        # The 24 hours are over.
        ("2026-03-05 15:00", "2026-03-08 12:00", "2026-03-08 12:30"),
        # The interview is still to come.
        ("2026-03-06 10:00", "2026-03-05 10:00", "2026-03-06 12:00"),
    ],
)
def test_when_it_comes(interviewed_at, now, expected, zone):
    assert reminded(interviewed_at, now, zone) == expected


class TestTheClockIsChanged:
    def test_nine_is_nine_after_the_clock_went_forward(self):
        assert reminded("2026-03-28 21:00", "2026-03-28 21:10") == "2026-03-29 09:00"
        found = due(at("2026-03-28 21:00"), at("2026-03-28 21:10"), zone=ZoneInfo("Europe/Berlin"))
        assert found.at == datetime(2026, 3, 29, 7, 0, tzinfo=UTC)

    def test_nine_is_nine_after_it_went_back(self):
        found = due(at("2026-10-24 21:00"), at("2026-10-24 21:10"), zone=ZoneInfo("Europe/Berlin"))
        assert found.at == datetime(2026, 10, 25, 8, 0, tzinfo=UTC)

    def test_twenty_four_hours_are_those_of_a_clock_that_nobody_changes(self):
        # 23 hours of that day: the 24th ends at 16:00 by the clock.
        assert reminded("2026-03-28 15:00", "2026-03-29 15:45") == "2026-03-29 16:00"
        # And 25 of this one.
        assert reminded("2026-10-24 15:00", "2026-10-25 13:45") == "2026-10-25 14:00"

    def test_this_computers_own_zone_is_asked_about_the_day_itself(self, monkeypatch):
        monkeypatch.setenv("TZ", "America/New_York")
        time.tzset()
        try:
            zone = "America/New_York"
            found = due(at("2026-03-07 21:00", zone), at("2026-03-07 21:10", zone))
            assert found.at == datetime(2026, 3, 8, 13, 0, tzinfo=UTC)
        finally:
            monkeypatch.undo()
            time.tzset()


@given(
    minute=st.integers(0, 365 * 24 * 60),
    later=st.timedeltas(timedelta(0), timedelta(hours=60)),
    zone=st.sampled_from(ZONES),
)
def test_it_is_never_past_and_within_24_hours_while_these_last(minute, later, zone):
    interview = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    now = interview + later
    found = due(interview, now, zone=ZoneInfo(zone))
    assert found.at >= now.replace(second=0, microsecond=0)
    assert found.at.utcoffset() == timedelta(0)
    if later < WITHIN - timedelta(minutes=1):
        assert found.at <= interview + WITHIN
        assert not found.late
    if later > WITHIN:
        assert found.at - now <= timedelta(hours=1)
        assert found.late


class TestTimesThatAreGiven:
    NOW = at("2026-03-05 16:00")
    BERLIN = ZoneInfo("Europe/Berlin")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("17:30", "2026-03-05 17:30"),
            ("7:30", "2026-03-06 07:30"),
            ("16:00", "2026-03-06 16:00"),
            ("2026-03-09T08:00", "2026-03-09 08:00"),
            ("2026-03-09 08:00", "2026-03-09 08:00"),
            ("2026-03-09T08:00:00Z", "2026-03-09 09:00"),
            ("2026-03-09T08:00-05:00", "2026-03-09 14:00"),
        ],
    )
    def test_a_reminder_is_the_next_such_time(self, text, expected):
        assert chosen(text, self.NOW, zone=self.BERLIN) == at(expected)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("14:00", "2026-03-05 14:00"),
            ("16:00", "2026-03-05 16:00"),
            ("17:00", "2026-03-04 17:00"),
            ("2026-02-01T10:15", "2026-02-01 10:15"),
        ],
    )
    def test_an_interview_was_the_last_such_time(self, text, expected):
        assert interviewed(text, self.NOW, zone=self.BERLIN) == at(expected)

    @pytest.mark.parametrize(
        "text",
        ["", "soon", "25:00", "12:60", "12", "2026-03-05", "2026-02-30T10:00", "0001-01-01T00:00",
         "9999-12-31T23:59", "2026-03-05T10:00+99:00", "20260305T1000"],
    )  # fmt: skip
    def test_what_is_no_time_is_refused(self, text):
        with pytest.raises(FollowUpError, match=r"--at .* is not a time"):
            chosen(text, self.NOW, zone=self.BERLIN)
        with pytest.raises(FollowUpError, match=r"--interviewed-at .* is not a time"):
            interviewed(text, self.NOW, zone=self.BERLIN)

    def test_a_reminder_in_the_past_is_refused(self):
        with pytest.raises(FollowUpError, match="is over"):
            chosen("2026-03-05T15:59", self.NOW, zone=self.BERLIN)
