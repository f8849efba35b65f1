#since 0.2.0
-- kpi_views: the parts that views share
--
-- Parts are common table expressions at the beginning of a view's query.  create_kpi_views puts
-- the sources before them and fills in by format(): %1$L period, %2$L timezone, %3$s as_of,
-- %4$L the KPIs whose sources are there, %5$L length of a period, %6$L discount of a
-- period, %7$L dimensions of segments, %8$s, %12$s and %9$s columns of segments and the join
-- for them, %10$s and %11$L drivers and their names, %13$s which rows of a summary, %14$I
-- the schema of the extension: names without it are found in pg_catalog.  Arguments
-- have exactly the types of our functions, so that no planted one can match better.

CREATE TABLE kpi_view_part (
	part text PRIMARY KEY,
	template text NOT NULL
);
GRANT SELECT ON kpi_view_part TO PUBLIC;
COMMENT ON TABLE kpi_view_part IS 'Common table expressions that views of create_kpi_views share.';
COMMENT ON COLUMN kpi_view_part.part IS 'Name of the part.';
COMMENT ON COLUMN kpi_view_part.template IS 'Its SQL, a template of format().';

INSERT INTO kpi_view_part VALUES
-- One row per KPI, period and segment: what adds up.  OFFSET '0' keeps the expressions in
-- their subqueries: each is computed once, and the planner expects few groups; otherwise it
-- would expect a group for each moment, and sort.  In quotes the 0 is a constant from the
-- start; otherwise there would be no parallel plan.
('cell', $$survey_fact AS (
	SELECT a.period_start, a.of_case, %12$s, %14$I.csat_tally(a.csat) AS csat, %14$I.nps_tally(a.nps) AS nps,
		%14$I.ces_tally(a.ces) AS ces, %14$I.resolution_quality_tally(a.expected, a.perceived) AS quality,
		%14$I.tally(CASE WHEN a.mood >= 500 THEN 1 WHEN a.mood <= -500 THEN -1 WHEN a.mood IS NOT NULL THEN 0 END,
			-1, 1) AS mood,
		count(a.mood) AS comments, sum(a.mood)::numeric / 10000 AS mood_total,
		sum(a.mood * a.mood)::numeric / 100000000 AS mood_squares
	FROM (SELECT %14$I.period_start(%1$L::text, r.responded_at, %2$L::text) AS period_start,
			r.case_id IS NOT NULL AS of_case%8$s,
			r.csat, r.nps, r.ces, r.expected, r.perceived,
			round(%14$I.sentiment(r.comment) * 10000::double precision)::integer AS mood
		FROM survey_response AS r %9$s WHERE r.responded_at <= %3$s OFFSET '0') AS a
	GROUP BY 1, 2, 3, 4, 5
), opened_fact AS (
	SELECT a.period_start, %12$s, count(*) AS cases,
		%14$I.life_table(a.opened_at, a.resolved_at, %3$s) AS resolution,
		%14$I.life_table(a.opened_at, a.first_response_at, %3$s) AS first_response
	FROM (SELECT %14$I.period_start(%1$L::text, c.opened_at, %2$L::text) AS period_start%8$s,
			c.opened_at, c.resolved_at, c.first_response_at
		FROM recovery_case AS c WHERE c.opened_at <= %3$s OFFSET '0') AS a
	GROUP BY 1, 2, 3, 4
), resolved_fact AS (
	SELECT a.period_start, %12$s, %14$I.fcr_tally(a.contacts) AS fcr, %14$I.rate_tally(a.answered) AS answered,
		%14$I.rate_tally(a.reopened) AS reopened, %14$I.rate_tally(a.bought) FILTER (WHERE a.judged) AS bought,
		%14$I.rate_tally(a.referred) FILTER (WHERE a.judged) AS referred
	FROM (SELECT %14$I.period_start(%1$L::text, c.resolved_at, %2$L::text) AS period_start%8$s, c.contacts,
			c.customer_id IS NOT NULL AND c.resolved_at + '720:00:00'::interval <= %3$s AS judged,
			coalesce(c.reopened_at <= %3$s, false) AS reopened, answer.case_id IS NOT NULL AS answered,
			buyer.case_id IS NOT NULL AS bought, referrer.case_id IS NOT NULL AS referred
		FROM recovery_case AS c
			LEFT JOIN (SELECT DISTINCT r.case_id FROM survey_response AS r
				WHERE r.case_id IS NOT NULL AND r.responded_at <= %3$s) AS answer
				ON answer.case_id = c.case_id
			LEFT JOIN (SELECT DISTINCT b.case_id
				FROM recovery_case AS b JOIN purchase AS p ON p.customer_id = b.customer_id
				WHERE p.purchased_at > b.resolved_at AND p.purchased_at <= b.resolved_at + '720:00:00'::interval
					AND p.purchased_at <= %3$s AND (p.amount >= 0::numeric) IS NOT FALSE) AS buyer
				ON buyer.case_id = c.case_id
			LEFT JOIN (SELECT DISTINCT b.case_id
				FROM recovery_case AS b JOIN referral AS f ON f.customer_id = b.customer_id
				WHERE f.referred_at > b.resolved_at AND f.referred_at <= b.resolved_at + '720:00:00'::interval
					AND f.referred_at <= %3$s) AS referrer
				ON referrer.case_id = c.case_id
		WHERE c.opened_at <= %3$s AND c.resolved_at <= %3$s OFFSET '0') AS a
	GROUP BY 1, 2, 3, 4
), cell AS (
	SELECT k.kpi, s.period_start, NULL::date AS until, s.of_case, s.channel, s.failure_type, s.compensation,
		k.answers, NULL::%14$I.life_table AS life, k.events, k.total, k.squares
	FROM survey_fact AS s CROSS JOIN LATERAL (VALUES
		('crs'::text, s.csat, NULL::bigint, NULL::numeric, NULL::numeric), ('csat', s.csat, NULL, NULL, NULL),
		('nps', s.nps, NULL, NULL, NULL), ('ces', s.ces, NULL, NULL, NULL),
		('resolution_quality', s.quality, NULL, NULL, NULL),
		('sentiment', s.mood, s.comments, s.mood_total, s.mood_squares)) AS k (kpi, answers, events, total, squares)
	WHERE k.kpi = ANY (%4$L::text[]) AND (s.of_case OR k.kpi NOT IN ('crs', 'resolution_quality'))
	UNION ALL
	SELECT k.kpi, s.period_start, NULL, true, s.channel, s.failure_type, s.compensation,
		NULL, k.life, k.events, NULL, NULL
	FROM opened_fact AS s CROSS JOIN LATERAL (VALUES
		('resolution_time'::text, s.resolution, NULL::bigint), ('resolution_rate', s.resolution, NULL),
		('first_response_time', s.first_response, NULL), ('complaint_rate', NULL, s.cases)) AS k (kpi, life, events)
	WHERE k.kpi = ANY (%4$L::text[]) OR k.kpi = 'complaint_rate'
	UNION ALL
	SELECT k.kpi, s.period_start, NULL, true, s.channel, s.failure_type, s.compensation,
		k.answers, NULL, NULL, NULL, NULL
	FROM resolved_fact AS s CROSS JOIN LATERAL (VALUES
		('fcr'::text, s.fcr), ('response_rate', s.answered), ('reopen_rate', s.reopened),
		('repeat_rate', s.bought), ('referral_rate', s.referred)) AS k (kpi, answers)
	WHERE k.kpi = ANY (%4$L::text[])
	UNION ALL
	SELECT 'customer', a.period_start, a.until, false, NULL, NULL, NULL, NULL, NULL, count(*), NULL, NULL
	FROM (SELECT %14$I.period_start(%1$L::text, c.joined_at, %2$L::text) AS period_start,
			CASE WHEN c.left_at <= %3$s
				THEN %14$I.period_start(%1$L::text, greatest(c.left_at, c.joined_at), %2$L::text) END AS until
		FROM customer AS c WHERE c.joined_at <= %3$s OFFSET '0') AS a
	GROUP BY 2, 3
	UNION ALL
	SELECT 'purchase', a.period_start, NULL, false, NULL, NULL, NULL, NULL, NULL, count(*), sum(a.amount), NULL
	FROM (SELECT %14$I.period_start(%1$L::text, p.purchased_at, %2$L::text) AS period_start, p.amount
		FROM purchase AS p WHERE p.purchased_at <= %3$s OFFSET '0') AS a
	GROUP BY 2
)$$),
-- the same without segments
('fact', $$fact AS (
	SELECT c.kpi, c.period_start, c.until, NULL::text AS dimension, NULL::text AS segment,
		c.answers, c.life, c.events, c.total, c.squares
	FROM cell AS c
)$$),
-- and with: a row for all and one for each segment of each dimension; only cases have them
('segment_fact', $$fact AS (
	SELECT c.kpi, c.period_start, c.until, d.dimension, d.segment,
		%14$I.sum(c.answers) AS answers, %14$I.sum(c.life) AS life,
		sum(c.events)::bigint AS events, sum(c.total) AS total, sum(c.squares) AS squares
	FROM cell AS c CROSS JOIN LATERAL (VALUES (NULL::text, NULL::text), ('channel', c.channel),
		('failure_type', c.failure_type), ('compensation', c.compensation)) AS d (dimension, segment)
	WHERE d.dimension IS NULL OR c.of_case AND d.dimension = ANY (%7$L::text[])
	GROUP BY 1, 2, 3, 4, 5
)$$),
-- the same, from a table of daily summaries
('stored_fact', $$fact AS (
	SELECT s.kpi, %14$I.period_start(%1$L::text, s.day) AS period_start,
		%14$I.period_start(%1$L::text, s.until) AS until, s.dimension, s.segment,
		s.answers, s.life, s.events, s.total, s.squares
	FROM kpi_summary AS s
	WHERE (s.kpi = ANY (%4$L::text[]) OR s.kpi IN ('complaint_rate', 'customer', 'purchase')) AND s.dimension %13$s
)$$),
-- one row per KPI and period: the sums, and how many customers there were
('summary', $$period AS (
	SELECT generate_series(min(f.period_start) FILTER (WHERE f.kpi = 'complaint_rate')::timestamp,
		max(greatest(f.period_start, f.until))::timestamp, %5$L::interval)::date AS period_start
	FROM fact AS f
), flow AS (
	SELECT m.period_start, sum(m.came - m.went) AS net, sum(m.came) AS came, sum(m.lost) AS lost,
		bool_or(m.shown) AS shown
	FROM (SELECT f.period_start, f.events AS came, 0::bigint AS went, 0::bigint AS lost, false AS shown
			FROM fact AS f WHERE f.kpi = 'customer'
		UNION ALL SELECT f.until, 0, f.events, CASE WHEN f.period_start < f.until THEN f.events ELSE 0 END, false
			FROM fact AS f WHERE f.kpi = 'customer' AND f.until IS NOT NULL
		UNION ALL SELECT p.period_start, 0, 0, 0, true FROM period AS p) AS m
	WHERE m.period_start IS NOT NULL
	GROUP BY m.period_start
), stock AS (
	SELECT f.period_start, f.came, f.lost, f.shown,
		coalesce(sum(f.net) OVER (ORDER BY f.period_start ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS base
	FROM flow AS f
), total AS (
	SELECT f.kpi, f.period_start, %14$I.sum(f.answers) AS answers, %14$I.sum(f.life) AS life,
		sum(f.events)::bigint AS events, sum(f.total) AS total, sum(f.squares) AS squares
	FROM fact AS f WHERE f.kpi <> 'customer' GROUP BY f.kpi, f.period_start
), summary AS (
	SELECT t.kpi, t.period_start, ROW(t.answers, t.life, t.events, NULL, t.total, t.squares)::%14$I.kpi_fact AS fact
	FROM total AS t WHERE t.kpi NOT IN ('complaint_rate', 'purchase') AND t.period_start IS NOT NULL
	UNION ALL
	SELECT k.kpi, s.period_start,
		ROW(k.answers, NULL, k.events, (s.base + s.came)::double precision, k.total, NULL)::%14$I.kpi_fact
	FROM stock AS s
		LEFT JOIN total AS c ON c.kpi = 'complaint_rate' AND c.period_start = s.period_start
		LEFT JOIN total AS p ON p.kpi = 'purchase' AND p.period_start = s.period_start
		CROSS JOIN LATERAL (SELECT %14$I.tally(0, 1, ARRAY[s.lost, s.base - s.lost]::bigint[]) AS kept,
			%14$I.tally(0, 1, ARRAY[s.base - s.lost, s.lost]::bigint[]) AS lost) AS r
		CROSS JOIN LATERAL (VALUES ('retention_rate'::text, r.kept, NULL::bigint, NULL::numeric),
			('churn_rate', r.lost, NULL, NULL), ('complaint_rate', NULL, coalesce(c.events, 0), NULL),
			('clv', r.kept, NULL, coalesce(p.total, 0))) AS k (kpi, answers, events, total)
	WHERE s.shown AND k.kpi = ANY (%4$L::text[])
)$$),
-- the same of each segment; a customer has none
('segment_summary', $$summary AS (
	SELECT f.kpi, f.period_start, f.dimension, f.segment,
		ROW(%14$I.sum(f.answers), %14$I.sum(f.life), sum(f.events)::bigint, NULL,
			sum(f.total), sum(f.squares))::%14$I.kpi_fact AS fact
	FROM fact AS f WHERE f.dimension IS NOT NULL AND f.kpi <> 'complaint_rate' AND f.period_start IS NOT NULL
	GROUP BY f.kpi, f.period_start, f.dimension, f.segment
)$$),
-- the figures; which targets hold for the period (some are shipped for months only); and which
-- periods are complete
('figure', $$goal AS (
	SELECT c.kpi, c.name, c.unit, c.direction,
		CASE WHEN m.mine THEN c.target END AS target, CASE WHEN m.mine THEN c.warning END AS warning
	FROM %14$I.kpi_catalog AS c
		CROSS JOIN LATERAL (SELECT %1$L::text = 'month'
			OR c.kpi NOT IN ('retention_rate', 'churn_rate', 'complaint_rate')
			OR EXISTS (SELECT FROM %14$I.kpi_target AS t WHERE t.kpi = c.kpi) AS mine) AS m
), figure AS (
	SELECT s.*, f.estimate AS value, f.lower, f.upper, f.responses,
		(s.period_start + %5$L::interval) AT TIME ZONE %2$L::text
			+ CASE WHEN s.kpi IN ('repeat_rate', 'referral_rate', 'resolution_rate') THEN '720:00:00'
			WHEN s.kpi IN ('response_rate', 'reopen_rate') THEN '336:00:00' ELSE '0' END::interval <= %3$s AS complete,
		c.name AS kpi_name, c.unit, c.direction, c.target,
		%14$I.kpi_verdict(f.estimate, c.direction, c.target, c.warning) AS status
	FROM summary AS s JOIN goal AS c ON c.kpi = s.kpi
		CROSS JOIN LATERAL %14$I.kpi_figure(s.kpi, s.fact, %6$L::double precision) AS f
)$$),
-- each customer's first case: recovered means resolved when due and not reopened before
('first_case', $$first_case AS (
	SELECT c.customer_id, c.opened_at, c.due_at,
		coalesce(c.resolved_at <= c.due_at
			AND (c.reopened_at IS NULL OR c.reopened_at > c.due_at), false) AS recovered
	FROM (SELECT DISTINCT ON (r.customer_id) r.customer_id, r.opened_at, r.resolved_at, r.reopened_at,
			greatest(r.opened_at, coalesce(r.promised_by, r.opened_at + '168:00:00'::interval)) AS due_at
		FROM recovery_case AS r WHERE r.opened_at <= %3$s AND r.customer_id IS NOT NULL
		ORDER BY r.customer_id, r.opened_at, r.case_id) AS c
)$$);
