-- row_security.sql: what a reader sees through the views under row-level security must be
-- what views over the visible rows alone show, of each source and of all.
-- means of doubles over other rows in another order differ in their last digits
SET extra_float_digits = -6;
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE TABLE compared (what text, rows bigint);
CREATE TABLE leak (what text);
GRANT ALL ON compared, leak TO PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;
CREATE TABLE source AS SELECT relname::text AS relation FROM pg_class
	WHERE relnamespace = 'src'::regnamespace AND relkind = 'r';
CREATE TABLE bi_view AS SELECT relname::text AS view FROM pg_class
	WHERE relnamespace = 'bi'::regnamespace AND relkind = 'v';

-- The rows of a relation or function as text, in one order.
CREATE FUNCTION rows_of(relation text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	rows text[];
BEGIN
	EXECUTE format('SELECT array_agg(r::text ORDER BY r::text COLLATE "C") FROM %s AS r', relation) INTO rows;
	RETURN coalesce(rows, '{}');
END $$;

-- Views over views of the visible rows, which their owner, a superuser, sees.
CREATE FUNCTION seen(schema text, hides text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	r text;
BEGIN
	EXECUTE format('CREATE SCHEMA %I', schema);
	FOR r IN SELECT relation FROM source LOOP
		EXECUTE format('CREATE VIEW %I.%I AS SELECT * FROM src.%2$I%s', schema, r,
			CASE WHEN r = ANY (hides) THEN ' WHERE NOT hidden' ELSE '' END);
	END LOOP;
	PERFORM kpi.create_kpi_views(schema || '_bi', schema, as_of => '2025-08-20 00:00Z');
END $$;

SELECT format('CREATE POLICY visible ON src.%I TO trust_reader, trust_columns USING (NOT hidden)', relation),
	format('CREATE POLICY everything ON src.%I TO trust_admin, trust_bi USING (true)', relation) FROM source \gexec

-- what a superuser sees, whatever is hidden from others
CREATE TABLE everything AS SELECT view, rows_of('bi.' || view) AS rows FROM bi_view;

CREATE FUNCTION compare_security(name text, hides text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	r text;
	v text;
	have text[];
	want text[];
	differ int := 0;
BEGIN
	PERFORM seen('seen_' || name, hides);
	FOREACH r IN ARRAY hides LOOP
		EXECUTE format('ALTER TABLE src.%I ENABLE ROW LEVEL SECURITY', r);
	END LOOP;
	FOR v IN SELECT view FROM bi_view LOOP
		want := rows_of(format('seen_%s_bi.%I', name, v));
		SET LOCAL ROLE trust_reader;
		have := rows_of(format('bi.%I', v));
		RESET ROLE;
		INSERT INTO compared VALUES (name || ' ' || v, cardinality(have));
		INSERT INTO leak SELECT format('%s, %s: %s', name, v, x) FROM (SELECT unnest(have) EXCEPT ALL
			SELECT unnest(want)) AS x;
		INSERT INTO leak SELECT format('%s, %s lacks: %s', name, v, x) FROM (SELECT unnest(want) EXCEPT ALL
			SELECT unnest(have)) AS x;
		differ := differ + (SELECT want <> e.rows FROM everything e WHERE e.view = v)::int;
	END LOOP;
	-- a policy that changes nothing proves nothing
	INSERT INTO leak SELECT name || ' has no bite' WHERE differ = 0;
	FOREACH r IN ARRAY hides LOOP
		EXECUTE format('ALTER TABLE src.%I DISABLE ROW LEVEL SECURITY', r);
	END LOOP;
END $$;
SELECT count(compare_security(relation, ARRAY[relation])) FROM source \g /dev/null
SELECT compare_security('all', array_agg(relation)) FROM source \g /dev/null

-- From now on everything hidden is.
SELECT format('ALTER TABLE src.%I ENABLE ROW LEVEL SECURITY', relation) FROM source \gexec

-- Plans that one role made and another uses, both ways round, generic ones too.
CREATE TABLE planned (view text, mode text, place int, digest text);
GRANT ALL ON planned TO PUBLIC;
SELECT format('PREPARE p_%s AS INSERT INTO planned SELECT %1$L, current_setting(''plan_cache_mode''), $1,
	md5(string_agg(v::text, '';'' ORDER BY v::text COLLATE "C")) FROM bi.%1$I AS v', view) FROM bi_view \gexec
SET plan_cache_mode = force_generic_plan;
SELECT format('EXECUTE p_%s(1)', view) FROM bi_view \gexec
SET ROLE trust_reader;
SELECT format('EXECUTE p_%s(2)', relname) FROM pg_class WHERE relnamespace = 'bi'::regnamespace AND relkind = 'v' \gexec
RESET ROLE;
SELECT format('EXECUTE p_%s(3)', view) FROM bi_view \gexec
DEALLOCATE ALL;
SELECT format('PREPARE p_%s AS INSERT INTO planned SELECT %1$L, current_setting(''plan_cache_mode''), $1,
	md5(string_agg(v::text, '';'' ORDER BY v::text COLLATE "C")) FROM bi.%1$I AS v', view) FROM bi_view \gexec
SET plan_cache_mode = auto;
SET ROLE trust_reader;
SELECT format('EXECUTE p_%s(2)', relname) FROM pg_class, generate_series(1, 7) WHERE relnamespace = 'bi'::regnamespace
	AND relkind = 'v' \gexec
RESET ROLE;
SELECT format('EXECUTE p_%s(%s)', view, n) FROM bi_view, unnest('{1,3}'::int[]) n \gexec
SET ROLE trust_reader;
SELECT format('EXECUTE p_%s(2)', relname) FROM pg_class WHERE relnamespace = 'bi'::regnamespace AND relkind = 'v' \gexec
RESET ROLE;
INSERT INTO compared SELECT mode || ' plan of ' || view, count(*) FROM planned GROUP BY mode, view, place;
INSERT INTO leak SELECT format('%s plan of %s: %s other results', mode, view, count(DISTINCT digest)) FROM planned
	GROUP BY mode, view, place HAVING count(DISTINCT digest) > 1;
INSERT INTO leak SELECT format('%s plan of %s, used by %s', p.mode, p.view, CASE p.place WHEN 2 THEN 'the reader'
	ELSE 'the superuser' END)
	FROM planned p, LATERAL (SELECT md5(array_to_string(rows_of(CASE p.place WHEN 2 THEN 'seen_all_bi.' ELSE 'bi.' END
		|| p.view), ';')) AS want) AS w WHERE p.digest <> w.want;
INSERT INTO leak SELECT 'plans give the same to all' WHERE (SELECT count(*) FROM planned a
	JOIN planned b ON a.view = b.view AND a.mode = b.mode AND a.place = 1 AND b.place = 2 AND a.digest <> b.digest) = 0;

-- A cheap function in the reader's WHERE hears of no row that is hidden.
CREATE TABLE heard (view text, said text);
GRANT ALL ON heard TO PUBLIC;
CREATE FUNCTION listen(view text, said text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$
BEGIN
	INSERT INTO heard VALUES (view, said);
	RETURN true;
END $$;
SET ROLE trust_reader;
SELECT format('SELECT count(*) FROM bi.%I AS v WHERE public.listen(%L, v::text)', relname, relname) FROM pg_class
	WHERE relnamespace = 'bi'::regnamespace AND relkind = 'v' \gexec
SELECT count(*) FROM bi.kpi_by_segment WHERE public.listen('segment', segment);
SELECT count(*) FROM src.recovery_case WHERE public.listen('segment', channel);
RESET ROLE;
INSERT INTO compared SELECT 'heard of ' || view, count(*) FROM heard GROUP BY view;
WITH visible AS MATERIALIZED (SELECT view, rows_of('seen_all_bi.' || view) AS want FROM bi_view)
INSERT INTO leak SELECT 'a function in WHERE hears: ' || h.said FROM heard h LEFT JOIN visible v ON v.view = h.view
WHERE h.view = 'segment' AND h.said = 'secret' OR h.view <> 'segment' AND NOT h.said = ANY (v.want);

-- Hidden values that would raise an error are not looked at.
UPDATE src.survey_response SET csat = 99, nps = -7, ces = 99 WHERE hidden;
UPDATE src.recovery_case SET contacts = -5, resolved_at = opened_at - interval '1 hour' WHERE hidden;
UPDATE src.purchase SET amount = 'NaN' WHERE hidden;
SET ROLE trust_reader;
DO $$
DECLARE
	v text;
BEGIN
	FOR v IN SELECT relname FROM pg_class WHERE relnamespace = 'bi'::regnamespace AND relkind = 'v' LOOP
		BEGIN
			INSERT INTO public.compared VALUES ('hidden errors in ' || v, cardinality(public.rows_of('bi.' || v)));
		EXCEPTION WHEN OTHERS THEN
			INSERT INTO public.leak VALUES (format('an error of %s tells of a hidden row: %s', v, SQLERRM));
		END;
	END LOOP;
END $$;
RESET ROLE;

-- Grants on columns: the views need the columns of kpi_source_column, and no other.
SELECT format('GRANT SELECT (%s) ON src.%I TO trust_columns', string_agg(quote_ident(s.column_name), ', '), s.relation)
FROM kpi.kpi_source_column s JOIN pg_attribute a ON a.attrelid = format('src.%I', s.relation)::regclass
	AND a.attname = s.column_name GROUP BY s.relation \gexec
CREATE FUNCTION may_read(view text, may boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	state text := 'allowed';
BEGIN
	BEGIN
		SET LOCAL ROLE trust_columns;
		PERFORM rows_of('bi.' || view);
	EXCEPTION WHEN OTHERS THEN
		state := SQLSTATE;
	END;
	RESET ROLE;
	INSERT INTO cell VALUES ('columns', view, state, CASE WHEN may THEN 'allowed' ELSE '42501' END);
END $$;
SELECT count(may_read(view, true)) FROM bi_view \g /dev/null
REVOKE SELECT (comment) ON src.survey_response FROM trust_columns;
SELECT count(may_read(view, pg_get_viewdef(('bi.' || view)::regclass) !~ 'src\.survey_response'))
	FROM bi_view \g /dev/null
INSERT INTO cell SELECT 'columns', 'hidden', attempt('columns', 'SELECT hidden FROM src.recovery_case'), 'denied';
