// Numbers and dates as people read them.
import {max, min} from "d3";

const many = new Intl.NumberFormat("en");

export const count = (n) => (n == null ? "–" : many.format(n));

// What a KPI counts: its row of the catalogue says which list, and how.
const counted = {case_list: "cases", case_move: "cases", customer_period: "customers", invitation: "invitations"};
export function nounOf(entry) {
  if (entry?.fact === "per_100") return "customers";
  if (entry?.fact === "mean" && entry.list === "answer") return "comments";
  return counted[entry?.list] ?? "answers";
}
export const counts = (n, entry) => `${count(n)} ${n === 1 ? nounOf(entry).slice(0, -1) : nounOf(entry)}`;
export const entryOf = (data, kpi) => data.kpi_catalog.find((row) => row.kpi === kpi);

// A name of a column as people say it.
export const spoken = (name) => name.replaceAll("_", " ").replace(/^./, (c) => c.toUpperCase());

// As many digits as the interval supports: about two of its width, at most two decimals.
export function digitsFor(lower, upper, value) {
  const width = lower == null || upper == null ? Math.abs(value ?? 1) / 10 : upper - lower;
  if (!(width > 0)) return 1;
  return Math.min(2, Math.max(0, Math.ceil(1 - Math.log10(width))));
}

export function fixed(value, digits) {
  if (value == null) return "–";
  const text = Math.abs(value).toLocaleString("en", {minimumFractionDigits: digits, maximumFractionDigits: digits});
  return value < 0 && Number(text.replaceAll(",", "")) !== 0 ? `\u2212${text}` : text;
}

// Targets are round numbers as they were set.
export const plain = (value) => (value == null ? "–" : fixed(value, String(value).split(".")[1]?.length ?? 0));

export function unitOf(unit) {
  if (/^%|percent/.test(unit)) return " %";
  if (/^hours?$/.test(unit)) return " h";
  return "";
}

// Units without a sign, in words.
export const unitWords = (unit) =>
  (/^hours?$/.test(unit) ? "hours" : unit.replace(/(-?[\d.]+?)\.\.([\d.]+)/, "$1 to $2").replace("-", "\u2212"));

// A value of a KPI, its bounds, its target: one format for all of them.
export function formatOf({unit, lower, upper, value}) {
  const minutes = /^hours?$/.test(unit) && value != null && value < 1;
  const factor = minutes ? 60 : 1;
  const sign = minutes ? " min" : unitOf(unit);
  const digits = lower == null ? digitsFor(null, null, value * factor) : digitsFor(lower * factor, upper * factor);
  const number = (v) => fixed(v == null ? null : v * factor, digits);
  return {
    digits: digitsFor(lower, upper, value),
    number,
    value: (v) => (v == null ? "–" : number(v) + sign),
    range: (a, b) => (a == null || b == null ? "no interval" : `${number(a)} to ${number(b)}${sign}`),
    change: (v) =>
      (v == null ? "–" : (v > 0 && /[1-9]/.test(number(v)) ? "+" : "") + number(v) + (sign === " %" ? " points" : sign))
  };
}

export function pText(p) {
  if (p == null) return "no test";
  return p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`;
}

export const date = (text) => new Date(`${text}T00:00:00Z`);

export function periodName(text, period, short = false) {
  const at = date(text);
  const year = at.getUTCFullYear();
  if (period === "year") return String(year);
  if (period === "quarter" && at.getUTCMonth() % 3 === 0) return `Q${Math.floor(at.getUTCMonth() / 3) + 1} ${year}`;
  const parts = {month: short ? "short" : "long", year: "numeric", timeZone: "UTC"};
  if (period !== "month") parts.day = "numeric";
  return at.toLocaleDateString("en-GB", parts);
}

// A little space above and below.
export function padded(values, share = 0.08) {
  const lo = min(values), hi = max(values);
  const air = (hi - lo || Math.abs(hi) || 1) * share;
  return [lo - air, hi + air];
}

// When the data end, and in which time zone they were counted.
export function sourceLine(data) {
  const {period, timezone, as_of} = data.about;
  const until = as_of === "now()" ? "the latest" : new Date(as_of.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00"))
    .toLocaleString("en-GB", {dateStyle: "long", timeStyle: "short", timeZone: timezone});
  const line = document.createElement("p");
  line.className = "source";
  line.textContent =
    `By ${period}, data up to ${until} (${timezone}). `
    + "Intervals are 95 %; open cases count as open.";
  return line;
}

// A duration in the unit that people would use.
export function lasting(hours) {
  const h = Math.abs(hours);
  if (h < 1) return `${Math.round(h * 60)} min`;
  return h < 72 ? `${fixed(h, h < 10 ? 1 : 0)} h` : `${fixed(h / 24, 0)} days`;
}
