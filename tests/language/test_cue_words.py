"""Which words of an answer bring it back."""

from __future__ import annotations

import pytest

from rehearse.interview.plan import LONGEST_CUE
from rehearse.language.cue_words import MOST, cue_words
from rehearse.language.parser import load_parser


@pytest.fixture(scope="module")
def parser():
    return load_parser()


def cues(parser, text):
    return cue_words(parser, text, longest=LONGEST_CUE)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("I like calm mornings", ["calm mornings"]),
        ("someone who stays calm on a busy ward", ["calm", "busy ward"]),
        (
            "I ran the night shift at St Bride's, with 40 beds",
            ["night shift", "St Bride's", "40 beds"],
        ),
        ("ran nights, 40 beds, st bride's", ["ran nights", "40 beds", "st bride"]),
        ("Cut errors from 3% to 0.8%", ["Cut errors", "3%", "0.8%"]),
        ("Teaching mixed-ability classes", ["mixed-ability classes"]),
        ("win back lost contractors", ["lost contractors"]),
        ("two new nurses", ["two new nurses"]),
        ("What would stop you from hiring me?", ["stop", "hiring"]),
        ("I just want it", ["want"]),
        ("it", ["it"]),
        ("!!!", []),
        ("", []),
    ],
)
def test_numbers_names_and_nouns_are_chosen_in_their_order(parser, text, chosen):
    assert [each.text for each in cues(parser, text)] == chosen


def test_numbers_come_first_and_then_names(parser):
    found = cues(parser, "I ran the night shift at St Bride's, with 40 beds")
    ranked = sorted(found, key=lambda each: each.rank)
    assert [each.text for each in ranked] == ["40 beds", "St Bride's", "night shift"]
    assert [each.short for each in ranked] == ["40", "St B…", "n… s…"]


def test_a_number_in_words_stays_whole(parser):
    (cue,) = cues(parser, "fourteen pickers")
    assert (cue.text, cue.short) == ("fourteen pickers", "fourteen")


def test_there_are_never_too_many(parser):
    text = "Ovens, doughs, 12 recipes, 40 loaves, Leeds, Hull and the suppliers of York"
    found = cues(parser, text)
    assert len(found) == MOST
    assert {each.rank for each in found} == set(range(MOST))
    assert [each.text for each in found if not each.rank] == ["12 recipes"]


def test_the_same_word_is_one_cue(parser):
    assert [each.text for each in cues(parser, "Errors, errors and ERRORS")] == ["Errors"]


@pytest.mark.parametrize("text", ["a" * 300, "你" * 300, "9" * 300, "🙂 " * 140, "- / & 's " * 30])
def test_whatever_was_written_gives_short_cues(parser, text):
    for cue in cues(parser, text):
        assert 0 < len(cue.text) <= LONGEST_CUE
        assert 0 < len(cue.short) <= LONGEST_CUE
