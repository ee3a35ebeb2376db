"""The report as people read it, 80 columns wide."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehearse.errors import RehearseError
from rehearse.finding import Finding, Level
from rehearse.outputs.summary import headline
from rehearse.outputs.terminal import write, write_error
from rehearse.transcript import Span
from tests.outputs import printing


def printed(report, **options):
    return printing.printed(write, report, **options)


def plain(text):
    """One line without doubled blanks, however it was wrapped."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["strong", "cheesy", "bracketed"])
def test_a_typed_close_is_written_as_agreed(name, typed, golden):
    golden(f"typed-{name}.txt", printed(typed(name)))


def test_a_spoken_close_is_written_as_agreed(spoken, golden):
    golden("spoken.txt", printed(spoken))


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_line_is_wider_than_the_terminal(width, spoken):
    assert max(map(len, printed(spoken, width=width).splitlines())) <= width


def test_without_a_terminal_there_is_no_colour(spoken):
    assert "\x1b" not in printed(spoken)


def test_colour_adds_nothing_but_colour(spoken):
    import re

    coloured = printed(spoken, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == printed(spoken)


def test_the_headline_counts_steps_seconds_and_words(spoken, typed):
    assert headline(spoken) == "2 of 4 steps · 9 s · 17 words"
    assert headline(typed("strong")).startswith("4 of 4 steps · ")
    assert " s · " not in headline(typed("strong"))


def test_one_word_is_one_word(spoken):
    report = replace(spoken, delivery=replace(spoken.delivery, words=1))
    assert headline(report).endswith("1 word")


def test_an_unheard_word_is_struck_and_explained(spoken):
    assert "~~Thank you.~~" in plain(printed(spoken))
    assert "nothing like a voice is there" in plain(printed(spoken))


def test_steps_are_marked_in_words(typed):
    text = plain(printed(typed("strong")))
    for step in ("interest", "fit", "concerns", "thanks"):
        assert f"[{step}: " in text


def test_what_looks_like_markup_is_written_as_it_was_said(typed):
    assert "[this] job, *really*: it's <b>you</b>" in plain(printed(typed("bracketed")))


def test_at_most_three_fixes_come_first(typed):
    text = printed(typed("cheesy"))
    assert "Change these 3 things first" in text
    assert "4." not in text


def test_a_close_without_fault_is_told_so(typed):
    report = typed("strong")
    strengths = tuple(f for f in report.findings if f.level is Level.STRENGTH)
    assert "Nothing to change" in printed(replace(report, findings=strengths))


def test_a_long_quotation_is_shortened_at_a_word(typed):
    report = typed("strong")
    whole = Span(0, len(report.transcript.text))
    findings = (Finding(Level.FIX, "All of it.", "Change it.", whole, check="length"),)
    first = plain(printed(replace(report, findings=findings))).partition("→")[0]
    assert first.rstrip().endswith("…”")
    assert len(first) < 400


def test_no_score_of_the_person_is_written(spoken, typed):
    for report in (spoken, typed("strong")):
        text = printed(report).lower()
        assert not any(
            word in text for word in ("score", "rating", "grade", "hireab", "/10", "/100")
        )


def test_an_error_is_two_lines_without_markup():
    error = RehearseError("There is no file '[x].wav'.", hint="Check the name.")
    assert (
        printing.printed(write_error, error)
        == "error: There is no file '[x].wav'.\n       Check the name.\n"
    )
