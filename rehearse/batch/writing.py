"""What is written at the end of a run: the manifest, and the summary as a table and as a page."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from rehearse.cohort import Cohort, summed_up
from rehearse.outputs import cohort_csv, cohort_page
from rehearse.takes.files import whole_or_absent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehearse.batch.database import Kept
    from rehearse.batch.results import Results

MANIFEST: Final = "manifest.json"
TABLE: Final = "cohort.csv"
PAGE: Final = "cohort.html"
FORMAT: Final = 1


def write(results: Results, about: Mapping[str, Any], *, model: str) -> Cohort:
    """Write all three, and give the summary.

    Parameters
    ----------
    results
        Of a run.
    about
        What the manifest says of the run, beside what it was made with.
    model
        The recogniser's weights.

    Raises
    ------
    OutputError
        Where one cannot be written.
    """
    cohort = summed_up((row for _, row in results.rows() if row is not None), results.failures())
    made = f"rehearse {results.made.version}, weights {model}"
    with results.told():
        with (
            whole_or_absent(results.folder / TABLE) as half,
            half.open("w", encoding="utf-8", newline="") as file,
        ):
            rows = ((kept.name, kept.error, row) for kept, row in results.rows())
            cohort_csv.write(file, rows, anonymous=results.anonymous)
        with whole_or_absent(results.folder / PAGE) as half:
            page = cohort_page.html(cohort, made=made, anonymous=results.anonymous)
            half.write_text(page, "utf-8", newline="\n")
        with (
            whole_or_absent(results.folder / MANIFEST) as half,
            half.open("w", encoding="utf-8", newline="\n") as file,
        ):
            file.writelines(_manifest(results, about))
    return cohort


def _manifest(results: Results, about: Mapping[str, Any]) -> Iterator[str]:
    """One JSON object, a recording a line: however many, none is waited for."""
    head = {"format": FORMAT, "made": asdict(results.made), **about}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "recordings": ['
    between = "\n"
    for kept, _ in results.rows():
        yield between + json.dumps(_entry(results, kept), ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def _entry(results: Results, kept: Kept) -> dict[str, Any]:
    there = bool(kept.digest)
    page = kept.report.removesuffix(".json") + ".html"
    return {
        "recording": kept.name,
        "sha256": kept.sha256 or None,
        "report": kept.report if there else None,
        "report_sha256": kept.digest or None,
        "page": page if there and (results.folder / page).is_file() else None,
        "error": kept.error or None,
        "hint": kept.hint or None,
    }
