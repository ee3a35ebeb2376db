"""Plain faster-whisper with a prompt for fillers: their places in each file, as JSON lines."""

from __future__ import annotations

import json
import re
import sys

from faster_whisper import WhisperModel

PROMPT = "Um, uh, hmm, er, ah."
FILLER = re.compile(r"u+[hm]+|u+h+m+|e+r+m*|a+h+|h+m+", re.IGNORECASE)


def main() -> None:
    """Transcribe files named on standard input with the weights in the folder named first."""
    whisper = WhisperModel(sys.argv[1], device="cpu", compute_type="int8", cpu_threads=2)
    for file in sys.stdin.read().splitlines():
        segments, _info = whisper.transcribe(
            file,
            language="en",
            beam_size=5,
            vad_filter=sys.argv[2] == "vad",
            initial_prompt=PROMPT,
            condition_on_previous_text=False,
            word_timestamps=True,
        )
        words = [word for segment in segments for word in segment.words or ()]
        fillers = [
            (word.start, word.end)
            for word in words
            if FILLER.fullmatch(re.sub(r"\W", "", word.word))
        ]
        said = "".join(word.word for word in words).strip()
        print(json.dumps({"fillers": fillers, "text": said}), flush=True)


if __name__ == "__main__":
    main()
