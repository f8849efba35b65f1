// How long until it is solved, and how long they stay: steps with bands.
import * as Plot from "@observablehq/plot";
import {groups, max, min} from "d3";
import {count, fixed, periodName} from "./format.js";
import {chart, plotStyle, table} from "./ui.js";

// The styles of the series, in the order in which they are named: colour, dash and marker.
const looks = [
  {colour: "var(--series-1)", text: "var(--series-1-text)", dash: null, symbol: "circle"},
  {colour: "var(--series-2)", text: "var(--series-2-text)", dash: "6 3", symbol: "diamond"},
  {colour: "var(--series-3)", text: "var(--series-3-text)", dash: "2 3", symbol: "square"}
];

// Names at the end of the lines, moved apart if they would overlap.
function ends(series, x, y, height, domain, gap = 15) {
  const scale = (height - 50) / (domain[1] - domain[0]);
  const labels = series.map((s) => ({...s, at: s.rows.at(-1)})).sort((a, b) => y(b.at) - y(a.at));
  let above = -Infinity;
  for (const label of labels) {
    const here = (domain[1] - y(label.at)) * scale;
    label.dy = Math.max(0, above + gap - here);
    above = here + label.dy;
  }
  return labels.map((s) => Plot.text([s.at],
    {x, y, text: () => s.name, dx: 8, dy: s.dy, textAnchor: "start", fill: s.look.text, fontWeight: 600}));
}

function curves(series, {x, y, width, height, marginRight, xAxis, yAxis}) {
  return Plot.plot({
    width, height, marginLeft: 40, marginRight, marginTop: 12, marginBottom: 38,
    style: plotStyle,
    x: {label: null, insetLeft: 2, ...xAxis},
    y: {label: null, grid: true, ticks: 5, tickFormat: (d) => `${d} %`, ...yAxis},
    marks: [
      ...series.map((s) => Plot.areaY(s.rows,
        {x, y1: "lower", y2: "upper", curve: "step-after", fill: s.look.colour, fillOpacity: 0.15, clip: true})),
      ...series.map((s) => Plot.lineY(s.rows, {x, y, curve: "step-after", stroke: s.look.colour, strokeWidth: 1.8,
        strokeDasharray: s.look.dash, clip: true})),
      ...series.map((s) => Plot.dot(s.rows.slice(1), {x, y, r: 2.6, symbol: s.look.symbol, fill: s.look.colour})),
      ...ends(series, x, (row) => row[y], height, yAxis.domain)
    ]
  });
}

const percent = (v) => `${fixed(v, 1)} %`;
const range = (row) => `${fixed(row.lower, 1)} to ${fixed(row.upper, 1)} %`;
const span = (hours) => (hours < 24 ? `${hours} h` : `${hours / 24} d`);

// Which months: the latest, the same one a year before (or the first), the slowest.
function chosen(data) {
  const all = groups(data.resolution_curve, (row) => row.period_start);
  const reach = (rows) => rows.findLast((row) => row.age_hours <= 24)?.resolved_share ?? 0;
  const closed = new Set(data.kpi_by_period.filter((row) => row.kpi === "resolution_time" && row.complete)
    .map((row) => row.period_start));
  const known = all.filter(([start]) => closed.has(start));
  const from = known.length ? known : all;
  const latest = from.at(-1);
  const yearAgo = from.find(([start]) => start.slice(5) === latest[0].slice(5)
    && Number(start.slice(0, 4)) === Number(latest[0].slice(0, 4)) - 1) ?? from[0];
  const slowest = from.reduce((a, b) => (reach(b[1]) < reach(a[1]) ? b : a));
  const name = (start) => periodName(start, data.about.period, true);
  const picks = [[latest, `${name(latest[0])}`], [slowest, `${name(slowest[0])}, slowest`],
    [yearAgo, name(yearAgo[0])]];
  return picks.filter(([pick], i) => picks.findIndex(([other]) => other === pick) === i)
    .map(([[start, rows], label], i) =>
      ({name: label, start, rows: rows.filter((row) => row.age_hours <= 168), look: looks[i]}));
}

