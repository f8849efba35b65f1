// grafana.mjs FILE SCHEMA: is the dashboard whole, and does each query give the columns
// that its panel uses?  Grafana itself is not in Debian; its macros and variables are
// filled in here as it would.
import {readFileSync} from "node:fs";
import pg from "pg";

const [file, schema] = process.argv.slice(2);
let failed = 0;
function ok(good, what, ...why) {
  if (!good) failed++;
  console.log(`${good ? "ok" : "not ok"} - grafana: ${what}`);
  if (!good) for (const line of why.flat().slice(0, 8)) console.log(`# ${line}`);
}

const board = JSON.parse(readFileSync(file, "utf8"));
const client = new pg.Client();
await client.connect();

const quote = {doublequote: (v) => `"${v.replaceAll('"', '""')}"`, sqlstring: (v) => `'${v.replaceAll("'", "''")}'`,
  text: (v) => v};
const from = "2024-01-01T00:00:00Z", to = "2027-01-01T00:00:00Z";
function fill(sql, values) {
  const done = sql.replace(/\$__timeFilter\(([^()]*)\)/g, `$1 BETWEEN '${from}' AND '${to}'`)
    .replace(/\$\{(\w+):(\w+)\}/g,
      (all, name, kind) => (values[name] != null && quote[kind] ? quote[kind](values[name]) : all));
  if (/\$/.test(done)) throw new Error(`not filled in: ${done.slice(done.indexOf("$"), done.indexOf("$") + 40)}`);
  return done;
}
const columnsOf = (panel) => [
  ...panel.fieldConfig.overrides.filter((o) => o.matcher.id === "byName").map((o) => o.matcher.options),
  ...panel.fieldConfig.overrides.flatMap((o) => o.properties).filter((p) => p.id === "custom.fillBelowTo")
    .map((p) => p.value),
  ...(panel.options.xField ? [panel.options.xField] : [])
];

// structure
const variables = new Map(board.templating.list.map((v) => [v.name, v]));
const inputs = new Set(board.__inputs.map((input) => `\${${input.name}}`));
ok(board.panels.length >= 10 && new Set(board.panels.map((p) => p.id)).size === board.panels.length,
  "panels have ids of their own");
ok(inputs.has(variables.get("datasource").current.value) && variables.get("schema").current.value === "kpi"
  && board.id === null && board.uid === null, "the importer asks for the data source; the schema is kpi");
ok(board.panels.every((p) => [p, ...p.targets].every((d) => d.datasource.uid === "${datasource}")),
  "every panel and query uses the data source asked for");
const required = new Set(board.__requires.map((r) => r.id));
ok(board.panels.every((p) => required.has(p.type) && p.title && p.description),
  "panels have a type that is required, a title and a description");
const overlap = board.panels.flatMap((a) => board.panels
  .filter((b) => a.id < b.id
    && a.gridPos.x < b.gridPos.x + b.gridPos.w && b.gridPos.x < a.gridPos.x + a.gridPos.w
    && a.gridPos.y < b.gridPos.y + b.gridPos.h && b.gridPos.y < a.gridPos.y + a.gridPos.h)
  .map((b) => `${a.title} / ${b.title}`));
ok(overlap.length === 0 && board.panels.every((p) => p.gridPos.x + p.gridPos.w <= 24),
  "panels do not overlap", overlap);

// queries, with a KPI whose last period is open too
const seen = new Set();
for (const panel of board.panels) {
  const why = [];
  for (const kpi of ["crs", "repeat_rate"]) {
    for (const {rawSql, format} of panel.targets) {
      if (kpi !== "crs" && !rawSql.includes("{kpi")) continue;
      try {
        const values = {schema, kpi, dimension: "channel", extension: "public"};
        const {rows, fields} = await client.query(fill(rawSql, values));
        const names = fields.map((f) => f.name);
        seen.add(rawSql.match(/\}\.(\w+)/)[1]);
        if (rows.length === 0) why.push(`${kpi}: no rows`);
        for (const name of columnsOf(panel))
          if (!names.includes(name)) why.push(`${kpi}: no column ${name} in ${names}`);
        const {FLOAT8, INT8, INT4} = pg.types.builtins;
        const numeric = fields.filter((f) => [FLOAT8, INT8, INT4].includes(f.dataTypeID)).length;
        if (panel.type !== "table" && numeric === 0) why.push(`${kpi}: nothing to draw`);
        if (format === "time_series"
            && (names[0] !== "time" || fields[0].dataTypeID !== pg.types.builtins.TIMESTAMPTZ
              || rows.some((r, i) => i && r.time <= rows[i - 1].time)))
          why.push(`${kpi}: time is not in order`);
        if (panel.type === "trend" && rows.some((r, i) => i && r[names[0]] <= rows[i - 1][names[0]]))
          why.push(`${kpi}: x does not rise`);
      } catch (error) {
        why.push(`${kpi}: ${error.message}`);
      }
    }
  }
  ok(why.length === 0, `${panel.title}: its query has the columns it draws`, why);
}
const views = (await client.query(
  "SELECT relname FROM pg_class WHERE relnamespace = $1::text::regnamespace AND relkind = 'v'", [schema]
)).rows.map((r) => r.relname);
ok(views.length === 15 && views.every((view) => seen.has(view)), "every view has a panel",
  views.filter((view) => !seen.has(view)));

// status texts, the picker, an open period, a schema that needs quotes
const mapped = Object.keys(board.panels[0].fieldConfig.overrides.flatMap((o) => o.properties)
  .find((p) => p.id === "mappings").value[0].options);
ok(mapped.join() === "on target,watch,off target", "each status has a text and a colour", mapped);
const picks = await client.query(fill(variables.get("kpi").query, {schema}));
ok(picks.rows.length === 30 && picks.fields.map((f) => f.name).join() === "__text,__value",
  "the picker lists the KPIs");
const dimensions = await client.query(fill(variables.get("dimension").query, {schema}));
ok(dimensions.rows.map((r) => r.__value).join() === "channel,compensation,failure_type,team",
  "the other picker lists the dimensions", dimensions.rows);
const signals = await client.query(fill(board.panels[2].targets[0].rawSql, {schema, kpi: "follow_up_rate"}));
ok(signals.rows.some((r) => r["above limits"] != null && r["run above"] == null), "a signal is drawn under its name");
const open = await client.query(fill(board.panels[1].targets[0].rawSql, {schema, kpi: "repeat_rate"}));
ok(open.rows.some((r) => r["still open"] != null) && open.rows.every((r) => r.value == null || r["still open"] == null),
  "an open period is not part of the line");
const quoted = await client.query(fill(board.panels[0].targets[0].rawSql, {schema: "bare kpi"}))
  .catch((error) => error);
ok(Array.isArray(quoted.rows), "a schema that needs quotes works", String(quoted.message));
await client.end();
process.exitCode = failed ? 1 : 0;
