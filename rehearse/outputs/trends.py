"""The trend of a measure as a Plotly chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rehearse.outputs.telling import heading, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.history.estimates import Estimate
    from rehearse.history.measures import Measure
    from rehearse.history.overview import Overview, Row

LINE: Final = "#3b7dd8"
MEAN: Final = "#c9772b"
NEUTRAL: Final = "#8a8f94"
"""Colours that stand out on white and on black alike."""

HEIGHT: Final = 260


def library() -> str:
    """Plotly's own JavaScript, as its package carries it, to be put into a page."""
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs())


def trend(history: Overview, measure: Measure) -> str | None:
    """A chart as HTML, without the library; None where no take tells of the measure."""
    rows = [row for row in history.rows if row.repeats is None and measure.name in row.points]
    if not rows or measure.name not in history.standings:
        return None
    import plotly.graph_objects as go

    figure = go.Figure(layout=_layout(rows))
    values = [shown(measure, row.points[measure.name]) for row in rows]
    figure.update_yaxes(range=_range(measure, values))
    standing = history.standings[measure.name]
    newer = len(rows) - standing.recent.takes
    _band(figure, standing.recent, newer, len(rows) - 1)
    if standing.before is not None:
        _band(figure, standing.before, max(0, newer - standing.before.takes), newer - 1)
    for bound in measure.bounds or ():
        figure.add_hline(bound, line={"color": NEUTRAL, "width": 1, "dash": "dot"})
    figure.add_scatter(
        x=list(range(len(rows))),
        y=values,
        mode="lines+markers",
        line={"color": LINE, "width": 1.5},
        marker={"size": 7},
        text=[_told(row) for row in rows],
        hovertemplate="%{text}<br>%{y:.1f} " + measure.unit + "<extra></extra>",
        name=heading(measure),
    )
    return str(
        figure.to_html(
            full_html=False,
            include_plotlyjs=False,
            div_id=f"trend-{measure.name}",
            config={"displayModeBar": False, "responsive": True},
        )
    )


def _range(measure: Measure, values: Sequence[float]) -> tuple[float, float]:
    """What of the scale is shown: all of it from nothing, but for lengths, where that is far."""
    ends = [*values, *(measure.bounds or ())]
    low, high = min(ends), max(ends)
    if measure.kind != "length":
        low, high = 0.0, max(high, 1.0)
    room = 0.08 * (high - low or 1.0)
    return (low - room if measure.kind == "length" else 0.0), high + room


def _told(row: Row) -> str:
    when = row.held_at.astimezone()
    return f"session {row.number}, {when.day} {when:%b %Y}"


def _band(figure: Any, estimate: Estimate, first: int, last: int) -> None:
    """The mean of some takes across them, and its interval around it."""
    left, right = first - 0.4, last + 0.4
    if estimate.low is not None and estimate.high is not None:
        figure.add_shape(
            type="rect",
            x0=left,
            x1=right,
            y0=estimate.low,
            y1=estimate.high,
            fillcolor=MEAN,
            opacity=0.15,
            line_width=0,
            layer="below",
        )
    figure.add_shape(
        type="line",
        x0=left,
        x1=right,
        y0=estimate.value,
        y1=estimate.value,
        line={"color": MEAN, "width": 2},
    )


def _layout(rows: Sequence[Row]) -> dict[str, Any]:
    some = range(0, len(rows), max(1, len(rows) // 10))
    axis = {"gridcolor": "rgba(138,143,148,0.25)", "zeroline": False, "fixedrange": True}
    return {
        "height": HEIGHT,
        "margin": {"l": 40, "r": 10, "t": 10, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": NEUTRAL, "family": "system-ui, sans-serif"},
        "showlegend": False,
        "template": "none",
        "yaxis": axis,
        "xaxis": {
            **axis,
            "title": {"text": "session"},
            "tickvals": list(some),
            "ticktext": [str(rows[place].number) for place in some],
        },
    }
