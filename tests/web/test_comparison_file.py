"""Two sessions side by side in a browser, as a file without a network."""

from __future__ import annotations

import pytest

from rehearse.history import History
from rehearse.outputs import comparison_page
from tests.history.reports import entry
from tests.web.browsing import LOOKS, Looking

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)> \" ' \u2028 \u202eback"
WORDS = "I would love this job. You need a calm person. Any concerns? Thank you."


@pytest.fixture(scope="module")
def file(month, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "comparison.html"
    with History(month) as opened:
        first, last = opened.session(1), opened.sessions(last=1)[0]
    path.write_text(comparison_page.html(first, last), "utf-8")
    return path


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_file_opens_without_a_network_and_denies_nobody_anything(browser, file, width, scheme):
    with Looking(browser, width=width, scheme=scheme) as looking:
        looking.open(file)
        assert looking.denied() == []
        assert looking.trouble() == []
        assert looking.asked == [file.as_uri()]


def test_sides_stand_beside_each_other_on_a_desk_and_one_below_the_other_on_a_telephone(
    browser, file
):
    places = {}
    for width in (360, 1440):
        with Looking(browser, width=width) as looking:
            looking.open(file)
            sides = looking.page.locator("section.side")
            places[width] = [sides.nth(each).bounding_box() for each in (0, 1)]
    first, second = places[360]
    assert second["y"] >= first["y"] + first["height"]
    assert second["x"] == first["x"]
    first, second = places[1440]
    assert second["x"] >= first["x"] + first["width"]
    assert second["y"] == first["y"]


def test_marks_do_not_strike_out_what_was_said(browser, file):
    with Looking(browser) as looking:
        looking.open(file)
        for name in ("del", "ins"):
            mark = looking.page.locator(name).first
            assert mark.text_content().startswith("‹")
            line = mark.evaluate("each => getComputedStyle(each).textDecorationLine")
            assert line == "none"


def test_what_was_said_runs_nothing(browser, tmp_path):
    with History(tmp_path / "history") as opened:
        opened.add(entry(1, f"{WORDS} {EVIL}", label=EVIL))
        opened.add(entry(2, WORDS, label=EVIL))
        first, second = opened.sessions()
    path = tmp_path / "page.html"
    path.write_text(comparison_page.html(first, second), "utf-8")
    with Looking(browser, width=360) as looking:
        looking.page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        looking.open(path)
        assert EVIL in looking.page.locator("section.side bdi").first.text_content()
        assert looking.page.locator("img").count() == 0
        assert looking.denied() == []
        assert looking.trouble() == []
