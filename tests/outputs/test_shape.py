"""What a report from elsewhere has to be before it is kept: what a close was held against."""

from __future__ import annotations

import json

import pytest

from rehearse.exchange import MARKS
from rehearse.outputs import held, kept
from rehearse.outputs.shape import require_report
from tests.outputs.held_reports import duel

OUTSIDE = {"text": "Fair", "start": 0, "end": 10_000, "start_s": None, "end_s": None}
HELD = ("to", "criteria", "discussed", "plan", "exchange", "exchanges")


def place_in(report, path):
    """What holds the last of these names."""
    for name in path[:-1]:
        report = report[name]
    return report


def put(value, *path):
    """A report of a drill in which something is another."""
    report = whole()
    place_in(report, path)[path[-1]] = value
    return report


def without(*path):
    report = whole()
    del place_in(report, path)[path[-1]]
    return report


def whole():
    """A report of a drill in which nothing is the same object as another."""
    return json.loads(json.dumps(duel()))


def test_what_a_close_was_held_against_is_let_in_and_shown():
    report = duel()
    require_report(report)
    (told,) = held.rounds(kept.report(report))
    assert told.told == "half of an answer"


def test_a_report_of_before_there_were_jobs_is_let_in():
    require_report({name: value for name, value in duel().items() if name not in HELD})
    require_report(duel() | dict.fromkeys(HELD))


def test_what_a_later_version_adds_is_passed_over():
    require_report(put("new", "exchange", "mood"))
    require_report(put([], "exchanges", 0, "quotations", "cheerful"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("to",), "boss"),
        (("criteria",), {}),
        (("criteria", 0, "text"), 5),
        (("criteria", 0, "rank"), 0),
        (("criteria", 0, "level"), "maybe"),
        (("criteria", 0, "covered"), "yes"),
        (("criteria", 0, "evidence"), None),
        (("criteria", 1, "mentions", 0), "Fair"),
        (("discussed", 0, "note"), None),
        (("discussed", 0, "quotations"), "led"),
        (("exchange",), []),
        (("exchanges",), {}),
        (("exchanges", 0, "reply"), "shrug"),
        (("exchanges", 0, "quality"), "x"),
        (("exchanges", 0, "said"), None),
        (("exchanges", 0, "asked"), "Doubts?"),
        (("exchanges", 0, "response"), {}),
        (("exchanges", 0, "evasive"), 1),
    ],
)
def test_a_field_that_nothing_could_show_is_refused_by_its_name(path, value):
    with pytest.raises(ValueError, match=r"its report, " + r"\.".join(map(str, path))):
        require_report(put(value, *path))


@pytest.mark.parametrize("mark", MARKS)
def test_no_mark_may_be_missing(mark):
    for path in (("exchange", mark), ("exchanges", 0, "quotations", mark)):
        with pytest.raises(ValueError, match=f"{mark}: Field required"):
            require_report(without(*path))


@pytest.mark.parametrize(
    "path",
    [
        ("criteria", 2, "evidence"),
        ("criteria", 2, "mentions"),
        ("discussed", 1, "quotations"),
        ("exchange", "asked"),
        ("exchanges", 0, "said"),
        ("exchanges", 0, "response"),
        *(("exchanges", 0, "quotations", mark) for mark in MARKS),
    ],
)
def test_no_quotation_may_lie_outside_the_text(path):
    value = OUTSIDE if path[-1] in {"asked", "said", "response"} else [OUTSIDE]
    with pytest.raises(ValueError, match="a quotation does not lie in its text"):
        require_report(put(value, *path))
