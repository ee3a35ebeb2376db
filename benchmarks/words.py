"""Word error rate with fillers, punctuation, case and spelt-out numbers left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import jiwer

if TYPE_CHECKING:
    from collections.abc import Iterable

FILLERS = {"um", "uh", "uhm", "erm", "er", "ah", "hm", "hmm", "mm", "mhm"}
UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SAME = {"okay": "ok", "'kay": "ok", "mr": "mister", "percent": "per cent", "cannot": "can not"}


def spelt(number: int) -> str:
    """A whole number below a million in words, without "and"."""
    if number < 20:
        return UNITS[number]
    if number < 100:
        return f"{TENS[number // 10]} {UNITS[number % 10] if number % 10 else ''}".strip()
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = f" {spelt(number % size)}" if number % size else ""
            return f"{spelt(number // size)} {name}{rest}"
    raise ValueError(number)


def normalised(text: str) -> str:
    """Words to compare: lower case, numbers spelt, fillers and "and" left out."""
    text = text.lower().replace("’", "'").replace("%", " percent ")
    text = re.sub(r"(\d),(\d)", r"\1\2", text)
    text = re.sub(r"(\d+)(?:st|nd|rd|th)\b", r"\1", text)
    text = re.sub(r"\d{1,6}", lambda match: f" {spelt(int(match.group()))} ", text)
    words = [word.strip("'") for word in re.sub(r"[^a-z']+", " ", text).split()]
    kept = [SAME.get(word, word) for word in words if word and word not in FILLERS]
    return " ".join(word for word in kept if word != "and")


def error_rate(pairs: Iterable[tuple[str, str]]) -> float:
    """Errors over words of the reference, in [0, ∞), over pairs of (reference, heard)."""
    errors = words = 0
    for reference, heard in pairs:
        expected, got = normalised(reference), normalised(heard)
        words += len(expected.split())
        if not got:
            errors += len(expected.split())
            continue
        outcome = jiwer.process_words(expected, got)
        errors += outcome.substitutions + outcome.deletions + outcome.insertions
    return errors / words
