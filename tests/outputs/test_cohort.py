"""A cohort in a terminal and as a page."""

from __future__ import annotations

import io
import re

from rich.console import Console

from rehearse.cohort import Failure, Row, summed_up
from rehearse.history.measures import Point
from rehearse.outputs import cohort_page
from rehearse.outputs.cohort import write
from rehearse.outputs.terminal import THEME
from rehearse.steps import STEPS

HOSTILE = "<script>alert(1)</script>\u202e.wav"


def row(number):
    return Row(
        {step: bool((number >> place) & 1) for place, step in enumerate(STEPS)},
        {
            "length": Point(20.0 + 5 * number),
            "fillers": Point(number % 5, 1.0),
            "hesitations": Point(1.0, 1.0),
            "pace": Point(150.0 + number),
            "pitch": Point(3.0),
        },
        90,
        ("steps.concerns", "length") if number % 2 else ("steps.concerns",),
        (("So, when do I start?", "it takes the offer for granted"),) if number % 3 else (),
    )


def cohort(*failures):
    return summed_up(map(row, range(16)), failures)


def shown(width=80):
    console = Console(width=width, theme=THEME, record=True, file=io.StringIO())
    write(cohort(Failure("x.wav", "x.wav is empty.", "Copy it.")), console)
    return console.export_text()


def test_a_terminal_of_80_columns_shows_all_of_it():
    text = shown()
    assert "16 recordings, 1 failed" in text
    assert re.search(r"thanks +50 % +25 to 75 %", text)
    assert re.search(r"all four +6 % +0 to 30 %", text)
    assert "1.  Asking for concerns about them" in text
    assert "100 %, 16 of 16" in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_narrow_terminal_cuts_no_figure_off():
    text = shown(40)
    assert "50 %" in text
    assert "25 to 75 %" in text
    assert "16 of 16" in text


def page(*failures, anonymous=False):
    return cohort_page.html(
        cohort(*failures), made="rehearse 0.1.0, weights base", anonymous=anonymous
    )


def test_the_page_says_what_the_group_does():
    text = page()
    assert "How often each step was there" in text
    assert "8 of 16" in text
    assert "“So, when do I start?”" in text
    assert "Asking for concerns about them" in text
    assert "https://" not in text
    assert "http://" not in text
    assert "Without a report" not in text


def test_the_page_makes_names_harmless_and_promises_what_it_keeps():
    text = page(Failure(HOSTILE, f"{HOSTILE} is empty.", "Copy it."))
    assert "<script>alert" not in text
    assert "\u202e" not in text
    assert "names no recording but those that failed" in text
    assert "It holds no names" in page(anonymous=True)


def test_many_failures_are_counted_and_some_listed():
    failures = [Failure(f"{number}.wav", "It is empty.", "Copy it.") for number in range(300)]
    text = page(*failures)
    assert "and 100 more: cohort.csv has them all" in text
    assert text.count("It is empty.") == cohort_page.LISTED
