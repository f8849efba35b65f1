// Reads the views that create_kpi_views made, all in one snapshot, and prints one JSON
// object: view name -> rows; null for a view that was left out.  The server is that of
// the usual variables (PGHOST, PGDATABASE, ...), the schema that of KPI_SCHEMA.
import pg from "pg";

const schema = process.env.KPI_SCHEMA || "kpi";
const order = {
  kpi_scorecard: "",
  kpi_by_period: "ORDER BY kpi, period_start",
  kpi_by_segment: "ORDER BY kpi, period_start, dimension, segment",
  kpi_trend: "ORDER BY kpi, period_start",
  resolution_curve: "ORDER BY period_start, age_hours",
  retention_curve: "ORDER BY customer_group, age_days",
  recovery_effect: "ORDER BY comparison, measure",
  customer_value: "ORDER BY mean_value DESC",
  voice: "ORDER BY period_start",
  drivers: "ORDER BY share DESC"
};

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

const client = new pg.Client();
await client.connect();
try {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const found = await client.query(
    `SELECT c.relname AS view, pg_catalog.obj_description(c.oid, 'pg_class') AS comment
       FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relname = ANY ($2::text[])`,
    [schema, Object.keys(order)]
  );
  const comment = new Map(found.rows.map((row) => [row.view, row.comment]));
  if (!comment.has("kpi_scorecard"))
    throw new Error(`no kpi_scorecard in schema "${schema}": run create_kpi_views, or set KPI_SCHEMA`);

  // The comment of each view says how they were made.
  const [, period, timezone, as_of] =
    /Period: (\w+), time zone: ([^,]+), as of ([^,]+),/.exec(comment.get("kpi_scorecard") ?? "") ?? [];
  const out = {about: {period: period ?? "month", timezone: timezone ?? "UTC", as_of: as_of ?? "now()"}};
  for (const view of Object.keys(order)) {
    out[view] = comment.has(view)
      ? (await client.query(`SELECT * FROM ${client.escapeIdentifier(schema)}.${view} ${order[view]}`)).rows
      : null;
  }
  await client.query("COMMIT");
  process.stdout.write(JSON.stringify(out));
} finally {
  await client.end();
}
