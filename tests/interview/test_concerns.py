"""What an interviewer may say."""

from __future__ import annotations

from rehearse.criterion import Answered, Criterion
from rehearse.interview.concerns import ANSWERS, KINDS, WEIGHT, about, bank
from rehearse.transcript import Span


def test_every_kind_has_concerns_each_with_what_is_behind_it():
    found = bank()
    assert {each.kind for each in found.concerns} == set(KINDS)
    assert {"any", "none", "job", *KINDS} == set(ANSWERS)
    assert len({each.say for each in found.concerns}) == len(found.concerns)
    for each in found.concerns:
        assert each.behind
        assert each.likely in WEIGHT
    assert all((found.none, found.helped, found.unsure, found.noted))


def test_a_criterion_that_was_only_named_leaves_another_doubt_than_one_that_was_not_spoken_of():
    wanted = Criterion("two years on a busy ward", 1, "must")
    named = about(Answered(wanted, named=(Span(0, 3),)))
    silent = about(Answered(wanted))
    assert "You mentioned “two years on a busy ward”" in named.say
    assert "I have not heard you on that" in silent.say
    assert {named.kind, silent.kind} == {"job"}


def test_a_long_criterion_is_said_in_short():
    wanted = Criterion("the ability to " + "plan and plan " * 20, 1, "must")
    assert about(Answered(wanted)).say == (
        "Our advert says “the ability to plan and plan plan and plan plan and plan plan "
        "and plan plan and plan …”, and I have not heard you on that."
    )
