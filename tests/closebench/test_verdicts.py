"""Verdicts are counted label by label, with intervals over whole items."""

from __future__ import annotations

import pytest

from rehearse.closebench import exchanges, postings
from rehearse.closebench.verdicts import Verdict, judged
from rehearse.errors import InputError
from rehearse.exchange import MARKS, Exchange
from rehearse.transcript import Span

EXCHANGE = {
    "id": "t-1",
    "question": "Any doubts?",
    "reply": "You are far away.",
    "response": "True. I have rented a flat here.",
    "reply_is": "concern",
    "acknowledged": ["True."],
    "evidence": ["I have rented a flat here."],
    "quality": "good",
}

POSTING = {
    "id": "p-1",
    "posting": "We need:\n- two years on a busy ward\n- a driving licence\n",
    "criteria": [
        {"text": "two years on a busy ward", "level": "must"},
        {"text": "a driving licence", "level": "plus"},
    ],
    "notes": ["nights are short of people"],
    "closes": [
        {
            "id": "p-1a",
            "text": "I ran nights on a ward of forty for three years. I would get a licence.",
            "criteria": [
                {"n": 0, "evidence": ["I ran nights on a ward of forty for three years."]},
                {"n": 1, "named": ["I would get a licence."]},
            ],
            "recalled": [{"quote": "nights", "note": 0}],
        }
    ],
}


def test_figures_are_those_of_the_counts():
    found = [
        Verdict("a", "concern", truth=True, found=True, words=""),
        Verdict("a", "concern", truth=True, found=False, words=""),
        Verdict("b", "concern", truth=False, found=True, words=""),
        Verdict("b", "concern", truth=False, found=False, words=""),
        Verdict("b", "other", truth=True, found=True, words=""),
    ]
    concern, other = judged(found)
    assert (concern.label, concern.count, concern.support) == ("concern", 4, 2)
    assert [each.value for each in (concern.accuracy, concern.precision, concern.recall)] == [
        0.5,
        0.5,
        0.5,
    ]
    assert concern.f1.value == 0.5
    assert concern.f1.low <= 0.5 <= concern.f1.high
    assert other.accuracy.value == 1.0


def test_nothing_has_no_figures():
    assert judged([]) == ()


def test_an_exchange_is_held_against_what_is_said_of_it():
    item = exchanges.item(EXCHANGE, "line 1")
    marks = {mark: (Span(0, 1),) if mark in ("evidence", "checked") else () for mark in MARKS}
    answer = Exchange("concern", None, Span(0, 1), Span(1, 2), marks, "mixed")
    wrong = {each.label for each in exchanges.verdicts(item, answer) if each.truth != each.found}
    assert wrong == {"acknowledged", "checked", "quality"}
    assert item.turns == (("Any doubts?", False), ("You are far away.", True), (
        "True. I have rented a flat here.", False))  # fmt: skip


def test_an_exchange_may_be_given_as_turns_and_as_the_report_has_it():
    told = {
        "id": "t-1",
        "turns": [
            {"speaker": "candidate", "text": "Any doubts?"},
            {"speaker": "interviewer", "text": "You are far away."},
            {"speaker": "candidate", "text": "True. I have rented a flat here."},
        ],
        "exchange": {
            "reply": "concern", "acknowledged": True, "evidence": True, "quality": "good",
        },
    }  # fmt: skip
    assert exchanges.item(told, "line 1") == exchanges.item(EXCHANGE, "line 1")


@pytest.mark.parametrize(
    "changed",
    [
        {"reply_is": "perhaps"},
        {"quality": "great"},
        {"response": None},
        {"turns": []},
        {"turns": ["x"]},
        {"turns": [None, 1]},
        {"turns": [{"speaker": "hr", "text": "x"}, {"speaker": "candidate"}]},
        {"turns": [{"speaker": 1, "text": "x"}, {"speaker": "candidate", "text": "y"}]},
    ],
)
def test_what_is_no_exchange_is_refused(changed):
    with pytest.raises(InputError, match="Line 1"):
        exchanges.item({**EXCHANGE, **changed}, "line 1")


def test_a_posting_is_read_with_what_its_closes_answer_and_name():
    item = postings.item(POSTING, "line 1")
    (close,) = item.closes
    assert (close.covered, close.named, close.recalled) == ({0}, {1}, {0})


def test_what_nothing_is_told_of_is_not_found():
    item = postings.item(POSTING, "line 1")
    (close,) = item.closes
    found = [(each.label, each.truth, each.found) for each in postings.of_close(item, close, None)]
    assert ("covered", True, False) in found
    assert ("recalled", True, False) in found
    assert not any(was for label, _, was in found if label != "named, not covered")


@pytest.mark.parametrize(
    "changed",
    [
        {"criteria": None},
        {"posting": 1},
        {"closes": [{"id": "x", "text": "y", "criteria": [{"n": 7, "named": ["y"]}]}]},
        {"closes": [{"text": "y"}]},
        {"closes": []},
        {"closes": [{"id": "x", "text": 1, "criteria": []}]},
        {"criteria": [{"text": ["a driving licence"]}, {"text": "two years"}]},
        {"notes": "nights are short of people"},
        {"notes": [1]},
    ],
)
def test_what_is_no_posting_is_refused(changed):
    with pytest.raises(InputError, match="Line 1"):
        postings.item({**POSTING, **changed}, "line 1")


def test_two_texts_are_one_criterion_where_they_share_most_of_their_words():
    found = ["driving licence", "two years on a ward", "a clean driving licence, own car"]
    assert postings.nearest("a driving licence", found) == (0, 2)
    assert postings.nearest("Polish", found) == ()
