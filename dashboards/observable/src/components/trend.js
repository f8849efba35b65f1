// One KPI over time: its interval, its control limits, its signals.
import * as Plot from "@observablehq/plot";
import {extent} from "d3";
import {counts, date, entryOf, formatOf, padded, periodName, plain, unitOf, unitWords} from "./format.js";
import {chart, el, plotStyle, table} from "./ui.js";

// Incomplete periods are never part of the line: what follows may still rise.
function marks(rows, card, width) {
  const at = (row) => date(row.period_start);
  const complete = rows.filter((row) => row.complete);
  const open = rows.filter((row) => !row.complete && row.value != null);
  const limited = rows.filter((row) => row.upper_limit != null && row.complete);
  const last = complete.findLast((row) => row.value != null);
  const signals = rows.filter((row) => row.signal);
  const [first, end] = [rows[0], rows.at(-1)];
  // words beside the diamond, towards the middle of the picture
  const left = (row) => at(row) - at(first) > (at(end) - at(first)) / 2;
  return [
    Plot.areaY(complete, {x: at, y1: "lower", y2: "upper", fill: "var(--series-1)", fillOpacity: 0.16}),
    Plot.lineY(limited, {x: at, y: "center", stroke: "var(--quiet)", strokeWidth: 0.8}),
    ...["lower_limit", "upper_limit"].map((y) =>
      Plot.lineY(limited, {x: at, y, stroke: "var(--quiet)", strokeWidth: 1.3, strokeDasharray: "1.5 3"})),
    Plot.lineY(complete, {x: at, y: "value", stroke: "var(--series-1)", strokeWidth: 2}),
    Plot.dot(complete, {x: at, y: "value", r: width < 500 ? 2.5 : 3.2, fill: "var(--series-1)"}),
    open.length && last
      ? Plot.lineY([last, ...open], {x: at, y: "value", stroke: "var(--quiet)", strokeDasharray: "2 4"}) : null,
    Plot.ruleX(open, {x: at, y1: "lower", y2: "upper", stroke: "var(--quiet)", strokeDasharray: "2 3"}),
    Plot.dot(open, {x: at, y: "value", r: 4.5, stroke: "var(--series-1)", strokeWidth: 1.6, fill: "var(--paper)"}),
    Plot.text(open.slice(-1), {x: at, y: "value", text: () => "still open", dy: -15, textAnchor: "end", dx: 6,
      fill: "var(--ink-2)", fontStyle: "italic"}),
    ...signals.map((row, i) => Plot.text([row], {x: at, y: "value", text: "signal", dy: i % 2 ? 14 : 0,
      dx: left(row) ? -10 : 10, textAnchor: left(row) ? "end" : "start", fill: "var(--series-2-text)", fontWeight: 600,
      stroke: "var(--paper)", strokeWidth: 4})),
    Plot.dot(signals,
      {x: at, y: "value", r: 6, symbol: "diamond", fill: "var(--series-2)", stroke: "var(--paper)", strokeWidth: 1.2}),
    Plot.tip(rows.filter((row) => row.value != null),
      Plot.pointerX({x: at, y: "value", title: card.describe, fill: "var(--paper)", stroke: "var(--rule)"}))
  ];
}

function words(rows, card) {
  const last = rows.findLast((row) => row.complete && row.value != null);
  const open = rows.filter((row) => !row.complete && row.value != null);
  const signals = rows.filter((row) => row.signal);
  const said = (row) => `${card.period(row.period_start)} (${row.signal})`;
  return [
    last ? `${card.describe(last)}.` : "No complete period with answers yet.",
    signals.length ? `Out of the ordinary: ${signals.map(said).join(", ")}.` : "Nothing out of the ordinary.",
    open.length
      ? `Still open, and likely to change: ${open.map((row) => card.period(row.period_start)).join(", ")}.` : ""
  ].join(" ").trim();
}

