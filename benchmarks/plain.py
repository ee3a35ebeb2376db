"""A plain faster-whisper script: what rehearse is measured against.

It prints one line of JSON: seconds of a first and a second transcription, and the text.
"""

from __future__ import annotations

import json
import sys
import time

from faster_whisper import WhisperModel


def main() -> None:
    """Transcribe the file named first with the weights in the folder named second."""
    file, folder, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    whisper = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=2)
    seconds = []
    text = ""
    for _ in range(rounds):
        began = time.perf_counter()
        segments, _info = whisper.transcribe(file, language="en", beam_size=5, vad_filter=True)
        text = " ".join(segment.text.strip() for segment in segments)
        seconds.append(time.perf_counter() - began)
    print(json.dumps({"seconds": seconds, "text": text}))


if __name__ == "__main__":
    main()
