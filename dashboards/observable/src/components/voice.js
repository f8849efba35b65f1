// What moves satisfaction, and what customers write.
import * as Plot from "@observablehq/plot";
import {extent, max} from "d3";
import {count, date, fixed, padded, pText, periodName} from "./format.js";
import {chart, el, plotStyle, table} from "./ui.js";

const percent = (v) => `${fixed(v, 1)} %`;

export function drivers(data) {
  const rows = data.drivers.map((row) => ({...row, name: row.factor.replace(/_value$/, "").replaceAll("_", " "),
    lower: row.coefficient - 1.96 * row.std_error, upper: row.coefficient + 1.96 * row.std_error}));
  const first = rows[0];
  const names = rows.map((row) => row.name);
  const shape = (width) => ({width, height: 50 * rows.length + 30, marginLeft: 2, marginTop: 0, marginBottom: 28,
    style: plotStyle, y: {domain: names, axis: null, padding: 0.1}});
  const label = {y: "name", frameAnchor: "left", dx: 2, dy: -14, fill: "var(--ink)", stroke: "var(--paper)",
    strokeWidth: 4};
  const figures = () => table("Drivers of satisfaction with a recovery", [
    {name: "Factor", value: (row) => row.name},
    {name: "Share", numeric: true, value: (row) => percent(row.share)},
    {name: "Points per point", numeric: true, value: (row) => fixed(row.coefficient, 2)},
    {name: "95 % interval", numeric: true, value: (row) => `${fixed(row.lower, 2)} to ${fixed(row.upper, 2)}`},
    {name: "Correlation", numeric: true, value: (row) => fixed(row.correlation, 2)},
    {name: "VIF", numeric: true, value: (row) => fixed(row.vif, 2)},
    {name: "p", numeric: true, value: (row) => pText(row.p_value)},
    {name: "Answers", numeric: true, value: (row) => count(row.responses)}
  ], rows);
  return el("div", {class: "pair"},
    chart({
      title: "Share of what the ratings explain",
      label: `Bar chart of relative weights: ${rows.map((row) => `${row.name} ${percent(row.share)}`).join(", ")}.`,
      draw: (width) => Plot.plot({
        ...shape(width), marginRight: 58,
        x: {domain: [0, max(rows, (row) => row.share)], axis: null},
        marks: [
          Plot.barX(rows, {x: "share", y: "name", fill: "var(--series-1)", insetTop: 22, insetBottom: 6}),
          Plot.text(rows, {...label, text: "name"}),
          Plot.text(rows, {x: "share", y: "name", dx: 6, dy: 8, textAnchor: "start", text: (row) => percent(row.share),
            fill: "var(--ink)", fontWeight: 600})
        ]
      }),
      note: `Together they explain ${percent(100 * first.r_squared)} of the variation of satisfaction; `
        + `${count(first.responses)} answers.`,
      figures: figures()
    }),
    chart({
      title: "Points of satisfaction per point of the rating",
      label: `Dot chart of coefficients with 95 % intervals: ${rows.map((row) =>
        `${row.name} ${fixed(row.coefficient, 2)} (${fixed(row.lower, 2)} to ${fixed(row.upper, 2)})`).join(", ")}.`,
      draw: (width) => Plot.plot({
        ...shape(width), marginRight: 10,
        y: {domain: names, axis: null, padding: 0.7},
        x: {domain: [Math.min(0, ...rows.map((row) => row.lower)), max(rows, (row) => row.upper) * 1.05], label: null,
          ticks: 5, grid: true, insetLeft: 4},
        marks: [
          Plot.ruleX([0], {stroke: "var(--quiet)"}),
          Plot.ruleY(rows, {y: "name", x1: "lower", x2: "upper", dy: 8, stroke: "var(--series-1)", strokeWidth: 6,
            strokeOpacity: 0.35, strokeLinecap: "round"}),
          Plot.dot(rows, {x: "coefficient", y: "name", dy: 8, r: 3.5, fill: "var(--series-1)"}),
          Plot.text(rows, {...label, dx: 10, text: (row) =>
            `${row.name} ${fixed(row.coefficient, 2)} (${fixed(row.lower, 2)} to ${fixed(row.upper, 2)})`})
        ]
      }),
      note: "The other ratings held fixed. What goes along with satisfaction need not cause it."
    }));
}

