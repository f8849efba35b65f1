// Did recovery win them back, and what is a customer worth?
import * as Plot from "@observablehq/plot";
import {max} from "d3";
import {count, fixed, padded, pText} from "./format.js";
import {chart, el, plotStyle, table} from "./ui.js";

const percent = (v) => `${fixed(v, 1)} %`;
const looks = {
  recovered: {colour: "var(--series-1)", text: "var(--series-1-text)", symbol: "circle"},
  "not recovered": {colour: "var(--series-2)", text: "var(--series-2-text)", symbol: "diamond"},
  "never failed": {colour: "var(--series-3)", text: "var(--series-3-text)", symbol: "square"}
};
const groupsOf = (rows, tail) => ["recovered", "not recovered"]
  .filter((group) => rows.some((row) => row.comparison === group + tail));
const find = (rows, comparison, start) =>
  rows.find((row) => row.comparison === comparison && row.measure.startsWith(start));

const effectTable = (caption, rows) => table(caption, [
  {name: "Comparison", value: (row) => row.comparison},
  {name: "Measure", value: (row) => row.measure},
  {name: "Value", numeric: true, value: (row) => fixed(row.value, row.measure.startsWith("paradox") ? 0 : 2)},
  {name: "95 % interval", numeric: true,
    value: (row) => (row.lower == null ? "–" : `${fixed(row.lower, 2)} to ${fixed(row.upper, 2)}`)},
  {name: "Customers", numeric: true, value: (row) => count(row.responses)},
  {name: "p", numeric: true,
    value: (row) => (row.p_value == null ? "–" : row.p_value < 0.001 ? "< 0.001" : row.p_value.toFixed(3))}
], rows);

// The same customers before and after: a slope for each group.
export function beforeAfter(data) {
  const tail = ": before and after";
  const rows = data.recovery_effect.filter((row) => row.comparison.endsWith(tail));
  const groups = groupsOf(rows, tail);
  if (!groups.length) return "";
  const points = groups.flatMap((group, i) => ["before", "after"].map((when, j) =>
    ({group, when, at: j + (i - (groups.length - 1) / 2) * 0.06, ...find(rows, group + tail, `satisfied ${when}`)})));
  const change = (group) => find(rows, group + tail, "change");
  const said = (group) => {
    const row = change(group);
    return `${group}: ${row.value > 0 ? "+" : ""}${fixed(row.value, 1)} points `
      + `(${fixed(row.lower, 1)} to ${fixed(row.upper, 1)}), ${pText(row.p_value)}, ${count(row.responses)} customers`;
  };
  const after = groups.map((group) => points.find((p) => p.group === group && p.when === "after"))
    .sort((a, b) => b.value - a.value);
  const domain = padded(points.flatMap((p) => [p.value, p.lower, p.upper]).filter((v) => v != null), 0.12);
  return chart({
    title: "Satisfied with ordinary orders, the same customers",
    label: `Slope chart, percent satisfied before and after the first failure. ${groups.map(said).join("; ")}.`,
    draw: (width) => Plot.plot({
      width, height: 260, marginLeft: 40, marginRight: 104, marginTop: 12, marginBottom: 30, style: plotStyle,
      x: {domain: [-0.2, 1.1], label: null, ticks: [0, 1], tickFormat: (d) => (d ? "after" : "before"), tickSize: 0},
      y: {domain, label: null, grid: true, ticks: 5, tickFormat: (d) => `${d} %`},
      marks: [
        Plot.ruleX(points, {x: "at", y1: "lower", y2: "upper", stroke: (p) => looks[p.group].colour, strokeWidth: 5,
          strokeOpacity: 0.28, strokeLinecap: "round"}),
        ...groups.map((group) => Plot.line(points.filter((p) => p.group === group), {x: "at", y: "value",
          stroke: looks[group].colour, strokeWidth: 2, strokeDasharray: group === "recovered" ? null : "6 3"})),
        ...groups.map((group) => Plot.dot(points.filter((p) => p.group === group),
          {x: "at", y: "value", r: 4.5, symbol: looks[group].symbol, fill: looks[group].colour})),
        ...after.map((p, i) => Plot.text([p],
          {x: "at", y: "value", dx: 12,
            dy: i && Math.abs(after[0].value - p.value) * 218 / (domain[1] - domain[0]) < 16 ? 12 : 0,
            textAnchor: "start", text: "group", fill: looks[p.group].text, fontWeight: 600}))
      ]
    }),
    note: groups.map((group) => said(group).replace(/^./, (c) => c.toUpperCase())).join(". ") + ".",
    figures: effectTable("The same customers before and after", rows)
  });
}

