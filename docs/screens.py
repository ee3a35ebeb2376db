"""Take the pictures of a take that README shows, in a real terminal: `make screens`.

    docs/take-during.svg    what is seen while somebody speaks
    docs/take-after.svg     the first screen of the report that follows

A sample is spoken into a virtual microphone, as in the tests of `tests/live`.
"""

from __future__ import annotations

import io
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

TOP: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from tests.live.terminal import Terminal  # noqa: E402
from tests.live.virtual import VirtualMicrophone  # noqa: E402

if TYPE_CHECKING:
    from rich.terminal_theme import _ColorTuple

SAMPLE: Final = TOP / "samples" / "missing-interest.mp3"
WIDTH: Final = 84
REPORT_LINES: Final = 34
PROMPT: Final = "$ rehearse record\n"

COLOURS: Final[list[_ColorTuple]] = [
    (40, 44, 52), (224, 108, 117), (126, 184, 100), (209, 160, 92),
    (97, 160, 220), (198, 120, 221), (86, 182, 194), (200, 204, 212),
]  # fmt: skip
THEME: Final = TerminalTheme((28, 31, 38), (214, 218, 226), COLOURS, COLOURS)


def main() -> None:
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
    picture(during, "take-during.svg")
    picture("\n".join(after.splitlines()[:REPORT_LINES]), "take-after.svg")


def picture(screen: str, name: str) -> None:
    """Write what was on the screen as SVG, in fonts that are everywhere."""
    console = Console(record=True, file=io.StringIO(), width=WIDTH, force_terminal=True)
    console.print(Text.from_ansi(PROMPT + screen.strip("\n")))
    svg = console.export_svg(title="rehearse", theme=THEME, unique_id=name.removesuffix(".svg"))
    # A page that shows it fetches nothing from anywhere.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono")
    # Some viewers pull lines that begin with blanks to the left.
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    (TOP / "docs" / name).write_text("\n".join(map(str.rstrip, svg.splitlines())) + "\n", "utf-8")


if __name__ == "__main__":
    main()
