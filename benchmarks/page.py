"""What the page costs whoever uses it, in a real browser: `make bench`.

A server with a session of a minute answers a Chromium without a window: how long until its pages
have been drawn.  Chromium's microphone speaks closes of about a minute: how long after Stop the
report is there, beside what plain faster-whisper takes for the same file in the same run, and how
long after the words of a step its mark fills in.  Then ten files are handed over at once.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

import psutil  # noqa: E402
from bench import mixed  # noqa: E402
from figures import put  # noqa: E402
from live import CLOSES, STEPS, plain_s, seconds, share  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from tests.web.serving import Server  # noqa: E402
from tests.web.speaking import speaking  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright

DRAWN = """() => {
    const [page] = performance.getEntriesByType("navigation");
    const painted = performance.getEntriesByName("first-contentful-paint")[0];
    return [page.responseEnd, page.domContentLoadedEventEnd, painted ? painted.startTime : null];
}"""

ARGUMENTS = ["--no-sandbox", "--mute-audio"]


@dataclass(frozen=True)
class Take:
    """One take: as in `benchmarks/live.py`."""

    report_s: float
    plain_s: float
    marks_s: list[float]


def main() -> None:
    """Measure, print, and write the figures down."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--takes", type=int, default=10)
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--write", action="store_true", help="write README.md and the page")
    chosen = options.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no chromium here; install it.")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        minute = mixed(CLOSES[0], folder / "minute.wav")[0]
        with Server(folder / "home") as server:
            job = server.analysed(minute.read_bytes(), "minute.wav")
            rows = pages(playwright, chromium, server, job["session"], chosen.rounds)
            takes = []
            for number in range(chosen.takes):
                file = mixed(CLOSES[number % len(CLOSES)], folder / "close.wav")[0]
                takes.append(spoken(playwright, chromium, server, file, folder / f"take{number}"))
                print(takes[-1], flush=True)
            rows += told(takes) + ten(server, minute)
    figures = f"{setting(chosen)}\n\n| | median | most |\n| --- | --- | --- |\n" + "\n".join(rows)
    print(figures)
    if chosen.write:
        put("page", figures)


def pages(
    playwright: Playwright, chromium: str, server: Server, session: int, rounds: int
) -> list[str]:
    """How long pages take from the click until they are drawn, in ms."""
    browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    page = browser.new_page()
    rows = []
    for name, path in (
        ("the first page", "/"),
        ("the report of a take of a minute", f"/sessions/{session}"),
        ("the progress page", "/progress"),
    ):
        found = [drawn(page, server.url + path) for _ in range(rounds + 2)][2:]
        answered, ready, painted = ([each[place] for each in found] for place in range(3))
        rows += [
            f"| {name}: answered | {milliseconds(answered)} |",
            f"| … its words on the screen | {milliseconds(painted)} |",
            f"| … all scripts run | {milliseconds(ready)} |",
        ]
    browser.close()
    return rows


def drawn(page: Page, url: str) -> list[float]:
    """Milliseconds from the beginning of a navigation: answered, scripts run, first paint."""
    page.goto(url)
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    found: list[float] = page.evaluate(DRAWN)
    return found


def milliseconds(values: list[float]) -> str:
    """Median and most, as two cells."""
    return f"{statistics.median(values):.0f} ms | {max(values):.0f} ms"


def spoken(playwright: Playwright, chromium: str, server: Server, file: Path, folder: Path) -> Take:
    """One take of a file, in the browser."""
    folder.mkdir()
    with speaking(playwright, chromium, folder, file) as page:
        page.goto(server.url)
        page.locator("details.settings").first.evaluate("each => { each.open = true; }")
        page.get_by_label("End after so many").fill("0")
        page.get_by_role("button", name="Record").click()
        filled: dict[str, float] = {}
        length_s = file.stat().st_size / 32_000
        over = time.monotonic() + 1.0 + length_s + 0.5
        while time.monotonic() < over:
            for step in page.locator(".marks li.there").evaluate_all(
                "found => found.map((each) => each.dataset.step)"
            ):
                filled.setdefault(step, time.monotonic())
            time.sleep(0.05)
        pressed = time.monotonic()
        page.get_by_role("button", name="Stop").click()
        page.wait_for_url("**/sessions/*")
        page.get_by_role("heading", level=1).wait_for()
        report_s = time.monotonic() - pressed
        number = int(page.url.rpartition("/")[2])
    report = server.report(number)
    flac = server.data / "takes" / report["source"]
    # The file ends where Stop was pressed: what was said so long before its end was said then.
    ends_s = report["measures"]["duration_s"]
    marks_s = [
        filled.get(step, pressed) - (pressed - (ends_s - found["evidence"][0]["end_s"]))
        for step, found in report["steps"].items()
        if found["present"] and step in STEPS
    ]
    return Take(report_s, plain_s(flac), marks_s)


def told(takes: list[Take]) -> list[str]:
    """The rows of the takes."""
    rows = (
        ("from Stop until the report is on the screen", seconds([t.report_s for t in takes])),
        (
            "the same as a share of plain faster-whisper on the whole file",
            share([take.report_s / take.plain_s for take in takes]),
        ),
        (
            "from the end of a step's words until its mark fills in",
            seconds([mark for take in takes for mark in take.marks_s]),
        ),
    )
    return [f"| {what} | {value.replace('; ', ' | ')} |" for what, value in rows]


def ten(server: Server, file: Path) -> list[str]:
    """Ten copies of a file at once: how long until all are done, beside plain faster-whisper."""
    process = psutil.Process(server.running.pid)
    before, most = process.memory_info().rss, 0
    content, jobs = file.read_bytes(), []
    began = time.monotonic()
    hands = [
        threading.Thread(target=lambda n=n: jobs.append(server.hand(content, f"{n}.wav")))
        for n in range(10)
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    accepted_s = time.monotonic() - began
    waiting: list[Any] = jobs
    while waiting:
        most = max(most, process.memory_info().rss)
        waiting = [
            job
            for job in server.client.get("/api/jobs").json()
            if job["state"] in {"waiting", "working"}
        ]
        time.sleep(0.1)
    took_s = time.monotonic() - began
    plain = 10 * plain_s(file)
    memory = f"{before / 1e6:.0f} MB | {most / 1e6:.0f} MB"
    return [
        f"| ten files of a minute at once: accepted | {accepted_s:.1f} s | |",
        f"| … all done | {took_s:.0f} s | |",
        f"| … as a share of plain faster-whisper, loaded once | {took_s / plain:.2f} | |",
        f"| … memory of the server before, and at most | {memory} |",
    ]


def setting(chosen: argparse.Namespace) -> str:
    """What was measured, and on what."""
    return (
        f"Chromium without a window on the same machine; {chosen.rounds} visits to each page; "
        f"synthetic closes of about a minute, spoken into its microphone {chosen.takes} times; "
        f"weights `base`, on {platform.system()} {platform.machine()} with {os.cpu_count()} "
        f"shared cores, Python {platform.python_version()}."
    )


if __name__ == "__main__":
    main()
