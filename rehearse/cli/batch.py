"""`rehearse batch`: every recording below a folder, and what they say together."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from rehearse.cli.signals import leaving_in_order
from rehearse.errors import InputError, OutputError
from rehearse.session import readable

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from rehearse.batch import Executor, Folder, Results
    from rehearse.cohort import Cohort

LISTED: Final = 50
"""Failures that are listed; all of them are in the table."""


@click.command("batch")
@click.argument("folder", metavar="FOLDER")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="RESULTS",
    help="The folder for reports and summary; the same again goes on where it stopped.",
)
@click.option("--html", "pages", is_flag=True, help="Write each report as a page as well.")
@click.option("--anonymous", is_flag=True, help="Keep names of files out of all that is written.")
@click.option("--model", default="base", show_default=True, metavar="NAME", help="Which weights.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="So many processes; without it, what cores and memory allow.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Let the workers of a Dask cluster do it, as tcp://scheduler:8786.",
)
@click.option(
    "--patience",
    "patience_min",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    metavar="MINUTES",
    help="Give a recording up after so long for each 5 MB of it.",
)
def command(  # noqa: PLR0913 - as many as there are options
    folder: str,
    *,
    out: Path,
    pages: bool,
    anonymous: bool,
    model: str,
    workers: int | None,
    cluster: str | None,
    patience_min: float,
) -> None:
    """Analyse every recording below FOLDER, and sum them up.

    Each gets a report of its own in RESULTS/reports; RESULTS/cohort.html and
    cohort.csv say how often each step was there and what a workshop should
    practise. Given again, the same command does what is missing, changed or
    failed, and nothing twice. A recording that cannot be analysed does not stop
    the others, and the exit code is then 2.
    """
    from rehearse.batch import Results, folder_of, made_with

    if workers is not None and cluster is not None:
        raise click.UsageError("--workers is for this machine, and a cluster has its own.")
    made = made_with(model)
    found = folder_of(folder, without=out.resolve())
    _require_any(found)
    with (
        leaving_in_order(),
        Results(out, made, pages=pages, anonymous=anonymous) as results,
    ):
        results.queue(found)
        batch = _Batch(results, found, model=model, patience_s=60 * patience_min)
        batch.go(partial(_executor, model, workers, cluster, found))


def _require_any(found: Folder) -> None:
    """Refuse a folder without recordings before anything is written."""
    if next(iter(found), None) is None:
        others = f" (files of other kinds: {found.passed_over})" if found.passed_over else ""
        raise InputError(
            f"There is no recording in {found.address!r}{others}.",
            hint="Name the folder that the recordings are in; typed closes are for "
            "`rehearse analyze`.",
        )


def _executor(model: str, workers: int | None, cluster: str | None, found: Folder) -> Executor:
    if cluster is not None:
        from rehearse.batch.cluster import DaskExecutor

        return DaskExecutor(cluster, model, found)
    from rehearse.batch.local import LocalExecutor
    from rehearse.batch.sizing import size_of

    return LocalExecutor(size_of(model, workers))


class _Batch:
    """One call."""

    def __init__(self, results: Results, found: Folder, *, model: str, patience_s: float) -> None:
        from rehearse.batch import Counts

        self._results, self._found = results, found
        self._model, self._patience_s = model, patience_s
        self._began = datetime.now(UTC)
        self._counts = Counts()

    def go(self, executor_of: Callable[[], Executor]) -> None:
        """Do it, sum up what is done whatever ends it, and leave with the right code."""
        executor = executor_of()
        try:
            self._run(executor)
        except OutputError:
            raise  # and nothing can be written beside it
        except BaseException:
            executor.close()
            self._write(executor.told)
            counts = self._counts
            click.echo(
                f"Stopped: {counts.done} of {counts.total} are done. Give the same command again, "
                "and it goes on from there.",
                err=True,
            )
            raise
        finally:
            executor.close()
        cohort = self._write(executor.told)
        self._tell(cohort)
        if cohort.failures:
            raise SystemExit(2)

    def _run(self, executor: Executor) -> None:
        from rehearse.batch import run
        from rehearse.cli.batch_progress import BatchProgress

        with BatchProgress(self._counts, executor) as progress:
            run(
                self._results,
                executor,
                self._counts,
                model=self._model,
                patience_s=self._patience_s,
                progress=progress.show,
            )

    def _write(self, workers: str) -> Cohort:
        from rehearse.batch.writing import write

        about: dict[str, Any] = {
            "began": self._began.isoformat(timespec="seconds"),
            "ended": datetime.now(UTC).isoformat(timespec="seconds"),
            "finished": self._results.finished,
            "folder": None if self._results.anonymous else self._found.address,
            "model": self._model,
            "workers": workers,
            "found": self._results.count,
            "passed_over": self._found.passed_over,
            "made_now": self._counts.made,
            "made_before": self._counts.same,
            "failed": self._counts.failed,
        }
        return write(self._results, about, model=self._model)

    def _tell(self, cohort: Cohort) -> None:
        from rehearse.cli.reporting import show
        from rehearse.outputs.cohort import write

        show(partial(write, cohort))
        counts, found = self._counts, self._found
        say = partial(click.echo, err=True)
        if counts.same:
            say(f"{counts.same} had a report already.")
        if found.passed_over:
            say(f"Passed over, because they are no recordings: {found.passed_over}.")
        if vanished := self._results.vanished():
            say(f"Reports of recordings that are there no more, not counted: {vanished}.")
        for each in counts.failures[:LISTED]:
            say(f"failed: {readable(each.name)}: {readable(each.error)}")
        if (left := len(counts.failures) - LISTED) > 0:
            say(f"failed: {left} more; {self._results.folder / 'manifest.json'} says why.")
        say(f"Written: {self._results.folder}")
