// The scorecard: one row per KPI.  A table for the screen reader, cards on a phone.
import {extent, line, scaleLinear, scaleUtc} from "d3";
import {count, date, entryOf, formatOf, nounOf, pText, periodName, plain, unitOf, unitWords} from "./format.js";
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

// The trend of a KPI in the height of a line; decoration, the trend section has it in full.
function spark(rows, target, current) {
  const width = 92, height = 30;
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

// A change, and whether chance alone explains it.
function changeWords(change, p) {
  if (change == null) return "nothing before";
  if (p == null) return "no test";
  return p < 0.05 ? `real, ${pText(p)}` : pText(p);
}

// The status and the interval belong together: the status is sure if the interval excludes the target.
function stateOf(row, format) {
  const sure = row.sure == null ? "" : row.sure ? ", sure" : ", not sure";
  return [statusBadge(row.status, row.target == null ? "no target" : "no answers"),
    el("small", {}, `${format.range(row.lower, row.upper)}${sure}`)];
}

export function scorecard(data, follow) {
  const {period} = data.about;
  const cell = (name, kind, ...content) => el("td", {role: "cell", class: kind, "data-name": name}, ...content);
  const rows = data.kpi_scorecard.map((row) => {
    const format = formatOf(row);
    const noun = nounOf(entryOf(data, row.kpi));
    const yearly = row.last_year_value == null ? null : row.value - row.last_year_value;
    const name = el("a", {href: "#trends"}, row.kpi_name);
    name.addEventListener("click", () => follow(row.kpi));
    return el("tr", {role: "row", "data-kpi": row.kpi},
      el("th", {role: "rowheader", scope: "row"}, name,
        el("small", {}, row.period_start == null ? "no answers yet" : periodName(row.period_start, period))),
      cell("Value", "value", el("strong", {}, format.value(row.value)),
        unitOf(row.unit) ? null : el("small", {}, unitWords(row.unit))),
      cell("Status, 95 % interval", "state", ...stateOf(row, format)),
      cell("Target", "target",
        row.target == null ? "–" : `${row.direction === "lower" ? "≤" : "≥"} ${plain(row.target)}${unitOf(row.unit)}`),
      cell("Change", "change", format.change(row.change), el("small", {}, changeWords(row.change, row.p_value))),
      cell("In a year", "year", format.change(yearly),
        yearly == null ? null : el("small", {}, changeWords(yearly, row.last_year_p_value))),
      cell("Trend", "trend",
        spark(data.kpi_by_period.filter((at) => at.kpi === row.kpi), row.target, row.period_start)),
      cell("Based on", "answers", count(row.responses),
        row.responses == null ? null : el("small", {}, ` ${noun}`),
        row.left_out ? el("small", {}, `${count(row.left_out)} left out`) : null));
  });
  const names = ["KPI", "Value", "Status, 95 % interval", "Target", "Change", "In a year", "Trend", "Based on"];
  return el("table", {role: "table", class: "scorecard", "aria-label": "Scorecard"},
    el("thead", {role: "rowgroup"},
      el("tr", {role: "row"}, names.map((name) => el("th", {role: "columnheader", scope: "col"}, name)))),
    el("tbody", {role: "rowgroup"}, rows));
}

// The number of KPIs of each status, those without one too.
export function standing(data) {
  const by = (status) => data.kpi_scorecard.filter((row) => row.status === status).length;
  const untargeted = data.kpi_scorecard.filter((row) => row.target == null).length;
  const silent = data.kpi_scorecard.length - untargeted - by("on target") - by("watch") - by("off target");
  return el("p", {class: "standing"},
    ["on target", "watch", "off target"]
      .map((status) => el("span", {}, el("b", {}, String(by(status))), " ", statusBadge(status))),
    el("span", {}, el("b", {}, String(untargeted)), " ", statusBadge(null, "no target")),
    silent ? el("span", {}, el("b", {}, String(silent)), " ", statusBadge(null, "no answers")) : null);
}
