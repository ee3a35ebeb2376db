"""Phrases that are habits: what is one, and what only looks like one."""

from __future__ import annotations

import gzip
import importlib.util
import json
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from rehearse.history.phrases import (
    COUNTED,
    FLOOR,
    LEAST_LIFT,
    LEAST_TAKES,
    RETURNED,
    Phrase,
    Reference,
    phrases,
    shown,
)
from rehearse.history.sentences import split
from tests.history.telling import COOK, GARDENER, HABITS, changed, told, with_habit

MODELS = Path(__file__).resolve().parents[2] / "models" / "phrases"

_SPEC = importlib.util.spec_from_file_location("make_phrases", MODELS / "make.py")
make = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(make)

SCRIPT = (
    "To be honest, I want this job more than any other, and I think you can hear that. "
    "You need someone who keeps the night shift calm, and basically that is what I have done. "
    "At the end of the day I trained fourteen nurses at the Royal, and, you know, twelve stayed. "
    "I guess the thing is that people stay where somebody listens. "
    "Do you have any concerns about me, to be honest? Thank you for your time."
)


@pytest.fixture(scope="module")
def reference():
    return Reference.read(MODELS / "english.tsv.gz")


def lower(text):
    """As a recogniser writes that has no punctuation and no capitals."""
    return re.sub(r"[^a-z0-9 ]", "", text.lower())


def texts(found):
    return [phrase.text for phrase in found]


@pytest.mark.parametrize(
    "habit", ["you know", "to be honest", "basically", "at the end of the day", "I would say"]
)
@pytest.mark.parametrize("speaker", [GARDENER, COOK])
def test_a_habit_that_moves_about_is_found(habit, speaker, reference):
    rng = random.Random(1)
    takes = [with_habit(rng, text, habit, 2) for text in told(rng, speaker, 10)]
    assert texts(phrases(takes, reference)) == [habit]


def test_a_habit_is_found_in_lower_case_without_punctuation(reference):
    rng = random.Random(2)
    takes = [lower(with_habit(rng, text, "I mean", 2)) for text in told(rng, COOK, 10)]
    assert texts(phrases(takes, reference)) == ["I mean"]


def test_two_habits_come_back_strongest_first(reference):
    rng = random.Random(3)
    takes = [with_habit(rng, text, "to be honest", 1) for text in told(rng, COOK, 12)]
    takes = [with_habit(rng, text, "obviously", 3) for text in takes]
    assert texts(phrases(takes, reference)) == ["obviously", "to be honest"]


@pytest.mark.parametrize("takes", [5, 10, 20])
@pytest.mark.parametrize("speaker", [GARDENER, COOK])
def test_a_story_told_in_other_words_each_time_has_no_habits(speaker, takes, reference):
    rng = random.Random(4)
    stories = [told(rng, speaker, takes) for _ in range(40)]
    assert [texts(phrases(story, reference)) for story in stories] == [[]] * 40


def test_a_text_said_word_for_word_has_no_habits(reference):
    assert phrases([SCRIPT] * 10, reference) == []


@pytest.mark.parametrize("share", [0.05, 0.1, 0.2])
def test_a_text_said_with_small_changes_has_no_habits(share, reference):
    rng = random.Random(5)
    words = SCRIPT.split()
    takes = [changed(rng, SCRIPT, share, words) for _ in range(10)]
    assert phrases(takes, reference) == []


def test_three_versions_of_a_text_have_no_habits(reference):
    versions = [
        "To be honest, I want this. I have trained nurses for six years now.",
        "The nights are hard to fill, to be honest, and I like nights.",
        "Would anything stop you from hiring me, to be honest? Thanks for your time.",
    ]
    assert phrases(versions * 4, reference) == []


def test_a_habit_on_top_of_a_text_is_found(reference):
    rng = random.Random(6)
    takes = [with_habit(rng, SCRIPT, "literally", 2) for _ in range(12)]
    assert texts(phrases(takes, reference)) == ["literally"]


