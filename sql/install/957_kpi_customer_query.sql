#since 0.2.0
-- live: computes days of customers and of purchases

CREATE FUNCTION kpi_customer_query(
	plan jsonb, days text, spans text, OUT customers text, OUT moving text, OUT spent text
)
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	names jsonb := plan -> 'names';
	each_span text := concat(names ->> 'home', '.kpi_few_spans(', spans, ')');
	joined text;
BEGIN
	joined := concat(each_span, ' AS r (span) CROSS JOIN LATERAL (SELECT c.* FROM every_customer AS c ',
		'WHERE c.joined_at >= lower(r.span) AND c.joined_at < upper(r.span) ', names ->> 'fence',
		') AS c WHERE c.customer_id IS NOT NULL AND c.joined_at >= ', names ->> 'earliest',
		' AND c.joined_at <= ', names ->> 'as_of', ' AND (c.left_at < c.joined_at) IS NOT TRUE');
	customers := concat('SELECT c.joined, c.until, count(*) AS customers FROM (SELECT ', names ->> 'joined_date',
		' AS joined, CASE WHEN c.left_at <= ', names ->> 'as_of', ' THEN ', names ->> 'left_date', ' END AS until
			FROM ',
		joined, ') AS c WHERE ', days, ' @> c.joined GROUP BY c.joined, c.until');
	moving := concat('SELECT c.at, min(c.left_at) FROM (SELECT ', names ->> 'joined_date', ' AS at, c.left_at FROM ',
		joined, ' AND c.left_at > ', names ->> 'as_of', ' AND isfinite(c.left_at)) AS c WHERE ', days,
		' @> c.at GROUP BY c.at');
	spent := concat('SELECT a.at, sum(a.amount) FILTER (WHERE a.amount - a.amount = 0) AS amount, ',
		'count(*) FILTER (WHERE (a.amount - a.amount = 0) IS FALSE) AS broken FROM (SELECT ', names ->> 'purchase_date',
		' AS at, p.amount FROM ', each_span, ' AS r (span) CROSS JOIN LATERAL (SELECT p.* FROM every_purchase AS p
			WHERE p.purchased_at >= lower(r.span) AND p.purchased_at < upper(r.span) ', names ->> 'fence', ') AS p
			WHERE p.purchased_at >= ', names ->> 'earliest', ' AND p.purchased_at <= ',
		names ->> 'as_of', ') AS a WHERE ', days, ' @> a.at GROUP BY a.at');
END $$;
COMMENT ON FUNCTION kpi_customer_query(jsonb, text, text) IS
'For the days that the SQL days gives: customers, the query of how many joined on each and left on each; moving, that of when these days move with time alone; spent, that of what was spent on each. They read the common table expressions of kpi_every_query.';
