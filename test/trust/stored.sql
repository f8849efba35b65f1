-- stored.sql: values and figures that an older version wrote (stored_make.sql), against what
-- this one reads.  The lines of the file are in the table line.  Each value comes in three
-- times: from its text, from its binary form, and from the bytes of a table.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
SET search_path = public, kpi_home;
SET timezone = 'UTC';
SET extra_float_digits = 3;

CREATE TABLE written AS SELECT f[2] AS type, f[3]::int AS number, f[4] AS text, decode(f[5], 'hex') AS sent,
	decode(f[6], 'hex') AS disk
FROM (SELECT string_to_array(fields, E'\t') AS f FROM line) l WHERE f[1] = 'value';
CREATE TABLE written_figure AS SELECT f[2] AS type, f[3] AS call, number, answer
FROM (SELECT string_to_array(fields, E'\t') AS f FROM line) l, unnest(f[4:]) WITH ORDINALITY AS a(answer, number)
	WHERE f[1] = 'figure';

-- A value as text, binary and bytes; the last is a column of bytea until it is filled.
CREATE FUNCTION make_table(type text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TABLE stored_%1$s (number int PRIMARY KEY, value %1$s)', type);
	EXECUTE format('CREATE TABLE sent_%1$s (number int, value %1$s)', type);
	-- first, where every value may lie
	EXECUTE format('CREATE TABLE disk_%s (value bytea, number int)', type);
	EXECUTE format('INSERT INTO stored_%1$s SELECT number, text::%1$s FROM written WHERE type = %1$L', type);
	EXECUTE format('INSERT INTO disk_%1$s SELECT disk, number FROM written WHERE type = %1$L', type);
	UPDATE pg_attribute SET atttypid = make_table.type::regtype WHERE attrelid = ('disk_' || type)::regclass
		AND attname = 'value';
END $$;

-- What COPY (FORMAT binary) would have written, as a large object for psql to export.
CREATE FUNCTION copy_file(type text) RETURNS oid LANGUAGE sql AS $$
	SELECT lo_from_bytea(0, '\x5047434f50590aff0d0a000000000000000000'::bytea
		|| string_agg(int2send(2::int2) || int4send(4) || int4send(number) || int4send(length(sent)) || sent,
			'' ORDER BY number) || int2send(-1::int2))
	FROM written WHERE written.type = copy_file.type
$$;

-- Equal; numbers with a fraction may differ by rounding or another libm.
CREATE FUNCTION near(one text, other text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	WITH f(number) AS (VALUES ('-?\d+(?:\.\d+)?(?:e[-+]?\d+)?'))
	SELECT one = other OR regexp_replace(one, number, '#', 'g') = regexp_replace(other, number, '#', 'g')
		AND NOT EXISTS (
		SELECT FROM regexp_matches(one, number, 'g') WITH ORDINALITY AS x(x, n)
			JOIN regexp_matches(other, number, 'g') WITH ORDINALITY AS y(y, n) USING (n)
		WHERE x <> y AND (x[1] || y[1] !~ '[.e]' OR abs(x[1]::float8 - y[1]::float8) > 1e-10
			* greatest(abs(x[1]::float8), 0.01)))
	FROM f
$$;

CREATE FUNCTION answer(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

-- Calls whose answers were wrong in the version that wrote them (the changelog says so), and
-- the call that gives the former answer now, if there is one.
CREATE TABLE corrected (call text PRIMARY KEY, former text);
INSERT INTO corrected VALUES
	('ces_interval($1)::text', 'ces_interval($1, 0.95::double precision, ''t'')::text'),
	('ces_test($1)::text', 'ces_test($1, 0.95::double precision, ''t'')::text'),
	('ces_test($1, $1)::text', 'ces_test($1, $1, 0.95::double precision, ''welch'')::text'),
	('recovery_paradox($1, $1)::text', NULL),
	('control_limits(''(50,1.5,9,1)''::control_chart, $1)::text',
		'control_limits(''(50,1.5,9,1)''::control_chart, $1, ''sigma'')::text'),
	-- standard errors in new columns
	('clv_parameters($1)::text', '(SELECT (r, alpha, a, b, p, q, gamma, log_likelihood, spend_log_likelihood,
		customers)::text FROM clv_parameters($1))'),
	-- past the longest time of an open subject: NULL; up to it as it was
	('retention_at($1, ''01:30:00''::interval)::text',
		'retention_at($1, least(''01:30:00''::interval, longest_time($1)))::text'),
	('churn_at($1, ''01:30:00''::interval)::text',
		'churn_at($1, least(''01:30:00''::interval, longest_time($1)))::text'),
	('resolved_within($1, ''01:30:00''::interval)::text',
		'resolved_within($1, least(''01:30:00''::interval, longest_time($1)))::text'),
	-- bounds at 0 and 100 %, and those of restricted means
	('retention_interval($1, ''01:30:00''::interval)::text', NULL),
	('(SELECT string_agg(f::text, '';'') FROM life_curve($1) f)', NULL),
	('restricted_mean_interval($1, ''01:30:00''::interval)::text', NULL),
	('restricted_mean_test($1, $1, ''01:30:00''::interval)::text', NULL);

-- The call to compare with what was written; NULL without one, as before the update.
CREATE FUNCTION comparable(call text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN NOT EXISTS (SELECT FROM corrected c WHERE c.call = $1) THEN $1
		WHEN (SELECT extversion <> '0.1.0' FROM pg_extension WHERE extname = 'recovery_kpi')
			THEN (SELECT c.former FROM corrected c WHERE c.call = $1) END
$$;

-- Everything that is not as it was written.
CREATE FUNCTION faults(type text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	origin text;
	w record;
	now text;
BEGIN
	FOREACH origin IN ARRAY '{stored,sent,disk}'::text[] LOOP
		FOR w IN SELECT * FROM written WHERE written.type = faults.type LOOP
			EXECUTE format('SELECT concat_ws('', '', CASE WHEN value::text <> $1 THEN ''text ''
				|| left(value::text, 200) END,
				CASE WHEN %1$s_send(value) <> $2 THEN ''sends '' || left(encode(%1$s_send(value), ''hex''), 200) END)
				FROM %2$s_%1$s WHERE number = $3', type, origin) INTO now USING w.text, w.sent, w.number;
			IF now IS DISTINCT FROM '' THEN
				RETURN NEXT format('%s %s from %s: %s', type, left(w.text, 60), origin, coalesce(now, 'is missing'));
			END IF;
		END LOOP;
		FOR w IN SELECT f.*, comparable(f.call) AS query FROM written_figure f
			WHERE f.type = faults.type AND comparable(f.call) IS NOT NULL LOOP
			now := answer(format('SELECT %s FROM %s_%s WHERE number = %s', replace(w.query, '$1', 'value'),
				origin, type, w.number));
			IF NOT near(w.answer, now) THEN
				RETURN NEXT format('%s of %s %s from %s: %s, was %s', w.call, type, w.number, origin,
					left(now, 200), left(w.answer, 200));
			END IF;
		END LOOP;
	END LOOP;
END $$;
SELECT make_table(type) FROM (SELECT DISTINCT type FROM written) t \g /dev/null
