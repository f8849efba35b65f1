#since 0.2.0
-- kpi_views: the views

CREATE TABLE kpi_view (
	view text PRIMARY KEY,
	ordinal smallint NOT NULL UNIQUE,
	parts text[] NOT NULL,
	needs text[] NOT NULL,
	description text NOT NULL,
	template text NOT NULL
);
GRANT SELECT ON kpi_view TO PUBLIC;
COMMENT ON TABLE kpi_view IS 'The views that create_kpi_views makes.';
COMMENT ON COLUMN kpi_view.view IS 'Name of the view.';
COMMENT ON COLUMN kpi_view.ordinal IS 'Order.';
COMMENT ON COLUMN kpi_view.parts IS 'Parts of kpi_view_part that its query begins with.';
COMMENT ON COLUMN kpi_view.needs IS 'Source columns without which the view is left out; with relation.a|relation.b one of them is enough.';
COMMENT ON COLUMN kpi_view.description IS 'Comment of the view.';
COMMENT ON COLUMN kpi_view.template IS 'Its SQL, a template of format().';

INSERT INTO kpi_view VALUES
('kpi_scorecard', 1, '{fact,summary,figure}', '{}',
'The scorecard: one row per KPI, its latest complete period with answers against the period before it.',
$$, latest AS (
	SELECT DISTINCT ON (f.kpi) f.* FROM figure AS f WHERE f.complete AND f.responses > 0
	ORDER BY f.kpi, f.period_start DESC
)
SELECT c.kpi, c.name AS kpi_name, c.unit, c.direction, l.period_start, l.value, l.lower, l.upper, l.responses,
	c.target, l.status, b.value AS previous_value, l.value - b.value AS change, t.p_value
FROM goal AS c LEFT JOIN latest AS l ON l.kpi = c.kpi
	LEFT JOIN figure AS b ON b.kpi = l.kpi AND b.period_start = (l.period_start - %5$L::interval)::date
	LEFT JOIN LATERAL %14$I.kpi_change(l.kpi, l.fact, b.fact,
		((l.period_start + %5$L::interval)::date - l.period_start)::double precision
		/ (l.period_start - b.period_start)::double precision) AS t ON true
WHERE c.kpi = ANY (%4$L::text[])
ORDER BY array_position(%4$L::text[], c.kpi)$$),
('kpi_by_period', 2, '{fact,summary,figure}', '{}',
'Each KPI in each period, with 95 % bounds, its target and whether the period is complete.',
$$
SELECT f.period_start, f.kpi, f.value, f.lower, f.upper, f.responses, f.complete, f.target, f.status
FROM figure AS f$$),
('kpi_by_segment', 3, '{segment_fact,segment_summary,figure}', '{recovery_case.channel|recovery_case.failure_type|recovery_case.compensation}',
'Each KPI of cases in each period by channel, by type of failure and by compensation. Answers that are not about a case are left out.',
$$
SELECT f.period_start, f.dimension, f.segment, f.kpi, f.value, f.lower, f.upper, f.responses, f.complete, f.target,
	f.status
FROM figure AS f$$),
('kpi_trend', 4, '{fact,summary,figure}', '{}',
'Is a period unusual? Control limits from up to 24 complete periods before it, at least 6: Laney''s p'' for shares, XmR for the others, both as prediction limits.',
$$, chart AS (
	SELECT f.kpi, f.period_start, f.value, f.responses, f.complete, (f.fact).answers AS answers,
		(f.fact).answers IS NOT NULL AND f.kpi NOT IN ('nps', 'ces', 'sentiment', 'clv') AS is_share,
		count(f.value) FILTER (WHERE f.complete) OVER before AS points,
		%14$I.control_chart((f.fact).answers)
			FILTER (WHERE f.complete AND f.kpi NOT IN ('nps', 'ces', 'sentiment', 'clv')) OVER before AS shares,
		%14$I.xmr_chart(f.value) FILTER (WHERE f.complete) OVER before AS single
	FROM figure AS f
	WINDOW before AS (PARTITION BY f.kpi ORDER BY f.period_start ROWS BETWEEN 24 PRECEDING AND 1 PRECEDING)
), limited AS (
	SELECT c.kpi, c.period_start, c.value, c.responses, c.complete,
		CASE WHEN c.points >= 6
			THEN CASE WHEN c.is_share THEN (c.shares).center ELSE (c.single).center END END AS center,
		CASE WHEN c.points >= 6 THEN CASE WHEN c.is_share THEN l.lower
			WHEN s.lower < b.least THEN b.least ELSE s.lower END END AS lower_limit,
		CASE WHEN c.points >= 6 THEN CASE WHEN c.is_share THEN l.upper
			WHEN s.upper > b.most THEN b.most ELSE s.upper END END AS upper_limit
	FROM chart AS c
		LEFT JOIN LATERAL %14$I.control_limits(c.shares, c.answers, 'prediction'::text) AS l ON c.is_share
		LEFT JOIN LATERAL %14$I.xmr_limits(c.single, 'prediction'::text) AS s ON NOT c.is_share
		LEFT JOIN (VALUES ('nps'::text, -100::double precision, 100::double precision), ('ces', 1, 7),
			('sentiment', -1, 1), ('resolution_rate', 0, 100), ('resolution_time', 0, NULL),
			('first_response_time', 0, NULL), ('complaint_rate', 0, NULL), ('clv', 0, NULL)) AS b (kpi, least, most)
			ON b.kpi = c.kpi
), ran AS (
	SELECT l.*, sum(sign(l.value - l.center)) OVER last AS run, count(l.value - l.center) OVER last AS run_points
	FROM limited AS l WHERE l.complete
	WINDOW last AS (PARTITION BY l.kpi ORDER BY l.period_start ROWS BETWEEN 7 PRECEDING AND CURRENT ROW)
)
SELECT l.period_start, l.kpi, l.value, l.responses, l.complete, l.center, l.lower_limit, l.upper_limit,
	CASE WHEN NOT l.complete THEN NULL WHEN l.value > l.upper_limit THEN 'above limits'
		WHEN l.value < l.lower_limit THEN 'below limits'
		WHEN r.run = 8 AND r.run_points = 8 THEN 'run above'
		WHEN r.run = -8 AND r.run_points = 8 THEN 'run below' END AS signal
FROM limited AS l LEFT JOIN ran AS r ON r.kpi = l.kpi AND r.period_start = l.period_start$$),
('resolution_curve', 5, '{fact}', '{}',
'How long resolution takes: of the cases opened in a period, the share resolved by each age (Kaplan-Meier, open cases are censored).',
$$, opened AS (
	SELECT f.period_start, %14$I.sum(f.life) AS life FROM fact AS f
	WHERE f.kpi = 'resolution_rate' AND f.period_start IS NOT NULL GROUP BY f.period_start
)
SELECT o.period_start, a.hours::double precision AS age_hours, %14$I.resolved_within(o.life, a.age) AS resolved_share,
	100::double precision - i.upper AS lower, 100::double precision - i.lower AS upper, i.responses
FROM opened AS o
	CROSS JOIN LATERAL (SELECT h AS hours, h * '01:00:00'::interval AS age
		FROM unnest('{0,1,2,4,8,12,24,36,48,72,96,120,144,168,240,336,504,720,1080,1440,2160}'::integer[]) AS h) AS a
	CROSS JOIN LATERAL %14$I.retention_interval(o.life, a.age, 0.95::double precision) AS i
WHERE a.age <= %14$I.longest_time(o.life) OR %14$I.censored(o.life) = 0$$),
('retention_curve', 6, '{first_case}', '{recovery_case.opened_at,customer.joined_at}',
'Who stays: customers after their first failure, recovered or not, and customers who never had one (Kaplan-Meier). The clock of the first two starts when the resolution was due, so that both had the same time. The clock of the third starts when they joined or when the first case of all was opened, whichever is later, and ends at their own first case.',
$$, followed AS (
	SELECT CASE WHEN f.recovered THEN 'recovered' ELSE 'not recovered' END AS customer_group,
		%14$I.life_table(f.due_at, c.left_at, %3$s) AS life
	FROM first_case AS f JOIN customer AS c ON c.customer_id = f.customer_id
	WHERE f.due_at <= %3$s AND (c.left_at IS NULL OR c.left_at >= f.due_at)
	GROUP BY 1
	UNION ALL
	SELECT 'never failed', %14$I.life_table(s.since, c.left_at, least(f.opened_at, %3$s))
	FROM customer AS c LEFT JOIN first_case AS f ON f.customer_id = c.customer_id
		CROSS JOIN LATERAL (SELECT greatest(c.joined_at, (SELECT min(o.opened_at) FROM first_case AS o)) AS since) AS s
	WHERE c.joined_at <= %3$s AND (c.left_at IS NULL OR c.left_at >= s.since)
)
SELECT f.customer_group, a.days AS age_days, i.estimate AS retained_share, i.lower, i.upper, i.responses
FROM followed AS f
	CROSS JOIN LATERAL (SELECT d AS days, d * '24:00:00'::interval AS age
		FROM unnest('{0,7,14,30,60,90,120,150,180,210,240,270,300,330,365,455,545,730,1095,1825}'::integer[]) AS d) AS a
	CROSS JOIN LATERAL %14$I.retention_interval(f.life, a.age, 0.95::double precision) AS i
WHERE a.age <= %14$I.longest_time(f.life)$$),
('recovery_effect', 7, '{first_case}', '{recovery_case.opened_at,survey_response.responded_at,survey_response.csat}',
'Did recovery win customers back? Satisfaction with ordinary orders (answers that are not about a case): of the same customers before and after their first case, and of customers after a recovery against customers without a failure.',
$$, ordinary AS (
	SELECT r.customer_id, r.responded_at, r.csat FROM survey_response AS r
	WHERE r.case_id IS NULL AND r.csat IS NOT NULL AND r.customer_id IS NOT NULL AND r.responded_at <= %3$s
), pair AS (
	SELECT f.recovered,
		(array_agg(o.csat ORDER BY o.responded_at DESC, o.csat)
			FILTER (WHERE o.responded_at < f.opened_at))[1] AS before,
		(array_agg(o.csat ORDER BY o.responded_at, o.csat) FILTER (WHERE o.responded_at > f.due_at))[1] AS after
	FROM first_case AS f JOIN ordinary AS o ON o.customer_id = f.customer_id WHERE f.due_at <= %3$s
	GROUP BY f.customer_id, f.recovered
), paired AS (
	SELECT CASE WHEN p.recovered THEN 'recovered' ELSE 'not recovered' END || ': before and after' AS comparison,
		%14$I.paired_tally(p.before, p.after, 1, 5) AS pairs
	FROM pair AS p GROUP BY p.recovered
), last_answer AS (
	SELECT DISTINCT ON (o.customer_id) o.csat,
		CASE WHEN f.customer_id IS NULL THEN 'never failed' WHEN f.recovered THEN 'recovered'
			ELSE 'not recovered' END AS customer_group
	FROM ordinary AS o LEFT JOIN first_case AS f ON f.customer_id = o.customer_id
	WHERE f.customer_id IS NULL OR o.responded_at > f.due_at
	ORDER BY o.customer_id, o.responded_at DESC, o.csat
), answer AS (
	SELECT a.customer_group, %14$I.csat_tally(a.csat) AS answers FROM last_answer AS a GROUP BY a.customer_group
), against AS (
	SELECT a.customer_group, a.customer_group || ' against never failed' AS comparison, a.answers,
		n.answers AS never_failed
	FROM answer AS a LEFT JOIN answer AS n ON n.customer_group = 'never failed' WHERE a.customer_group <> 'never failed'
)
SELECT p.comparison, m.measure, m.value, m.lower, m.upper, m.responses, m.p_value
FROM paired AS p
	CROSS JOIN LATERAL %14$I.csat_interval(%14$I.before(p.pairs),
		0.95::double precision, NULL::integer, 'wilson'::text) AS b
	CROSS JOIN LATERAL %14$I.csat_interval(%14$I.after(p.pairs),
		0.95::double precision, NULL::integer, 'wilson'::text) AS a
	CROSS JOIN LATERAL %14$I.csat_test(p.pairs, 0.95::double precision, NULL::integer) AS t
	CROSS JOIN LATERAL (SELECT %14$I.counts(%14$I.before(p.pairs)) AS was) AS c
	CROSS JOIN LATERAL (SELECT c.was[1] + c.was[2] + c.was[3] AS unhappy, c.was[4] + c.was[5] AS happy) AS n
	CROSS JOIN LATERAL (SELECT
		coalesce(round(n.unhappy::double precision
			* %14$I.win_back_rate(p.pairs, NULL::integer) / 100::double precision), 0)::bigint AS won,
		coalesce(round(n.happy::double precision
			* %14$I.lost_rate(p.pairs, NULL::integer) / 100::double precision), 0)::bigint AS lost) AS k
	CROSS JOIN LATERAL %14$I.rate_interval(%14$I.tally(0, 1, ARRAY[n.unhappy - k.won, k.won]),
		0.95::double precision, 'wilson'::text) AS w
	CROSS JOIN LATERAL %14$I.rate_interval(%14$I.tally(0, 1, ARRAY[n.happy - k.lost, k.lost]),
		0.95::double precision, 'wilson'::text) AS l
	CROSS JOIN LATERAL (VALUES
		(1, 'satisfied before, percent', b.estimate, b.lower, b.upper, b.responses, NULL::double precision),
		(2, 'satisfied after, percent', a.estimate, a.lower, a.upper, a.responses, NULL),
		(3, 'change, points', t.difference, t.lower, t.upper, %14$I.pairs(p.pairs), t.p_value),
		(4, 'won back, percent of the dissatisfied', w.estimate, w.lower, w.upper, w.responses, NULL),
		(5, 'lost, percent of the satisfied', l.estimate, l.lower, l.upper, l.responses, NULL)
	) AS m (ordinal, measure, value, lower, upper, responses, p_value)
UNION ALL
SELECT g.comparison, m.measure, m.value, m.lower, m.upper, m.responses, m.p_value
FROM against AS g
	CROSS JOIN LATERAL %14$I.ces_interval(g.answers, 0.95::double precision) AS r
	LEFT JOIN LATERAL %14$I.ces_interval(g.never_failed, 0.95::double precision) AS n ON true
	LEFT JOIN LATERAL %14$I.recovery_paradox(g.answers, g.never_failed,
		0.95::double precision, NULL::integer) AS t ON true
	CROSS JOIN LATERAL (VALUES
		(1, 'mean of 1 to 5, ' || g.customer_group, r.estimate, r.lower, r.upper, r.responses, NULL::double precision),
		(2, 'mean of 1 to 5, never failed', n.estimate, n.lower, n.upper, n.responses, NULL),
		(3, 'difference of means', t.mean_difference, t.lower, t.upper, r.responses + n.responses, t.p_value),
		(4, 'difference of satisfied, points', t.top_difference, t.top_lower, t.top_upper,
			r.responses + n.responses, NULL),
		(5, 'paradox: 1 shown, 0 not', t.paradox::integer::double precision, NULL, NULL,
			r.responses + n.responses, NULL)
	) AS m (ordinal, measure, value, lower, upper, responses, p_value)$$),
