"""Scores of a labelled file, for people and for programs."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from rehearse.closebench.scores import Figure, Scores
    from rehearse.closebench.verdicts import Verdict


def as_json(name: str, scores: Scores, seconds: Sequence[float]) -> str:
    """Everything as one JSON object; shares are in [0, 1], None where there was nothing."""
    fields = {"file": name, "median_s": statistics.median(seconds), **asdict(scores)}
    return json.dumps(fields, ensure_ascii=False, allow_nan=False)


def write(
    name: str, scores: Scores, seconds: Sequence[float], console: Console, *, most: int
) -> None:
    """Write the figures as a table, and the first mistakes with their words."""
    from rich.markup import escape
    from rich.table import Table

    console.print(
        f"{escape(name)}: {scores.items} closes, {scores.traps} of them traps; "
        f"{1000 * statistics.median(seconds):.0f} ms each (median)"
    )
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for title in ("precision", "recall", "F1", "95 %", "closes"):
        table.add_column(title, justify="right")
    for row in scores.labels:
        if row.support or row.alarms:
            table.add_row(
                row.label.replace("_", " "),
                _plain(row.precision),
                _plain(row.recall),
                _plain(row.f1),
                _interval(row.f1),
                str(row.support),
            )
    console.print(table)
    console.print()
    for title, figure in (
        ("steps, macro F1", scores.macro_f1),
        ("all four steps right", scores.exact),
        ("traps with a false step", scores.traps_raised),
    ):
        if figure.value is not None:
            console.print(f"{title:<24} {_plain(figure)}   {_interval(figure)}")
    if scores.refused:
        console.print(f"{'not analysed':<24} {scores.refused}")
    shown = scores.mistakes[:most]
    if shown:
        console.print(f"\nThe first {len(shown)} of {len(scores.mistakes)} mistakes")
    for mistake in shown:
        console.print(
            f"{escape(mistake.id)}: {mistake.label} {mistake.kind}: {escape(mistake.words)}",
            soft_wrap=False,
        )


def verdicts_json(name: str, found: Sequence[Verdict]) -> str:
    """The figures of each label, and every mistake, as one JSON object."""
    from rehearse.closebench.verdicts import judged

    fields = {
        "file": name,
        "items": len({each.item for each in found}),
        "labels": [asdict(each) for each in judged(found)],
        "mistakes": [asdict(each) for each in found if each.truth != each.found],
    }
    return json.dumps(fields, ensure_ascii=False, allow_nan=False)


def write_verdicts(name: str, found: Sequence[Verdict], console: Console, *, most: int) -> None:
    """Write the figures of each label as a table, and the first mistakes with their words."""
    from rich.markup import escape
    from rich.table import Table

    from rehearse.closebench.verdicts import judged

    console.print(f"{escape(name)}: {len({each.item for each in found})} items")
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for title in ("right", "95 %", "precision", "recall", "F1", "95 %", "there", "of"):
        table.add_column(title, justify="right")
    for row in judged(found):
        # Where a label is there by definition, being right is all that can be said.
        always = row.support == row.count
        table.add_row(
            row.label,
            _plain(row.accuracy),
            _interval(row.accuracy),
            *(("", "", "", "") if always else (_plain(row.precision), _plain(row.recall))),
            *(() if always else (_plain(row.f1), _interval(row.f1))),
            str(row.support),
            str(row.count),
        )
    console.print(table)
    wrong = [each for each in found if each.truth != each.found]
    if wrong[:most]:
        console.print(f"\nThe first {len(wrong[:most])} of {len(wrong)} mistakes")
    for each in wrong[:most]:
        kind = "missed" if each.truth else "raised"
        console.print(f"{escape(each.item)}: {each.label} {kind}: {escape(each.words)}")


def _plain(figure: Figure) -> str:
    return "–" if figure.value is None else f"{figure.value:.3f}"


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"{figure.low:.3f}–{figure.high:.3f}"
