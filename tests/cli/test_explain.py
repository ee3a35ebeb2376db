"""`rehearse explain` and `rehearse checks`."""

from __future__ import annotations

import pytest

from rehearse.checks import CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_the_page_of_every_check_is_shown_with_its_examples(check, command):
    code, out, err = command("explain", check.name)
    assert (code, err) == (0, "")
    assert out.startswith(check.page)
    assert "## Examples" in out
    assert out.count("- Nothing to say against: ") == len(check.good)
    assert out.count("- Flagged: ") == len(check.bad)


@pytest.mark.parametrize(
    ("name", "meant"), [("wording.chesy", "wording.cheesy"), ("thank", "thanks")]
)
def test_a_name_that_is_nearly_right_is_answered_in_two_lines(name, meant, command):
    code, out, err = command("explain", name)
    assert (code, out) == (2, "")
    first, second = err.splitlines()
    assert first == f"error: There is no check called '{name}'."
    assert meant in second


def test_a_name_like_no_other_is_answered_with_the_list(command):
    _, _, err = command("explain", "zzzzzz")
    assert "`rehearse checks` lists them all" in err


def test_every_check_is_listed_in_its_order(command):
    code, out, _ = command("checks")
    assert code == 0
    listed = out.split("\n\n")[0].splitlines()
    assert [line.split()[0] for line in listed] == [check.name for check in CHECKS]
    assert all(line.endswith("?") for line in listed)
