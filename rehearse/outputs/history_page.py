"""The history as one HTML file that opens without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehearse.history.measures import EACH_STEP, MEASURES
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
from rehearse.outputs.templating import environment, text_of
from rehearse.outputs.trends import library, trend
from rehearse.session import ANY
from rehearse.steps import STEP_NAMES, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rehearse.history.measures import Measure
    from rehearse.history.overview import Overview, Row

COLUMNS = ("length", "fillers", "cheesy", "pace")


def html(history: Overview) -> str:
    """Write a history as a page.

    Parameters
    ----------
    history
        With all of its rows.
    """
    from markupsafe import Markup

    page = environment().get_template("history.html")
    shown = [each for each in MEASURES if each.name in history.standings]
    rows = history.rows
    return page.render(
        title="Your practice" + ("" if history.scope == ANY else f" for {history.scope}"),
        count=counted(history.count, "session"),
        days=list(dict.fromkeys(_day(row.held_at) for row in (rows[0], rows[-1]))) if rows else [],
        goal="" if history.goal is None else history.goal.text,
        reached=history.goals_reached,
        judged=history.goals_judged,
        recent_takes=f"last {takes(max(s.recent.takes for s in history.standings.values()))}"
        if history.standings
        else "",
        standings=[_standing(history, each) for each in shown],
        steps=_steps(history) if history.standings else [],
        habits=[habit(each) for each in history.habits],
        bests=best(history),
        charts=list(_charts(history)),
        sessions=[_session(row) for row in reversed(rows)],
        step_names=[STEP_NAMES[step] for step in STEPS],
        columns=[heading(each) for each in MEASURES if each.name in COLUMNS],
        # What Plotly's package and ours carry, and nothing that anybody said.
        style=Markup(text_of("page.css")),  # noqa: S704
        library=Markup(library()) if rows else "",  # noqa: S704
    )


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
        before = "" if standing.before is None else f"before: {share(standing.before)}"
        steps.append(
            {
                "title": STEP_NAMES[measure.title],
                "recent": share(standing.recent),
                "before": before,
            }
        )
    return steps


def _charts(history: Overview) -> Iterator[dict[str, Any]]:
    from markupsafe import Markup

    for measure in MEASURES:
        if (drawn := trend(history, measure)) is not None:
            _, _, words = verdict(history.standings[measure.name])
            # Numbers and dates: Plotly escapes what it is given.
            yield {"title": heading(measure), "told": words, "drawn": Markup(drawn)}  # noqa: S704


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
