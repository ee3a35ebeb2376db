"""A plan and its cue card, as they are read."""

from __future__ import annotations

import pytest

from rehearse.interview.card import Line, Said
from rehearse.interview.plan import Plan, Point
from rehearse.outputs.cue_card import line, write, write_plan
from tests.outputs.printing import printed

LINES = (
    Line("want", "calm mornings"),
    Line("1", "busy ward → St Bride's, 40 beds"),
    Line("2", "–"),
    Line("ask", "concerns?"),
    Line("thank", ""),
)
PLAN = Plan(
    "Ward nurse, nights",
    "I like calm mornings",
    (
        Point("calm on a busy ward", "I ran the night shift at St Bride's, with 40 beds"),
        Point(
            "new nurses who stay", "I trained 14 nurses, and 13 are still there " + "today " * 12
        ),
    ),
)
SAID = {
    "why": Said(0, last=False),
    "criterion 1": Said(1, last=True),
    "proof 1": Said(3, last=False),
    "question": Said(2, last=True),
}


def test_a_card_has_a_line_for_each_step(golden):
    golden("cue-card.txt", printed(write, LINES, "Acme, hiring manager"))


def test_a_plan_says_what_was_said(golden):
    golden("plan.txt", printed(write_plan, PLAN, SAID, "Acme, hiring manager"))


def test_for_nothing_in_particular_there_is_no_label():
    assert printed(write, LINES, "").splitlines()[0] == "Your cues"
    assert printed(write_plan, PLAN, {}, "").splitlines()[0] == "Your plan"


def test_the_dash_is_explained_where_there_is_one():
    why = "you need no cue"
    assert why in printed(write, LINES, "")
    assert why in printed(write, (Line("1", "– → 40 beds"),), "")
    assert why not in printed(write, LINES[:2], "")


def test_before_the_first_take_nothing_is_said_of_takes():
    assert "said" not in printed(write_plan, PLAN, {}, "")


def test_a_card_is_one_line_of_text():
    assert line(LINES) == (
        "want: calm mornings · 1 busy ward → St Bride's, 40 beds · 2 – · ask: concerns? · thank"
    )


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("answer", ["fizz " * 60, "z" * 300])
def test_nothing_is_cut_off(width, answer):
    plan = Plan(answer, answer, (Point(answer, answer),), answer)
    out = printed(write_plan, plan, SAID, "Acme", width=width)
    assert max(map(len, out.splitlines())) <= width
    assert out.count("z") == 5 * answer.count("z")
    card = printed(write, (Line("1", answer),), "Acme", width=width)
    assert max(map(len, card.splitlines())) <= width
    assert card.count("z") == answer.count("z")


def test_answers_are_no_markup():
    plan = Plan("[bold]nurse[/bold]", "[/foo]", (Point("[red]a", "b[/]"),), "[blink]?q")
    out = printed(write_plan, plan, {}, "[dim]Acme", colour=True)
    for text in ("[bold]nurse[/bold]", "[/foo]", "[red]a", "b[/]", "[blink]?q", "[dim]Acme"):
        assert text in out
