// Building blocks of the page: elements, figures with a table beside them, pickers.
import {resize} from "observablehq:stdlib";

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value != null) node.setAttribute(name, value);
  node.append(...children.flat().filter((child) => child != null));
  return node;
}

const svgNS = "http://www.w3.org/2000/svg";
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(svgNS, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// columns: [{name, value: row -> text, numeric}]
export function table(caption, columns, rows) {
  return el("table", {class: "figures"},
    el("caption", {}, caption),
    el("thead", {},
      el("tr", {}, columns.map((c) => el("th", {scope: "col", class: c.numeric ? "number" : null}, c.name)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, columns.map((c, i) =>
      i === 0 ? el("th", {scope: "row"}, String(c.value(row)))
        : el("td", {class: c.numeric ? "number" : null}, String(c.value(row))))))));
}

// A chart: its title, the drawing at the width there is, and the same figures as a table.
// draw(width) returns an svg; label says in words what it shows.
export function chart({title, label, draw, key, note, figures}) {
  return el("figure", {class: "chart"},
    el("figcaption", {}, title),
    key ? legend(key) : null,
    resize((width) => {
      if (width < 40) return "";
      const drawing = draw(width);
      drawing.setAttribute("role", "img");
      drawing.setAttribute("aria-label", label);
      return drawing;
    }),
    note ? el("p", {class: "note"}, note) : null,
    figures ? el("details", {}, el("summary", {}, "Figures as a table"),
      el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": `${title}, table`}, figures)) : null);
}

// Keys of what is drawn: the mark itself and a word.
const samples = {
  band: () => [svg("rect", {x: 1, y: 3, width: 20, height: 8, class: "key-band"}),
    svg("line", {x1: 1, x2: 21, y1: 7, y2: 7, class: "key-line"})],
  limits: () => [svg("line", {x1: 1, x2: 21, y1: 7, y2: 7, class: "key-limits"})],
  center: () => [svg("line", {x1: 1, x2: 21, y1: 7, y2: 7, class: "key-center"})],
  target: () => [svg("line", {x1: 1, x2: 21, y1: 7, y2: 7, class: "key-target"})],
  signal: () => [svg("path", {d: "M11 1 L17 7 L11 13 L5 7 Z", class: "key-signal"})],
  hollow: () => [svg("circle", {cx: 11, cy: 7, r: 4, class: "key-hollow"})],
  dot: () => [svg("line", {x1: 1, x2: 21, y1: 7, y2: 7, class: "key-line"}),
    svg("circle", {cx: 11, cy: 7, r: 4, class: "key-dot"})],
  ...Object.fromEntries([1, 2, 3].map((i) =>
    [`part-${i}`, () => [svg("rect", {x: 4, y: 1, width: 12, height: 12, class: `key-part-${i}`})]])),
  other: () => [svg("line", {x1: 1, x2: 21, y1: 7, y2: 7, class: "key-other"})]
};
export function legend(entries) {
  return el("ul", {class: "key"}, entries.map(([kind, words]) =>
    el("li", {}, svg("svg", {width: 22, height: 14, "aria-hidden": "true"}, ...samples[kind]()), words)));
}

let pickers = 0;

// A picker and what it shows; name is the label, options [[value, text], ...].
export function picker(name, options, show) {
  const id = `picker-${++pickers}`;
  const select = el("select", {id}, options.map(([value, text]) => el("option", {value}, text)));
  const place = el("div", {class: "picked"});
  const update = () => place.replaceChildren(...[show(select.value)].flat());
  select.addEventListener("change", update);
  update();
  const box = el("div", {class: "picker"}, el("label", {for: id}, name), select);
  return Object.assign(el("div", {}, box, place), {
    pick(value) {
      select.value = value;
      update();
      return select;
    }
  });
}

// A plain table of a few rows that is read as it is.
export const list = (caption, columns, rows) => el("div", {class: "scroll", tabindex: "0", role: "region",
  "aria-label": caption}, el("p", {class: "caption"}, caption), table(caption, columns, rows));

export const missing = (what) => el("p", {class: "missing"}, `Left out: the sources do not have ${what}.`);

// The look that all plots share.
export const plotStyle = {background: "transparent", color: "inherit", fontFamily: "inherit", fontSize: "12px",
  overflow: "visible"};
