// check.mjs DIST DIST_BARE PICTURE: opens the built page in Chromium, prints "ok - ..."
// and "not ok - ..." lines, takes the picture.
import {chromium} from "playwright-core";
import {contrast, distance, hex, kinds, rgb} from "./colour.mjs";
import {figures} from "./figures.mjs";
import {serve} from "./serve.mjs";

const [dist, bare, picture] = process.argv.slice(2);
let failed = 0;
export function ok(good, what, ...why) {
  if (!good) failed++;
  console.log(`${good ? "ok" : "not ok"} - ${what}`);
  if (good) return;
  for (const line of why.flat().slice(0, 8)) console.log(`# ${typeof line === "string" ? line : JSON.stringify(line)}`);
}

// The checks themselves: white on white, black on white, and colours known to be confused.
ok(Math.abs(contrast(hex("#000000"), hex("#ffffff")) - 21) < 1e-9 && contrast(hex("#777777"), hex("#ffffff")) < 4.5,
  "contrast is computed as WCAG says");
ok(distance(hex("#008000"), hex("#a05000"), "deuteranopia") < distance(hex("#008000"), hex("#a05000")) / 3,
  "green and brown are close with deuteranopia");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
});

// A page, with all that goes wrong on it.
async function open(folder, {width = 1280, colorScheme = "light"} = {}) {
  const {server, url} = await serve(folder);
  const page = await (await browser.newContext({viewport: {width, height: 900}, colorScheme, locale: "en-GB"}))
    .newPage();
  const wrong = [], requests = [];
  page.on("console",
    (message) => ["error", "warning"].includes(message.type()) && wrong.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("requestfailed", (request) => wrong.push(`failed: ${request.url()}`));
  page.on("response", (response) => response.status() >= 400 && wrong.push(`${response.status()}: ${response.url()}`));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(url, {waitUntil: "networkidle"});
  await page.waitForFunction(() => document.querySelector(".scorecard tbody")
      && document.querySelectorAll("section").length === 12
      && [...document.querySelectorAll("section .what")]
        .every((what) => what.querySelector("svg, .missing, tbody, .note")),
    null, {timeout: 20000}).catch(() => wrong.push("sections stay empty"));
  await page.waitForTimeout(500);
  const foreign = requests.filter((at) => !at.startsWith(url) && !at.startsWith("data:") && !at.startsWith("blob:"));
  return {page, wrong, foreign, close: async () => { await page.context().close(); server.close(); }};
}

// Text with a contrast to its background below 4.5.
async function faint(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  const texts = await page.evaluate(() => [...document.querySelectorAll("body *")]
    .filter((node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())
      && !node.closest("script, style") && node.checkVisibility())
    .map((node) => {
      let behind = node, alpha = 1;
      while (behind && /rgba\(.*, 0\)|transparent/.test(getComputedStyle(behind).backgroundColor))
        behind = behind.parentElement;
      for (let at = node; at; at = at.parentElement) alpha *= Number(getComputedStyle(at).opacity);
      const style = getComputedStyle(node);
      return {text: node.textContent.trim().slice(0, 30), alpha,
        colour: node.namespaceURI.endsWith("svg") ? style.fill : style.color,
        behind: getComputedStyle(behind ?? document.body).backgroundColor};
    }));
  const below = texts.map((t) => {
    const [front, back] = [rgb(t.colour), rgb(t.behind)];
    return {...t, contrast: contrast(front.slice(0, 3).map((c, i) => c * t.alpha + back[i] * (1 - t.alpha)), back)};
  }).filter((t) => !(t.contrast >= 4.5));
  return {count: texts.length, below};
}

// Words of a chart that run into each other or out of it.
const crowded = (page) => page.$$eval("figure svg[role=img]", (all) => all.flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll("text")].filter((t) => t.textContent)
    .map((t) => ({words: t.textContent, box: t.getBoundingClientRect()}));
  const out = texts.filter(({box}) => box.top < frame.top - 8 || box.bottom > frame.bottom + 8
    || box.left < frame.left - 8 || box.right > frame.right + 8).map((t) => `outside: ${t.words}`);
  const over = texts.flatMap((a, i) => texts.slice(i + 1)
    .filter((b) => Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 2
      && Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 4)
    .map((b) => `${a.words} / ${b.words}`));
  return [...out, ...over];
}));

