"""Whom a close is for: each of them has a file that says why."""

from __future__ import annotations

import pytest

from rehearse.errors import UnknownNameError
from rehearse.interview.audience import NAMES, audience
from rehearse.steps import STEPS


@pytest.mark.parametrize("name", NAMES)
def test_each_has_reasons_and_speaks_of_steps_that_exist(name):
    found = audience(name)
    assert found.title
    assert len(found.why.split()) > 20
    assert {*found.say, *found.unfit, *found.unexpected} <= set(STEPS)
    assert all(found.advice.values())


def test_what_each_looks_for_besides():
    assert {name: set(audience(name).advice) for name in NAMES} == {
        "hiring-manager": set(),
        "recruiter": {"next_steps"},
        "peer": set(),
        "executive": {"result_first"},
        "panel": {"all_thanked"},
    }


def test_who_is_unknown_is_refused_with_who_is_known():
    with pytest.raises(UnknownNameError) as refused:
        audience("the-boss")
    assert "--to the-boss" in refused.value.message
    assert all(name in refused.value.hint for name in NAMES)


def test_a_peer_is_not_asked_for_reservations():
    assert "concerns" in audience("peer").unexpected
    assert "concerns" in audience("peer").unfit
