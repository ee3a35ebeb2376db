"""`erm`, which cuts fillers out of recordings: their places in each file, as JSON lines.

Runs in an environment of its own.  A cut is one filler, however many of its detectors
found it; cuts that it joined since less than 0.1 s lay between count as one.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
import sys
import tempfile
from pathlib import Path

import faster_whisper
from erm.cli import main as erm


def main() -> None:
    """Listen to files named on standard input with the weights in the folder named first."""
    # Loaded once, or most of the time would go into that.
    faster_whisper.WhisperModel = functools.cache(faster_whisper.WhisperModel)
    with tempfile.TemporaryDirectory() as scratch:
        for file in sys.stdin.read().splitlines():
            told = Path(scratch) / "cuts.json"
            told.unlink(missing_ok=True)
            options = ["--model", sys.argv[1], "--device", "cpu", "--compute-type", "int8"]
            options += ["--dry-run", "--json", str(told), "-o", str(Path(scratch) / "out.wav")]
            with contextlib.redirect_stdout(io.StringIO()):
                erm([file, *options])
            cuts = json.loads(told.read_text("utf-8"))["cuts"] if told.exists() else []
            fillers = [(cut["start"], cut["end"]) for cut in cuts]
            print(json.dumps({"fillers": fillers}), flush=True)


if __name__ == "__main__":
    main()
