"""The process in which a file is decoded apart: `python -m rehearse.audio.apart_process TASK`.

The file is its standard input, open already; frames of `handing` go to standard output.
It loads what it needs, gives up everything else, and only then looks at the file.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rehearse.audio import handing
from rehearse.audio.confinement import allow_processor, confine, die_with
from rehearse.audio.decode import BLOCK_S, SoundFile
from rehearse.audio.refusals import exhausting
from rehearse.errors import InputError

if TYPE_CHECKING:
    from io import BufferedReader, BufferedWriter
    from typing import Any

LOADED: Final = (
    *("numpy", "av", "av.audio.stream", "av.video.stream", "av.video.codeccontext"),
    *("av.subtitles.stream", "av.subtitles.codeccontext"),
)
"""All that decoding imports on the way; nothing can be loaded once files are given up."""

FASTER: Final = 10.0
"""How much faster than it plays a file must decode, beside what is allowed to all of them.

Ours: ordinary files decode some hundred times faster.
"""


def main() -> None:
    """Decode standard input as the task says."""
    task = json.loads(sys.argv[1])
    die_with(task["parent"])
    out = _only_way_out()
    for module in LOADED:
        import_module(module)
    with os.fdopen(0, "rb") as file, out:
        # FFmpeg looks at the suffix of a name as well.
        file.raw.name = task["path"]  # type: ignore[attr-defined]
        confine(memory_bytes=task["memory_bytes"], descriptors=out.fileno() + 1)
        try:
            _hand_over(file, out, task)
        except InputError as error:
            handing.send(out, handing.REFUSED, handing.refusal(error))
        except MemoryError:
            handing.send(out, handing.REFUSED, handing.refusal(exhausting(task["name"])))


def _only_way_out() -> BufferedWriter:
    """Standard output, which nothing but our frames reaches from here on."""
    out = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(out, "wb")


def _hand_over(file: BufferedReader, out: BufferedWriter, task: dict[str, Any]) -> None:
    from_s, longest_s = task["from_s"], task["longest_s"]
    most_s = task["processor_s"] + (from_s + longest_s) / FASTER

    def decoded(seconds: float) -> None:
        allow_processor(task["processor_s"] + seconds / FASTER, at_most=most_s)
        if seconds <= BLOCK_S:
            handing.send(out, handing.STATED, handing.stated(sound.stated_s))
        if seconds <= from_s:
            handing.send(out, handing.PASSED)

    sound = SoundFile(
        Path(task["name"]),
        from_s=from_s,
        to_s=task["to_s"],
        longest_s=longest_s,
        file=file,
        progress=decoded,
    )
    allow_processor(task["processor_s"], at_most=most_s)
    for block in sound.blocks():
        handing.send(out, handing.BLOCK, block.samples.tobytes())
    handing.send(out, handing.DONE, handing.notes(sound.notes))


if __name__ == "__main__":
    main()