export function voice(data) {
  const rows = data.voice.filter((row) => row.sentiment != null);
  const {period} = data.about;
  const at = (row) => date(row.period_start);
  const name = (row) => periodName(row.period_start, period, true);
  const closed = rows.filter((row) => row.complete), open = rows.filter((row) => !row.complete);
  const last = closed.at(-1) ?? rows.at(-1);
  const x = (width) =>
    ({type: "utc", domain: extent(rows, at), label: null, ticks: width < 500 ? 4 : 6, insetLeft: 10, insetRight: 10});
  const shape = (width) => ({width, height: 230, marginLeft: 44, marginRight: 12, marginTop: 14, marginBottom: 36,
    style: plotStyle, x: x(width)});
  const thick = (width) => Math.max(4, (width - 80) / Math.max(rows.length, 2) * 0.62);
  const bar = (width, y1, y2, colour, part) => Plot.ruleX(part,
    {x: at, y1, y2, stroke: colour, strokeWidth: thick(width), strokeOpacity: part === open ? 0.45 : 1});
  const said = `${name(last)}: ${fixed(last.sentiment, 2)} (${fixed(last.lower, 2)} to ${fixed(last.upper, 2)}), `
    + `${count(last.responses)} comments.`;
  return el("div", {class: "pair"},
    chart({
      title: "Mean sentiment of comments, −1 to 1",
      label: `Line chart of mean sentiment with 95 % intervals. ${said}`,
      draw: (width) => Plot.plot({
        ...shape(width),
        y: {domain: padded(rows.flatMap((row) => [row.lower, row.upper, row.sentiment]).filter((v) => v != null)),
          label: null, grid: true, ticks: 5},
        marks: [
          Plot.areaY(closed, {x: at, y1: "lower", y2: "upper", fill: "var(--series-1)", fillOpacity: 0.16}),
          Plot.lineY(closed, {x: at, y: "sentiment", stroke: "var(--series-1)", strokeWidth: 2}),
          Plot.dot(closed, {x: at, y: "sentiment", r: 2.8, fill: "var(--series-1)"}),
          Plot.ruleX(open, {x: at, y1: "lower", y2: "upper", stroke: "var(--quiet)", strokeDasharray: "2 3"}),
          Plot.dot(open, {x: at, y: "sentiment", r: 4.5, stroke: "var(--series-1)", fill: "var(--paper)"})
        ]
      }),
      note: said + (open.length ? ` Hollow: ${name(open.at(-1))}, still open.` : ""),
      figures: table("What customers write", [
        {name: "Period", value: (row) => name(row) + (row.complete ? "" : ", still open")},
        {name: "Sentiment", numeric: true, value: (row) => fixed(row.sentiment, 2)},
        {name: "95 % interval", numeric: true,
          value: (row) => (row.lower == null ? "–" : `${fixed(row.lower, 2)} to ${fixed(row.upper, 2)}`)},
        {name: "Positive", numeric: true, value: (row) => percent(row.positive_share)},
        {name: "Neutral", numeric: true, value: (row) => percent(row.neutral_share)},
        {name: "Negative", numeric: true, value: (row) => percent(row.negative_share)},
        {name: "Not read", numeric: true, value: (row) => percent(row.not_read_share)},
        {name: "Words known", numeric: true, value: (row) => fixed(row.read_share, 2)},
        {name: "Comments", numeric: true, value: (row) => count(row.responses)}
      ], rows)
    }),
    chart({
      title: "Positive comments upwards, negative ones downwards, %",
      label: `Diverging bars of positive and negative comments. ${name(last)}: `
        + `${percent(last.positive_share)} positive, ${percent(last.negative_share)} negative.`,
      draw: (width) => Plot.plot({
        ...shape(width),
        y: {domain: [-max(rows, (row) => row.negative_share) * 1.7, max(rows, (row) => row.positive_share) * 1.22],
          label: null, grid: true, ticks: 5, tickFormat: (v) => String(Math.abs(v))},
        marks: [closed, open].flatMap((part) => [
          bar(width, 0, "positive_share", "var(--series-1)", part),
          bar(width, 0, (row) => -row.negative_share, "var(--series-2)", part)
        ]).concat([
          Plot.ruleY([0], {stroke: "var(--ink-2)"}),
          Plot.text([last],
            {frameAnchor: "top-right", dy: -2, text: () => `${name(last)}: ${fixed(last.positive_share, 0)} % positive`,
              fill: "var(--series-1-text)", fontWeight: 600}),
          Plot.text([last],
            {frameAnchor: "bottom-right", dy: -4,
              text: () => `${name(last)}: ${fixed(last.negative_share, 0)} % negative`, fill: "var(--series-2-text)",
              fontWeight: 600})
        ])
      }),
      note: `The rest is neutral, or not read (${name(last)}: ${percent(last.not_read_share)}; `
        + `${percent(100 * last.read_share)} of the words are known). Sentiment reads English, word by word.`
    }));
}
