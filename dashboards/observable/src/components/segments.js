// One KPI by each dimension, in its latest complete period.
import * as Plot from "@observablehq/plot";
import {groups, max} from "d3";
import {counts, entryOf, formatOf, nounOf, padded, periodName, plain, spoken, unitOf, unitWords} from "./format.js";
import {chart, el, plotStyle, table} from "./ui.js";

const few = 30;
const most = 12;

export function segments(data, kpi) {
  const scored = data.kpi_scorecard.find((row) => row.kpi === kpi);
  const format = formatOf(scored);
  const entry = entryOf(data, kpi);
  const own = data.kpi_by_segment.filter((row) => row.kpi === kpi && row.complete && row.value != null);
  const latest = max(own, (row) => row.period_start);
  if (!latest) return el("p", {class: "missing"}, "No complete period with answers yet.");
  const rows = own.filter((row) => row.period_start === latest)
    .map((row) => ({...row, name: row.segment ?? "not recorded"}));

  // Intervals of a few answers are as wide as the scale: they do not set its limits.
  const enough = rows.filter((row) => row.responses >= few);
  const seen = (enough.length ? enough : rows).flatMap((row) => [row.value, row.lower, row.upper])
    .filter((v) => v != null);
  const domain = padded(scored.target == null ? seen : [...seen, scored.target], 0.06);
  const inside = (v) => Math.min(domain[1], Math.max(domain[0], v));
  const period = periodName(latest, data.about.period);

  return el("div", {class: "multiples"},
    groups(rows, (row) => row.dimension).map(([dimension, members]) => {
    const title = spoken(dimension);
    // of many segments those with the most answers are drawn
    const drawn = members.toSorted((a, b) => b.responses - a.responses).slice(0, most);
    const sorted = drawn.toSorted((a, b) => (scored.direction === "lower" ? a.value - b.value : b.value - a.value));
    const solid = sorted.filter((row) => row.responses >= few);
    const faint = sorted.filter((row) => row.responses < few);
    const said = (row) =>
      `${row.name} ${format.value(row.value)} (${format.range(row.lower, row.upper)}, ${counts(row.responses, entry)}`
        + `${row.responses < few ? ", too few" : ""})`;
    return chart({
      title,
      label: `${scored.kpi_name} by ${title.toLowerCase()}, ${period}: ${sorted.map(said).join("; ")}.`,
      draw: (width) => Plot.plot({
        width, height: 46 + 44 * sorted.length,
        marginLeft: 4, marginRight: 4, marginTop: 4, marginBottom: 26,
        style: plotStyle,
        x: {domain, label: null, ticks: 4, grid: true, insetLeft: 10, insetRight: 10},
        y: {domain: sorted.map((row) => row.name), axis: null, padding: 0.6},
        marks: [
          scored.target == null ? null
            : Plot.ruleX([scored.target], {stroke: "var(--ink-2)", strokeWidth: 1.2, strokeDasharray: "7 4"}),
          Plot.ruleY(solid, {y: "name", x1: "lower", x2: "upper", dy: 9, stroke: "var(--series-1)", strokeWidth: 5,
            strokeOpacity: 0.3, strokeLinecap: "round"}),
          Plot.ruleY(faint, {y: "name", x1: (row) => inside(row.lower), x2: (row) => inside(row.upper), dy: 9,
            stroke: "var(--quiet)", strokeDasharray: "2 3"}),
          Plot.dot(solid, {x: "value", y: "name", dy: 9, r: 4.5, fill: "var(--series-1)"}),
          Plot.dot(faint,
            {x: (row) => inside(row.value), y: "name", dy: 9, r: 4, stroke: "var(--quiet)", fill: "var(--paper)"}),
          Plot.text(sorted, {y: "name", frameAnchor: "left", dy: -9, dx: 2, text: "name", fill: "var(--ink)",
            stroke: "var(--paper)", strokeWidth: 4}),
          Plot.text(sorted, {y: "name", frameAnchor: "right", dy: -9, dx: -2, fill: "var(--ink-2)",
            stroke: "var(--paper)", strokeWidth: 4,
            text: (row) => (row.responses < few ? `only ${counts(row.responses, entry)}` : format.value(row.value))})
        ]
      }),
      figures: table(`${scored.kpi_name} by ${title.toLowerCase()}, ${period}`, [
        {name: title, value: (row) => row.name},
        {name: "Value", numeric: true, value: (row) => format.value(row.value)},
        {name: "95 % interval", numeric: true, value: (row) => format.range(row.lower, row.upper)},
        {name: "Based on", numeric: true, value: (row) => counts(row.responses, entry)},
        {name: "Status", value: (row) => row.status ?? ""}
      ], members.toSorted((a, b) => b.value - a.value)),
      note: members.length > most ? `The ${most} with the most ${nounOf(entry)} of ${members.length}.` : null
    });
  }), el("p", {class: "note"},
    `${scored.kpi_name}, ${unitWords(scored.unit)}, ${period}.`
      + (scored.target == null ? "" : ` Dashed: target ${plain(scored.target)}${unitOf(scored.unit)}.`)
      + ` Best first; hollow: fewer than ${few} ${nounOf(entry)}.`));
}
