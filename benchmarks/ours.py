"""rehearse with its models loaded: the same line of JSON as plain.py."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from rehearse.audio.decode import SoundFile
from rehearse.models import Models
from rehearse.pipeline import analyze


def main() -> None:
    """Analyse the file named first with the weights named second."""
    file, name, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    models = Models(name)
    models.engine()
    models.language()
    seconds = []
    text = ""
    for _ in range(rounds):
        began = time.perf_counter()
        report = analyze(SoundFile(Path(file)), models)
        seconds.append(time.perf_counter() - began)
        text = report.transcript.text
    print(json.dumps({"seconds": seconds, "text": text}))


if __name__ == "__main__":
    main()
