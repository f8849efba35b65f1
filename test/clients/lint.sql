-- What in a schema's views would trouble a BI tool: a line for each fault.  Variable: schema.
SELECT concat(relname, '.' || attname, ': ', fault)
  FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0,
       LATERAL (VALUES
         -- types that every driver has: no composite, array, enum, range, interval, nor one of an extension
         (atttypid <> ALL ('{text,varchar,date,timestamp,timestamptz,boolean}'::regtype[]
                           || '{smallint,integer,bigint,real,float8,numeric}'::regtype[]),
          'of type ' || format_type(atttypid, atttypmod)),
         (atttypid = 'numeric'::regtype AND atttypmod = -1, 'numeric without scale'),
         (quote_ident(attname) <> attname OR attname !~ '^[a-z]' OR length(attname) > 30, 'needs quotes'),
         -- not reserved in PostgreSQL, but a word of the language of some tool
         (attname IN ('value', 'date', 'time', 'timestamp', 'year', 'quarter', 'month', 'week', 'day', 'hour',
                      'measure_name')
          OR attname IN (SELECT word FROM pg_get_keywords() WHERE catcode <> 'U'), 'a keyword'),
         (col_description(c.oid, attnum) IS NULL, 'no comment'),
         (obj_description(c.oid, 'pg_class') IS NULL, 'in a view without comment')) AS f (is_fault, fault)
 WHERE relnamespace = quote_ident(:'schema')::regnamespace AND relkind IN ('v', 'm') AND is_fault
 ORDER BY relname, attnum, fault
