"""Cheesy lines: the list itself, and what is near it."""

from __future__ import annotations

import re

import pytest

from rehearse.checks.wording.cheesy import cheesy, kind_of, kinds, lines
from rehearse.finding import Level

KINDS = {"presumption", "begging", "hyperbole", "fake-weakness", "stock"}
FIELDS = {"kind", "says", "pattern", "why", "try", "source"}


def flagged(close):
    text = close.transcript.text
    return [text[f.at.start : f.at.end] for f in cheesy.run(close) if f.level is Level.FIX]


@pytest.mark.parametrize("line", lines(), ids=lambda line: line["says"])
class TestEveryLine:
    def test_has_every_field_and_no_other(self, line):
        assert set(line) == FIELDS
        assert all(line.values())
        assert line["kind"] in KINDS

    def test_has_a_pattern_that_compiles(self, line):
        assert re.compile(line["pattern"])

    def test_flags_what_it_says_for_its_own_reason(self, line, imagine):
        (finding,) = cheesy.run(imagine(line["says"]))
        assert finding.level is (Level.NOTE if line["kind"] == "stock" else Level.FIX)
        assert line["why"] in finding.message
        assert finding.suggestion == line["try"]

    def test_is_found_inside_a_close(self, line, imagine):
        close = imagine(f"Thank you for the tour. {line['says']} It was good to see the shop.")
        spans = [finding.at for finding in cheesy.run(close)]
        said = close.transcript.text.index(line["says"])
        assert any(said <= span.start and span.end <= said + len(line["says"]) for span in spans)


def test_no_line_is_listed_twice():
    says = [line["says"] for line in lines()]
    assert len(says) == len(set(says))


def test_every_kind_of_line_has_what_is_said_of_it():
    for kind in kinds():
        assert kind["kind"] in KINDS - {"stock"}
        assert kind["why"]
        assert kind["try"]
        assert kind["weight"] > 0
    assert all(re.compile(kind["pattern"]) for kind in kinds()[:-1])
    assert "pattern" not in kinds()[-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My one real fault is that I finish early.", "fake-weakness"),
        ("Which of those desks by the window shall I call mine?", "presumption"),
        ("Take me off the market before your rivals do.", "begging"),
        ("Spreadsheets weep with joy as I walk in.", "hyperbole"),
    ],
)
def test_a_line_in_no_list_is_told_by_its_kind(text, expected, imagine):
    assert kind_of(imagine(text).sentences[0])["kind"] == expected


def test_a_typographic_apostrophe_changes_nothing(imagine):
    assert flagged(imagine("I’ll do anything for this job.")) == ["I’ll do anything for this job."]


def test_transcripts_without_punctuation_are_read_as_well(imagine):
    assert flagged(imagine("so when do i start"))


def test_only_the_line_is_quoted_of_a_long_sentence(imagine):
    close = imagine(
        "I have fixed boilers in this town for eleven years, so hire me and you won't regret it, "
        "whatever the others have told you."
    )
    (quoted,) = flagged(close)
    assert quoted.startswith("hire me and you won't regret")
    assert len(quoted) < 40


@pytest.mark.parametrize(
    "text",
    [
        "When would the person you choose start?",
        "If you were to offer it, when should I start?",
        "I'm not going to ask when do I start.",
        "My last boss always said hire me and you won't regret it.",
        "I'll call my boss today about the reference.",
        "If it comes to an offer, I'll tell my boss tomorrow and serve my notice.",
    ],
)
def test_what_is_asked_in_earnest_conditional_or_quoted_is_left_alone(text, imagine):
    assert flagged(imagine(text)) == []
