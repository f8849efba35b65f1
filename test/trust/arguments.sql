-- arguments.sql: call every function of the extension with every odd value of every
-- argument: all combinations of them, or :most of a function chosen at random.  SQL
-- cannot call functions with an internal argument; aggregates and COPY BINARY do.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
SET search_path = public;

CREATE TABLE odd (type text PRIMARY KEY, literals text[] NOT NULL);
INSERT INTO odd VALUES
	('smallint', '{NULL,0,5,-32768,32767}'),
	('integer', '{NULL,0,5,-2147483648,2147483647}'),
	('bigint', '{NULL,0,5,-9223372036854775808,9223372036854775807}'),
	('double precision',
		'{NULL,0,-0,5,0.95,1.7976931348623157e308,-1.7976931348623157e308,5e-324,NaN,Infinity,-Infinity}'),
	('numeric', '{NULL,0,5,NaN,Infinity,-Infinity}'),
	('boolean', '{NULL,true,false}'),
	('text', '{NULL,"",wilson,holm,day,half,year,UTC,nps,mean,clv,resolution_time,adjusted,prediction,public,
		survey_response,"0..1:{3,5}",
		"0..10:{1,2,3,4,5,6,7,8,9,10,11}","1..5:{3,0,4,10,12}","not good","9/10"}'),
	('cstring', '{NULL,"",a,"1..5:{3,0,4,10,12}","0..1:{{5,20},{3,40}}","0..1:{(2.5,3.25,2),(1,1,1)}",
		"0..1:2:{1,3}:{{1},{2,5}}",
		"exact:{90.5:2/0,3600:1/1}","UTC; mon-sun 00:00-24:00","(2,30.43,38.86,22.35)","(,,,,6.25,3.74,15.44,,,0)",
		"3:{2,5}:{{2},{3,6}}","{2026-03-02T09:00:00Z#1 \"a\"}"}'),
	('bytea', '{NULL,"","\\x01"}'::text[] || adjusted_accum(NULL, '0..1:{1,2}', '0..1:{2,1}', 'rate')::text),
	('date', '{NULL,-infinity,infinity,4713-01-01 BC,5874897-12-31,2026-03-29}'),
	('timestamp with time zone',
		'{NULL,-infinity,infinity,4713-01-01 BC,294276-12-31 23:59:59.999999+00,2026-03-29 01:30+00}'),
	('timestamp with time zone[]', '{NULL,"{}","{NULL,2026-03-29 01:30+00,-infinity}","{{2026-03-29 01:30+00}}",
		"{4713-01-01 BC,2026-03-29 01:30+00}"}'),
	('timestamp without time zone', '{NULL,-infinity,infinity,4713-01-01 BC,294276-12-31,2026-03-29}'),
	('interval', '{NULL,0,1 day,178000000 years,-178000000 years,2147483647 days,2562047788 hours,-1 us}'),
	('bigint[]', '{NULL,"{}","{NULL}","{7}","{{1},{2}}","{1,2,3,4,5}","{9223372036854775807,1,0,0,0}","{-1,0,0,0,0}",
		"{0,0,0,0,0,0,0,0,0,0}","{3,5,9,0,35,1,0,0,1,1}"}'),
	('double precision[]',
		'{NULL,"{}","{NULL}","{{1},{2}}","{1,2,3}","{NaN,1,1}","{Infinity,-Infinity,0}","{1.7e308,-1.7e308,NULL}"}'),
	('boolean[]', '{NULL,"{}","{NULL}","{true,false}",
		"{true,true,true,true,true,true,true,true,true,true,true,true,true}"}'),
	('text[]', '{NULL,"{}","{NULL}","{\"\"}","{a,b}"}'),
	('json', '{NULL,"{}","[]","0"}'),
	('jsonb',
		'{NULL,"{}","[]","\"\"","0","{\"good\":4,\"not good\":-4}","{\"good\":1e400}","{\"\":1}","{\"a\":null}",
			"{\"scale\":[0,1],\"counts\":[1,2]}","{\"r\":{\"n\":1}}"}'),
	('jsonb[]', '{NULL,"{}","{NULL}","{[]}","{\"{\\\"r\\\": \\\"n\\\"}\"}"}'),
	('tally', '{NULL,"1..5:{0,0,0,0,0}","1..5:{3,0,4,10,12}","0..1:{0,9223372036854775807}",
		"1..5:{9223372036854775807,0,0,0,1}","0..10:{1,2,3,4,5,6,7,8,9,10,11}","1..7:{0,0,0,0,0,0,1}",
		"2147483647..2147483647:{1}","-2147483648..-2147483648:{0}"}'),
	('tally[]', '{NULL,"{}","{NULL}","{\"1..5:{3,0,4,10,12}\"}","{\"0..10:{1,2,3,4,5,6,7,8,9,10,11}\"}",
		"{\"1..5:{9223372036854775807,0,0,0,0}\",\"1..5:{3,0,4,10,12}\"}","{{NULL},{NULL}}"}'),
	('paired_tally', '{NULL,"0..1:{{0,0},{0,0}}","0..1:{{5,20},{3,40}}","0..1:{{9223372036854775807,0},{0,1}}",
		"2147483647..2147483647:{{9223372036854775807}}","0..0:{{7}}"}'::text[] || (SELECT format('0..10:{%s}',
		string_agg('{0,1,2,3,0,0,0,0,0,0,9}', ',')) FROM generate_series(0, 10))),
	('weighted_tally', '{NULL,"0..1:{(0,0,0),(0,0,0)}","0..1:{(2.5,3.25,2),(1,1,1)}",
		"0..1:{(4e139,2e260,9223372036854775807),(1,1,1)}*2^800","0..1:{(1e-139,1e-250,1),(1e-139,1e-250,1)}*2^-800",
		"1..5:{(0,0,0),(1,1,1),(2,2,2),(0,0,0),(0.5,0.25,1)}","0..0:{(1e-300,0,1)}",
		"0..10:{(1,1,1),(0,0,0),(0,0,0),(0,0,0),(0,0,0),(0,0,0),(0,0,0),(0,0,0),(2.5,3.25,2),(0,0,0),(1,1,1)}",
		"1..7:{(0,0,0),(1,1,1),(0,0,0),(0,0,0),(2.5,3.25,2),(0,0,0),(1,1,1)}"}'),
	('clustered_tally', '{NULL,"{}","0..1:0:{0,0}:{{0},{0,0}}","0..1:2:{1,3}:{{1},{2,5}}",
		"0..1:1:{3037000499,1}:{{9223372030926249001},{3037000499,1}}",
		"2147483647..2147483647:3:{9223372036854775807}:{{9223372036854775807}}",
		"1..5:2:{9,0,0,0,1}:{{81},{0,0},{0,0,0},{0,0,0,0},{0,0,0,0,1}}"}'::text[] ||
		(SELECT format('0..10:2:{%s}:{%s}', string_agg('3', ',' ORDER BY i),
			string_agg('{' || repeat('5,', i) || '5}', ',' ORDER BY i)) FROM generate_series(0, 10) i)),
	('life_table', '{NULL,"exact:{}","exact:{90.5:2/0,3600:1/1}","exact:{0:9223372036854775807/0}","exact:{0:0/3}",
		"exact:{9223372036854.775807:1/0}","exact:{0:1/0,9223372036854.775807:0/1}"}'),
	('life_table[]', ARRAY[NULL, '{}', '{NULL}', '{"exact:{90.5:2/0,3600:1/1}"}',
		(SELECT format('{%s}', string_agg('"exact:{90.5:2/0,3600:1/1}"', ',')) FROM generate_series(1, 12)),
		(SELECT format('{NULL,%s}', string_agg('"exact:{0:9223372036854775807/0}"', ','))
			FROM generate_series(1, 12))]),
	('tstzmultirange', '{NULL,"{}","{[2026-03-01 00:00Z,2026-03-02 00:00Z),[2026-04-01 00:00Z,)}","{(,)}"}'),
	('business_calendar', '{NULL,"UTC; mon-sun 00:00-24:00","Europe/Berlin; mon-fri 09:00-17:00; sat 22:00-06:00",
		"Pacific/Apia; 9999-12-31 00:00-00:00:01"}'),
	('status_clock', '{NULL,"{}","{2026-03-02T09:00:00Z \"a\",2026-03-02T09:30:00.5Z \"b\",2026-03-03T09:00:00Z \"a\"}",
		"{-4713-11-24T00:00:00Z#-9223372036854775808 \"a\",294276-12-31T23:59:59.999999Z#9223372036854775807 \"\"}"}'),
	('purchase_history', '{NULL,"(0,0,0,0)","(2,30.43,38.86,22.35)","(2147483647,1e9,1e9,1e30)","(1,0,0,5e-324)"}'),
	('clv_model', '{NULL,"(0.243,4.414,0.793,2.426,6.25,3.74,15.44,,,0)","(,,,,,,,,,0)",
		"(1e-9,1e-30,1e-9,1e-9,1e-9,1e-9,1e-30,,,9223372036854775807)","(1e9,1e30,1e9,1e9,1e9,1e9,1e30,-1e308,1e308,1)",
		"(,,,,1e9,0.5,1e30,,,1)","(1,2,3,4,,,,,,5,{4,0,1,0,0,1,0,0,0,1},{})",
		"(0.2,4,0.8,2.4,6,3,15,-9,-8,5,{1e12,-1e12,1e12,0,0,1,0,0,0,1},{1e12,0,1e-300,0,0,1})"}'),
	('driver_model', '{NULL,"1:{0,0}:{{0},{0,0}}","3:{2,5}:{{2},{3,6}}",
		"9223372036854775807:{1e100,-1e100}:{{1e200},{0,1e200}}","4:{1,2,3}:{{2},{1,3},{0,1,4}}"}'),
	('kpi_fact', ARRAY[NULL, '(,,,,,)', '("1..5:{3,0,4,10,12}","exact:{90.5:2/0,3600:1/1}",5,10,50,600)',
		'("0..1:{0,9223372036854775807}",exact:{},9223372036854775807,1.7976931348623157e308,NaN,NaN)',
		'("1..5:{0,0,0,0,0}","exact:{0:9223372036854775807/0}",0,0,0,0)', '(,,-1,NaN,Infinity,-Infinity)']);

