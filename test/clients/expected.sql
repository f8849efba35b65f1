-- Prints the views of a schema as the readers in this folder have to: what PostgreSQL itself
-- says of them, in the form of canonical.py.  Variables: schema, kpi, since.
\pset format unaligned
\pset tuples_only on
\pset fieldsep '\t'
\pset null '\\N'
SELECT 'view', relname, obj_description(oid, 'pg_class') FROM pg_class
 WHERE relnamespace = quote_ident(:'schema')::regnamespace AND relkind = 'v';
SELECT 'column', relname, attname,
       CASE format_type(atttypid, atttypmod)
            WHEN 'double precision' THEN 'double' ELSE format_type(atttypid, atttypmod) END,
       col_description(c.oid, attnum)
  FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0
 WHERE relnamespace = quote_ident(:'schema')::regnamespace AND relkind = 'v' ORDER BY relname, attnum;
-- a query for each view, and the one with a filter: doubles by their bits, times in UTC
SELECT format('SELECT ''row'', %L, %s FROM %s.%I %s', name,
              string_agg(CASE atttypid WHEN 'float8'::regtype THEN format('encode(float8send(%I), ''hex'')', attname)
                              WHEN 'timestamptz'::regtype THEN
                                format('to_char(%I AT TIME ZONE ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.US"Z"'')', attname)
                              WHEN 'bool'::regtype THEN format('%I::text', attname) ELSE format('%I', attname) END,
                         ', ' ORDER BY attnum),
              quote_ident(:'schema')::regnamespace, relname, filter)
  FROM (SELECT oid, relname, relname AS name, '' AS filter FROM pg_class
         WHERE relnamespace = quote_ident(:'schema')::regnamespace AND relkind = 'v'
        UNION ALL
        SELECT oid, relname, 'filter', format('WHERE kpi = %L AND period_start >= %L AND complete', :'kpi', :'since')
          FROM pg_class WHERE relnamespace = quote_ident(:'schema')::regnamespace AND relname = 'kpi_by_period') c
  JOIN pg_attribute a ON attrelid = oid AND attnum > 0
 GROUP BY name, relname, filter \gexec
