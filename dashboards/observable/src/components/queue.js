// Who waits for whom: the hours of solved cases, the open cases; and whom to call.
import * as Plot from "@observablehq/plot";
import {extent, groups, max, sum} from "d3";
import {count, counts, date, entryOf, fixed, formatOf, lasting, periodName} from "./format.js";
import {chart, el, list, plotStyle, table} from "./ui.js";

const looks = [
  {colour: "var(--series-1)", text: "var(--series-1-text)", dash: null, symbol: "circle"},
  {colour: "var(--series-2)", text: "var(--series-2-text)", dash: "6 3", symbol: "diamond"},
  {colour: "var(--series-3)", text: "var(--series-3-text)", dash: "2 3", symbol: "square"}
];

// KPIs of one unit over the complete periods, each with its name at its end.
function lines(data, {title, kpis, unit, note}) {
  const {period} = data.about;
  const series = Object.entries(kpis).map(([kpi, name], i) => ({kpi, name, look: looks[i],
    rows: data.kpi_by_period.filter((row) => row.kpi === kpi && row.complete && row.value != null)}))
    .filter((s) => s.rows.length > 1);
  if (!series.length) return "";
  const rows = series.flatMap((s) => s.rows);
  const at = (row) => date(row.period_start);
  const last = (s) => s.rows.at(-1);
  const starts = [...new Set(rows.map((row) => row.period_start))].sort();
  const range = (row) => formatOf({unit: "", ...row}).range(row.lower, row.upper);
  const height = 230, top = max(rows, (row) => row.upper ?? row.value) * 1.05;
  const labels = series.toSorted((a, b) => last(b).value - last(a).value);
  let above = -Infinity;
  for (const s of labels) {
    const here = (top - last(s).value) * (height - 48) / top;
    s.dy = Math.max(0, above + 15 - here);
    above = here + s.dy;
  }
  const said = (s) => `${s.name} ${fixed(last(s).value, 1)}${unit} (${range(last(s))}) `
    + `in ${periodName(last(s).period_start, period)}`;
  return chart({
    title,
    label: `Line chart. ${series.map(said).join("; ")}.`,
    draw: (width) => Plot.plot({
      width, height, marginLeft: 40, marginRight: 92, marginTop: 12, marginBottom: 36, style: plotStyle,
      x: {type: "utc", domain: extent(rows, at), label: null, ticks: width < 500 ? 3 : 5, insetLeft: 6},
      y: {domain: [0, top], label: null, grid: true, ticks: 5, tickFormat: (d) => `${d}${unit}`},
      marks: series.flatMap((s) => [
        Plot.areaY(s.rows, {x: at, y1: "lower", y2: "upper", fill: s.look.colour, fillOpacity: 0.14}),
        Plot.lineY(s.rows, {x: at, y: "value", stroke: s.look.colour, strokeWidth: 1.8, strokeDasharray: s.look.dash}),
        Plot.dot(s.rows, {x: at, y: "value", r: 2.6, symbol: s.look.symbol, fill: s.look.colour}),
        Plot.text([last(s)], {x: at, y: "value", text: () => s.name, dx: 8, dy: s.dy, textAnchor: "start",
          fill: s.look.text, fontWeight: 600})
      ])
    }),
    note,
    figures: table(title, [{name: "Period", value: (start) => periodName(start, period, true)},
      ...series.map((s) => ({name: s.name, numeric: true, value: (start) => {
        const row = s.rows.find((r) => r.period_start === start);
        return row ? `${fixed(row.value, 1)}${unit} (${range(row)})` : "–";
      }}))], starts)
  });
}

const ages = ["below 1 day", "1 to 3 days", "3 to 7 days", "7 to 30 days", "30 days or more"];

