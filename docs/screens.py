"""Take the pictures that README shows, in a real terminal and a real browser: `make screens`.

    docs/take-during.svg    what is seen while somebody speaks
    docs/take-after.svg     the first screen of the report that follows
    docs/history.svg        `rehearse history` after a month of simulated practice
    docs/history-page.png   the same as a page, where Chromium is installed
    docs/page-speaking.png  the page of `rehearse serve` while somebody speaks
    docs/page-report.png    the report that follows
    docs/page-narrow.png    the same on a telephone, by night

A sample is spoken into a virtual microphone, as in the tests of `tests/live`; the month is that
of `tests/history/month.py`.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

TOP: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from tests.history.month import month  # noqa: E402
from tests.live.terminal import Terminal  # noqa: E402
from tests.live.virtual import VirtualMicrophone  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Page as BrowserPage
    from rich.terminal_theme import _ColorTuple

SAMPLE: Final = TOP / "samples" / "missing-interest.mp3"
PAGE_SAMPLE: Final = "cheesy.mp4"
WIDTH: Final = 84
REPORT_LINES: Final = 34
PAGE: Final = (1200, 2150)
"""Points that are shown of the page: all down to the last charts."""

COLOURS: Final[list[_ColorTuple]] = [
    (40, 44, 52), (224, 108, 117), (126, 184, 100), (209, 160, 92),
    (97, 160, 220), (198, 120, 221), (86, 182, 194), (200, 204, 212),
]  # fmt: skip
THEME: Final = TerminalTheme((28, 31, 38), (214, 218, 226), COLOURS, COLOURS)


def main() -> None:
    """Take all pictures, or some of the groups."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("which", nargs="*", default=["take", "history", "page"])
    for which in options.parse_args().which:
        {"take": take, "history": history, "page": page}[which]()


def take() -> None:
    """Speak the sample and write both pictures."""
    import soundfile

    from rehearse.audio.decode import SoundFile

    with VirtualMicrophone() as microphone:
        wav = microphone.home / "sample.wav"
        with soundfile.SoundFile(wav, "w", 16000, 1, "PCM_16") as file:
            for block in SoundFile(SAMPLE).blocks():
                file.write(block.samples)
        command = (*microphone.command, "record")
        with Terminal(microphone.environment, microphone.home, *command, width=WIDTH) as terminal:
            terminal.until("Begin when you are ready")
            speaking = microphone.say(wav)
            terminal.until("✓ concerns question", within_s=60)
            during = terminal.screen(colours=True)
            speaking.wait()
            time.sleep(1)
            terminal.press("Enter")
            terminal.until("left with 0")
            after = terminal.screen(colours=True, all_of_it=True)
    picture("rehearse record", during, "take-during.svg")
    picture("rehearse record", "\n".join(after.splitlines()[:REPORT_LINES]), "take-after.svg")


def history() -> None:
    """Practise for a month, and show it."""
    from rehearse.history import History
    from rehearse.models import Models

    with tempfile.TemporaryDirectory() as home:
        with History(Path(home) / "rehearse") as opened:
            month(opened, Models("base"))
        environment = {**os.environ, "XDG_DATA_HOME": home}
        command = (sys.executable, "-m", "rehearse", "history")
        with Terminal(environment, Path(home), *command, width=WIDTH) as terminal:
            terminal.until("left with 0")
            shown = terminal.screen(colours=True, all_of_it=True)
        shown = shown.partition("left with 0")[0]
        picture("rehearse history", shown, "history.svg")
        page = Path(home) / "history.html"
        subprocess.run([*command, "--html", page], env=environment, check=True)
        photograph(page, TOP / "docs" / "history-page.png")


def page() -> None:
    """Speak the sample into a browser, and photograph what it shows."""
    from playwright.sync_api import sync_playwright

    from tests.web.serving import Server
    from tests.web.speaking import speaking

    if (chromium := shutil.which("chromium")) is None:
        sys.stderr.write("The pictures of the page are left: there is no chromium here.\n")
        return
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        with (
            Server(folder / "home") as server,
            speaking(playwright, chromium, folder, PAGE_SAMPLE) as shown,
        ):
            shown.goto(server.url)
            shown.get_by_label("What is it for?").fill("Acme, hiring manager")
            shown.get_by_role("button", name="Record").click()
            shown.locator(".marks li.there").nth(1).wait_for(timeout=60_000)
            shown.screenshot(path=TOP / "docs" / "page-speaking.png", clip=_top(1000, 560))
            shown.locator(".marks li.there").nth(2).wait_for(timeout=60_000)
            shown.wait_for_timeout(1500)
            shown.get_by_role("button", name="Stop").click()
            shown.wait_for_url("**/sessions/*", timeout=60_000)
            _report(shown, "page-report.png", (1440, 1700), "light")
            _report(shown, "page-narrow.png", (360, 2450), "dark")


def _report(shown: BrowserPage, name: str, size: tuple[int, int], scheme: str) -> None:
    shown.set_viewport_size({"width": size[0], "height": size[1]})
    shown.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    shown.reload()
    shown.wait_for_load_state("networkidle")
    shown.wait_for_timeout(500)
    shown.screenshot(path=TOP / "docs" / name, clip=_top(*size))


def _top(width: int, height: int) -> dict[str, int]:
    return {"x": 0, "y": 0, "width": width, "height": height}


def photograph(page: Path, to: Path) -> None:
    """Open a page in Chromium, and write what is seen."""
    if (chromium := shutil.which("chromium")) is None:
        sys.stderr.write(f"{to.name} is left as it is: there is no chromium here.\n")
        return
    subprocess.run(
        [
            chromium,
            "--headless",
            "--no-sandbox",  # as root there is no other way; the page is ours
            "--hide-scrollbars",
            f"--window-size={PAGE[0]},{PAGE[1]}",
            "--virtual-time-budget=4000",
            f"--screenshot={to}",
            page.as_uri(),
        ],
        stderr=subprocess.DEVNULL,
        check=True,
    )


def picture(command: str, screen: str, name: str) -> None:
    """Write what was on the screen as SVG, in fonts that are everywhere."""
    console = Console(record=True, file=io.StringIO(), width=WIDTH, force_terminal=True)
    console.print(Text.from_ansi(f"$ {command}\n" + screen.strip("\n")))
    svg = console.export_svg(title="rehearse", theme=THEME, unique_id=name.removesuffix(".svg"))
    # A page that shows it fetches nothing from anywhere.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono")
    # Some viewers pull lines that begin with blanks to the left.
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    (TOP / "docs" / name).write_text("\n".join(map(str.rstrip, svg.splitlines())) + "\n", "utf-8")


if __name__ == "__main__":
    main()
