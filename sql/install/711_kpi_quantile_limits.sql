#since 0.2.0
-- kpi_views: control limits of a quantile in the tail of durations
--
-- A quantile varies as the share within it does, and the farther out, the more unevenly: its moving
-- range says little.  So the share of cases within the baseline's quantile has Laney's p' chart.
-- Its width is turned round (Wilson 1927, as Woodruff 1952 does for one sample): the limits are the
-- times within which the baseline's share is such that its own limits just reach the quantile.

CREATE FUNCTION kpi_quantile_limits(
	baseline life_table[], quantile double precision, life life_table,
	OUT center double precision, OUT lower_limit double precision, OUT upper_limit double precision
)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT extract(epoch FROM c.middle)::double precision / 3600::double precision,
		extract(epoch FROM time_quantile(c.whole, l.share - l.width))::double precision / 3600::double precision,
		extract(epoch FROM time_quantile(c.whole, l.share + l.width))::double precision / 3600::double precision
	FROM (SELECT p.whole, time_quantile(p.whole, $2) AS middle
			FROM (SELECT sum(b.life) AS whole, count(*) AS points FROM unnest($1) AS b (life)) AS p
			WHERE p.points >= 12::bigint OFFSET 0) AS c
		CROSS JOIN LATERAL (SELECT control_chart(tally(0, 1, ARRAY[w.n - w.inside, w.inside]) ORDER BY w.place) AS chart
			FROM (SELECT b.place, subjects(b.life) AS n, round(subjects(b.life)::double precision
					* resolved_within(b.life, c.middle) / 100::double precision)::bigint AS inside
				FROM unnest($1) WITH ORDINALITY AS b (life, place)) AS w WHERE w.inside IS NOT NULL OFFSET 0) AS h
		CROSS JOIN LATERAL (SELECT i.lower FROM control_limits(h.chart,
			tally(0, 1, ARRAY[0::bigint, subjects($3)]), 'prediction'::text) AS i OFFSET 0) AS i
		CROSS JOIN LATERAL (SELECT power((h.chart).center - i.lower, 2::double precision) / nullif((h.chart).center
			* (100::double precision - (h.chart).center), 0::double precision) AS spread OFFSET 0) AS s
		CROSS JOIN LATERAL (SELECT
			($2 + s.spread / 2::double precision) / (1::double precision + s.spread) AS share,
			sqrt(s.spread * $2 * (1::double precision - $2) + s.spread * s.spread / 4::double precision)
				/ (1::double precision + s.spread) AS width OFFSET 0) AS l;
END;
COMMENT ON FUNCTION kpi_quantile_limits(life_table[], double precision, life_table) IS
'Centre and control limits, in hours, of a quantile of durations. The centre is that of at least 12 baseline periods as one; the limits are the times within which the share of cases would be just beyond the prediction limits of control_limits for as many cases as the life table has. A limit that the baseline never reaches is NULL; all are below 12 periods.';