export function resolution(data) {
  const series = chosen(data);
  const at = (rows, age) => rows.find((row) => row.age_hours === age);
  const said = (s) => `${s.name}: ${[24, 72, 168].map((age) => at(s.rows, age)).filter(Boolean)
    .map((row) => `${percent(row.resolved_share)} within ${span(row.age_hours)}`).join(", ")}`;
  return chart({
    title: `Share of cases resolved, by age since opening`,
    label: `Step curves of the share of cases resolved by age. ${series.map(said).join(". ")}.`,
    draw: (width) => curves(series, {
      x: "age_hours", y: "resolved_share", width, height: Math.round(Math.min(340, Math.max(250, width * 0.45))),
      marginRight: width < 500 ? 112 : 130,
      xAxis: {domain: [0, 168], ticks: width < 500 ? [0, 24, 72, 120, 168] : [0, 12, 24, 48, 72, 96, 120, 144, 168],
        tickFormat: span},
      yAxis: {domain: [0, 100]}
    }),
    note: `Cases: ${series.map((s) => `${s.name.replace(", slowest", "")} ${count(s.rows[0].responses)}`).join(", ")}.`
      + " Cases still open count as open.",
    figures: table("Share of cases resolved, with 95 % interval",
      [{name: "Age", value: (row) => span(row.age_hours)}, ...series.flatMap((s) => [
        {name: s.name, numeric: true,
          value: (row) => {
            const own = at(s.rows, row.age_hours);
            return own ? `${percent(own.resolved_share)} (${range(own)})` : "–";
          }}])],
      series.reduce((a, b) => (b.rows.length > a.rows.length ? b : a)).rows)
  });
}

export function retention(data) {
  const order = ["recovered", "not recovered", "never failed"];
  const series = groups(data.retention_curve, (row) => row.customer_group)
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([name, rows]) => ({name, rows, look: looks[order.indexOf(name)] ?? looks[2]}));
  const floor = Math.max(0, Math.floor((min(data.retention_curve, (row) => row.lower) ?? 0) / 10) * 10);
  const end = max(data.retention_curve, (row) => row.age_days);
  const last = (s) => s.rows.at(-1);
  return chart({
    title: "Share of customers still there",
    label: `Step curves of the share of customers still there. ${series.map((s) =>
      `${s.name}: ${percent(last(s).retained_share)} after ${last(s).age_days} days`).join("; ")}.`,
    draw: (width) => curves(series, {
      x: "age_days", y: "retained_share", width, height: Math.round(Math.min(340, Math.max(250, width * 0.45))),
      marginRight: width < 500 ? 100 : 130,
      xAxis: {domain: [0, end],
        ticks: (width < 500 ? [0, 90, 180, 365] : [0, 30, 90, 180, 270, 365, 545, 730, 1095, 1825])
          .filter((d) => d <= end), tickFormat: (d) => `${d} d`},
      yAxis: {domain: [floor, 100]}
    }),
    note: `${series.map((s) => `${s.name[0].toUpperCase()}${s.name.slice(1)}: ${percent(last(s).retained_share)} `
      + `(${range(last(s))}) after ${last(s).age_days} days, ${count(last(s).responses)} customers`).join(". ")}. `
      + `The axis begins at ${floor} %.`,
    figures: table("Share of customers still there, with 95 % interval",
      [{name: "Days", value: (row) => row.age_days},
        ...series.map((s) => ({name: s.name, numeric: true, value: (row) => {
        const own = s.rows.find((other) => other.age_days === row.age_days);
        return own ? `${percent(own.retained_share)} (${range(own)})` : "–";
      }}))],
      series.reduce((a, b) => (b.rows.length > a.rows.length ? b : a)).rows)
  });
}
