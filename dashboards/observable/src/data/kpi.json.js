// Reads the views that create_kpi_views made, all in one snapshot, and prints one JSON
// object: name -> rows; null for a view that was left out.  The server is that of the usual
// variables (PGHOST, PGDATABASE, ...), the schema that of KPI_SCHEMA.  case_list, a row per
// case, is for drilling down in a BI tool, not for a page.
import pg from "pg";

const schema = process.env.KPI_SCHEMA || "kpi";

// name: [view, query], with {v} for the view and {x} for the schema of the extension.
const all = (order) => `SELECT * FROM {v} ORDER BY ${order}`;
const queries = {
  kpi_scorecard: ["kpi_scorecard", "SELECT * FROM {v}"],
  kpi_by_period: ["kpi_by_period", all("kpi, period_start")],
  kpi_trend: ["kpi_trend", all("kpi, period_start")],
  // the latest complete period of each KPI
  kpi_by_segment: ["kpi_by_segment", `SELECT s.* FROM (SELECT *,
      max(period_start) FILTER (WHERE complete AND value IS NOT NULL) OVER (PARTITION BY kpi) AS latest FROM {v}) AS s
    WHERE period_start = latest ORDER BY kpi, dimension, segment`],
  kpi_change: ["kpi_change", all("kpi, dimension, segment")],
  resolution_curve: ["resolution_curve", all("period_start, age_hours")],
  retention_curve: ["retention_curve", all("customer_group, age_days")],
  recovery_effect: ["recovery_effect", all("comparison, measure")],
  customer_value: ["customer_value", all("mean_value DESC")],
  voice: ["voice", all("period_start")],
  drivers: ["drivers", all("share DESC")],
  source_check: ["source_check", "SELECT * FROM {v}"],
  // how many cases wait, since when, and the next that are due; how many calls, and the next
  queue: ["case_queue", `SELECT waiting_for, width_bucket(age_hours, ARRAY[24, 72, 168, 720]) AS age,
      count(*) AS cases, count(*) FILTER (WHERE overdue_hours > 0) AS overdue,
      count(due_at) AS promised FROM {v} GROUP BY 1, 2 ORDER BY 1, 2`],
  queue_next: ["case_queue", `SELECT case_id::text AS case_id, current_status, age_hours, overdue_hours FROM {v}
    WHERE waiting_for = 'company' AND overdue_hours IS NOT NULL
    ORDER BY overdue_hours > 0, abs(overdue_hours), case_id LIMIT 8`],
  calls: ["follow_up_due", `SELECT count(*) FILTER (WHERE overdue_hours <= 0) AS due,
      count(*) FILTER (WHERE overdue_hours > 0 AND overdue_hours <= 168) AS late,
      count(*) FILTER (WHERE overdue_hours > 168) AS missed FROM {v}`],
  calls_next: ["follow_up_due", `SELECT response_id::text AS response_id, csat, nps, overdue_hours FROM {v}
    ORDER BY overdue_hours > 0, abs(overdue_hours), response_id LIMIT 8`],
  // what each KPI is, and what it counts
  kpi_catalog: ["kpi_scorecard", `SELECT c.kpi, d.list, d.fact, c.definition, c.formula, c.trend_analysis,
      c.diagnostics, c.risk_warnings, c.change_impact
    FROM {x}.kpi_catalog AS c JOIN {x}.kpi_definition AS d ON d.kpi = c.kpi ORDER BY d.ordinal`]
};

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

const client = new pg.Client();
await client.connect();
try {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  await client.query("SET LOCAL jit = off");
  const found = await client.query(
    `SELECT c.relname AS view, pg_catalog.obj_description(c.oid, 'pg_class') AS comment,
            (SELECT x.nspname FROM pg_catalog.pg_extension AS e
              JOIN pg_catalog.pg_namespace AS x ON x.oid = e.extnamespace WHERE e.extname = 'recovery_kpi') AS home
       FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relkind = 'v'`,
    [schema]
  );
  const comment = new Map(found.rows.map((row) => [row.view, row.comment]));
  if (!comment.has("kpi_scorecard"))
    throw new Error(`no kpi_scorecard in schema "${schema}": run create_kpi_views, or set KPI_SCHEMA`);

  // The comment of each view says how they were made.
  const [, period, timezone, as_of] =
    /Period: (.+?), time zone: ([^,]+), as of ([^,]+),/.exec(comment.get("kpi_scorecard") ?? "") ?? [];
  const out = {about: {period: period ?? "month", timezone: timezone ?? "UTC", as_of: as_of ?? "now()"}};
  const home = client.escapeIdentifier(found.rows[0].home);
  for (const [name, [view, query]] of Object.entries(queries)) {
    const from = `${client.escapeIdentifier(schema)}.${view}`;
    out[name] = comment.has(view)
      ? (await client.query(query.replaceAll("{v}", from).replaceAll("{x}", home))).rows : null;
  }
  await client.query("COMMIT");
  process.stdout.write(JSON.stringify(out));
} finally {
  await client.end();
}
