// Are the figures on the page those of the views, as psql gives them?
import {readFileSync} from "node:fs";

const view = (name) => JSON.parse(readFileSync(`${name}.json`, "utf8"));
const number = /[\u2212-]?\d[\d,]*(?:\.\d+)?/g;

// Numbers in a text, each with half a unit of its last digit.
function numbers(text) {
  return (text.match(number) ?? []).map((raw) => {
    const clean = raw.replaceAll(",", "").replace("\u2212", "-");
    return {value: Number(clean), half: 0.5 * 10 ** -(clean.split(".")[1]?.length ?? 0)};
  });
}
// Does the text say these values, rounded as it does, in this order?
export function says(text, ...values) {
  const said = numbers(text);
  const factor = / min/.test(text) ? 60 : 1;
  return said.length >= values.length
    && values.every((v, i) => v != null && Math.abs(said[i].value - v * factor) <= said[i].half * (1 + 1e-9));
}

const rowsOf = (page, selector) =>
  page.$$eval(`${selector} tbody tr`, (rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
const section = (title) => `section:has(#${title.toLowerCase().replaceAll(" ", "-")})`;

export async function figures(page, ok) {
  const scorecard = view("kpi_scorecard"), byPeriod = view("kpi_by_period"), trend = view("kpi_trend");

  // what is on the page at all
  const outline = await page.evaluate(() =>
    [...document.querySelectorAll("h1, h2, h3, h4")].map((h) => h.tagName).join(" "));
  ok(outline === `H1${" H2".repeat(12)}`, "one heading for the page, one for each section", outline);
  ok(await page.evaluate(() => document.documentElement.lang === "en" && document.title === "Customer recovery"),
    "the page has a language and a title");
  const charts = await page.$$eval("figure svg[role=img]", (all) =>
    all.map((svg) => [svg.getAttribute("aria-label") ?? "", svg.querySelectorAll("path, rect, circle, line").length]));
  const drawn = await page.$$eval("figure", (all) => all.length);
  ok(drawn === 22 && charts.length === drawn
      && charts.every(([label, marks]) =>
        label.length > 40 && /\d/.test(label) && !/NaN|undefined|null/.test(label) && marks > 2),
    "every chart has a name with its figures, and marks", drawn, charts.filter(([label]) => label.length <= 40));
  const unnamed = await page.$$eval("svg:not([role=img])",
    (all) => all.filter((svg) => svg.getAttribute("aria-hidden") !== "true").length);
  ok(unnamed === 0, "every other drawing is hidden from screen readers", String(unnamed));
  const empty = await page.$$eval("section .what",
    (all) => all.filter((what) => !what.querySelector("figure svg[role=img] path, tbody tr")).length);
  ok(empty === 0, "every section has its chart or table with data");
  const text = await page.textContent("main");
  ok(!/NaN|undefined|\bnull\b|Infinity|Left out:/.test(text), "nothing is undefined or left out",
    text.match(/.{20}(NaN|undefined|null|Infinity|Left out:).{20}/)?.[0] ?? "");

  // scorecard
  const cards = await rowsOf(page, ".scorecard");
  const good = scorecard.map((row, i) => {
    const [name, value, state, target, change, year, , answers] = cards[i] ?? [];
    const range = state?.slice((row.status ?? "no target").length) ?? "";
    const sure = row.sure == null ? !/sure/.test(range) : range.endsWith(row.sure ? ", sure" : ", not sure");
    return name?.startsWith(row.kpi_name) && state?.startsWith(row.status ?? "no target") && says(value, row.value)
      && (row.lower == null ? range === "no interval" : says(range, row.lower, row.upper)) && sure
      && says(change, row.change) && says(answers, row.responses)
      && (row.last_year_value == null ? year === "–" : says(year, row.value - row.last_year_value))
      && (row.target == null ? target === "–" : says(target, row.target));
  });
  ok(scorecard.length === 30 && cards.length === 30 && good.every(Boolean),
    "scorecard: names, values, status with its interval, targets, changes and answers are the view's",
    cards.filter((_, i) => !good[i]));
  const counted = numbers(await page.textContent(".standing")).map((n) => n.value);
  const tally = ["on target", "watch", "off target", null]
    .map((status) => scorecard.filter((row) => row.status === status).length);
  ok(counted.join() === tally.join() && counted.reduce((a, b) => a + b) === 30,
    "scorecard: the KPIs of each status are counted, those without a target too", counted);
  const links = await page.$$eval("nav a", (all) => all.map((a) => [a.hash,
    Boolean(document.getElementById(a.hash.slice(1)))]));
  ok(links.length === 12 && links.every(([, there]) => there), "navigation: a link to each section", links);
  const rules = view("source_check");
  const remarks = await page.textContent("details.source");
  ok(rules.length > 0 && rules.every((row) => remarks.toLowerCase().includes(row.rule.toLowerCase())
    && remarks.includes(row.effect)),
    "sources: one quiet line, with what source_check says", remarks);
  const shapes = await page.$$eval(".scorecard .status:not(.none)",
    (all) => new Set(all.map((s) => `${s.textContent}:${s.querySelector("svg").firstElementChild.tagName}`)).size
      === new Set(all.map((s) => s.textContent)).size);
  ok(shapes, "scorecard: each status has a word and a shape of its own");

  // trends: every KPI of the picker
  const trends = section("Trends");
  const bad = [];
  const catalog = new Map(view("kpi_catalog").map((row) => [row.kpi, row]));
  let diamonds = 0;
  for (const {kpi} of scorecard) {
    await page.selectOption(`${trends} select`, kpi);
    await page.waitForSelector(`${trends} figure svg[role=img]`);
    const rows = await rowsOf(page, `${trends} .figures`);
    const own = byPeriod.filter((row) => row.kpi === kpi).sort((a, b) => (a.period_start < b.period_start ? -1 : 1));
    const limits = new Map(trend.filter((row) => row.kpi === kpi).map((row) => [row.period_start, row]));
    own.forEach((row, i) => {
      const [period, value, interval, answers, range, signal, leftOut] = rows[i] ?? [];
      const limit = limits.get(row.period_start);
      const right = period?.endsWith("still open") === !row.complete
        && (row.value == null ? value === "–" : says(value, row.value)
          && (row.lower == null || row.upper == null ? interval === "no interval"
            : says(interval, row.lower, row.upper)))
        && Number(leftOut) === row.left_out
        && says(answers, row.responses)
        && (limit.upper_limit == null ? range === "–" : says(range, limit.lower_limit, limit.upper_limit))
        && signal === (limit.signal ?? "");
      if (!right) bad.push([kpi, row.period_start, ...(rows[i] ?? [])]);
    });
    // Plot names its marks: dots of complete periods, hollow ones, diamonds.
    const dots = await page.$$eval(`${trends} figure svg[role=img] g[aria-label=dot]`,
      (groups) => groups.map((g) => [g.getAttribute("fill"), g.children.length]));
    const seen = (fill, n) => dots.filter(([f]) => f === fill).reduce((sum, [, c]) => sum + c, 0) === n;
    const marks = [["var(--series-1)", own.filter((row) => row.complete && row.value != null).length],
      ["var(--paper)", own.filter((row) => !row.complete && row.value != null).length],
      ["var(--series-2)", own.filter((row) => limits.get(row.period_start).signal).length]];
    if (!marks.every(([fill, n]) => seen(fill, n))) bad.push([kpi, "marks", dots, marks]);
    const words = await page.$$eval(`${trends} figure svg[role=img] text`, (all) => all.map((t) => t.textContent));
    const named = own.map((row) => limits.get(row.period_start).signal).filter(Boolean);
    if (named.length !== words.filter((word) => /^(above|below) limits$|^run /.test(word)).length)
      bad.push([kpi, "labels", named, words]);
    diamonds += named.length;
    const said = await page.textContent(`${trends} .about`);
    if (!said.startsWith(catalog.get(kpi).definition) || !said.includes(catalog.get(kpi).risk_warnings))
      bad.push([kpi, "words of the catalogue", said]);
  }
  ok(bad.length === 0 && diamonds > 0 && byPeriod.some((row) => !row.complete && row.value != null),
    "trends: every figure of every KPI, full dots for complete periods, hollow dots for open periods, "
      + "a diamond with its words for each signal, what the catalogue says", bad);
  await page.click(".scorecard tbody tr:nth-child(3) th a");
  ok((await page.inputValue(`${trends} select`)) === scorecard[2].kpi,
    "a click on a KPI of the scorecard shows its trend");
  await page.focus(`${trends} select`);
  await page.keyboard.press("ArrowDown");
  ok((await page.textContent(`${trends} figcaption`)).startsWith(scorecard[3].kpi_name),
    "the picker follows the keyboard");

  // segments, the first KPI
  const bySegment = view("kpi_by_segment")
    .filter((row) => row.kpi === scorecard[0].kpi && row.complete && row.value != null);
  const latest = bySegment.map((row) => row.period_start).sort().at(-1);
  const segments = (await rowsOf(page, `${section("Segments")} .figures`));
  const wanted = bySegment.filter((row) => row.period_start === latest);
  ok(wanted.length > 9 && segments.length === wanted.length
    && wanted.every((row) => segments.some(([name, value, interval, answers]) =>
      name === (row.segment ?? "not recorded") && says(value, row.value) && says(interval, row.lower, row.upper)
      && says(answers, row.responses))), "segments: the view's figures", segments);

  // why it changed, the first KPI
  const parts = await rowsOf(page, `${section("Why it changed")} .figures`);
  const changes = view("kpi_change").filter((row) => row.kpi === scorecard[0].kpi && row.rate_effect != null);
  ok(changes.length > 9 && parts.length === changes.length
    && changes.every((row) => parts.some(([name, rate, mix, was, is]) => name === (row.segment ?? "not recorded")
      && says(rate.replace("+", ""), row.rate_effect) && says(mix.replace("+", ""), row.mix_effect)
      && (row.baseline_value == null || says(was, row.baseline_value))
      && (row.current_value == null || says(is, row.current_value)))), "why it changed: the view's figures", parts);

  // who waits for whom, and whom to call
  const waits = section("Who waits for whom");
  const open = view("case_queue");
  const [kept, hours, turns, next] = await page.$$eval(`${waits} .figures`, (all) => all.map((table) =>
    [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent))));
  const promise = byPeriod.filter((row) => row.kpi === "promise_kept" && row.complete)
    .sort((a, b) => (a.period_start < b.period_start ? -1 : 1));
  ok(promise.length > 9 && kept.length === promise.length
    && promise.every((row, i) => says(kept[i][1], row.value, row.lower, row.upper)),
    "promises kept: the view's figures", kept);
  const work = byPeriod.filter((row) => row.kpi === "agent_work" && row.complete && row.value != null);
  ok(work.length > 9 && hours.length >= work.length && work.every((row) => hours.some((cells) =>
    says(cells[2], row.value, row.lower, row.upper))), "hours: the view's figures", hours);
  const ofTurn = (who) => turns.filter(([name]) => name === who)
    .reduce((n, [, , cases]) => n + numbers(cases)[0].value, 0);
  ok(turns.length > 5 && ["company", "customer", "third party"].every((who) =>
    ofTurn(who) === open.filter((row) => row.waiting_for === who).length),
  "open cases: counted by whose turn it is", turns);
  ok(next.length === 8 && next.every(([id, status]) => open.some((row) => String(row.case_id) === id
    && row.current_status === status && row.waiting_for === "company")), "the next cases are of the queue", next);
  const due = view("follow_up_due");
  const said = numbers(await page.textContent(`${section("Whom to call")} .calls > .note`)).map((n) => n.value);
  ok(said[0] === due.filter((row) => row.overdue_hours <= 0).length
    && said[0] + said[1] + said[2] === due.length, "calls: all of follow_up_due are counted", said);
  const callees = await rowsOf(page, `${section("Whom to call")} .figures`);
  ok(callees.length === 8 && callees.every(([id]) => due.some((row) => String(row.response_id) === id)),
    "the next calls are of the view", callees);

  // curves
  const resolved = await rowsOf(page, `${section("How long it takes")} .figures`);
  const curve = view("resolution_curve");
  const last = curve.map((row) => row.period_start).sort().at(-1);
  const day = curve.find((row) => row.period_start === last && row.age_hours === 24);
  ok(resolved.some(([age, now]) => age === "1 d" && says(now, day.resolved_share, day.lower, day.upper)),
    "how long it takes: resolved within a day", resolved);
  const stays = await rowsOf(page, `${section("Who stays")} .figures`);
  const retained = view("retention_curve");
  const customerGroups = ["recovered", "not recovered", "never failed"];
  ok(stays.length > 5 && stays.every(([days, ...groups]) => customerGroups.every((group, i) => {
    const row = retained.find((r) => r.customer_group === group && r.age_days === Number(days));
    return row ? says(groups[i], row.retained_share, row.lower, row.upper) : groups[i] === "–";
  })), "who stays: the view's figures", stays);

  // the rest: each row of the view is a row of a table
  const each = async (title, name, make) => {
    const rows = await rowsOf(page, `${section(title)} .figures`);
    const lost = view(name).filter((row) => !rows.some((cells) => make(row, cells)));
    ok(rows.length >= view(name).length && view(name).length > 0 && lost.length === 0,
      `${title}: the view's figures`, lost);
  };
  await each("What recovery does", "recovery_effect",
    (row, [comparison, measure, value, range, n]) => comparison === row.comparison && measure === row.measure
      && says(value, row.value) && (row.lower == null || says(range, row.lower, row.upper)) && says(n, row.responses));
  await each("What a customer is worth", "customer_value",
    (row, [group, n, alive, purchases, spend, mean, total, spent, raw, adjusted, range]) =>
      group === row.customer_group && says(n, row.customers)
      && says(alive, 100 * row.probability_alive) && says(purchases, row.expected_purchases)
      && says(spend, row.expected_spend) && says(mean, row.mean_value) && says(total, row.total_value)
      && says(spent, row.raw_spend) && (row.adjusted_difference == null ? adjusted === "–"
        : says(raw, row.raw_difference) && says(adjusted, row.adjusted_difference)
          && says(range, row.lower, row.upper)));
  await each("What moves satisfaction", "drivers", (row, [, share, coefficient, , correlation, vif, , n]) =>
    says(share, row.share) && says(coefficient, row.coefficient)
    && says(correlation, row.correlation) && says(vif, row.vif) && says(n, row.responses));
  await each("What they write", "voice", (row, [, sentiment, range, positive, neutral, negative, unread, known, n]) =>
    says(sentiment, row.sentiment) && says(range, row.lower, row.upper)
    && says(positive, row.positive_share) && says(neutral, row.neutral_share) && says(negative, row.negative_share)
    && says(unread, row.not_read_share) && says(known, row.read_share)
    && says(n, row.responses));
}
