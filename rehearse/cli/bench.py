"""`rehearse bench`: how right this program is about labelled closes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehearse.closebench.answers import Answer
    from rehearse.closebench.items import Item
    from rehearse.closebench.postings import PostingItem
    from rehearse.closebench.verdicts import Verdict
    from rehearse.models import Models
    from rehearse.report import Report


@click.command("bench")
@click.argument("file", metavar="FILE.jsonl", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Everything, as one JSON object.")
@click.option("--model", default="base", show_default=True, metavar="NAME", help="Which weights.")
@click.option(
    "--mistakes",
    default=20,
    show_default=True,
    type=click.IntRange(min=0),
    help="How many wrong answers to show.",
)
def command(*, file: Path, as_json: bool, model: str, mistakes: int) -> None:
    """Score this program on labelled closes, exchanges or postings.

    FILE.jsonl holds one labelled close a line, as text or as the name of a recording;
    or an exchange with an interviewer; or a job posting with closes beside it.
    docs/closebench.md says how.
    """
    from rehearse.closebench.items import read_lines

    first = read_lines(file)[0][0]
    if "posting" in first:
        _show_verdicts(file, _postings(file, as_json=as_json), mistakes, as_json=as_json)
    elif "reply" in first or "turns" in first:
        _show_verdicts(file, _exchanges(file, as_json=as_json), mistakes, as_json=as_json)
    else:
        _closes(file, model, mistakes, as_json=as_json)


def _closes(file: Path, model: str, mistakes: int, *, as_json: bool) -> None:
    import time

    from rehearse.cli.progress import Progress
    from rehearse.closebench.items import read
    from rehearse.closebench.scores import score

    items = read(file)
    answer = _judge(items, model)
    answers: list[Answer] = []
    seconds: list[float] = []
    with Progress(file.name, shown=not as_json) as progress:
        for number, item in enumerate(items):
            began = time.perf_counter()
            answers.append(answer(item))
            seconds.append(time.perf_counter() - began)
            progress.count(number + 1, len(items))
    scores = score(items, answers)
    if as_json:
        from rehearse.outputs.bench import as_json as written

        click.echo(written(file.name, scores, seconds))
        return
    from rehearse.cli.console import report_console
    from rehearse.outputs.bench import write

    write(file.name, scores, seconds, report_console(), most=mistakes)


def _exchanges(file: Path, *, as_json: bool) -> list[Verdict]:
    """What is said of each labelled exchange."""
    from rehearse.cli.progress import Progress
    from rehearse.closebench import exchanges
    from rehearse.closebench.items import read_lines
    from rehearse.errors import InputError
    from rehearse.interview.turns import Turn
    from rehearse.models import Models
    from rehearse.pipeline import analyze_turns

    items = [exchanges.item(*each) for each in read_lines(file)]
    models = Models(None)
    found: list[Verdict] = []
    with Progress(file.name, shown=not as_json) as progress:
        for number, item in enumerate(items):
            try:
                turns = [Turn(words, theirs) for words, theirs in item.turns]
                told = analyze_turns(turns, item.id, models).exchanges
            except InputError:
                told = ()
            found.extend(exchanges.verdicts(item, told[0] if told else None))
            progress.count(number + 1, len(items))
    return found


def _postings(file: Path, *, as_json: bool) -> list[Verdict]:
    """What is said of each labelled posting and of the closes beside it."""
    from rehearse.cli.progress import Progress
    from rehearse.closebench import postings
    from rehearse.closebench.items import read_lines
    from rehearse.models import Models

    items = [postings.item(*each) for each in read_lines(file)]
    models = Models(None)
    found: list[Verdict] = []
    with Progress(file.name, shown=not as_json) as progress:
        for number, item in enumerate(items):
            reports = _reports(item, models)
            # What the posting asks for is the same in each of them.
            told = next((each.criteria or () for each in reports if each is not None), ())
            found.extend(postings.of_posting(item, told))
            for close, report in zip(item.closes, reports, strict=True):
                found.extend(postings.of_close(item, close, report))
            progress.count(number + 1, len(items))
    return found


def _reports(item: PostingItem, models: Models) -> list[Report | None]:
    """The report of each close beside a posting; None where nothing can be told of one."""
    from rehearse.errors import InputError
    from rehearse.interview import Interview
    from rehearse.interview.posting import Posting, cut
    from rehearse.pipeline import analyze_text

    interview = Interview(Posting(item.id, cut(item.posting)), item.notes or None)
    found: list[Report | None] = []
    for close in item.closes:
        try:
            found.append(analyze_text(close.text, close.id, models, interview=interview))
        except InputError:
            found.append(None)
    return found


def _show_verdicts(file: Path, found: list[Verdict], mistakes: int, *, as_json: bool) -> None:
    from rehearse.outputs import bench

    if as_json:
        click.echo(bench.verdicts_json(file.name, found))
        return
    from rehearse.cli.console import report_console

    bench.write_verdicts(file.name, found, report_console(), most=mistakes)


def _judge(items: list[Item], model: str) -> Callable[[Item], Answer]:
    """Load what the items need, and give what answers for one of them."""
    from rehearse.assets import asset
    from rehearse.audio.decode import SoundFile
    from rehearse.closebench import answers
    from rehearse.errors import InputError
    from rehearse.models import Models
    from rehearse.pipeline import analyze, analyze_text

    asset(model, kind="recogniser")
    sound = any(item.text is None for item in items)
    models = Models(model if sound else None)
    if sound:
        models.engine()
    models.language()

    def judged(item: Item) -> Report:
        if item.text is not None:
            return analyze_text(item.text, item.id, models)
        if item.audio is None:
            raise RuntimeError("an item without words or sound was read")
        return analyze(SoundFile(item.audio), models)

    def answer(item: Item) -> Answer:
        try:
            return answers.of(judged(item))
        except InputError as error:
            return answers.none(item, error.message)

    return answer
