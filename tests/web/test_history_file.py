"""The history in a browser: as a file without a network, and under the policy of a server."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from rehearse.history import History
from rehearse.history.measures import MEASURES
from rehearse.outputs import history_page, trends
from rehearse.outputs.links import Links
from rehearse.outputs.templating import environment, text_of
from tests.history.reports import entry
from tests.web.browsing import LOOKS, SERVER, Looking

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Your practice</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
{% for name in styles %}<link rel="stylesheet" href="/{{ name }}">{% endfor %}
<script defer src="/plotly.min.js"></script><script defer src="/charts.js"></script></head>
<body><main>{% include part %}</main></body></html>"""

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)> \" ' \u2028 \u202eback"
DRAWN = "document.querySelectorAll('.chart .points path').length"
BACKGROUND = "getComputedStyle(document.querySelector('.chart .point')).fill"


@pytest.fixture(scope="module")
def overview(month):
    with History(month) as opened:
        return opened.overview(last=None)


@pytest.fixture(scope="module")
def file(overview, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "history.html"
    path.write_text(history_page.html(overview), "utf-8")
    return path


def served(overview):
    """What a server would answer."""
    told = history_page.fields(overview, links=Links())
    page = environment().from_string(PAGE)
    return {
        "/progress": (
            "text/html",
            page.render(part=history_page.PART, styles=history_page.STYLES, **told),
        ),
        "/plotly.min.js": ("text/javascript", trends.library_path().read_text("utf-8")),
        "/charts.js": ("text/javascript", text_of(history_page.SCRIPT)),
        **{f"/{name}": ("text/css", text_of(name)) for name in history_page.STYLES},
    }


def rest_on(looking, number, measure="fillers"):
    """Move the pointer to the point of a session."""
    chart = looking.page.locator(f"[data-numbers=numbers-{measure}]")
    chart.scroll_into_view_if_needed()
    box = chart.locator(".point").nth(number).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    looking.page.mouse.move(x, y)
    return chart, x, y


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_file_opens_without_a_network_and_denies_nobody_anything(browser, file, width, scheme):
    with Looking(browser, width=width, scheme=scheme) as looking:
        looking.open(file)
        assert looking.page.evaluate(DRAWN) >= len(MEASURES)
        assert looking.denied() == []
        assert looking.trouble() == []
        assert looking.asked == [file.as_uri()]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_server_with_a_strict_policy_shows_the_same(browser, overview, width, scheme):
    with Looking(browser, width=width, scheme=scheme) as looking:
        looking.serve(served(overview))
        looking.page.goto(f"{SERVER}/progress")
        rest_on(looking, 20)
        looking.page.locator(".hovertext").wait_for()
        assert looking.page.evaluate(DRAWN) >= len(MEASURES)
        assert looking.denied() == []
        assert looking.trouble() == []
        assert {each.startswith((SERVER, "data:")) for each in looking.asked} == {True}


def test_a_point_tells_its_session_its_day_and_its_value(browser, file, overview):
    with Looking(browser) as looking:
        looking.open(file)
        chart, _, _ = rest_on(looking, 9)
        told = chart.locator(".hovertext")
        told.wait_for()
        row = overview.rows[9]
        day = f"{row.held_at.astimezone():%b %Y}"
        expected = rf"{row.points['fillers'].value:.1f} /min.*session {row.number} · \d+ {day}"
        assert re.fullmatch(expected, told.text_content())
        assert looking.trouble() == []


def test_a_point_opens_its_session_in_the_server_and_nothing_in_a_file(browser, file, overview):
    with Looking(browser) as looking:
        looking.serve(served(overview))
        looking.page.goto(f"{SERVER}/progress")
        _, x, y = rest_on(looking, 9)
        looking.page.locator(".hovertext").wait_for()
        looking.page.mouse.click(x, y)
        looking.page.wait_for_url(f"{SERVER}/sessions/{overview.rows[9].number}")
    with Looking(browser) as looking:
        looking.open(file)
        _, x, y = rest_on(looking, 9)
        looking.page.mouse.click(x, y)
        assert looking.page.url == file.as_uri()


def test_a_touch_tells_and_a_second_one_opens(browser, overview):
    with Looking(browser, width=360, has_touch=True, is_mobile=True) as looking:
        looking.serve(served(overview))
        looking.page.goto(f"{SERVER}/progress")
        chart, x, y = rest_on(looking, 9)
        looking.page.touchscreen.tap(x, y)
        chart.locator(".hovertext").wait_for()
        looking.page.wait_for_timeout(500)
        assert looking.page.url == f"{SERVER}/progress"
        looking.page.touchscreen.tap(x, y)
        looking.page.wait_for_url(f"{SERVER}/sessions/{overview.rows[9].number}")


def test_two_sessions_are_chosen_by_the_keyboard(browser, overview):
    with Looking(browser) as looking:
        looking.serve(served(overview))
        page = looking.page
        page.goto(f"{SERVER}/progress")
        page.get_by_label("session 3 as the first", exact=True).focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Compare the two").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"{SERVER}/compare?**")
        chosen = parse_qs(urlsplit(page.url).query)
        assert chosen == {"first": ["3"], "second": [str(overview.rows[-1].number)]}


def test_charts_follow_when_it_gets_dark(browser, file):
    with Looking(browser, scheme="light") as looking:
        looking.open(file)
        light = looking.page.evaluate(BACKGROUND)
        looking.page.emulate_media(color_scheme="dark")
        looking.until(f"{BACKGROUND} !== {light!r}")
        assert looking.trouble() == []


def test_charts_fit_when_the_window_gets_narrow(browser, file):
    with Looking(browser) as looking:
        looking.open(file)
        looking.page.set_viewport_size({"width": 360, "height": 700})
        looking.until(
            "document.querySelector('.chart .main-svg').getBoundingClientRect().width < 360"
        )
        assert looking.trouble() == []


def test_what_was_said_runs_nothing(browser, tmp_path):
    with History(tmp_path / "history") as opened:
        for number in range(3):
            opened.add(entry(number, label=EVIL))
        hostile = opened.overview(EVIL, last=None)
    path = tmp_path / "page.html"
    path.write_text(history_page.html(hostile), "utf-8")
    with Looking(browser) as looking:
        looking.page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        looking.open(path)
        assert looking.page.evaluate(DRAWN) >= len(MEASURES)
        assert EVIL in looking.page.locator("h1").text_content()
        assert looking.trouble() == []
        looking.serve(served(hostile))
        looking.context.set_offline(False)
        looking.page.goto(f"{SERVER}/progress")
        assert EVIL in looking.page.locator("h1").text_content()
        assert looking.trouble() == []


@pytest.mark.parametrize("takes", [0, 1])
def test_a_history_that_only_begins(browser, tmp_path, takes):
    with History(tmp_path / "history") as opened:
        for number in range(takes):
            opened.add(entry(number))
        begun = opened.overview(last=None)
    path = tmp_path / "page.html"
    path.write_text(history_page.html(begun), "utf-8")
    with Looking(browser, width=360) as looking:
        looking.open(path)
        assert looking.page.locator(".chart .main-svg").count() >= takes
        assert looking.denied() == []
        assert looking.trouble() == []
