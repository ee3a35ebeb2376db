"""The history as people read it: in the terminal, as a chart, as a page, and as JSON."""

from __future__ import annotations

import json
import re

import pytest

from rehearse.errors import UnknownNameError
from rehearse.history import History
from rehearse.history.measures import MEASURES
from rehearse.outputs import chart, comparison, history, sessions
from rehearse.outputs.history_json import FIELDS, line
from rehearse.outputs.history_page import html
from tests.history.reports import entry
from tests.outputs.printing import printed

pytestmark = pytest.mark.usefixtures("in_utc")


@pytest.fixture
def overview(month):
    with History(month) as opened:
        yield opened.overview(last=None)


@pytest.fixture
def empty(tmp_path):
    with History(tmp_path) as opened:
        yield opened.overview()


def test_a_month_is_written_as_agreed(overview, golden):
    golden("history.txt", printed(history.write, overview))


def test_one_label_is_written_as_agreed(month, golden):
    with History(month) as opened:
        told = opened.overview("Lucio's, head chef")
    golden("history-for.txt", printed(history.write, told))


def test_the_first_take_is_written_as_agreed(tmp_path, golden):
    with History(tmp_path) as opened:
        opened.add(entry(1, cheesy=1, fillers=4))
        golden("history-first.txt", printed(history.write, opened.overview()))


def test_two_sessions_side_by_side_are_written_as_agreed(month, golden):
    with History(month) as opened:
        first, last = opened.session(1), opened.sessions(last=1)[0]
    golden("comparison.txt", printed(comparison.write, first, last))


def test_takes_with_many_words_in_common_are_marked(tmp_path):
    words = "I would love this job. You need a calm person. Any concerns? Thank you."
    with History(tmp_path) as opened:
        for number, said in enumerate((words, words.replace("a calm person", "calm people"))):
            opened.add(entry(number, said))
        told = printed(comparison.write, *opened.sessions())
    words_told = told.partition("\nWords\n")[2]
    assert "‹a›" in words_told
    assert "‹person.›" in words_told
    assert "‹people.›" in words_told
    assert words_told.count("‹") == 4  # with the line that explains it


def test_the_same_words_are_said_to_be_the_same(tmp_path):
    with History(tmp_path) as opened:
        for number in range(2):
            opened.add(entry(number, "The same.", fillers=number))
        assert "The same in both." in printed(comparison.write, *opened.sessions())


@pytest.mark.parametrize("width", [60, 80])
def test_no_line_is_wider_than_the_terminal(width, overview, month):
    with History(month) as opened:
        compared = printed(comparison.write, *opened.sessions(last=2), width=width)
    told = printed(history.write, overview, width=width)
    drawn = printed(chart.write, overview, "fillers", width=width)
    for text in (told, compared, drawn):
        assert max(map(len, text.splitlines())) <= width


def test_nothing_is_cut_off_in_eighty_columns(overview):
    assert "…" not in printed(history.write, overview)


def test_colour_adds_nothing_but_colour(overview):
    coloured = printed(history.write, overview, colour=True)
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == printed(history.write, overview)


def test_an_empty_history_says_how_to_begin(empty):
    assert "rehearse record" in printed(history.write, empty)
    assert "rehearse record" in html(empty)
    assert json.loads(line(empty))["sessions"] == []


def test_a_session_is_shown_as_its_report_was(month, tmp_path):
    with History(month) as opened:
        session = opened.sessions(last=1)[0]
    told = printed(sessions.write, session)
    assert told.startswith(f"Session {session.number} · ")
    assert session.report["transcript"]["text"].split(".")[0][:30] in " ".join(told.split())


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_every_measure_can_be_drawn(measure, overview):
    drawn = printed(chart.write, overview, measure.name)
    assert drawn.startswith(history.heading(measure))
    assert "●" in drawn


def test_a_measure_that_is_none(overview):
    with pytest.raises(UnknownNameError, match="There is no measure 'charm'") as refused:
        printed(chart.write, overview, "charm")
    assert "fillers" in refused.value.hint


@pytest.mark.parametrize(
    ("numbers", "bars"),
    [
        ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
        ([3, 3], "██"),
        ([0, 0], "▁▁"),
        ([1, None, 2], "▅ █"),
        ([None], " "),
        ([], ""),
    ],
)
def test_a_sparkline(numbers, bars):
    assert history.sparkline(numbers) == bars


def test_json_has_every_field_of_its_page(overview):
    told = json.loads(line(overview))
    assert list(told) == list(FIELDS)
    assert len(told["sessions"]) == told["count"] == overview.count
    fillers = next(each for each in told["standings"] if each["measure"] == "fillers")
    assert fillers["verdict"] == "improved"
    assert fillers["recent"]["low"] < fillers["recent"]["value"] < fillers["recent"]["high"]


def test_a_label_is_no_markup_in_the_terminal(tmp_path):
    with History(tmp_path) as opened:
        opened.add(entry(1, label="[bold]Acme[/] :smile:"))
        assert "[bold]Acme[/] :smile:" in printed(history.write, opened.overview())