// Customers after a failure against customers that never had one.
export function againstNever(data) {
  const tail = " against never failed";
  const rows = data.recovery_effect.filter((row) => row.comparison.endsWith(tail));
  const groups = groupsOf(rows, tail);
  const points = groups.map((group) => ({group, ...find(rows, group + tail, "difference of means")}))
    .filter((p) => p.value != null);
  if (!points.length) return "";
  const signed = (v) => `${v > 0 ? "+" : ""}${fixed(v, 3)}`;
  const shown = groups.filter((group) => find(rows, group + tail, "paradox")?.value === 1);
  const said = (p) =>
    `${p.group} ${signed(p.value)} (${fixed(p.lower, 3)} to ${fixed(p.upper, 3)}), ${pText(p.p_value)}, `
      + `${count(p.responses)} customers`;
  const reach = max(points, (p) => Math.max(Math.abs(p.lower), Math.abs(p.upper))) * 1.15;
  const verdict = shown.includes("recovered")
    ? "The service recovery paradox is shown: recovered customers are more satisfied than those never failed."
    : "The service recovery paradox is not shown: "
      + "recovered customers are not provably more satisfied than those never failed.";
  return chart({
    title: "Mean satisfaction (1 to 5) against customers never failed",
    label: `Dot chart of differences of means with 95 % intervals. ${points.map(said).join("; ")}. ${verdict}`,
    draw: (width) => Plot.plot({
      width, height: 260, marginLeft: 4, marginRight: 4, marginTop: 26, marginBottom: 30, style: plotStyle,
      x: {domain: [-reach, reach], label: null, ticks: 5, grid: true,
        tickFormat: (d) => (d === 0 ? "0" : signed(d).replace(/0+$/, ""))},
      y: {domain: groups, axis: null, padding: 0.3},
      marks: [
        Plot.ruleX([0], {stroke: "var(--ink-2)", strokeWidth: 1.2}),
        Plot.text([0], {x: 0, frameAnchor: "top", dy: -16, text: () => "as satisfied as never failed",
          fill: "var(--ink-2)"}),
        Plot.ruleY(points, {y: "group", x1: "lower", x2: "upper", stroke: (p) => looks[p.group].colour, strokeWidth: 6,
          strokeOpacity: 0.28, strokeLinecap: "round"}),
        ...points.flatMap((p) => [
          Plot.dot([p], {x: "value", y: "group", r: 5, symbol: looks[p.group].symbol, fill: looks[p.group].colour}),
          Plot.text([p], {x: "value", y: "group", dy: -20, text: (d) => `${d.group} ${signed(d.value)}`,
            fill: looks[p.group].text, fontWeight: 600, stroke: "var(--paper)", strokeWidth: 4})
        ])
      ]
    }),
    note: `${points.map(said).join("; ").replace(/^./, (c) => c.toUpperCase())}. ${verdict}`,
    figures: effectTable("After a failure against never failed", rows)
  });
}

