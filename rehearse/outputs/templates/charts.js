// Draws the charts of a history: one for each element with the class "chart", whose numbers lie
// in the element that its data-numbers names. rehearse/outputs/trends.py says what they are.
"use strict";

(() => {
  const HEIGHT = 240;
  const ONE_TOUCH_MS = 400;
  const DARK = matchMedia("(prefers-color-scheme: dark)");
  // Where nothing hovers, the first touch of a point tells and only the second opens.
  const TOUCH = matchMedia("(hover: none)");

  const colour = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function shapes(told) {
    const line = (x0, x1, y, look) => ({ type: "line", x0, x1, y0: y, y1: y, line: look });
    const last = told.sessions.length - 0.5;
    const bars = told.bars.map((bar) =>
      line(-0.5, last, bar, { color: colour("--quiet"), width: 1, dash: "dot" }));
    const means = told.means.map((mean) =>
      line(mean.first - 0.4, mean.last + 0.4, mean.value, { color: colour("--mean"), width: 2 }));
    const bands = told.means.filter((mean) => mean.low !== null).map((mean) => ({
      type: "rect",
      x0: mean.first - 0.4,
      x1: mean.last + 0.4,
      y0: mean.low,
      y1: mean.high,
      fillcolor: colour("--mean"),
      opacity: 0.16,
      line: { width: 0 },
      layer: "below",
    }));
    return [...bands, ...bars, ...means];
  }

  function layout(told) {
    const axis = {
      color: colour("--quiet"),
      gridcolor: colour("--line"),
      linecolor: colour("--line"),
      zeroline: false,
      fixedrange: true,
    };
    const last = told.sessions.length - 0.5;
    return {
      height: HEIGHT,
      margin: { l: 40, r: 8, t: 8, b: 40 },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: colour("--quiet"), family: "system-ui, sans-serif", size: 12 },
      showlegend: false,
      dragmode: false,
      hovermode: "closest",
      hoverdistance: 40,
      hoverlabel: {
        bgcolor: colour("--raised"),
        bordercolor: colour("--accent"),
        align: "left",
        font: { color: colour("--ink"), family: "system-ui, sans-serif", size: 13 },
      },
      yaxis: {
        ...axis,
        range: told.range,
        nticks: 6,
        // Nobody says half a line.
        ...(told.digits === 0 && told.range[1] < 6 ? { dtick: 1, tick0: 0 } : {}),
      },
      xaxis: {
        ...axis,
        title: { text: "session", standoff: 6 },
        showgrid: false,
        range: [-0.5, last],
        tickvals: told.ticks,
        ticktext: told.ticks.map((place) => String(told.sessions[place])),
        tickangle: 0,
      },
      shapes: shapes(told),
    };
  }

  function points(told) {
    const many = told.values.length > 60;
    return {
      type: "scatter",
      mode: "lines+markers",
      x: told.values.map((_, place) => place),
      y: told.values,
      // No bold words: Plotly makes them with style attributes, which a strict policy refuses.
      text: told.sessions.map((number, place) =>
        `${told.values[place].toFixed(told.digits)} ${told.unit}<br>` +
        `session ${number} · ${told.dates[place]}`),
      cliponaxis: false,
      hovertemplate: "%{text}<extra></extra>",
      line: { color: colour("--accent"), width: many ? 1 : 1.5 },
      marker: { color: colour("--accent"), size: many ? 4 : 7 },
    };
  }

  function leads(chart, told) {
    let touched = null;
    let since = 0;
    chart.on("plotly_click", (event) => {
      const place = event.points[0].pointNumber;
      // One touch arrives as several clicks.
      const again = touched === place && performance.now() - since > ONE_TOUCH_MS;
      if (TOUCH.matches && !again) {
        if (touched !== place) since = performance.now();
        touched = place;
        return;
      }
      location.assign(`${chart.dataset.sessions}/${told.sessions[place]}`);
    });
  }

  function draw(chart) {
    const told = JSON.parse(document.getElementById(chart.dataset.numbers).textContent);
    const quiet = { displayModeBar: false, responsive: true, doubleClick: false, showTips: false };
    const drawing = () => Plotly.react(chart, [points(told)], layout(told), quiet);
    drawing();
    DARK.addEventListener("change", drawing);
    if (chart.dataset.sessions) leads(chart, told);
  }

  for (const chart of document.querySelectorAll(".chart")) draw(chart);
})();