def test_what_is_told_is_no_habit(reference):
    places = [
        "I moved {it} at Contoso.",
        "Everybody there feared {it}, and it went well.",
        "What I would bring is {it}, done before.",
        "Nobody had tried {it} with four people.",
        "Then came {it}, over one weekend in May.",
        "Your board asked about {it} twice.",
    ]
    rng = random.Random(7)
    for subject in ("the billing migration", "nurses on nights", "Marley Hall", "forty million"):
        takes = [" ".join(rng.sample(places, 3)).format(it=subject) for _ in range(10)]
        assert phrases(takes, reference) == []


@pytest.mark.parametrize(
    "wording",
    [
        "thank you for your time",
        "I would love to",
        "I'd like to",
        "do you have any concerns",
        "I look forward to hearing from you",
        "let me know if there is anything",
        "you said you need",
        "it was good talking to you",
        "do you think",
    ],
)
def test_the_wording_of_a_close_is_no_habit(wording, reference):
    rng = random.Random(8)
    takes = [with_habit(rng, text, wording, 2) for text in told(rng, GARDENER, 10)]
    assert phrases(takes, reference) == []


def test_grammar_alone_is_no_habit(reference):
    rng = random.Random(9)
    for grammar in ("and it was", "that I have", "because of the", "and I"):
        takes = [with_habit(rng, text, grammar, 2) for text in told(rng, COOK, 10)]
        assert phrases(takes, reference) == []


def test_filler_sounds_are_counted_elsewhere(reference):
    rng = random.Random(10)
    takes = [with_habit(rng, text, "um", 3) for text in told(rng, COOK, 10)]
    assert phrases(takes, reference) == []


def test_a_filler_sound_inside_does_not_part_a_phrase(reference):
    rng = random.Random(11)
    takes = [with_habit(rng, text, "to be, um, honest", 2) for text in told(rng, COOK, 10)]
    assert texts(phrases(takes, reference)) == ["to be honest"]


def test_a_phrase_does_not_cross_the_end_of_a_sentence(reference):
    rng = random.Random(12)
    takes = [with_habit(rng, text, "to be. Honest", 2) for text in told(rng, COOK, 10)]
    assert phrases(takes, reference) == []


def test_the_longer_phrase_stands_for_its_parts(reference):
    rng = random.Random(13)
    takes = [with_habit(rng, text, "you know what I mean", 2) for text in told(rng, COOK, 10)]
    assert texts(phrases(takes, reference)) == ["you know what I mean"]


def test_the_shorter_phrase_is_told_where_it_is_clearly_more_frequent(reference):
    rng = random.Random(14)
    takes = [with_habit(rng, text, "you know what I mean", 1) for text in told(rng, COOK, 10)]
    takes = [with_habit(rng, text, "you know", 3) for text in takes]
    assert texts(phrases(takes, reference)) == ["you know"]


def test_a_phrase_in_half_of_the_takes_is_not_in_most(reference):
    rng = random.Random(15)
    takes = [
        with_habit(rng, text, "basically", 4 * (number % 2))
        for number, text in enumerate(told(rng, COOK, 12))
    ]
    assert phrases(takes, reference) == []


def test_with_fewer_than_five_takes_nothing_is_said(reference):
    rng = random.Random(16)
    takes = [with_habit(rng, text, "basically", 3) for text in told(rng, COOK, LEAST_TAKES)]
    assert texts(phrases(takes, reference)) == ["basically"]
    assert phrases(takes[1:], reference) == []


def test_takes_in_which_nothing_was_said_are_takes(reference):
    assert phrases([""] * 8, reference) == []
    rng = random.Random(17)
    takes = [with_habit(rng, text, "basically", 3) for text in told(rng, COOK, 5)]
    assert phrases([*takes, "", "", "", ""], reference) == []


