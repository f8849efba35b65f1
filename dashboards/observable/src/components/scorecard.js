// The scorecard: one row per KPI.  A table for the screen reader, cards on a phone.
import {extent, line, scaleLinear, scaleUtc} from "d3";
import {count, date, formatOf, nounOf, pText, periodName, plain, unitOf, unitWords} from "./format.js";
import {el, svg} from "./ui.js";

const shapes = {
  "on target": () => svg("circle", {cx: 6, cy: 6, r: 5}),
  watch: () => svg("path", {d: "M6 0.5 L12 11.5 L0 11.5 Z"}),
  "off target": () => svg("rect", {x: 1, y: 1, width: 10, height: 10})
};

export function statusBadge(status, none = "no target") {
  if (!shapes[status]) return el("span", {class: "status none"}, none);
  const kind = status.replace(" ", "-");
  return el("span", {class: `status ${kind}`},
    svg("svg", {width: 12, height: 12, "aria-hidden": "true"}, shapes[status]()), status);
}

// The course of a KPI in the height of a line; decoration, the trend section has it in full.
function spark(rows, target, current) {
  const width = 120, height = 30;
  const known = rows.filter((row) => row.value != null && row.complete);
  if (known.length < 2) return "";
  const x = scaleUtc(extent(known, (row) => date(row.period_start)), [4, width - 4]);
  const [lo, hi] = extent(known, (row) => row.value);
  const near = target != null && target >= lo - (hi - lo) && target <= hi + (hi - lo);
  const y = scaleLinear(near ? [Math.min(lo, target), Math.max(hi, target)] : [lo, hi], [height - 4, 4]);
  const picture = svg("svg", {viewBox: `0 0 ${width} ${height}`, width, height, class: "spark", "aria-hidden": "true"});
  if (near) picture.append(svg("line", {x1: 0, x2: width, y1: y(target), y2: y(target), class: "spark-target"}));
  picture.append(svg("path",
    {d: line((row) => x(date(row.period_start)), (row) => y(row.value))(known), class: "spark-line"}));
  const at = known.find((row) => row.period_start === current) ?? known.at(-1);
  picture.append(svg("circle", {cx: x(date(at.period_start)), cy: y(at.value), r: 3, class: "spark-dot"}));
  return picture;
}

function changeWords(row) {
  if (row.change == null) return "nothing to compare with";
  if (row.p_value == null) return "no test";
  return row.p_value < 0.05 ? `real, ${pText(row.p_value)}` : `may be chance, ${pText(row.p_value)}`;
}

export function scorecard(data, follow) {
  const {period} = data.about;
  const cell = (name, kind, ...content) => el("td", {role: "cell", class: kind, "data-name": name}, ...content);
  const rows = data.kpi_scorecard.map((row) => {
    const format = formatOf(row);
    const name = el("a", {href: "#trends"}, row.kpi_name);
    name.addEventListener("click", () => follow(row.kpi));
    return el("tr", {role: "row", "data-kpi": row.kpi},
      el("th", {role: "rowheader", scope: "row"}, name,
        el("small", {}, row.period_start == null ? "no answers yet" : periodName(row.period_start, period))),
      cell("Status", "state", statusBadge(row.status, row.target == null ? "no target" : "no answers")),
      cell("Value", "value", el("strong", {}, format.value(row.value)),
        unitOf(row.unit) ? null : el("small", {}, unitWords(row.unit))),
      cell("95 % interval", "interval", format.range(row.lower, row.upper)),
      cell("Target", "target",
        row.target == null ? "–" : `${row.direction === "lower" ? "≤" : "≥"} ${plain(row.target)}${unitOf(row.unit)}`),
      cell("Change", "change", format.change(row.change), el("small", {}, changeWords(row))),
      cell("Course", "course",
        spark(data.kpi_by_period.filter((at) => at.kpi === row.kpi), row.target, row.period_start)),
      cell("Based on", "answers", count(row.responses),
        row.responses == null ? null : el("small", {}, ` ${nounOf(row.kpi)}`)));
  });
  const names = ["KPI", "Status", "Value", "95 % interval", "Target", "Change", "Course", "Based on"];
  return el("table", {role: "table", class: "scorecard", "aria-label": "Scorecard"},
    el("thead", {role: "rowgroup"},
      el("tr", {role: "row"}, names.map((name) => el("th", {role: "columnheader", scope: "col"}, name)))),
    el("tbody", {role: "rowgroup"}, rows));
}

// The number of KPIs of each status, in one line.
export function standing(data) {
  const by = (status) => data.kpi_scorecard.filter((row) => row.status === status).length;
  return el("p", {class: "standing"},
    ["on target", "watch", "off target"]
      .map((status) => el("span", {}, el("b", {}, String(by(status))), " ", statusBadge(status))));
}