export function trend(data, kpi) {
  const scored = data.kpi_scorecard.find((row) => row.kpi === kpi);
  const format = formatOf(scored);
  const entry = entryOf(data, kpi);
  const limits = new Map(data.kpi_trend.filter((row) => row.kpi === kpi).map((row) => [row.period_start, row]));
  const rows = data.kpi_by_period.filter((row) => row.kpi === kpi)
    .map((row) => ({...limits.get(row.period_start), ...row}));
  const period = (text) => periodName(text, data.about.period, true);
  const describe = (row) =>
    `${period(row.period_start)}: ${format.value(row.value)} (${format.range(row.lower, row.upper)}), `
      + counts(row.responses, entry);
  const card = {describe, period};

  // A target far from everything that happened would flatten the picture.
  const all = rows.flatMap((row) => [row.value, row.lower, row.upper, row.lower_limit, row.upper_limit])
    .filter((v) => v != null);
  const [lo, hi] = extent(all);
  const shown = scored.target != null && scored.target > lo - (hi - lo) / 2 && scored.target < hi + (hi - lo) / 2;
  const target = scored.target == null ? null : `target ${plain(scored.target)}${unitOf(scored.unit)}`;
  const domain = padded(shown ? [...all, scored.target] : all);

  return [chart({
    title: `${scored.kpi_name}, ${unitWords(scored.unit)}`,
    label: `Line chart of ${scored.kpi_name} by ${data.about.period} with 95 % intervals and control limits. `
      + words(rows, card),
    key: [["band", "value and 95 % interval"], ["limits", "control limits"], ["center", "their centre"],
      shown ? ["target", target] : null, ["signal", "out of the ordinary"],
      rows.some((row) => !row.complete && row.value != null) ? ["hollow", "period still open"] : null].filter(Boolean),
    draw: (width) => Plot.plot({
      width,
      height: Math.round(Math.min(340, Math.max(230, width * 0.45))),
      marginLeft: 44, marginRight: 14, marginTop: 18, marginBottom: 36,
      style: plotStyle,
      x: {type: "utc", domain: extent(rows, (row) => date(row.period_start)), insetLeft: 8, insetRight: 8, label: null,
        ticks: width < 500 ? 5 : 10},
      y: {domain, label: null, grid: true, ticks: 5},
      marks: [
        shown ? Plot.ruleY([scored.target], {stroke: "var(--ink-2)", strokeWidth: 1.2, strokeDasharray: "7 4"}) : null,
        ...marks(rows, card, width)
      ]
    }),
    note: [words(rows, card), target && !shown ? ` The ${target} lies outside the picture.` : ""].join(""),
    figures: table(`${scored.kpi_name}, ${unitWords(scored.unit)}`, [
      {name: "Period", value: (row) => period(row.period_start) + (row.complete ? "" : ", still open")},
      {name: "Value", numeric: true, value: (row) => format.value(row.value)},
      {name: "95 % interval", numeric: true,
        value: (row) => (row.value == null ? "–" : format.range(row.lower, row.upper))},
      {name: "Based on", numeric: true, value: (row) => counts(row.responses, entry)},
      {name: "Control limits", numeric: true,
        value: (row) => (row.upper_limit == null ? "–" : format.range(row.lower_limit, row.upper_limit))},
      {name: "Signal", value: (row) => row.signal ?? ""},
      {name: "Left out", numeric: true, value: (row) => row.left_out}
    ], rows)
  }), about(entry)];
}

// What the catalogue says of the KPI.
function about(entry) {
  const more = [["Formula", entry.formula], ["Trend", entry.trend_analysis], ["When it moves", entry.diagnostics],
    ["Beware", entry.risk_warnings], ["What a change is worth", entry.change_impact]].filter(([, words]) => words);
  return el("div", {class: "about"}, el("p", {}, entry.definition),
    el("details", {}, el("summary", {}, "More about this KPI"),
      el("dl", {}, more.flatMap(([name, words]) => [el("dt", {}, name), el("dd", {}, words)]))));
}
