-- windows.sql: every moving aggregate in :frames random frames, against its clone that
-- cannot move and is computed anew for each row.
\i laws.sql
SELECT setseed(0.125) \g /dev/null

-- A frame chosen at random: its end is never before its beginning.
CREATE FUNCTION random_frame(mode text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	begins int := floor(random() * 5);		-- unbounded, n preceding, current row, n following
	ends int;
	n int := floor(random() * 6);
	k int := floor(random() * 6);
BEGIN
	IF begins = 4 THEN begins := 1; END IF;
	ends := greatest(begins, 1 + floor(random() * 4)::int);
	IF begins = 1 AND ends = 1 AND k > n OR begins = 3 AND ends = 3 AND k < n THEN
		k := n;
	END IF;
	RETURN format('%s BETWEEN %s AND %s%s', mode,
		(ARRAY['UNBOUNDED PRECEDING', n || ' PRECEDING', 'CURRENT ROW', n || ' FOLLOWING'])[1 + begins],
		(ARRAY[k || ' PRECEDING', 'CURRENT ROW', k || ' FOLLOWING', 'UNBOUNDED FOLLOWING'])[ends],
		(ARRAY['', '', '', ' EXCLUDE CURRENT ROW', ' EXCLUDE GROUP', ' EXCLUDE TIES', ' EXCLUDE NO OTHERS'])[1
			+ floor(random() * 7)]);
END $$;

CREATE TABLE framed (frame text, rows int, nulls int);

CREATE PROCEDURE compare_frames(frames int) LANGUAGE plpgsql AS $$
DECLARE
	clause text;
	mode text;
	filter text;
BEGIN
	FOR turn IN 1 .. frames LOOP
		IF turn % 20 = 1 THEN
			PERFORM random_answers(turn::float8 / frames - 0.5, (ARRAY[40, 1, 60, 25])[1 + turn / 20 % 4], 3,
				(ARRAY[0.1, 0, 0.5, 1])[1 + turn / 20 % 4], 20);
		END IF;
		mode := (ARRAY['ROWS', 'ROWS', 'RANGE', 'GROUPS'])[1 + floor(random() * 4)];
		-- g * 4 has peers and gaps, i has neither
		clause := format('%s ORDER BY %s %s', (ARRAY['', 'PARTITION BY e4 % 2'])[1 + floor(random() * 1.5)],
			(ARRAY['i', 'g * 4', 'i / 3', 'i DESC', 'n4 NULLS FIRST'])[1 + floor(random() * 5)], random_frame(mode));
		filter := (ARRAY['', ' FILTER (WHERE f)'])[1 + floor(random() * 1.5)];
		-- i breaks no ties: both sides see rows in the order of one scan
		EXECUTE (SELECT format('CREATE TEMP TABLE moved AS SELECT i, ARRAY[%s] AS moving, ARRAY[%s] AS anew
			FROM answer WINDOW v AS (%s)',
				string_agg(shown(n, format('%s(%s)%s OVER v', proname, arguments, filter)), ', ' ORDER BY n),
					string_agg(shown(n, format('plain_%s(%s)%s OVER v', n, arguments, filter)), ', ' ORDER BY n),
					clause)
			FROM agg WHERE moves);
		INSERT INTO fault SELECT format('%s%s, row %s', clause, filter, m.i), a.aggregate, r.x, r.y FROM moved m,
			unnest(m.moving, m.anew) WITH ORDINALITY r(x, y, o)
			JOIN (SELECT *, row_number() OVER (ORDER BY n) AS o FROM agg WHERE moves) a USING (o)
				WHERE r.x IS DISTINCT FROM r.y;
		INSERT INTO framed SELECT clause || filter, count(*),
			sum((SELECT count(*) FROM unnest(m.moving) x WHERE x IS NULL)) FROM moved m;
		DROP TABLE moved;
		COMMIT;
	END LOOP;
END $$;
CALL compare_frames(:frames);

-- The test would pass if no inverse ever ran: a clone that adds what it should take away
-- must be seen to be wrong.
CREATE TABLE unseen (aggregate regprocedure);
SELECT random_answers(0.5, 40, 3, 0.1, 20) \g /dev/null
SELECT format('CREATE AGGREGATE wrong_%s(%s) (sfunc = %s, stype = %s, msfunc = %3$s, minvfunc = %3$s,
	mstype = %4$s%s%s)', n, types, aggtransfn, state,
		CASE WHEN aggfinalfn <> 0 THEN format(', finalfunc = %s, mfinalfunc = %1$s', aggfinalfn) END,
			CASE WHEN agginitval IS NOT NULL THEN format(', initcond = %L, minitcond = %1$L', agginitval) END),
	format('INSERT INTO unseen SELECT %L FROM (SELECT wrong_%s(%s) OVER v AS x, plain_%2$s(%3$s) OVER v AS y
		FROM answer WINDOW v AS (ORDER BY i ROWS BETWEEN 5 PRECEDING AND CURRENT ROW)) AS w
		HAVING count(*) FILTER (WHERE x::text IS DISTINCT FROM y::text) = 0', aggregate, n, arguments)
FROM agg WHERE moves
\gexec
