"""Pages in a browser: what they complain of, and what axe finds in them."""

from __future__ import annotations

import pytest

LOOKS = (
    pytest.param(360, "dark"),
    pytest.param(1440, "light"),
    pytest.param(360, "light", marks=pytest.mark.soak),
    pytest.param(1440, "dark", marks=pytest.mark.soak),
)
"""Every page is looked at on a telephone and on a desk, by day and by night: (width, scheme)."""

LISTENING = """
window.refused = [];
addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`));
"""

SERVER = "http://rehearse.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; media-src 'self'; form-action 'self'"
)


class Looking:
    """One page, with everything that it asked for and complained of."""

    def __init__(self, browser, *, width=1440, scheme="light", **options):
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        self.page = self.context.new_page()
        self.complaints, self.asked = [], []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.add_init_script(LISTENING)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def open(self, path):
        """Open a file without a network."""
        self.context.set_offline(True)
        self.page.goto(path.as_uri())

    def serve(self, answers):
        """Answer as a server with a strict policy would: (kind, body) by path."""

        def answer(route):
            path = route.request.url.removeprefix(SERVER).partition("?")[0]
            kind, body = answers.get(path, ("text/html", f"<!DOCTYPE html><title>{path}</title>"))
            headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Security-Policy": POLICY}
            route.fulfill(status=200, headers=headers, body=body)

        self.page.route(f"{SERVER}/**", answer)

    def until(self, condition):
        """Wait until an expression is true; a strict policy lets nobody wait inside the page."""
        for _ in range(100):
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(100)
        pytest.fail(f"it never came to {condition}")

    def trouble(self):
        """What went wrong: errors, warnings, what a policy refused, what does not fit."""
        page = self.page
        refused = page.evaluate("window.refused")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return [*self.complaints, *refused, *([f"{wide} px too wide"] if wide > 0 else [])]

    def denied(self):
        """What axe finds that somebody cannot use."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page)
        return [
            f"{each['id']}: {node['html']}"
            for each in found.response["violations"]
            for node in each["nodes"]
        ]