// What they spent in half a year against equals that never failed: adjusted, and raw beside it.
function spending(data) {
  const rows = data.customer_value.filter((row) => row.adjusted_difference != null);
  if (!rows.length) return "";
  const signed = (v) => `${v > 0 ? "+" : ""}${fixed(v, 1)}`;
  const said = (row) => `${row.customer_group} ${signed(row.adjusted_difference)} (${signed(row.lower)} to `
    + `${signed(row.upper)}), ${pText(row.p_value)}, raw ${signed(row.raw_difference)}`;
  const all = rows.flatMap((row) => [row.lower, row.upper, row.raw_difference, 0]);
  return chart({
    title: "Spent in the last 180 days, against customers never failed",
    label: `Dot chart of differences with 95 % intervals, among customers who had bought as often before, and raw. `
      + `${rows.map(said).join("; ")}.`,
    draw: (width) => Plot.plot({
      width, height: 74 * rows.length + 30, marginLeft: 4, marginRight: 4, marginTop: 4, marginBottom: 28,
      style: plotStyle,
      x: {domain: padded(all, 0.12), label: null, ticks: 5, grid: true},
      y: {domain: rows.map((row) => row.customer_group), axis: null, padding: 0.3},
      marks: [
        Plot.ruleX([0], {stroke: "var(--ink-2)", strokeWidth: 1.2}),
        Plot.ruleY(rows, {y: "customer_group", x1: "lower", x2: "upper", dy: 10,
          stroke: (row) => looks[row.customer_group]?.colour, strokeWidth: 6, strokeOpacity: 0.28,
          strokeLinecap: "round"}),
        Plot.dot(rows, {x: "raw_difference", y: "customer_group", dy: 10, r: 4.5, fill: "var(--paper)",
          stroke: "var(--quiet)"}),
        ...rows.map((row) => Plot.dot([row], {x: "adjusted_difference", y: "customer_group", dy: 10, r: 5,
          symbol: looks[row.customer_group]?.symbol, fill: looks[row.customer_group]?.colour})),
        Plot.text(rows, {y: "customer_group", frameAnchor: "left", dx: 2, dy: -14, fill: "var(--ink)",
          stroke: "var(--paper)", strokeWidth: 4,
          text: (row) => `${row.customer_group}: adjusted ${signed(row.adjusted_difference)}, raw `
            + signed(row.raw_difference)})
      ]
    }),
    note: `${rows.map(said).join("; ").replace(/^./, (c) => c.toUpperCase())}. `
      + "Hollow: raw, which compares customers who differ in how often they buy."
  });
}

// A model's expectation.
function expected(data) {
  const rows = data.customer_value;
  const money = (v) => fixed(v, 0);
  return chart({
    title: "Expected value of a customer in the coming 12 months",
    label: `Bar chart of mean expected value per customer: ${rows.map((row) =>
      `${row.customer_group} ${money(row.mean_value)}, ${count(row.customers)} customers`).join("; ")}.`,
    draw: (width) => Plot.plot({
      width, height: 54 * rows.length + 6, marginLeft: 2, marginRight: 60, marginTop: 0, marginBottom: 4,
      style: plotStyle,
      x: {domain: [0, max(rows, (row) => row.mean_value)], axis: null},
      y: {domain: rows.map((row) => row.customer_group), axis: null, padding: 0.1},
      marks: [
        ...rows.map((row) => Plot.barX([row], {x: "mean_value", y: "customer_group",
          fill: looks[row.customer_group]?.colour ?? "var(--quiet)", insetTop: 22, insetBottom: 4})),
        Plot.text(rows, {y: "customer_group", frameAnchor: "left", dy: -15,
          text: (row) => `${row.customer_group}, ${count(row.customers)} customers`, fill: "var(--ink)"}),
        Plot.text(rows, {x: "mean_value", y: "customer_group", dx: 6, dy: 9, textAnchor: "start",
          text: (row) => money(row.mean_value), fill: "var(--ink)", fontWeight: 600})
      ]
    }),
    note: "In the currency of the purchases, discounted by 1 % a month. A model's expectation, without an interval.",
    figures: table("Customer value", [
      {name: "Group", value: (row) => row.customer_group},
      {name: "Customers", numeric: true, value: (row) => count(row.customers)},
      {name: "Still a customer", numeric: true, value: (row) => percent(100 * row.probability_alive)},
      {name: "Purchases a year", numeric: true, value: (row) => fixed(row.expected_purchases, 2)},
      {name: "Each", numeric: true, value: (row) => fixed(row.expected_spend, 2)},
      {name: "Mean value", numeric: true, value: (row) => fixed(row.mean_value, 2)},
      {name: "All together", numeric: true, value: (row) => fixed(row.total_value, 0)},
      {name: "Spent in 180 days", numeric: true, value: (row) => fixed(row.raw_spend, 2)},
      {name: "Raw difference", numeric: true, value: (row) => fixed(row.raw_difference, 2)},
      {name: "Adjusted", numeric: true, value: (row) => fixed(row.adjusted_difference, 2)},
      {name: "95 % interval", numeric: true,
        value: (row) => (row.lower == null ? "–" : `${fixed(row.lower, 2)} to ${fixed(row.upper, 2)}`)}
    ], rows)
  });
}

export const customerValue = (data) => el("div", {class: "pair"}, spending(data), expected(data));

export const effect = (data) => el("div", {class: "pair"}, beforeAfter(data), againstNever(data));
