"""A cohort as a table: one row a recording, for whoever wants to count further."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from rehearse.outputs.harmless import harmless
from rehearse.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from rehearse.cohort import Row

COLUMNS: Final = {
    "length": "length_s",
    "pace": "pace_wpm",
    "fillers": "fillers_a_minute",
    "hesitations": "pauses_mid_sentence_a_minute",
    "pitch": "pitch_sd_st",
}
"""The measures that have a column, and what it is called."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run where it stands first."""


def write(file: TextIO, rows: Iterable[tuple[str, str, Row | None]], *, anonymous: bool) -> None:
    """Write a cohort.

    Parameters
    ----------
    file
        Open for text, without translation of line ends.
    rows
        For each recording its name, why there is no report, and what is kept of it.
    anonymous
        Without names.
    """
    out = csv.writer(file, lineterminator="\n")
    names = [] if anonymous else ["recording"]
    out.writerow(
        [
            *names,
            *STEPS,
            "steps",
            *COLUMNS.values(),
            "words",
            "cheesy_lines",
            "to_change_first",
            "error",
        ]
    )
    for name, error, row in rows:
        shown = [] if anonymous else [_cell(name)]
        out.writerow([*shown, *_values(row), _cell(error)])


def _values(row: Row | None) -> list[str]:
    if row is None:
        return [""] * (len(STEPS) + len(COLUMNS) + 4)
    measured = [f"{point.value:.2f}" if (point := row.points.get(name)) else "" for name in COLUMNS]
    return [
        *("yes" if row.steps[step] else "no" for step in STEPS),
        str(len(STEPS) - len(row.missing)),
        *measured,
        str(row.words),
        str(len(row.cheesy)),
        " ".join(row.checks),
    ]


def _cell(text: str) -> str:
    shown = str(harmless(text))
    return f"'{shown}" if shown.startswith(FORMULA) else shown
