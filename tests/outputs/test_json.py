"""The report as programs read it."""

from __future__ import annotations

import json

import pytest

from rehearse.errors import InputError
from rehearse.outputs.errors import error_line
from rehearse.outputs.fields import FIELDS, FORMAT
from rehearse.outputs.json import line


def indented(text):
    """The one line as it can be read and compared."""
    return json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("name", ["strong", "cheesy", "bracketed"])
def test_a_typed_close_is_written_as_agreed(name, typed, golden):
    golden(f"typed-{name}.json", indented(line(typed(name))))


def test_a_spoken_close_is_written_as_agreed(spoken, golden):
    golden("spoken.json", indented(line(spoken)))


def test_a_report_is_one_line(spoken):
    assert "\n" not in line(spoken)


def test_the_fields_are_those_that_are_documented(spoken):
    assert list(json.loads(line(spoken))) == list(FIELDS)


def test_an_error_has_every_field_and_only_three_of_them_filled():
    report = json.loads(error_line("a.wav", InputError("It is empty.", hint="Record it.")))
    assert list(report) == list(FIELDS)
    assert {name: value for name, value in report.items() if value is not None} == {
        "format": FORMAT,
        "source": "a.wav",
        "error": {"message": "It is empty.", "hint": "Record it."},
    }


def test_letters_of_every_alphabet_stay_as_they_are(typed):
    assert "naïve" in line(typed("bracketed"))


def test_the_pause_after_the_question_is_named(spoken):
    pauses = json.loads(line(spoken))["measures"]["pauses"]
    assert [pause["where"] for pause in pauses] == [
        "boundary",
        "boundary",
        "mid-clause",
        "after-question",
    ]


def test_unown_words_are_kept_and_marked(spoken):
    words = json.loads(line(spoken))["transcript"]["words"]
    assert [word["text"] for word in words if not word["heard"]] == ["Thank", "you."]


def test_no_step_rests_on_an_unheard_word(spoken):
    assert json.loads(line(spoken))["steps"]["thanks"] == {"present": False, "evidence": []}


def test_fixes_are_places_among_the_findings(typed):
    report = json.loads(line(typed("cheesy")))
    assert 0 < len(report["fixes"]) <= 3
    assert {report["findings"][place]["level"] for place in report["fixes"]} <= {"fix", "tip"}