('customer_value', 8, '{first_case}', '{recovery_case.opened_at,purchase.amount}',
'What customers are worth: the value expected in the coming 12 months at a discount of 1 % a month (BG/NBD and gamma-gamma, fitted to all purchases), for customers recovered, not recovered, and never failed.',
$$, history AS MATERIALIZED (
	SELECT p.customer_id, %14$I.purchase_history(p.purchased_at, p.amount::double precision, %3$s) AS history
	FROM purchase AS p
	WHERE p.purchased_at <= %3$s AND p.customer_id IS NOT NULL GROUP BY p.customer_id
), model AS MATERIALIZED (
	SELECT %14$I.clv_model(h.history) AS model FROM history AS h
), valued AS (
	SELECT CASE WHEN f.customer_id IS NULL THEN 'never failed' WHEN f.recovered THEN 'recovered'
			ELSE 'not recovered' END AS customer_group,
		%14$I.probability_alive(m.model, h.history) AS alive,
		%14$I.expected_purchases(m.model, h.history, 52.14::double precision) AS purchases,
		%14$I.expected_spend(m.model, h.history) AS spend,
		%14$I.clv(m.model, h.history, 12, 0.01::double precision) AS value
	FROM history AS h CROSS JOIN model AS m LEFT JOIN first_case AS f ON f.customer_id = h.customer_id
	WHERE f.customer_id IS NULL OR f.due_at <= %3$s
)
SELECT v.customer_group, count(*) AS customers, avg(v.alive) AS probability_alive,
	avg(v.purchases) AS expected_purchases, avg(v.spend) AS expected_spend, avg(v.value) AS mean_value,
	sum(v.value) AS total_value
FROM valued AS v GROUP BY v.customer_group$$),
('voice', 9, '{fact}', '{survey_response.comment}',
'What customers write: mean sentiment of the comments of each period, -1 to 1, and the shares of positive, neutral and negative comments (VADER rules, English).',
$$, said AS (
	SELECT f.period_start, %14$I.sum(f.answers) AS answers, sum(f.events)::bigint AS events, sum(f.total) AS total,
		sum(f.squares) AS squares
	FROM fact AS f WHERE f.kpi = 'sentiment' AND f.period_start IS NOT NULL GROUP BY f.period_start
)
SELECT s.period_start, i.estimate AS sentiment, i.lower, i.upper, i.responses,
	(s.period_start + %5$L::interval) AT TIME ZONE %2$L::text <= %3$s AS complete,
	%14$I.share(s.answers, 1, 1) AS positive_share, %14$I.share(s.answers, 0, 0) AS neutral_share,
	%14$I.share(s.answers, -1, -1) AS negative_share
FROM said AS s
	CROSS JOIN LATERAL %14$I.kpi_figure('sentiment'::text,
		ROW(s.answers, NULL, s.events, NULL, s.total, s.squares)::%14$I.kpi_fact, 0::double precision) AS i$$),
('drivers', 10, '{}', '{survey_response.responded_at,survey_response.csat,survey_response.speed|survey_response.effectiveness|survey_response.compensation_value}',
'What goes along with satisfaction after a recovery: least squares of the score on the ratings, and the share of each rating in what all of them explain (Johnson''s relative weights). Importance is not cause.',
$$
SELECT d.factor, d.correlation, d.coefficient, d.std_error, d.std_beta, d.t_statistic, d.p_value, d.vif,
	d.relative_weight, d.share, f.responses, f.r_squared
FROM (SELECT %14$I.driver_model(r.csat, ARRAY[%10$s]::double precision[]) AS model FROM survey_response AS r
	WHERE r.case_id IS NOT NULL AND r.responded_at <= %3$s) AS m
	CROSS JOIN LATERAL %14$I.driver_importance(m.model, %11$L::text[]) AS d
	CROSS JOIN LATERAL %14$I.driver_fit(m.model) AS f$$);