CREATE TABLE called (function regprocedure, calls bigint, results bigint, errors bigint, faults text[]);

-- Literals of a type; of a row type NULL and rows whose columns all have one odd value.
CREATE FUNCTION odd_values(type oid) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	name text := format_type(type, NULL);
	texts text[];
BEGIN
	SELECT literals INTO texts FROM odd o WHERE o.type = name;
	IF texts IS NOT NULL THEN
		RETURN ARRAY(SELECT CASE WHEN l IS NULL THEN format('NULL::%s', name) ELSE format('%L::%s', l, name) END
					 FROM unnest(texts) l);
	END IF;
	IF EXISTS (SELECT FROM pg_type t WHERE t.oid = type AND t.typtype = 'c') THEN
		RETURN ARRAY[format('NULL::%s', name)] ||
			ARRAY(SELECT format('ROW(%s)::%s',
				string_agg(coalesce(quote_literal(CASE WHEN a.atttypid = 'float8'::regtype THEN v ELSE '5' END),
				'NULL'), ', '
									ORDER BY a.attnum), name)
				  FROM pg_type t JOIN pg_attribute a ON a.attrelid = t.typrelid AND a.attnum > 0,
					unnest('{NULL,0,5,NaN,Infinity,1e308}'::text[]) v
				  WHERE t.oid = odd_values.type GROUP BY v);
	END IF;
	RETURN ARRAY[format('NULL::%s', name)];
