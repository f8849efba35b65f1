#since 0.2.0
-- kpi_views: control limits along the periods of a KPI

-- A function, as engines that distribute tables refuse recursive queries over them.
CREATE FUNCTION kpi_walk(
	chart text, argument double precision, lowest double precision, highest double precision, answers tally[],
	lives life_table[], readings double precision[], complete boolean[],
	OUT place integer, OUT center double precision, OUT lower_limit double precision,
	OUT upper_limit double precision, OUT signal text
) RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 50
BEGIN ATOMIC
	-- period by period: the baseline so far, and the length of the run; fences: each is computed once
	WITH RECURSIVE walk AS (
		SELECT 0 AS place, '{}'::tally[] AS tallies, '{}'::life_table[] AS lives, '{}'::double precision[] AS figures,
			0::double precision AS run, NULL::double precision AS center, NULL::double precision AS lower_limit,
			NULL::double precision AS upper_limit, NULL::text AS signal
		UNION ALL
		SELECT p.place,
			CASE WHEN s.kept AND $1 = 'p'::text THEN (pg_catalog.array_append(w.tallies,
				p.answers))[greatest(pg_catalog.cardinality(w.tallies) - 22, 1):] ELSE w.tallies END,
			CASE WHEN s.kept AND $1 = 'quantile'::text THEN (pg_catalog.array_append(w.lives,
				p.life))[greatest(pg_catalog.cardinality(w.lives) - 22, 1):] ELSE w.lives END,
			CASE WHEN s.kept THEN (pg_catalog.array_append(w.figures,
				p.figure))[greatest(pg_catalog.cardinality(w.figures) - 22, 1):] ELSE w.figures END,
			r.run, c.center, b.lower_limit, b.upper_limit, s.signal
		FROM walk AS w
			CROSS JOIN LATERAL (SELECT w.place + 1 AS place, ($5)[w.place + 1] AS answers, ($6)[w.place + 1] AS life,
				($7)[w.place + 1] AS value, ($8)[w.place + 1] AS complete, CASE WHEN $1 = 'root'::text
					THEN cbrt(($7)[w.place + 1]) ELSE ($7)[w.place + 1] END AS figure) AS p
			CROSS JOIN LATERAL (SELECT CASE WHEN $1 = 'p'::text AND pg_catalog.cardinality(w.figures) >= 12
					THEN (SELECT control_chart(t.tally ORDER BY t.place)
						FROM pg_catalog.unnest(w.tallies) WITH ORDINALITY AS t (tally, place)) END AS shares,
				CASE WHEN $1 IN ('xmr'::text, 'root'::text) AND pg_catalog.cardinality(w.figures) >= 12
					THEN (SELECT xmr_chart(t.figure ORDER BY t.place)
						FROM pg_catalog.unnest(w.figures) WITH ORDINALITY AS t (figure, place)) END AS single
				OFFSET 0) AS k
			LEFT JOIN LATERAL control_limits(k.shares, p.answers, 'prediction'::text) AS l ON true
			LEFT JOIN LATERAL xmr_limits(k.single, 'prediction'::text) AS x ON true
			LEFT JOIN LATERAL kpi_quantile_limits(w.lives, $2, p.life) AS z ON true
			CROSS JOIN LATERAL (SELECT coalesce((k.shares).center, (k.single).center, z.center) AS center) AS c
			CROSS JOIN LATERAL (SELECT CASE $1 WHEN 'root'::text THEN 3::double precision ELSE 1::double precision END
				AS power) AS e
			CROSS JOIN LATERAL (SELECT CASE $1 WHEN 'p'::text THEN l.lower WHEN 'quantile'::text THEN z.lower_limit
					ELSE greatest(power(x.lower, e.power), $3) END AS lower_limit,
				CASE $1 WHEN 'p'::text THEN l.upper WHEN 'quantile'::text THEN z.upper_limit
					ELSE least(power(x.upper, e.power), $4) END AS upper_limit OFFSET 0) AS b
			CROSS JOIN LATERAL (SELECT sign(p.figure - c.center) AS side) AS d
			CROSS JOIN LATERAL (SELECT CASE WHEN NOT p.complete OR d.side IS NULL THEN w.run
				WHEN d.side <> 0::double precision AND d.side = sign(w.run) THEN w.run + d.side ELSE d.side END
					AS run) AS r
			CROSS JOIN LATERAL (SELECT CASE WHEN NOT p.complete THEN NULL
				WHEN p.value > b.upper_limit THEN 'above limits'::text
				WHEN p.value < b.lower_limit THEN 'below limits'::text
				WHEN r.run = 9::double precision AND r.run <> w.run THEN 'run above'::text
				WHEN r.run = -9::double precision AND r.run <> w.run THEN 'run below'::text END AS signal) AS g
			CROSS JOIN LATERAL (SELECT g.signal,
				p.complete AND p.value IS NOT NULL AND g.signal IS NULL AS kept) AS s
		WHERE w.place < pg_catalog.cardinality($7)
	)
	SELECT w.place, CASE WHEN $1 = 'root'::text THEN power(w.center, 3::double precision) ELSE w.center END,
		CASE WHEN w.center IS NOT NULL THEN w.lower_limit END, CASE WHEN w.center IS NOT NULL THEN w.upper_limit END,
		w.signal
	FROM walk AS w WHERE w.place > 0;
END;
COMMENT ON FUNCTION kpi_walk(text, double precision, double precision, double precision, tally[], life_table[],
	double precision[], boolean[]) IS
'The control chart of a KPI, period by period: limits from up to 24 complete periods before it without a signal, at least 12, and the signal. chart, argument, lowest and highest: chart, argument, least and most of kpi_definition; answers, lives, readings and complete: of each period in order its tally (for chart p), its life table (for chart quantile), its value, and whether it is complete. place counts from 1. kpi_trend gets its figures from this function. Errors: as in control_chart, xmr_chart and kpi_quantile_limits.';
