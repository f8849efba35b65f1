-- page.sql: docs/reference.md as rows of text, from the catalogue and the tables of make.

-- each function of the extension, with its place
CREATE TEMP TABLE function AS
SELECT p.oid, p.proname AS name, p.prokind, number, family, title, p.oid::regprocedure::text AS signature,
       pg_get_function_arguments(p.oid) AS arguments, pg_get_function_result(p.oid) AS result,
       obj_description(p.oid, 'pg_proc') AS comment,
       coalesce((SELECT min(string_to_array(version, '.')::int[]) FROM reference.released r
                  WHERE r.signature = p.oid::regprocedure::text),
                string_to_array(extversion, '.')::int[]) AS since,
       -- what SQL does not call by name: functions of aggregates, types, operators, casts, triggers and views
       prorettype = 'trigger'::regtype OR 'internal'::regtype = ANY (p.proargtypes) OR 'cstring'::regtype
         = ANY (p.proargtypes || p.prorettype) OR prorettype = 'internal'::regtype
         OR p.proname ~ '_(accum|inv|merge|combine|final|send|recv|eq|ne|lt|le|gt|ge|cmp|hash|hash_extended)$'
         OR p.proname ~ '_accum_' OR p.proname LIKE 'kpi\_%' AND p.proname <> 'kpi_status'
         OR EXISTS (SELECT FROM pg_operator WHERE oprcode = p.oid)
         OR EXISTS (SELECT FROM pg_cast WHERE castfunc = p.oid)
         OR EXISTS (SELECT FROM pg_aggregate a
                     WHERE p.oid IN (aggtransfn, aggcombinefn, aggmtransfn, aggminvtransfn))
         AS inner_part
  FROM pg_extension e JOIN pg_depend d ON refclassid = 'pg_extension'::regclass AND refobjid = e.oid AND deptype = 'e'
  JOIN pg_proc p ON classid = 'pg_proc'::regclass AND objid = p.oid
  LEFT JOIN reference.place ON to_regprocedure(place.signature) = p.oid
 WHERE extname = 'recovery_kpi';

DO $$
DECLARE lost text;
BEGIN
  SELECT string_agg(signature, ', ' ORDER BY signature) INTO lost FROM function WHERE number IS NULL;
  IF lost IS NOT NULL THEN RAISE EXCEPTION 'no COMMENT of sql/install is that of %', lost; END IF;
END $$;

-- One row for the three types of a score.  The longest of names of types are short here.
CREATE TEMP TABLE entry AS
WITH of_score AS (
  SELECT *, regexp_replace(arguments, '^(\w+ )?(smallint|integer|double precision)\M', '\1score type') AS any_score
    FROM function),
merged AS (
  SELECT *, count(*) FILTER (WHERE arguments ~ '^(\w+ )?(smallint|integer|double precision)\M')
              OVER (PARTITION BY name, prokind, result, any_score, inner_part) = 3 AS three
    FROM of_score)
SELECT min(number) AS number, min(family) AS family, min(title) AS title, inner_part, name, prokind, result,
       CASE WHEN three THEN any_score ELSE arguments END AS arguments, min(since) AS since,
       (array_agg(comment ORDER BY number))[1] AS comment, count(*) AS functions
  FROM merged
 GROUP BY inner_part, name, prokind, result, CASE WHEN three THEN any_score ELSE arguments END;

CREATE FUNCTION pg_temp.short(types text) RETURNS text LANGUAGE sql AS $$
  SELECT replace(regexp_replace(replace(replace($1, 'timestamp with time zone', 'timestamptz'), '::text[]', ''),
    '::(text|double precision|integer)\M', '', 'g'), 'TABLE(', 'rows (') $$;
-- up to the end of its first sentence
CREATE FUNCTION pg_temp.first_sentence(comment text) RETURNS text LANGUAGE sql AS $$
  SELECT replace(coalesce(substring($1 FROM '^(.*?[^ .][.])(?: [A-Z]|$)'), $1), '|', '\|') $$;