END $$;

-- A call as a query of text.
CREATE FUNCTION argument_query(kind "char", returns_set boolean, name text, args text[]) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE
	call text := format('%s(%s)', name, array_to_string(args, ', '));
	rows text := format('(VALUES (%s), (%1$s), (%1$s)) AS r(%s)', array_to_string(args, ', '),
		(SELECT string_agg('a' || i, ', ') FROM generate_subscripts(args, 1) i));
	agg text := format('%s(%s)', name, (SELECT string_agg('a' || i, ', ') FROM generate_subscripts(args, 1) i));
BEGIN
	IF kind = 'a' AND cardinality(args) = 0 THEN
		RETURN ARRAY[format('SELECT (%s(*))::text', name)];
	ELSIF kind = 'a' THEN
		RETURN ARRAY[format('SELECT (%s)::text FROM %s', agg, rows),
			format('SELECT (%s)::text FROM %s WHERE false', agg, rows),
			format('SELECT string_agg(x::text, '';'')
				FROM (SELECT %s OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS x FROM %s) AS w', agg, rows)];
	ELSIF kind = 'w' THEN
		RETURN ARRAY[format('SELECT string_agg(x::text, '';'') FROM (SELECT %s OVER () AS x FROM %s) AS w', agg, rows)];
	ELSIF returns_set THEN
		RETURN ARRAY[format('SELECT string_agg(f::text, '';'') FROM %s AS f', call)];
	END IF;
	RETURN ARRAY[format('SELECT (%s)::text', call)];
END $$;

CREATE FUNCTION argument_calls(function oid, most int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	f pg_proc := (SELECT p FROM pg_proc p WHERE p.oid = function);
	name text := format('%I.%I', (SELECT nspname FROM pg_namespace WHERE oid = f.pronamespace), f.proname);
	types oid[] := ARRAY(SELECT t FROM unnest(f.proargtypes::oid[]) WITH ORDINALITY AS a(t, i) ORDER BY i);
	values_of text[] := '{}';
	firsts int[] := '{}';
	counts int[] := '{}';
	total bigint := 1;
	n bigint;
	k bigint;
	args text[];
	query text;
	result text;
	began timestamptz;
	calls bigint := 0;
	results bigint := 0;
	errors bigint := 0;
	faults text[] := '{}';
	state text;
	message text;
BEGIN
	IF 'internal'::regtype = ANY (types) THEN
		RETURN;
	END IF;
	FOR i IN 1 .. cardinality(types) LOOP
		firsts := firsts || cardinality(values_of);
		values_of := values_of || odd_values(types[i]);
		counts := counts || cardinality(odd_values(types[i]));
		IF counts[i] < 2 THEN
			faults := faults || format('no values of type %s', format_type(types[i], NULL));
		END IF;
		total := total * counts[i];
	END LOOP;
	-- the combinations that give a result may be few among many: for the first of them all, or twenty times as many
	FOR turn IN 0 .. most + least(total, 20 * most) - 1 LOOP
		EXIT WHEN turn >= least(total, most) AND (results > 0 OR total <= most);
		n := CASE WHEN total <= most THEN turn WHEN turn >= most AND total <= 20 * most THEN turn - most
			ELSE floor(random() * total)::bigint END;
		args := '{}';
		k := n;
		FOR i IN 1 .. cardinality(types) LOOP
			-- every second combination chosen at random has equal values of equal types
			IF total > most AND turn < most AND turn % 2 = 1 AND array_position(types, types[i]) < i THEN
				args := args || args[array_position(types, types[i])];
			ELSE
				args := args || values_of[firsts[i] + 1 + (k % counts[i])::int];
			END IF;
			k := k / counts[i];
		END LOOP;
		FOREACH query IN ARRAY argument_query(f.prokind, f.proretset, name, args) LOOP
			calls := calls + 1;
			began := clock_timestamp();
			BEGIN
				EXECUTE query INTO result;
				results := results + (result IS NOT NULL)::int;
				IF result ~* '(^|[^a-z])(nan|-?infinity)([^a-z]|$)' AND NOT result ~ 'not good' AND
					result !~ 'TG_OP' AND	-- the body of a trigger function may speak of infinite times
					f.prorettype NOT IN ('timestamptz'::regtype, 'date'::regtype) AND cardinality(faults) < 5 THEN
					faults := faults || format('%s gives %s', query, left(result, 100));
				END IF;
			EXCEPTION WHEN OTHERS THEN
				GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
				errors := errors + 1;
				-- an odd literal may be invalid for its type: not a fault of the call
				IF state LIKE 'XX%' AND cardinality(faults) < 5 THEN
					faults := faults || format('%s raises %s: %s', query, state, message);
				ELSIF state LIKE '42%' AND state <> '42P01' AND calls = errors AND turn = least(total, most) - 1 THEN
					faults := faults || format('%s was never called: %s', query, message);
				END IF;
			END;
			IF clock_timestamp() - began > interval '2 s' AND cardinality(faults) < 5 THEN
				faults := faults || format('%s took %s', query, clock_timestamp() - began);
			END IF;
		END LOOP;
	END LOOP;
	INSERT INTO called VALUES (function, calls, results, errors, faults);
END $$;

SELECT setseed(0.5) \g /dev/null
SELECT format('SELECT argument_calls(%s, %s)', d.objid, :most)
FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
WHERE e.extname = 'recovery_kpi' AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
ORDER BY d.objid::regprocedure::text
\gexec
