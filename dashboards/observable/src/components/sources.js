// What is wrong in the sources, or looks so: one quiet line, and the list behind it.
import {count} from "./format.js";
import {el, table} from "./ui.js";

export function sources(data) {
  const rows = data.source_check;
  if (rows == null) return "";
  if (!rows.length) return el("p", {class: "source"}, "Sources: no rule is hit.");
  const columns = [
    {name: "Relation", value: (row) => row.relation},
    {name: "Rule", value: (row) => row.rule},
    {name: "Rows", numeric: true, value: (row) => count(row.rows)},
    {name: "Example", value: (row) => row.example ?? ""},
    {name: "Effect", value: (row) => row.effect}
  ];
  return el("details", {class: "source"},
    el("summary", {}, `Sources: ${rows.length} ${rows.length === 1 ? "remark" : "remarks"}. `
      + rows.slice(0, 2).map((row) => `${row.rule} (${count(row.rows)})`).join("; ")
        .replace(/^./, (c) => c.toUpperCase())
      + (rows.length > 2 ? "; ..." : "")),
    el("div", {class: "scroll wrap", tabindex: "0", role: "region", "aria-label": "Remarks about the sources"},
      table("What is wrong in the sources, or looks so", columns, rows)));
}