// The head of the page with the first twelve KPIs, down to the first trend.
async function draw() {
  const {page, close} = await open(dist);
  await page.addStyleTag({content: ".scorecard tbody tr:nth-child(n + 13) { display: none; }"});
  const height = Math.ceil(await page.evaluate(() =>
    document.querySelectorAll("section")[1].getBoundingClientRect().bottom));
  await page.setViewportSize({width: 1280, height});
  await page.waitForTimeout(500);
  await page.screenshot({path: picture});
  await close();
}

for (const colorScheme of ["light", "dark"]) {
  const {page, wrong, foreign, close} = await open(dist, {colorScheme});
  ok(wrong.length === 0, `${colorScheme}: no error, no failed request`, wrong);
  ok(foreign.length === 0, `${colorScheme}: no request leaves the machine`, foreign);
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  ok(colorScheme === "light" ? contrast(rgb(paper), [0, 0, 0]) > 15 : contrast(rgb(paper), [255, 255, 255]) > 15,
    `${colorScheme}: the paper is ${colorScheme}`, paper);
  const palette = await page.evaluate(() => ["--series-1", "--series-2", "--series-3"]
    .map((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()));
  const pairs = kinds.flatMap((kind) => [[0, 1], [0, 2], [1, 2]].map(([a, b]) =>
    ({kind, a: palette[a], b: palette[b], distance: distance(hex(palette[a]), hex(palette[b]), kind)})));
  ok(pairs.every((pair) => pair.distance >= 20),
    `${colorScheme}: the series can be told apart with deuteranopia and protanopia`,
    pairs.filter((pair) => pair.distance < 20));
  ok(palette.every((c) => contrast(hex(c), rgb(paper)) >= 3),
    `${colorScheme}: lines and dots have a contrast of 3`, palette);
  if (colorScheme === "light") {
    await figures(page, ok);
    await draw();
  }
  const {count, below} = await faint(page);
  ok(count > 400 && below.length === 0, `${colorScheme}: contrast of text is at least 4.5`, below);
  await close();
}

for (const width of [320, 390, 768, 981, 1180, 1280, 1920]) {
  const {page, wrong, close} = await open(dist, {width});
  const [wide, over] = await page.evaluate(() => [document.documentElement.scrollWidth,
    [...document.querySelectorAll("main *")]
      .filter((node) => node.getBoundingClientRect().right > Math.min(innerWidth + 0.5,
        document.querySelector("main").getBoundingClientRect().right + 16)
        && !node.closest(".scroll, thead, caption"))
      .map((node) => `${node.tagName} ${node.textContent.slice(0, 30)}`)]);
  ok(wide <= width && over.length === 0 && wrong.length === 0, `${width} px: nothing to scroll sideways`, over, wrong);
  if (width === 390 || width === 1280) {
    const clash = await crowded(page);
    ok(clash.length === 0, `${width} px: no words over words in a chart, none outside it`, clash);
  }
  if (width === 390) {
    const [card, screens] = await page.evaluate(() => [Math.max(...[...document.querySelectorAll(".scorecard tbody tr")]
      .map((row) => row.getBoundingClientRect().height)), document.documentElement.scrollHeight / 844]);
    ok(card <= 130 && screens <= 18, `${width} px: a card of the scorecard is short, and so is the page`,
      `${card} px`, `${screens} screens`);
  }
  await close();
}

{
  const {page, wrong, close} = await open(bare);
  const text = await page.textContent("main");
  ok(wrong.length === 0 && /Left out/.test(text) && !/NaN|undefined|null|Invalid/.test(text),
    "views left out and KPIs without answers are said, not drawn", wrong,
    text.match(/.{30}(NaN|undefined|null|Invalid).{20}/)?.[0] ?? []);
  await close();
}
await browser.close();
process.exitCode = failed ? 1 : 0;
