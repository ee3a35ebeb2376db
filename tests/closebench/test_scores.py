"""Precision, recall, F1 and what is told of mistakes, on answers counted by hand."""

from __future__ import annotations

import pytest

from rehearse.closebench.answers import Answer
from rehearse.closebench.items import Item
from rehearse.closebench.scores import same_line, score


def item(number, steps=(), *, trap=False, cheesy=(), borderline=(), facets=()):
    return Item(
        f"i{number}",
        "what was said",
        None,
        frozenset(steps),
        {"cheesy": tuple(cheesy), "arrogant": (), "hedging": ()},
        tuple(borderline),
        frozenset(facets),
        "",
        frozenset({"near_miss"} if trap else ()),
    )


def answer(steps=(), *, cheesy=(), facets=(), refused=""):
    return Answer(
        {step: (f"{step} words",) for step in steps},
        {"cheesy": tuple(cheesy), "arrogant": (), "hedging": ()},
        frozenset(facets),
        "what was said",
        refused,
    )


def label(scores, name):
    return next(row for row in scores.labels if row.label == name)


def test_steps_are_counted_by_item():
    scores = score(
        [item(1, ["fit"]), item(2, ["fit"]), item(3, ["fit"]), item(4)],
        [answer(["fit"]), answer(["fit"]), answer(), answer(["fit"])],
    )
    fit = label(scores, "fit")
    assert (fit.hits, fit.alarms, fit.misses, fit.support) == (2, 1, 1, 3)
    assert fit.precision.value == pytest.approx(2 / 3)
    assert fit.recall.value == pytest.approx(2 / 3)
    assert fit.f1.value == pytest.approx(2 / 3)
    assert scores.exact.value == 0.5


def test_the_macro_leaves_out_what_is_in_neither():
    scores = score([item(1, ["fit", "thanks"])], [answer(["fit"])])
    assert scores.macro_f1.value == pytest.approx(0.5)
    assert label(scores, "interest").f1.value is None


def test_a_trap_is_raised_by_a_step_that_is_not_there():
    scores = score(
        [item(1, trap=True), item(2, ["fit"], trap=True), item(3, trap=True), item(4)],
        [answer(["thanks"]), answer(["fit"]), answer(), answer(["thanks"])],
    )
    assert scores.traps == 3
    assert scores.traps_raised.value == pytest.approx(1 / 3)


def test_a_line_is_hit_by_most_of_its_words_and_a_worn_phrase_is_neither():
    scores = score(
        [
            item(1, cheesy=["So, when do I start?"], borderline=["team player"]),
            item(2, cheesy=["I never sleep"]),
        ],
        [answer(cheesy=["when do I start", "a team player"]), answer(cheesy=["what a lovely day"])],
    )
    cheesy = label(scores, "cheesy")
    assert (cheesy.hits, cheesy.alarms, cheesy.misses) == (1, 1, 1)
    assert {(m.kind, m.words) for m in scores.mistakes} == {
        ("missed", "I never sleep"),
        ("raised", "what a lovely day"),
    }


def test_a_mistake_shows_the_words_that_were_taken_for_the_step():
    scores = score([item(1), item(2, ["fit"])], [answer(["fit"]), answer(refused="no speech")])
    assert [(m.id, m.label, m.kind, m.words) for m in scores.mistakes] == [
        ("i1", "fit", "raised", "fit words"),
        ("i2", "fit", "missed", "what was said [no speech]"),
    ]
    assert scores.refused == 1


def test_a_facet_that_no_item_of_a_file_holds_is_not_scored():
    answers = [answer(facets=["reminder"]), answer()]
    assert label(score([item(1), item(2)], answers), "reminder").alarms == 0
    items = [item(1), item(2, facets=["reminder"])]
    reminder = label(score(items, answers), "reminder")
    assert (reminder.hits, reminder.alarms, reminder.misses) == (0, 1, 1)


def test_intervals_hold_the_figure_and_are_the_same_every_time():
    items = [item(number, ["fit"] if number % 2 else []) for number in range(60)]
    answers = [answer(["fit"] if number % 2 and number % 5 else []) for number in range(60)]
    first, second = score(items, answers), score(items, answers)
    assert first == second
    fit = label(first, "fit").f1
    assert fit.low < fit.value < fit.high


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("So, when do I start?", "when do I start", True),
        ("So, when do I start?", "I never miss a day", False),
        ("", "anything", False),
        ("Hire me and you won't regret it.", "you won't regret it", True),
    ],
)
def test_lines_are_compared_by_their_words(one, other, same):
    assert same_line(one, other) is same
