-- Helpers of the checks.  Each returns one line, "ok - label" or "not ok - label: got
-- X, want Y"; run adds the number and the name of the set.  A NULL is never ok, nor is
-- a figure that is not published (want is NULL, as from a FULL JOIN).

\set VERBOSITY terse
CREATE SCHEMA tap;
SET search_path = public, tap;
-- the data have times without a zone
SET timezone = 'UTC';

CREATE FUNCTION tap.line(passed boolean, label text, got text, want text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN passed AND label IS NOT NULL THEN 'ok - ' || label
		ELSE format('not ok - %s: got %s, want %s', coalesce(label, 'no label'),
			coalesce(got, 'NULL'), coalesce(want, 'NULL')) END
$$;

-- the same value: counts, tallies, and what must agree bit for bit
CREATE FUNCTION tap.ok_is(label text, got anycompatible, want anycompatible) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
	SELECT tap.line(got = want, label, got::text, want::text)
$$;

-- a figure printed with 10 significant digits (trailing zeros dropped): relative error
CREATE FUNCTION tap.ok_near(label text, got double precision, want double precision,
	tolerance double precision DEFAULT 1e-8) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
	SELECT tap.line(abs(got - want) <= tolerance * abs(want), label, got::text, want::text)
$$;

-- a figure printed with a fixed number of decimals: half a unit of the last one.  Write
-- it as printed, 0.80361800 is not 0.803618.
CREATE FUNCTION tap.ok_printed(label text, got double precision, want numeric) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
	SELECT tap.line(abs(got - want) <= 0.5000001 * 10.0 ^ -scale(want), label, got::text, want::text)
$$;

-- A percentage printed as "p% (yes/n)": the KPI's value, and the tally that backs it.
-- The KPI must also be the very value that rate() reads from the tally.
CREATE FUNCTION tap.ok_rate(label text, got double precision, t tally,
	percent double precision, yes bigint, n bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
	SELECT tap.line(abs(got - percent) <= 1e-8 * percent AND got = rate(t)
			AND counts(t) = ARRAY[n - yes, yes] AND responses(t) = n,
		label, format('%s of %s', got, t), format('%s (%s/%s)', percent, yes, n))
$$;

-- A statement that must raise an error of this SQLSTATE, with a message (and hint) that
-- match the pattern.
CREATE FUNCTION tap.ok_error(label text, statement text, state text, pattern text DEFAULT '') RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	got_state text;
	message text;
	hint text;
BEGIN
	EXECUTE statement;
	RETURN tap.line(false, label, 'no error', state);
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS got_state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
	message := concat_ws(' HINT: ', message, nullif(hint, ''));
	RETURN tap.line(got_state = state AND message ~ pattern, label,
		concat_ws(' ', got_state, message), concat_ws(' ', state, pattern));
END
$$;

-- The helpers themselves: each must be able to fail.
DO $$
DECLARE
	bad text;
BEGIN
	SELECT string_agg(l, E'\n') INTO bad FROM unnest(ARRAY[
		ok_is('value', 1, 2), ok_is('NULL', NULL, 1), ok_is('no truth', 1, NULL),
		ok_near('value', 1.00000002, 1), ok_near('NULL', NULL, 1), ok_near('no truth', 1, NULL),
		ok_near('NaN', 'NaN', 1), ok_near('almost 0', 1e-300, 0), ok_near(NULL, 1, 1),
		ok_printed('value', 0.126, 0.12), ok_printed('NULL', NULL, 0.12), ok_printed('no truth', 1, NULL),
		ok_rate('percent', 25.1, '0..1:{3,1}', 25, 1, 4), ok_rate('counts', 25, '0..1:{6,2}', 25, 1, 4),
		ok_rate('NULL', NULL, '0..1:{3,1}', 25, 1, 4), ok_rate('no tally', 25, NULL, 25, 1, 4),
		ok_rate('no truth', 25, '0..1:{3,1}', NULL, NULL, NULL),
		ok_error('no error', 'SELECT 1', '22003'), ok_error('state', 'SELECT 1/0', '22003'),
		ok_error('message', 'SELECT 1/0', '22012', 'overflow')]) l
	WHERE l IS NULL OR l NOT LIKE 'not ok - %';
	IF bad IS NOT NULL THEN
		RAISE 'a helper cannot fail: %', bad;
	END IF;
	IF array_to_string(ARRAY[ok_is('a', 1, 1), ok_near('b', 1.000000001, 1), ok_printed('c', 0.124, 0.12),
		ok_rate('d', 25, '0..1:{3,1}', 25, 1, 4), ok_error('e', 'SELECT 1/0', '22012', 'division')], '+')
		<> 'ok - a+ok - b+ok - c+ok - d+ok - e' THEN
		RAISE 'a helper cannot pass';
	END IF;
END
$$;

-- Bounds of restricted means take Student's t with events - 1 degrees of freedom, where
-- the references take z.  The interval of a mean with standard error 1 is +- this t.
CREATE FUNCTION tap.events_before(t life_table, horizon interval) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
	SELECT sum(c.events)::bigint FROM life_curve(t, 0.95) c WHERE c.at < horizon
$$;
CREATE FUNCTION tap.t_events(t life_table, horizon interval) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
	SELECT (mean_interval(0, sqrt(n), n)).upper FROM tap.events_before(t, horizon) n
$$;
