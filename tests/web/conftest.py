"""A browser for every test here; where there can be none, its tests are skipped, or fail."""

from __future__ import annotations

import os
import shutil

import pytest

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items):
    """What drives the browser runs a thread, and the program leaves at once where one runs."""
    for item in items:
        if {"playwright", "command"} <= set(getattr(item, "fixturenames", ())):
            raise pytest.UsageError(
                f"{item.nodeid} needs `program`: `command` would end the tests."
            )


@pytest.fixture(scope="session")
def chromium():
    """Where Chromium is installed."""
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        why = "a browser is not to be had: there is no chromium"
        if os.environ.get("REHEARSE_REQUIRE_BROWSER") == "1":
            pytest.fail(why, pytrace=False)
        pytest.skip(why)
    return path


# Of a module, so that the thread is gone before others call the program in this process.
@pytest.fixture(scope="module")
def playwright(chromium):
    """What drives it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="module")
def browser(chromium, playwright):
    """Chromium, without a window and without a loudspeaker."""
    # Who runs the tests as root, as in a container, has no sandbox.
    browser = playwright.chromium.launch(
        executable_path=chromium, args=["--no-sandbox", "--mute-audio"]
    )
    yield browser
    browser.close()


@pytest.fixture
def pages(browser):
    """A function that opens an empty page; whatever a page complains about fails the test.

    It takes the options of Playwright's `new_context`: `viewport`, `color_scheme`, and more.
    """
    contexts, complaints = [], []

    def heard(message):
        if message.type == "error":
            complaints.append(f"{message.text} ({message.location.get('url', '')[:80]})")

    def opened(**options):
        contexts.append(
            browser.new_context(**{"viewport": {"width": 1440, "height": 900}} | options)
        )
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(pages):
    """An empty page on a wide screen by day."""
    return pages()
