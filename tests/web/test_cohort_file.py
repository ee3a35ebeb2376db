"""The page of a cohort in a browser: without a network, on a telephone and on a desk."""

from __future__ import annotations

import pytest

from rehearse.cohort import Failure
from rehearse.outputs import cohort_page
from tests.outputs.test_cohort import HOSTILE, cohort
from tests.web.browsing import LOOKS, Looking


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "cohort.html"
    told = cohort(Failure(HOSTILE, f"{HOSTILE} is empty: it holds 0 bytes.", "Copy it again."))
    page = cohort_page.html(told, made="rehearse 0.1.0, weights base", anonymous=False)
    path.write_text(page, "utf-8")
    return path


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_it_opens_without_a_network_and_denies_nobody_anything(browser, file, width, scheme):
    with Looking(browser, width=width, scheme=scheme) as looking:
        looking.open(file)
        bars = looking.page.locator(".bar .value")
        assert bars.count() == 5
        boxes = [each.bounding_box() for each in bars.all()]
        assert boxes[0]["width"] > boxes[-1]["width"]  # half of them, and one of sixteen
        assert looking.denied() == []
        assert looking.trouble() == []
        assert looking.asked == [file.as_uri()]


def test_on_a_telephone_nothing_but_a_table_is_wider_than_the_page(browser, file):
    with Looking(browser, width=360, scheme="light") as looking:
        looking.open(file)
        wide = looking.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        assert not wide