def test_what_others_say_as_often_is_no_habit():
    rng = random.Random(18)
    takes = [with_habit(rng, text, "basically", 2) for text in told(rng, COOK, 10)]
    words = sum(len(sentence) for take in takes for sentence in split(take))
    [rare] = phrases(takes, Reference({}))
    often = rare.times / words * 1e6
    assert phrases(takes, Reference({"basically": 1.01 * often / LEAST_LIFT})) == []
    [found] = phrases(takes, Reference({"basically": 0.99 * often / LEAST_LIFT}))
    assert found.lift == pytest.approx(LEAST_LIFT / 0.99)


def test_a_phrase_says_where_and_how_often_it_was_said(reference):
    rng = random.Random(19)
    takes = [with_habit(rng, text, "to be fair", 2) for text in told(rng, COOK, 9)]
    takes += told(rng, COOK, 1)
    words = sum(len(sentence) for take in takes for sentence in split(take))
    lift = 18 / words * 1e6 / reference.rate("to be fair")
    assert phrases(takes, reference) == [Phrase("to be fair", 9, 10, 18, pytest.approx(lift))]


def test_no_more_than_five_phrases_come_back(reference):
    rng = random.Random(20)
    takes = told(rng, COOK, 20)
    habits = ["basically", "obviously", "to be fair", "sort of", "I guess", "literally", "I mean"]
    for habit in habits:
        takes = [with_habit(rng, text, habit, 2) for text in takes]
    found = phrases(takes, reference)
    assert len(found) == RETURNED
    assert set(texts(found)) < set(habits)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I’m SURE. You know…", [["i'm", "sure"], ["you", "know"]]),
        ("i dont know thats it", [["i", "don't", "know", "that's", "it"]]),
        ("We're day-to-day", [["we're", "day", "to", "day"]]),
        ("Well we'll see", [["well", "we'll", "see"]]),
        ("You, um, know... Uh, 1,000 of 3.5!", [["you", "know"], ["1,000", "of", "3.5"]]),
        ("", []),
        ("…", []),
        ("Zoë — naïve", [["zoë"], ["naïve"]]),
    ],
)
def test_a_text_is_cut_into_sentences_and_words(text, words):
    assert [list(sentence) for sentence in split(text)] == words


def test_like_after_would_is_a_verb():
    assert "like" not in split("I would like it, I'd like that.")[0]
    assert split("It was like late")[0].count("like") == 1


def test_i_is_written_large_and_apostrophes_round():
    assert shown(("if", "i'm", "honest", "i", "think")) == "if I’m honest I think"


def test_a_reference_knows_no_rate_below_its_floor():
    reference = Reference({"to be fair": FLOOR / 10})
    assert reference.rate("to be fair") == FLOOR
    assert reference.rate("never counted") == FLOOR


def test_a_reference_takes_a_phrase_as_it_is_written():
    assert Reference({"if i'm honest": 50.0}).rate("If I’m honest") == 50.0


def test_a_long_phrase_is_as_frequent_as_the_rarest_of_its_parts():
    reference = Reference({"at the end of": 90.0, "the end of the": 80.0, "end of the day": 30.0})
    assert COUNTED == 4
    assert reference.rate("at the end of the day") == 30.0


def test_the_higher_rate_of_the_two_counts(tmp_path):
    make.write(tmp_path / "made.tsv.gz", {"a b": 30.0, "c": 90.0}, {"a b": 60.0, "d": 1.0})
    reference = Reference.read(tmp_path / "made.tsv.gz")
    assert [reference.rate(each) for each in ("a b", "c", "d")] == [60.0, 90.0, FLOOR]


def test_the_reference_is_written_with_the_same_bytes_each_time(tmp_path):
    general = make.general_in(MODELS / "english.tsv.gz")
    for name in ("one", "other"):
        make.write(tmp_path / name, {"you know": 900.4}, general)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    assert make.general_in(tmp_path / "one") == general


def test_what_others_say_is_in_the_reference(reference):
    with gzip.open(MODELS / "english.tsv.gz", "rt", encoding="utf-8") as lines:
        assert sum(1 for _ in lines) > 5000
    assert reference.rate("you know") > 1000
    assert reference.rate("I think") > reference.rate("I guess") > reference.rate("to be honest")


