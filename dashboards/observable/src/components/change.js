// Why one KPI changed: what each segment did to it, by its own figure and by its share.
import * as Plot from "@observablehq/plot";
import {groups, max} from "d3";
import {fixed, formatOf, pText, periodName, spoken, unitOf} from "./format.js";
import {chart, el, plotStyle, table} from "./ui.js";

const most = 8;
const signed = (v, digits) => `${v > 0 ? "+" : ""}${fixed(v, digits)}`;

// The segments that did most; the others are in the table.
function drawn(members) {
  return members.toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect)).slice(0, most);
}

export function change(data, kpi) {
  const scored = data.kpi_scorecard.find((row) => row.kpi === kpi);
  const format = formatOf(scored);
  const rows = data.kpi_change.filter((row) => row.kpi === kpi && row.rate_effect != null)
    .map((row) => ({...row, name: row.segment ?? "not recorded", effect: row.rate_effect + row.mix_effect}));
  if (!rows.length) return el("p", {class: "missing"}, "No two complete periods with answers yet.");
  const digits = Math.min(2, format.digits + 1);
  const unit = unitOf(scored.unit) === " %" ? "points" : unitOf(scored.unit).trim() || "points";
  const reach = max(rows.filter((row) => row.p_value < 1 || row.effect !== 0), (row) =>
    Math.max(Math.abs(row.lower ?? 0), Math.abs(row.upper ?? 0), Math.abs(row.effect))) * 1.1 || 1;
  const names = [rows[0].baseline_start, rows[0].period_start].map((at) => periodName(at, data.about.period));

  return el("div", {class: "multiples"},
    groups(rows, (row) => row.dimension).map(([dimension, members]) => {
      const shown = drawn(members);
      const said = (row) => `${row.name} ${signed(row.effect, digits)} (${signed(row.rate_effect, digits)} by itself, `
        + `${signed(row.mix_effect, digits)} by its share)`;
      return chart({
        title: spoken(dimension),
        label: `What each ${spoken(dimension).toLowerCase()} did to ${scored.kpi_name} `
          + `from ${names[0]} to ${names[1]}, ${unit}: ${shown.map(said).join("; ")}.`,
        draw: (width) => Plot.plot({
          width, height: 46 + 44 * shown.length,
          marginLeft: 4, marginRight: 4, marginTop: 4, marginBottom: 26, style: plotStyle,
          x: {domain: [-reach, reach], label: null, ticks: 3, grid: true, insetLeft: 10, insetRight: 10,
            tickFormat: (d) => (d === 0 ? "0" : signed(d, d % 1 ? 1 : 0))},
          y: {domain: shown.map((row) => row.name), axis: null, padding: 0.6},
          marks: [
            Plot.ruleX([0], {stroke: "var(--ink-2)", strokeWidth: 1.2}),
            Plot.ruleY(shown, {y: "name", x1: "lower", x2: "upper", dy: 9, stroke: "var(--series-1)", strokeWidth: 5,
              strokeOpacity: 0.3, strokeLinecap: "round"}),
            Plot.dot(shown, {x: "effect", y: "name", dy: 9, r: 4.5,
              fill: (row) => (row.p_value < 0.05 ? "var(--series-1)" : "var(--paper)"), stroke: "var(--series-1)"}),
            Plot.text(shown, {y: "name", frameAnchor: "left", dy: -9, dx: 2, text: "name", fill: "var(--ink)",
              stroke: "var(--paper)", strokeWidth: 4}),
            Plot.text(shown, {y: "name", frameAnchor: "right", dy: -9, dx: -2, fill: "var(--ink-2)",
              stroke: "var(--paper)", strokeWidth: 4, text: (row) => signed(row.effect, digits)})
          ]
        }),
        note: members.length > most ? `The ${most} largest of ${members.length}.` : null,
        figures: table(`${scored.kpi_name} by ${spoken(dimension).toLowerCase()}, from ${names[0]} to ${names[1]}`, [
          {name: spoken(dimension), value: (row) => row.name},
          {name: "By itself", numeric: true, value: (row) => signed(row.rate_effect, 2)},
          {name: "By its share", numeric: true, value: (row) => signed(row.mix_effect, 2)},
          {name: "Figure before", numeric: true, value: (row) => format.value(row.baseline_value)},
          {name: "now", numeric: true, value: (row) => format.value(row.current_value)},
          {name: "Share before", numeric: true, value: (row) => `${fixed(row.baseline_share, 1)} %`},
          {name: "now", numeric: true, value: (row) => `${fixed(row.current_share, 1)} %`},
          {name: "p", numeric: true, value: (row) => pText(row.p_value)}
        ], members)
      });
    }), el("p", {class: "note"},
      `${scored.kpi_name}, from ${names[0]} to ${names[1]}: ${format.change(scored.change)} in all. Dots: what each `
        + `segment did to it, in ${unit}; full where chance hardly explains it (p below 0.05, for all segments).`));
}
