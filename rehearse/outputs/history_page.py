"""The history as a page: of the server, and as one HTML file that opens without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rehearse.history.measures import EACH_STEP, MEASURES
from rehearse.outputs import trends
from rehearse.outputs.one_file import page
from rehearse.outputs.telling import (
    best,
    counted,
    habit,
    heading,
    interval,
    share,
    takes,
    told,
    value,
    verdict,
)
from rehearse.outputs.templating import text_of
from rehearse.session import ANY
from rehearse.steps import STEP_NAMES, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rehearse.history.measures import Measure
    from rehearse.history.overview import Overview, Row
    from rehearse.outputs.links import Links

PART: Final = "parts/history.html"

STYLES: Final = ("page.css", "charts.css", "history.css")
"""What the page looks like, in this order."""

SCRIPT: Final = "charts.js"
"""What draws the charts, after Plotly's own script (`trends.library_path`)."""

LISTED: Final = trends.DRAWN
"""Sessions in the table of one page of the server: those of the charts, so that every value of
a chart is in it."""

LISTED_IN_FILE: Final = 1000
"""Sessions in the table of a file; a browser takes many seconds over ten thousand. Ours."""

COLUMNS: Final = ("length", "fillers", "hesitations", "cheesy", "pace", "pitch")
"""Every measure that has a chart; the steps have columns of their own."""


def html(history: Overview) -> str:
    """Write a history as one file.

    Parameters
    ----------
    history
        With all of its rows.
    """
    drawn = fields(history, links=None, listed=LISTED_IN_FILE)
    scripts = [trends.library_path().read_text("utf-8"), text_of(SCRIPT)] if drawn["charts"] else []
    return page(PART, drawn, title=title(history), styles=STYLES, scripts=scripts)


def title(history: Overview) -> str:
    """What the page is called: "Your practice for Acme"."""
    return "Your practice" + ("" if history.scope == ANY else f" for {history.scope}")


def fields(
    history: Overview, *, links: Links | None, listed: int = LISTED, page: int = 1
) -> dict[str, Any]:
    """What the template of the history is given.

    Parameters
    ----------
    history
        With its last `listed * page` rows, or more.
    links
        Where numbers, labels and points lead to; None where they lead nowhere, as in a file.
    listed
        So many sessions are in the table.
    page
        Of the table, >= 1: the first has the newest sessions. Where there is no such page it
        is the last one. The charts are of the newest takes in any case.
    """
    page = min(page, max(1, -(-history.count // listed)))
    newer = (page - 1) * listed
    rows = history.rows[: len(history.rows) - newer][-listed:]
    measures = [each for each in MEASURES if each.name in history.standings]
    return {
        "heading": "Your practice",
        "label": "" if history.scope == ANY else history.scope,
        "links": links,
        "count": counted(history.count, "session"),
        "days": _days(history),
        "goal": "" if history.goal is None else history.goal.text,
        "reached": history.goals_reached,
        "judged": history.goals_judged,
        "recent_takes": _recent_takes(history),
        "standings": [_standing(history, each) for each in measures],
        "steps": _steps(history) if measures else [],
        "habits": [habit(each) for each in history.habits],
        "bests": best(history),
        "style_marks": trends.STYLE_MARKS,
        "drawn": _drawn(history),
        "charts": list(_charts(history)),
        **_turning(history, links, listed, page),
        "kept": bool(history.rows),
        "sessions": [_session(row) for row in reversed(rows)],
        "pairs": {"first": rows[-2].number, "second": rows[-1].number}
        if links is not None and len(rows) > 1
        else None,
        "step_names": [STEP_NAMES[step] for step in STEPS],
        "columns": [heading(each) for each in MEASURES if each.name in COLUMNS],
    }


def _days(history: Overview) -> list[str]:
    """The first day and the last, where all rows are there; one where both are the same."""
    rows = history.rows
    if not rows or len(rows) < history.count:
        return []
    return list(dict.fromkeys(_day(row.held_at) for row in (rows[0], rows[-1])))


def _recent_takes(history: Overview) -> str:
    newer = max((each.recent.takes for each in history.standings.values()), default=0)
    return f"last {takes(newer)}" if newer > 1 else "last take"


def _drawn(history: Overview) -> str:
    if history.count <= trends.DRAWN:
        return ""
    return f"Of {counted(history.count, 'session')} the charts show the last {trends.DRAWN} takes."


def _turning(history: Overview, links: Links | None, listed: int, page: int) -> dict[str, Any]:
    """Which sessions are in the table, and where the others are."""
    last = min(page * listed, history.count)
    of = counted(history.count, "session")
    if history.count <= listed:
        left_out = ""
    elif links is None:
        left_out = f"The last {listed} of {of}; `rehearse history --json` writes all of them."
    else:
        left_out = f"{(page - 1) * listed + 1} to {last} of {of}, the newest first."
    return {
        "left_out": left_out,
        "newer": links.history(history.scope, page=page - 1) if links and page > 1 else None,
        "older": links.history(history.scope, page=page + 1)
        if links and last < history.count
        else None,
    }


def _day(when: datetime) -> str:
    local = when.astimezone()
    return f"{local.day} {local:%B %Y}"


def _standing(history: Overview, measure: Measure) -> dict[str, str]:
    standing = history.standings[measure.name]
    mark, _, words = verdict(standing)
    return {
        "title": heading(measure),
        "recent": value(measure, standing.recent.value),
        "interval": interval(measure, standing.recent),
        "before": "" if standing.before is None else value(measure, standing.before.value),
        "kind": {"improved": "good", "worse": "bad"}.get(standing.verdict, "quiet"),
        "mark": mark,
        "words": words,
    }


def _steps(history: Overview) -> list[dict[str, str]]:
    steps = []
    for measure in EACH_STEP:
        standing = history.standings[measure.name]
        steps.append(
            {
                "title": STEP_NAMES[measure.title],
                "recent": share(standing.recent),
                "before": "" if standing.before is None else share(standing.before),
            }
        )
    return steps


def _charts(history: Overview) -> Iterator[dict[str, Any]]:
    for measure in MEASURES:
        if (numbers := trends.trend(history, measure)) is not None:
            _, _, words = verdict(history.standings[measure.name])
            yield {
                "name": measure.name,
                "title": heading(measure),
                "numbers": numbers,
                "told": " ".join(
                    each
                    for each in (trends.told(history, measure), words and f"{words.capitalize()}.")
                    if each
                ),
            }


def _session(row: Row) -> dict[str, Any]:
    when = row.held_at.astimezone()
    return {
        "number": row.number,
        "repeats": row.repeats,
        "when": f"{when.day} {when:%b %Y %H:%M}",
        "label": row.label,
        "steps": [row.points[f"step.{step}"].amount > 0 for step in STEPS],
        "told": [told(row.points, each.name) for each in MEASURES if each.name in COLUMNS],
    }
