"""The view of a take in a real terminal: typed into, looked at, compared."""

from __future__ import annotations

import os
import re
import signal
import time

import pytest

from rehearse.history import History
from rehearse.interview.plan import Cue, Plan, Point
from rehearse.outputs.taking import TROUBLE

MARKS = "{} interest   {} fit   {} concerns question   {} thanks"
NOTHING_YET = MARKS.format(*"○○○○")
WAITING = "Begin when you are ready. Enter ends the take."


def time_of(screen):
    """The clock of the view, in seconds."""
    minutes, seconds = re.search(r"(\d+):(\d\d)", screen).groups()
    return 60 * int(minutes) + int(seconds)


def test_the_marks_fill_in_and_the_report_follows(microphone, terminal, spoken):
    with terminal("record") as shown:
        screen = shown.until(WAITING)
        assert NOTHING_YET in screen
        assert "○ 30 s  ○ 60 s  ○ 75 s" in screen
        speaking = microphone.say(spoken("strong-close.wav"))
        shown.until("✓ interest")
        assert "▮▮" in shown.until("▮▮")
        shown.until("✓ fit")
        assert "○ thanks" in shown.until("● 30 s  ○ 60 s  ○ 75 s")
        assert time_of(shown.screen()) >= 30
        shown.until("✓ concerns question")
        speaking.wait()
        shown.until(MARKS.format(*"✓✓✓✓"))
        shown.press("Enter")
        shown.until("left with 0")
        report = shown.screen(all_of_it=True)
    assert "4 of 4 steps" in report
    assert "Kept as" in report
    # The view is gone, and nothing of it stands in the report.
    assert "▮" not in report
    assert WAITING not in report


def test_the_cue_card_of_a_plan_is_shown_before_the_take(microphone, terminal):
    plan = Plan(
        "Ward nurse",
        "calm mornings",
        (Point("calm", "40 beds"),),
        cues=(Cue("why", "calm mornings", "c… m…", 0), Cue("proof 1", "40 beds", "40", 0)),
    )
    with History(microphone.takes.parent) as history:
        history.keep_plan("Acme", plan)
    with terminal("record", "--for", "acme") as shown:
        before = shown.until(WAITING)
        shown.press("Enter")
        shown.until("left with")
    lines = before.partition("Your cues · Acme\n")[2].splitlines()
    assert [line.split() for line in lines[:4]] == [
        ["want", "calm", "mornings"],
        ["1", "–", "→", "40", "beds"],
        ["ask", "–"],
        ["thank"],
    ]
    assert before.index("thank") < before.index("○ interest")


def test_the_time_counts_from_the_first_word(microphone, terminal, spoken):
    with terminal("record") as shown:
        shown.until(WAITING)
        time.sleep(3)
        assert time_of(shown.screen()) == 0
        assert TROUBLE["dead"] in shown.screen()
        microphone.say(spoken("thin-close.opus", to_s=6.0)).wait()
        assert 4 <= time_of(shown.screen()) <= 7
        shown.press("C-c")
        shown.until("left with 0")


@pytest.mark.soak
def test_waiting_after_the_concerns_question_is_right(microphone, terminal, spoken):
    with terminal("record", "--stop-after", "1") as shown:
        shown.until(WAITING)
        microphone.say(spoken("strong-close.wav", 30.2, 35.0)).wait()
        assert MARKS.format(*"○○✓○") in shown.until("waiting for their answer is right")
        shown.press("Enter")
        shown.until("left with 0")


def test_plain_shows_the_time_alone(microphone, terminal, spoken):
    with terminal("record", "--plain") as shown:
        shown.until("0:00")
        microphone.say(spoken("thin-close.opus", to_s=4.0)).wait()
        assert re.fullmatch(r"\s*0:0\d", shown.screen())
        shown.press("Enter")
        shown.until("left with 0")


def test_a_countdown_comes_before_the_take(terminal):
    with terminal("record", "--countdown", "--plain") as shown:
        for left in "321":
            shown.until(lambda screen, left=left: screen.strip() == left)
        shown.until("0:00")
        shown.press("C-c")
        shown.until("left with 2")


@pytest.mark.parametrize("environment", [{}, {"COLUMNS": "80", "LINES": "24"}], ids=["", "said"])
@pytest.mark.parametrize("width", [40, 200])
def test_a_narrow_terminal_and_a_wide_one_show_it_whole(terminal, width, environment):
    """Also where the environment says that it has another size."""
    with terminal("record", width=width, environment=environment) as shown:
        shown.until("Begin when you are ready")
        time.sleep(1)
        screen = shown.screen()
        assert screen.count("interest") == 1
        assert screen.count("0:00") == 1
        shown.press("Enter")
        shown.until("left with 2")


def test_what_is_typed_is_not_shown_and_the_terminal_is_left_as_it_was(terminal):
    with terminal("record") as shown:
        shown.until(WAITING)
        shown.press("a", "b", "c", "Enter")
        shown.until("left with 2")
        assert "abc" not in shown.screen()
        shown.press("x", "y", "z")
        shown.until("xyz")


@pytest.mark.parametrize("told", ["TERM", "HUP"])
def test_told_to_end_it_leaves_the_terminal_as_it_was(microphone, terminal, spoken, told):
    with terminal("record") as shown:
        shown.until(WAITING)
        microphone.say(spoken("thin-close.opus", to_s=4.0)).wait()
        number = signal.Signals["SIG" + told]
        os.kill(shown.process(), number)
        shown.until(f"left with {128 + number}")
        shown.press("x", "y", "z")
        shown.until("xyz")
    listed = microphone.program("recover", "--list").communicate()[0]
    assert "of sound" in listed
