"""A plain loop of faster-whisper over a folder: what `rehearse batch` is measured against.

It prints one line of JSON: the seconds of the loop, and what was heard in each recording.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from faster_whisper import WhisperModel


def main() -> None:
    """Transcribe the files listed in the file named first with the weights named second."""
    files = Path(sys.argv[1]).read_text("utf-8").splitlines()
    began = time.perf_counter()
    whisper = WhisperModel(sys.argv[2], device="cpu", compute_type="int8", cpu_threads=2)
    heard = {}
    for file in files:
        segments, _info = whisper.transcribe(file, language="en", beam_size=5, vad_filter=True)
        heard[file] = " ".join(segment.text.strip() for segment in segments)
    print(json.dumps({"seconds": time.perf_counter() - began, "heard": heard}))


if __name__ == "__main__":
    main()