# How right it is.  The rules were chosen on the first third of the files of closes, so that
# the others tell; what is drawn from a third was not counted into the reference that it is
# held against.  models/phrases/CARD.md has the figures.


def left_out(third):
    """The longer closes of a third of the files, and a reference that has not seen them."""
    files = sorted(make.CLOSES.glob("*.jsonl"))
    seen = [path for number, path in enumerate(files) if number % 3 != third]
    closes = make.rates_in(text for path in seen for text in make.texts_of(path))
    general = make.general_in(MODELS / "english.tsv.gz")
    rates = {each: max(closes.get(each, 0.0), general.get(each, 0.0)) for each in closes | general}
    drawn = [
        text for path in files if path not in seen for text in make.texts_of(path) if long(text)
    ]
    return drawn, Reference(rates)


def long(text):
    return len(text.split()) >= 60


@pytest.fixture(scope="module")
def unseen():
    return [left_out(third) for third in (1, 2)]


def test_different_people_taken_for_one_have_no_habits(unseen):
    rng = random.Random(21)
    for takes, most in ((5, 0.05), (10, 0.01), (20, 0.01)):
        alarms, wrong = 0, Counter()
        for drawn, reference in unseen:
            for _ in range(150):
                found = phrases(rng.sample(drawn, takes), reference)
                alarms += bool(found)
                wrong.update(texts(found))
        print(f"{takes} people as one: {alarms / 300:.1%} false alarms", dict(wrong))
        assert alarms / 300 <= most


def test_closes_of_others_said_again_with_changes_have_no_habits(unseen):
    rng = random.Random(22)
    for share in (0.0, 0.1, 0.2, 0.3):
        alarms, wrong = 0, Counter()
        for drawn, reference in unseen:
            words = [word for text in drawn for word in text.split()]
            for text in rng.sample(drawn, 75):
                found = phrases([changed(rng, text, share, words) for _ in range(10)], reference)
                alarms += bool(found)
                wrong.update(texts(found))
        print(f"one text, {share:.0%} of words changed: {alarms / 150:.1%}", dict(wrong))
        assert alarms / 150 <= 0.02


def test_habits_in_closes_of_others_are_found(unseen):
    rng = random.Random(23)
    for takes, least in ((5, 0.85), (10, 0.9), (20, 0.9)):
        hits, beside, missed = 0, 0, Counter()
        for habit in HABITS:
            for number in range(10):
                drawn, reference = unseen[number % 2]
                found = texts(
                    phrases(
                        [
                            with_habit(rng, text, habit, rng.choice([1, 2]))
                            for text in rng.sample(drawn, takes)
                        ],
                        reference,
                    )
                )
                text = habit.replace("'", "’")
                hits += text in found
                beside += any(each != text for each in found)
                missed.update([habit] if text not in found else [])
        share = hits / (10 * len(HABITS))
        print(f"{takes} takes: {share:.1%} found, {beside} with others", dict(missed))
        assert share >= least


def test_habits_of_one_who_tells_a_story_are_found(reference):
    rng = random.Random(24)
    hits = 0
    for habit in HABITS:
        for speaker in (GARDENER, COOK):
            takes = [
                with_habit(rng, text, habit, rng.choice([1, 2])) for text in told(rng, speaker, 10)
            ]
            hits += habit.replace("'", "’") in texts(phrases(takes, reference))
    print(f"a story told again: {hits / (2 * len(HABITS)):.1%} found")
    assert hits / (2 * len(HABITS)) >= 0.9


def test_no_close_is_drawn_that_the_reference_has_seen():
    drawn, _ = left_out(1)
    names = [path.name for path in sorted(make.CLOSES.glob("*.jsonl"))][1::3]
    held = {
        json.loads(line)["text"]
        for name in names
        for line in (make.CLOSES / name).read_text("utf-8").splitlines()
    }
    assert set(drawn) <= held