// The open cases by age, and whose turn it is.
function openCases(data) {
  const rows = data.queue.map((row) => ({...row, name: ages[row.age]}));
  const total = sum(rows, (row) => row.cases), overdue = sum(rows, (row) => row.overdue);
  const turns = groups(rows, (row) => row.waiting_for)
    .map(([name, own], i) => ({name, own, look: looks[i], cases: sum(own, (row) => row.cases)}));
  const atAge = (name) => rows.filter((row) => row.name === name);
  return chart({
    title: "Open cases by age, and for whom they wait",
    label: `Stacked bars of ${count(total)} open cases. ${turns.map((t) => `Waiting for ${t.name}: ${count(t.cases)}`)
      .join("; ")}. ${ages.map((name) => `${name} ${count(sum(atAge(name), (row) => row.cases))}`).join("; ")}.`,
    key: turns.map((t, i) => [`part-${i + 1}`, `${t.name} ${count(t.cases)}`]),
    draw: (width) => Plot.plot({
      width, height: 40 * ages.length + 8, marginLeft: 2, marginRight: 8, marginTop: 0, marginBottom: 4,
      style: plotStyle,
      x: {axis: null, domain: [0, max(ages, (name) => sum(atAge(name), (row) => row.cases))]},
      y: {domain: ages, axis: null, padding: 0.1},
      marks: [
        Plot.barX(rows, Plot.stackX({x: "cases", y: "name", order: turns.map((t) => t.name), z: "waiting_for",
          fill: (row) => turns.find((t) => t.name === row.waiting_for).look.colour, insetTop: 18, insetBottom: 2,
          insetRight: 0.5})),
        Plot.text(ages, {y: (name) => name, frameAnchor: "left", dx: 2, dy: -10, fill: "var(--ink)",
          text: (name) => `${name}: ${count(sum(atAge(name), (row) => row.cases))}`})
      ]
    }),
    note: `${count(total)} cases are open, ${count(overdue)} of them past their promise.`,
    figures: table("Open cases", [
      {name: "Waiting for", value: (row) => row.waiting_for},
      {name: "Age", value: (row) => row.name},
      {name: "Cases", numeric: true, value: (row) => count(row.cases)},
      {name: "Overdue", numeric: true, value: (row) => (row.promised ? count(row.overdue) : "–")}
    ], rows)
  });
}

function due(row) {
  const hours = lasting(row.overdue_hours);
  return row.overdue_hours > 0 ? `${hours} late` : `in ${hours}`;
}

export function queue(data) {
  return el("div", {class: "pair"},
    openCases(data),
    data.queue_next.length ? list("The next that are due and wait for the company", [
      {name: "Case", value: (row) => row.case_id},
      {name: "Status", value: (row) => row.current_status ?? "–"},
      {name: "Open for", numeric: true, value: (row) => lasting(row.age_hours)},
      {name: "Due", numeric: true, value: due}
    ], data.queue_next) : el("p", {class: "note"}, "No open case has a promise."));
}

export function waiting(data) {
  const hours = lines(data, {
    title: "Hours until a case is solved",
    kpis: {requester_wait: "they wait", agent_work: "we work", hold_time: "on hold"}, unit: " h",
    note: "They wait: median of the customer's wait. We work, on hold: means."
  });
  const kept = lines(data, {
    title: "Promises kept, %", kpis: {promise_kept: "kept"}, unit: " %",
    note: promiseWords(data)
  });
  return hours || kept ? el("div", {class: "pair"}, kept, hours) : "";
}

function promiseWords(data) {
  const row = data.kpi_scorecard.find((card) => card.kpi === "promise_kept");
  if (row?.value == null) return null;
  const format = formatOf(row);
  return `${periodName(row.period_start, data.about.period)}: ${format.value(row.value)} `
    + `(${format.range(row.lower, row.upper)}) of ${counts(row.responses, entryOf(data, row.kpi))} due. `
    + "A case that is open past its promise is a broken promise.";
}

// Whom to call: unsatisfied answers without a call.
export function calls(data) {
  const [all] = data.calls;
  const rate = data.kpi_scorecard.find((card) => card.kpi === "follow_up_rate");
  const won = data.kpi_scorecard.find((card) => card.kpi === "won_back_rate");
  const words = (row, what) => (row?.value == null ? "" : ` ${formatOf(row).value(row.value)} `
    + `(${formatOf(row).range(row.lower, row.upper)}) ${what} (${periodName(row.period_start, data.about.period)}).`);
  return el("div", {class: "calls"},
    el("p", {class: "note"}, `${count(all.due)} calls are due, ${count(all.late)} are up to a week late, `
      + `${count(all.missed)} were missed before.${words(rate, "of the unsatisfied were called in two working days")}`
      + words(won, "of those called were won back")),
    data.calls_next.length ? list("The next calls", [
      {name: "Answer", value: (row) => row.response_id},
      {name: "Satisfaction", numeric: true, value: (row) => (row.csat == null ? "–" : `${row.csat} of 5`)},
      {name: "Recommends", numeric: true, value: (row) => (row.nps == null ? "–" : `${row.nps} of 10`)},
      {name: "Call", numeric: true, value: due}
    ], data.calls_next) : null);
}
