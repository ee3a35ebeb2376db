"""The history as a page: of the server, and as one file."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from rehearse.history import History
from rehearse.history.measures import MEASURES
from rehearse.outputs import history_page, trends
from rehearse.outputs.links import Links
from rehearse.outputs.templating import environment
from tests.history.reports import entry
from tests.outputs.reading import Page

pytestmark = pytest.mark.usefixtures("in_utc")

EVIL = "<script>alert(1)</script> & \" ' </table> \u2028 \u202eback {{ 7 * 7 }}"


def fragment(history, **options):
    """The part of a page of the server."""
    told = history_page.fields(history, **({"links": Links()} | options))
    return environment().get_template(history_page.PART).render(**told)


@pytest.fixture
def overview(month):
    with History(month) as opened:
        yield opened.overview(last=None)


@pytest.fixture
def kept(tmp_path):
    """A function that keeps takes and gives their history."""

    def keep(*entries, scope="", last=None):
        with History(tmp_path) as opened:
            for each in entries:
                opened.add(each)
            return opened.overview(scope, last=last)

    return keep


def test_a_month_in_the_server_is_written_as_agreed(overview, golden):
    golden("history-page.html", fragment(overview))


def test_the_first_take_in_the_server_is_written_as_agreed(kept, golden):
    golden("history-page-first.html", fragment(kept(entry(1, cheesy=1, fillers=4))))


def test_a_file_refers_to_nothing(overview):
    page = Page(history_page.html(overview))
    assert page.refers == []
    assert page.styled == page.handlers == []
    assert page.tags.count("figure") == len(MEASURES)
    assert "Your goal for the next take" in page.said
    assert "to be honest" in page.said
    assert "improved" in page.said


def test_the_policy_of_a_file_lets_in_what_is_in_it_and_nothing_else(overview):
    text = history_page.html(overview)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1].replace("&#39;", "'")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    scripts = Page(text).scripts
    assert len(scripts) == 2
    assert rules == {
        "default-src": "'none'",
        "script-src": " ".join(map(digest, scripts)),
        "style-src": digest(style),
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def digest(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_no_identifier_stands_twice(overview):
    ids = Page(fragment(overview)).ids
    assert sorted(set(ids)) == sorted(ids)


def test_every_number_of_a_session_leads_to_it(overview):
    refers = Page(fragment(overview)).refers
    assert {f"/sessions/{row.number}" for row in overview.rows} <= set(refers)
    assert "/compare" in refers


def test_what_a_take_was_for_leads_to_its_history(kept):
    label = "R&D, Köln #1?"
    refers = Page(fragment(kept(entry(1, label=label)))).refers
    (address,) = {each for each in refers if each.startswith("/progress")}
    assert parse_qs(urlsplit(address).query) == {"for": [label]}


def test_the_two_newest_are_marked_to_be_compared(overview):
    text = fragment(overview)
    newest = [row.number for row in overview.rows[-2:]]
    marked = re.findall(r'name="(\w+)" value="(\d+)"[^>]* checked', text)
    assert sorted(marked) == [("first", str(newest[0])), ("second", str(newest[1]))]


def test_one_take_has_nothing_to_be_compared_with(kept):
    page = Page(fragment(kept(entry(1))))
    assert "form" not in page.tags
    assert "In 1 take" not in page.said
    assert "One take: 0.0 in session 1." in page.said


def test_an_empty_history_says_how_to_begin(kept):
    assert "rehearse record" in Page(history_page.html(kept())).said
    page = Page(fragment(kept()))
    assert page.refers == ["/"]
    assert "figure" not in page.tags


def test_a_label_of_which_nothing_is_kept_is_named(kept):
    history = replace(kept(), scope=EVIL)
    page = Page(fragment(history))
    assert page.scripts == []
    assert f"“{EVIL}”" in page.isolated


def test_a_repeated_take_says_of_which(kept):
    history = kept(entry(1, "The same."), entry(2, "The same.", label="Acme"))
    page = Page(fragment(history))
    assert "the same as 1; Acme" in page.said
    drawn = page.numbers["numbers-length"]
    assert drawn["sessions"] == [1]


def test_where_all_repeats_others_that_is_said(kept):
    history = kept(entry(1, "The same."), entry(2, "The same.", label="Acme"), scope="Acme")
    page = Page(fragment(history))
    assert "nothing is counted twice" in page.said
    assert "figure" not in page.tags


@pytest.mark.parametrize("scope", ["", EVIL])
def test_what_was_said_runs_nothing_and_stands_as_it_is(kept, scope):
    history = kept(*(entry(number, label=EVIL) for number in range(6)), scope=scope)
    for text in (fragment(history), history_page.html(history)):
        page = Page(text)
        assert [each for each in page.scripts if "alert(1)" in each] == []
        assert page.handlers == page.styled == []
        assert set(page.isolated) == {EVIL}
        assert "49" not in page.said
    assert Page(fragment(history)).scripts == []


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_every_value_of_a_chart_is_in_the_table_of_sessions(measure, overview):
    told = history_page.fields(overview, links=None)
    numbers = trends.trend(overview, measure)
    rows = {row["number"]: row for row in told["sessions"]}
    for number, value in zip(numbers["sessions"], numbers["values"], strict=True):
        if measure.name == "steps":
            assert sum(rows[number]["steps"]) == value
        else:
            assert f"{value:.{numbers['digits']}f}" in rows[number]["told"]


def test_a_chart_is_told_in_words(overview):
    (fillers,) = (each for each in MEASURES if each.name == "fillers")
    assert trends.told(overview, fillers) == (
        "28 takes, from 13.3 in session 1 to 2.6 in session 28; lowest 1.0 in session 24, "
        "highest 13.3 in session 1."
    )


def test_of_a_long_history_the_last_takes_are_drawn_and_the_rest_is_on_other_pages(kept):
    history = kept(entry(1), entry(2))
    many = [replace(history.rows[0], number=number) for number in range(1, 1001)]
    history = replace(history, rows=many, count=1000)
    page = Page(fragment(history, page=2))
    assert page.numbers["numbers-length"]["sessions"] == list(range(801, 1001))
    assert "the last 200 takes" in page.said
    assert "201 to 400 of 1000 sessions" in page.said
    assert {"/progress#sessions", "/progress?page=3#sessions"} <= set(page.refers)
    numbers = [
        row["number"] for row in history_page.fields(history, links=None, page=2)["sessions"]
    ]
    assert numbers == list(range(800, 600, -1))


@pytest.mark.parametrize(("page", "first"), [(1, 500), (5, 100), (6, 100), (10**9, 100)])
def test_a_page_that_is_none_is_the_last(kept, page, first):
    history = kept(entry(1))
    many = [replace(history.rows[0], number=number) for number in range(1, 501)]
    history = replace(history, rows=many, count=500)
    told = history_page.fields(history, links=Links(), listed=100, page=page)
    assert told["sessions"][0]["number"] == first
    assert (told["older"] is None) == (first == 100)


def test_a_file_of_a_long_history_says_what_is_left_out(kept):
    history = kept(entry(1))
    many = [replace(history.rows[0], number=number) for number in range(1, 1003)]
    page = Page(history_page.html(replace(history, rows=many, count=1002)))
    assert "The last 1000 of 1002 sessions; `rehearse history --json` writes all" in page.said


def test_plotly_still_looks_for_what_keeps_its_style_sheets_out():
    library = trends.library_path().read_text("utf-8")
    first, second = (name for name, _ in trends.STYLE_MARKS)
    assert f'"{first.removesuffix("global")}"+' in library
    assert f'if(!document.getElementById("{second}"))' in library
