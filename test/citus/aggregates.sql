-- aggregates.sql: each aggregate of the extension over a table distributed over the nodes, in all and by group.
\ir ../trust/laws.sql
SET client_min_messages = error;
SELECT random_answers(0.25, 2000, 12, 0.1, 500) \g /dev/null
CREATE TABLE far_answer (LIKE answer);
SELECT create_distributed_table('far_answer', 'i') \g /dev/null
INSERT INTO far_answer SELECT * FROM answer;

CREATE FUNCTION compare_aggregate(a agg, rows text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	query text := format('SELECT g, %s(%s) AS x FROM %%s WHERE %s GROUP BY g', a.proname, a.arguments, rows);
	here text[];
	there text[];
BEGIN
	EXECUTE format('SELECT array_agg(%s ORDER BY g) FROM (%s) AS r', shown(a.n, 'x'), format(query, 'answer'))
		INTO here;
	EXECUTE format('SELECT array_agg(%s ORDER BY g) FROM (%s) AS r', shown(a.n, 'x'), format(query, 'far_answer'))
		INTO there;
	RETURN here = there OR NOT a.exact AND NOT EXISTS (SELECT FROM unnest(here, there) AS r (x, y)
		WHERE NOT near(x, y, a.proname LIKE 'driver%'));
END $$;
SELECT format('%sok - %s over three nodes', CASE WHEN compare_aggregate(a, 'true') AND compare_aggregate(a, 'f')
	THEN '' ELSE 'not ' END, a.aggregate) FROM agg a WHERE a.aggregate::text !~ '^old_' ORDER BY a.n;

-- workers send states, not rows, but where the state is internal to the aggregate
CREATE FUNCTION sends_states(a agg) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	line text;
BEGIN
	FOR line IN EXECUTE format('EXPLAIN (VERBOSE) SELECT %s(%s) FROM far_answer', a.proname, a.arguments) LOOP
		IF line LIKE '%worker_partial_agg%' THEN
			RETURN true;
		END IF;
	END LOOP;
	RETURN false;
END $$;
SELECT verdict(string_agg(s.aggregate, ', ') IS NULL AND count(*) > 50, concat('states are sent, not rows ',
	string_agg(s.aggregate, ', ')))
FROM (SELECT CASE WHEN sends_states(a) <> (a.state <> 'internal'::regtype) THEN a.aggregate::text END AS aggregate
	FROM agg AS a WHERE a.aggregate::text !~ '^old_') AS s;