CREATE FUNCTION pg_temp.release(version int[]) RETURNS text LANGUAGE sql AS $$ SELECT $1[1] || '.' || $1[2] $$;

SELECT format($$# Reference: every function

Made from the catalogue by `make reference`: each function of the extension once, with what COMMENT says first about it.
In psql `\df+ nps*` shows the whole comment. What a function is for, with examples: its page, and
[the documentation by question](README.md).

An argument of `score type` takes smallint, integer or double precision, so also bigint and numeric; a score that is
not whole is an error. Arguments can be given by name: `nps_interval(answers, confidence => 0.9)`. An aggregate is
marked by a `*`, a window function by a `w`. Since: the first version that has it. %s functions in %s rows.
$$, (SELECT count(*) FROM function WHERE NOT inner_part), (SELECT count(*) FROM entry WHERE NOT inner_part));

SELECT format(E'## [%s](%s.md)\n\n| function | result | since | what it gives |\n|---|---|---|---|\n%s\n',
         title, family,
         string_agg(format('| `%s(%s)`%s | %s | %s | %s |', name, pg_temp.short(arguments),
                           CASE prokind WHEN 'a' THEN ' \*' WHEN 'w' THEN ' w' ELSE '' END, pg_temp.short(result),
                           pg_temp.release(since), pg_temp.first_sentence(comment)), E'\n' ORDER BY number))
  FROM entry WHERE NOT inner_part GROUP BY title, family ORDER BY min(number);

SELECT E'## Types\n\n| type | what it holds |\n|---|---|\n'
       || string_agg(format('| `%s` | %s |', t.oid::regtype,
                            pg_temp.first_sentence(obj_description(t.oid, 'pg_type'))), E'\n'
                     ORDER BY t.typname COLLATE "C") || E'\n'
  FROM pg_type t JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
  LEFT JOIN pg_class c ON c.oid = t.typrelid
 WHERE t.typcategory <> 'A' AND coalesce(c.relkind, 'c') = 'c' AND t.typname NOT LIKE 'kpi\_fact%'
   AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'recovery_kpi')
   AND obj_description(t.oid, 'pg_type') IS NOT NULL;

SELECT E'## Operators and casts\n\n| operator | what it does |\n|---|---|\n'
       || string_agg(line, E'\n' ORDER BY line COLLATE "C") || E'\n'
  FROM (SELECT format('| `%s %s %s` | %s |', oprleft::regtype, oprname, oprright::regtype,
                      obj_description(o.oid, 'pg_operator')) AS line
          FROM pg_operator o
          JOIN pg_depend d ON d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e'
         WHERE oprname IN ('+', '-')
        UNION ALL
        SELECT format('| `%s::%s` | %s |', castsource::regtype, casttarget::regtype, obj_description(c.oid, 'pg_cast'))
          FROM pg_cast c JOIN pg_depend d ON d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'e') l;

SELECT E'All types but those of rows have `=`, `<>`, an order for sorting, and hashes: they work in DISTINCT,\n'
       'GROUP BY, joins and indexes.\n';

SELECT E'## Tables and views\n\n| name | what it holds |\n|---|---|\n'
       || string_agg(format('| `%s` | %s |', c.oid::regclass,
                            pg_temp.first_sentence(obj_description(c.oid, 'pg_class'))), E'\n'
                     ORDER BY relname COLLATE "C")
       || E'\n\nThe views that `create_kpi_views` makes have [a page each](README.md#views-dashboards-reports).\n'
  FROM pg_class c JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
 WHERE relkind IN ('r', 'v') AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'recovery_kpi');

SELECT E'## Functions that need not be called\n\n'
       -- in lines of at most 120 characters
       || rtrim(regexp_replace(
            format('Aggregates, types, operators and `create_kpi_views` are made of these, %s in all: ', count(*))
            || string_agg(DISTINCT '`' || name || '`', ', ' ORDER BY '`' || name || '`') || '.',
            '(.{1,120})(?: |$)', E'\\1\n', 'g'), E'\n')
  FROM function WHERE inner_part;
