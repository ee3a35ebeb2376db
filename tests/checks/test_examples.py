"""Every check keeps what its own page promises."""

from __future__ import annotations

from pathlib import Path

import pytest

import rehearse.checks
from rehearse.checks import CHECKS, named
from rehearse.errors import UnknownNameError
from rehearse.finding import Level

FOLDER = Path(rehearse.checks.__file__).parent
FLAGGED = {Level.FIX, Level.TIP}


def examples(kind):
    return [
        pytest.param(check, example, id=f"{check.name}-{number}")
        for check in CHECKS
        for number, example in enumerate(getattr(check, kind))
    ]


def flags(check, close):
    return [finding.message for finding in check.run(close) if finding.level in FLAGGED]


@pytest.mark.parametrize(("check", "example"), examples("good"))
def test_a_good_example_is_left_alone(check, example, staged):
    assert flags(check, staged(example)) == []


@pytest.mark.parametrize(("check", "example"), examples("bad"))
def test_a_bad_example_is_flagged(check, example, staged):
    assert flags(check, staged(example)) != []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
class TestEveryCheck:
    def test_is_named_by_its_path(self, check):
        path = FOLDER.joinpath(*check.name.split(".")).with_suffix(".py")
        assert path.is_file()

    def test_has_a_title_and_the_sections_that_are_always_there(self, check):
        headings = [line for line in check.page.splitlines() if line.startswith("#")]
        assert headings[0].startswith("# ")
        assert {"## What it looks for", "## Why it matters", "## Source"} <= set(headings)

    def test_has_no_empty_section(self, check):
        parts = check.page.split("\n#")
        assert all(part.partition("\n")[2].strip() for part in parts[1:])

    def test_has_an_example_of_each_kind(self, check):
        assert check.good
        assert check.bad

    def test_asks_a_question(self, check):
        assert check.question.endswith("?")

    def test_signs_its_findings(self, check, staged):
        assert {each.check for each in check.run(staged(check.bad[0]))} == {check.name}

    def test_says_what_to_do_about_what_it_flags(self, check, staged):
        for example in check.bad:
            for finding in check.run(staged(example)):
                assert finding.suggestion or finding.level not in FLAGGED

    def test_is_found_by_its_name(self, check):
        assert named(check.name) is check


def test_every_file_with_a_check_is_listed():
    written = {
        ".".join(path.relative_to(FOLDER).with_suffix("").parts)
        for path in FOLDER.rglob("*.py")
        if "\n@check(" in path.read_text("utf-8")
    }
    assert written == {check.name for check in CHECKS}


def test_a_name_that_is_nearly_right_is_answered_with_the_right_one():
    with pytest.raises(UnknownNameError) as refused:
        named("wording.chesy")
    assert "wording.cheesy" in refused.value.hint
