"""Make the reference of phrases: `english.tsv.gz`, some seconds.

    PYTHONPATH=. python models/phrases/make.py           # with the package pocketsphinx 5.1.1
    PYTHONPATH=. python models/phrases/make.py --closes  # without: counts the closes alone anew

How often others say what can be a habit: in the closes of `closebench/train`, counted, and in
general spoken English, from the trigram language model that the package pocketsphinx carries.
Both per million words.  `CARD.md` has the rest.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import math
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.history.phrases import COUNTED, FLOOR
from rehearse.history.sentences import ngrams, split
from rehearse.history.small_words import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

HERE = Path(__file__).parent
MADE = HERE / "english.tsv.gz"
CLOSES = HERE.parent.parent / "closebench" / "train"
BASE = 1.0001
"""Of the logarithms that the language model answers with."""


def main() -> None:
    """Count, estimate, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--closes", action="store_true", help="keep what is there for the rest")
    general = general_in(MADE) if options.parse_args().closes else general_rates()
    texts = [text for path in sorted(CLOSES.glob("*.jsonl")) for text in texts_of(path)]
    write(MADE, rates_in(texts), general)


def texts_of(path: Path) -> list[str]:
    """The texts of a file of closes, one for each item."""
    return [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]


def rates_in(texts: Iterable[str]) -> dict[str, float]:
    """Uses per million words of every run of small words."""
    counts: Counter[str] = Counter()
    words = 0
    for text in texts:
        for sentence in split(text):
            words += len(sentence)
            for length in range(1, COUNTED + 1):
                runs = ngrams(sentence, length)
                counts.update(" ".join(each) for each in runs if SMALL.issuperset(each))
    return {phrase: count * 1e6 / words for phrase, count in counts.items()}


def general_rates() -> dict[str, float]:
    """The same in the language model, for those that are not below the floor.

    A run can be no more frequent than its beginning, so that only what reaches the floor
    has to be made longer.
    """
    follows = language_model()
    rates: dict[str, float] = {}
    growing: dict[tuple[str, ...], float] = {(): 1e6 / (1.0 - follows("</s>", ()))}
    for _ in range(COUNTED):
        longer = {
            (*words, word): rate * follows(word, words[-2:])
            for words, rate in growing.items()
            for word in sorted(SMALL)
        }
        growing = {words: rate for words, rate in longer.items() if rate >= FLOOR}
        rates |= {" ".join(words): rate for words, rate in growing.items()}
    return rates


def general_in(path: Path) -> dict[str, float]:
    """The same, as it was written down."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = (line.split("\t") for line in lines)
        return {phrase: float(general) for phrase, _, general in rows if float(general) > 0.0}


def language_model() -> Callable[[str, tuple[str, ...]], float]:
    """The probability of a word after up to two others; 0 where the model does not have it."""
    import pocketsphinx

    model = pocketsphinx.NGramModel.readfile(
        str(Path(pocketsphinx.__file__).parent / "model" / "en-us" / "en-us.lm.bin")
    )
    log = math.log(BASE)

    def follows(word: str, before: tuple[str, ...]) -> float:
        # The word comes first, then the nearest before it.
        return math.exp(model.prob([word, *reversed(before)]) * log)

    return follows


def write(path: Path, closes: Mapping[str, float], general: Mapping[str, float]) -> None:
    """Write what reaches the floor in either, the same bytes each time."""
    rows = (
        f"{phrase}\t{closes.get(phrase, 0.0):.0f}\t{general.get(phrase, 0.0):.0f}\n"
        for phrase in sorted({*closes, *general})
        if max(closes.get(phrase, 0.0), general.get(phrase, 0.0)) >= FLOOR
    )
    packed = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, packed, mtime=0) as opened:
        opened.write("".join(rows).encode())
    path.write_bytes(packed.getvalue())


if __name__ == "__main__":
    main()
