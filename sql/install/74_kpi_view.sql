#since 0.2.0
-- kpi_views: the views

CREATE TABLE kpi_view (
	view text PRIMARY KEY,
	ordinal smallint NOT NULL UNIQUE,
	parts text[] NOT NULL,
	kpis text[],
	segmented boolean NOT NULL DEFAULT false,
	needs text[] NOT NULL,
	description text NOT NULL,
	template text NOT NULL
);
GRANT SELECT ON kpi_view TO PUBLIC;
COMMENT ON TABLE kpi_view IS 'The views that create_kpi_views makes.';
COMMENT ON COLUMN kpi_view.view IS 'Name of the view.';
COMMENT ON COLUMN kpi_view.ordinal IS 'Order.';
COMMENT ON COLUMN kpi_view.parts IS 'Parts of kpi_view_part that its query begins with, and those that they use.';
COMMENT ON COLUMN kpi_view.kpis IS 'The KPIs that its figures are computed for; NULL means all.';
COMMENT ON COLUMN kpi_view.segmented IS 'true if its rows have the dimensions.';
COMMENT ON COLUMN kpi_view.needs IS 'Source columns without which the view is left out; with relation.a|relation.b one of them is enough.';
COMMENT ON COLUMN kpi_view.description IS 'Comment of the view.';
COMMENT ON COLUMN kpi_view.template IS 'Its SQL; kpi_plan fills in the names in braces.';

INSERT INTO kpi_view VALUES
('kpi_scorecard', 1, '{figure,recent}', NULL, false, '{}',
'The scorecard: one row per KPI, its latest complete period with answers against the period before it and the same period of last year.',
$$, latest AS (
	SELECT DISTINCT ON (f.kpi) f.*,
		(f.period_start + (f.period_end - f.period_start) / 2 - '1 year'::interval)::date AS year_ago
	FROM figure AS f WHERE f.complete AND (f.responses > 0 OR f.value IS NOT NULL)
	ORDER BY f.kpi, f.period_start DESC
)
SELECT k.kpi, k.name AS kpi_name, k.unit, k.direction, l.period_start, l.value, l.lower, l.upper, l.responses,
	k.target, l.status, b.value AS previous_value, l.value - b.value AS change, t.p_value,
	l.lower > k.target OR l.upper < k.target AS sure, y.value AS last_year_value, u.p_value AS last_year_p_value,
	l.left_out
FROM reading AS k LEFT JOIN latest AS l ON l.kpi = k.kpi
	LEFT JOIN figure AS b ON b.kpi = l.kpi AND b.ordinal = l.ordinal - 1
	LEFT JOIN figure AS y ON y.kpi = l.kpi AND l.year_ago >= y.period_start AND l.year_ago < y.period_end
	LEFT JOIN LATERAL {home}.kpi_fact_test(l.kind, l.argument, l.fact, b.fact,
		(l.period_end - l.period_start)::double precision / (b.period_end - b.period_start)::double precision) AS t
		ON true
	LEFT JOIN LATERAL {home}.kpi_fact_test(l.kind, l.argument, l.fact, y.fact,
		(l.period_end - l.period_start)::double precision / (y.period_end - y.period_start)::double precision) AS u
		ON true
ORDER BY k.ordinal$$),
('kpi_by_period', 2, '{figure}', NULL, false, '{}',
'Each KPI in each period, with 95 % bounds, its target and whether the period is complete.',
$$
SELECT f.period_start, f.kpi, f.value, f.lower, f.upper, f.responses, f.complete, f.target, f.status, f.left_out
FROM figure AS f$$),
('kpi_by_segment', 3, '{figure}', NULL, true, '{a dimension}',
'Each KPI of cases and answers in each period by dimension, one dimension at a time. An answer has the value of its own column, or else that of its case.',
$$
SELECT f.period_start, f.dimension, f.segment, f.kpi, f.value, f.lower, f.upper, f.responses, f.complete, f.target,
	f.status, f.left_out
FROM figure AS f$$),
('kpi_trend', 4, '{figure}', NULL, false, '{}',
'Is a period unusual? Control limits from up to 24 complete periods before it without a signal, at least 12: Laney''s p'' for shares, XmR for the others, of cube roots for times and amounts, all as prediction limits. For a time in the tail p'' of the share within the centre.',
$$, point AS (
	SELECT f.kpi, f.chart, f.argument, f.least, f.most, f.period_start, f.value, f.responses, f.complete, f.left_out,
		(f.fact).answers AS answers, CASE WHEN f.chart = 'quantile' THEN (f.fact).life END AS life,
		row_number() OVER (PARTITION BY f.kpi ORDER BY f.period_start) AS place
	FROM figure AS f
), track AS (
	SELECT p.kpi, p.chart, p.argument, p.least, p.most, array_agg(p.answers ORDER BY p.place) AS answers,
		array_agg(p.life ORDER BY p.place) AS lives, array_agg(p.value ORDER BY p.place) AS readings,
		array_agg(p.complete ORDER BY p.place) AS complete
	FROM point AS p GROUP BY p.kpi, p.chart, p.argument, p.least, p.most
)
SELECT p.period_start, p.kpi, p.value, p.responses, p.complete, w.center, w.lower_limit, w.upper_limit, w.signal,
	p.left_out
FROM track AS t
	CROSS JOIN LATERAL {home}.kpi_walk(t.chart, t.argument, t.least, t.most, t.answers, t.lives, t.readings,
		t.complete) AS w
	JOIN point AS p ON p.kpi = t.kpi AND p.place = w.place$$),
('kpi_change', 5, '{figure}', NULL, true, '{a dimension}',
'Why the last change: what each segment did to a KPI from the period before to the latest complete one, by its own change and by the change of its share; one dimension at a time.',
$$, latest AS (
	SELECT f.kpi, max(f.ordinal) AS ordinal FROM figure AS f
	WHERE f.complete AND f.responses > 0 AND f.parts IS NOT NULL GROUP BY f.kpi
), pair AS (
	SELECT f.kpi, f.parts, f.dimension, f.segment,
		max(f.period_start) FILTER (WHERE f.ordinal = l.ordinal) AS period_start,
		max(f.period_start) FILTER (WHERE f.ordinal < l.ordinal) AS baseline_start,
		{home}.sum((f.fact).answers) FILTER (WHERE f.ordinal = l.ordinal) AS current,
		{home}.sum((f.fact).answers) FILTER (WHERE f.ordinal < l.ordinal) AS baseline
	FROM figure AS f JOIN latest AS l ON l.kpi = f.kpi AND f.ordinal >= l.ordinal - 1 AND f.ordinal <= l.ordinal
	GROUP BY f.kpi, f.parts, f.dimension, f.segment
), changed AS (
	SELECT p.kpi, p.parts, p.dimension, max(p.period_start) AS period_start, max(p.baseline_start) AS baseline_start,
		array_agg(p.segment ORDER BY p.segment) AS segments, array_agg(p.current ORDER BY p.segment) AS current,
		array_agg(p.baseline ORDER BY p.segment) AS baseline
	FROM pair AS p GROUP BY p.kpi, p.parts, p.dimension
)
SELECT c.period_start, c.baseline_start, c.kpi, c.dimension, d.segment, d.baseline_share, d.current_share,
	d.baseline_value, d.current_value, d.rate_effect, d.mix_effect, d.lower, d.upper, d.p_value
FROM changed AS c CROSS JOIN LATERAL {home}.change_parts(c.segments, c.current, c.baseline, c.parts, NULL::integer,
	0.95::double precision) AS d
WHERE c.baseline_start IS NOT NULL$$),
('resolution_curve', 6, '{fact}', '{resolution_time}', false, '{recovery_case.resolved_at}',
'How long resolution takes: of the cases opened in a period, the share resolved by each age (Kaplan-Meier, open cases are censored).',
$$
SELECT f.period_start, a.hours::double precision AS age_hours, {home}.resolved_within(f.life, a.age) AS resolved_share,
	100::double precision - i.upper AS lower, 100::double precision - i.lower AS upper, i.responses
FROM fact AS f
	CROSS JOIN LATERAL (SELECT h AS hours, h * '01:00:00'::interval AS age
		FROM unnest('{0,1,2,4,8,12,24,36,48,72,96,120,144,168,240,336,504,720,1080,1440,2160}'::integer[]) AS h) AS a
	CROSS JOIN LATERAL {home}.retention_interval(f.life, a.age, 0.95::double precision) AS i
WHERE a.age <= {home}.longest_time(f.life) OR {home}.censored(f.life) = 0$$),
('retention_curve', 7, '{first_case}', NULL, false, '{recovery_case.resolved_at,customer.left_at}',
'Who stays: customers after their first failure, recovered or not, and customers who never had one (Kaplan-Meier). The clock of the first two starts when the resolution was due, so that both had the same time. The clock of the third starts when they joined or when the first case of all was opened, whichever is later, and ends at their own first case.',
$$, member AS (
	SELECT c.customer_id, c.joined_at, c.left_at FROM customer AS c
	WHERE c.customer_id IS NOT NULL AND c.joined_at >= {earliest} AND c.joined_at <= {known}
		AND (c.left_at < c.joined_at) IS NOT TRUE
), followed AS (
	SELECT CASE WHEN f.recovered THEN 'recovered' ELSE 'not recovered' END AS customer_group,
		{home}.life_table(f.due_at, c.left_at, {as_of}) AS life
	FROM first_case AS f JOIN member AS c ON c.customer_id = f.customer_id
	WHERE f.recovered IS NOT NULL AND f.due_at <= {as_of} AND (c.left_at IS NULL OR c.left_at >= f.due_at)
	GROUP BY 1
	UNION ALL
	SELECT 'never failed', {home}.life_table(s.since, c.left_at, least(f.opened_at, {as_of}))
	FROM member AS c LEFT JOIN first_case AS f ON f.customer_id = c.customer_id
		CROSS JOIN LATERAL (SELECT greatest(c.joined_at, (SELECT min(o.opened_at) FROM first_case AS o)) AS since) AS s
	WHERE c.left_at IS NULL OR c.left_at >= s.since
)
SELECT f.customer_group, a.days AS age_days, i.estimate AS retained_share, i.lower, i.upper, i.responses
FROM followed AS f
	CROSS JOIN LATERAL (SELECT d AS days, d * '24:00:00'::interval AS age
		FROM unnest('{0,7,14,30,60,90,120,150,180,210,240,270,300,330,365,455,545,730,1095,1825}'::integer[]) AS d) AS a
	CROSS JOIN LATERAL {home}.retention_interval(f.life, a.age, 0.95::double precision) AS i
WHERE a.age <= {home}.longest_time(f.life)$$),
('recovery_effect', 8, '{first_case,answer}', NULL, false,
'{recovery_case.resolved_at,survey_response.csat,survey_response.case_id,survey_response.customer_id}',
'Did recovery win customers back? Satisfaction with ordinary orders (answers that are not about a case): of the same customers before and after their first case, and of customers after a recovery against customers without a failure.',
$$, ordinary AS (
	SELECT r.customer_id, r.responded_at, r.csat FROM answer AS r
	WHERE r.about_case IS NULL AND r.csat IS NOT NULL AND r.customer_id IS NOT NULL
), pair AS (
	SELECT f.recovered,
		(array_agg(o.csat ORDER BY o.responded_at DESC, o.csat)
			FILTER (WHERE o.responded_at < f.opened_at))[1] AS before,
		(array_agg(o.csat ORDER BY o.responded_at, o.csat) FILTER (WHERE o.responded_at > f.due_at))[1] AS after
	FROM first_case AS f JOIN ordinary AS o ON o.customer_id = f.customer_id WHERE f.due_at <= {as_of}
		AND f.recovered IS NOT NULL
	GROUP BY f.customer_id, f.recovered
), paired AS (
	SELECT CASE WHEN p.recovered THEN 'recovered' ELSE 'not recovered' END || ': before and after' AS comparison,
		{home}.paired_tally(p.before, p.after, 1, 5) AS pairs
	FROM pair AS p GROUP BY p.recovered
), last_answer AS (
	SELECT DISTINCT ON (o.customer_id) o.csat,
		CASE WHEN f.customer_id IS NULL THEN 'never failed' WHEN f.recovered THEN 'recovered'
			ELSE 'not recovered' END AS customer_group
	FROM ordinary AS o LEFT JOIN first_case AS f ON f.customer_id = o.customer_id
	WHERE f.customer_id IS NULL OR f.recovered IS NOT NULL AND o.responded_at > f.due_at
	ORDER BY o.customer_id, o.responded_at DESC, o.csat
), answered AS (
	SELECT a.customer_group, {home}.csat_tally(a.csat) AS answers FROM last_answer AS a GROUP BY a.customer_group
), against AS (
	SELECT a.customer_group, a.customer_group || ' against never failed' AS comparison, a.answers,
		n.answers AS never_failed
	FROM answered AS a LEFT JOIN answered AS n ON n.customer_group = 'never failed'
		WHERE a.customer_group <> 'never failed'
)
SELECT p.comparison, m.measure, m.value, m.lower, m.upper, m.responses, m.p_value
FROM paired AS p
	CROSS JOIN LATERAL {home}.csat_interval({home}.before(p.pairs),
		0.95::double precision, NULL::integer, 'wilson'::text) AS b
	CROSS JOIN LATERAL {home}.csat_interval({home}.after(p.pairs),
		0.95::double precision, NULL::integer, 'wilson'::text) AS a
	CROSS JOIN LATERAL {home}.csat_test(p.pairs, 0.95::double precision, NULL::integer) AS t
	CROSS JOIN LATERAL (SELECT {home}.counts({home}.before(p.pairs)) AS was) AS c
	CROSS JOIN LATERAL (SELECT c.was[1] + c.was[2] + c.was[3] AS unhappy, c.was[4] + c.was[5] AS happy) AS n
	CROSS JOIN LATERAL (SELECT
		coalesce(round(n.unhappy::double precision
			* {home}.win_back_rate(p.pairs, NULL::integer) / 100::double precision), 0)::bigint AS won,
		coalesce(round(n.happy::double precision
			* {home}.lost_rate(p.pairs, NULL::integer) / 100::double precision), 0)::bigint AS lost) AS k
	CROSS JOIN LATERAL {home}.rate_interval({home}.tally(0, 1, ARRAY[n.unhappy - k.won, k.won]),
		0.95::double precision, 'wilson'::text) AS w
	CROSS JOIN LATERAL {home}.rate_interval({home}.tally(0, 1, ARRAY[n.happy - k.lost, k.lost]),
		0.95::double precision, 'wilson'::text) AS l
	CROSS JOIN LATERAL (VALUES
		(1, 'satisfied before, percent', b.estimate, b.lower, b.upper, b.responses, NULL::double precision),
		(2, 'satisfied after, percent', a.estimate, a.lower, a.upper, a.responses, NULL),
		(3, 'change, points', t.difference, t.lower, t.upper, {home}.pairs(p.pairs), t.p_value),
		(4, 'won back, percent of the dissatisfied', w.estimate, w.lower, w.upper, w.responses, NULL),
		(5, 'lost, percent of the satisfied', l.estimate, l.lower, l.upper, l.responses, NULL)
	) AS m (ordinal, measure, value, lower, upper, responses, p_value)
UNION ALL
SELECT g.comparison, m.measure, m.value, m.lower, m.upper, m.responses, m.p_value
FROM against AS g
	CROSS JOIN LATERAL {home}.ces_interval(g.answers, 0.95::double precision) AS r
	LEFT JOIN LATERAL {home}.ces_interval(g.never_failed, 0.95::double precision) AS n ON true
	LEFT JOIN LATERAL {home}.recovery_paradox(g.answers, g.never_failed,
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
('customer_value', 9, '{first_case}', NULL, false, '{recovery_case.resolved_at,purchase.amount}',
'What customers are worth: the value expected in the coming 12 months at a discount of 1 % a month (BG/NBD and gamma-gamma, fitted to all purchases), for customers recovered, not recovered, and never failed; and what they spent in the last 180 days, raw, and compared with customers never failed who had bought as often before.',
$$, history AS MATERIALIZED (
	SELECT p.customer_id, {home}.purchase_history(p.purchased_at, p.amount::double precision, {as_of}) AS history
	FROM purchase AS p
	WHERE p.purchased_at >= {earliest} AND p.purchased_at <= {known}
		AND p.customer_id IS NOT NULL AND p.amount - p.amount = 0 GROUP BY p.customer_id
), model AS MATERIALIZED (
	SELECT {home}.clv_model(h.history) AS model FROM history AS h
), valued AS (
	SELECT CASE WHEN f.customer_id IS NULL THEN 'never failed' WHEN f.recovered THEN 'recovered'
			ELSE 'not recovered' END AS customer_group,
		{home}.probability_alive(m.model, h.history) AS alive,
		{home}.expected_purchases(m.model, h.history, 52.14::double precision) AS purchases,
		{home}.expected_spend(m.model, h.history) AS spend,
		{home}.clv(m.model, h.history, 12, 0.01::double precision) AS value
	FROM history AS h CROSS JOIN model AS m LEFT JOIN first_case AS f ON f.customer_id = h.customer_id
	WHERE f.customer_id IS NULL OR f.due_at <= {as_of} AND f.recovered IS NOT NULL
), groups AS (
	SELECT v.customer_group, count(*) AS customers, avg(v.alive) AS probability_alive,
		avg(v.purchases) AS expected_purchases, avg(v.spend) AS expected_spend, avg(v.value) AS mean_value,
		sum(v.value) AS total_value
	FROM valued AS v GROUP BY v.customer_group
), follower AS (	-- half a year ago, and since
	SELECT CASE WHEN f.customer_id IS NULL OR f.opened_at > {half_year_ago} THEN 'never failed'
			WHEN f.due_at <= {half_year_ago} AND f.recovered THEN 'recovered'
			WHEN f.due_at <= {half_year_ago} AND NOT f.recovered THEN 'not recovered' END AS customer_group,
		p.earlier, p.spent
	FROM (SELECT p.customer_id, count(*) FILTER (WHERE p.purchased_at <= {half_year_ago}) AS earlier,
			coalesce(sum(p.amount) FILTER (WHERE p.purchased_at > {half_year_ago}), 0) AS spent
		FROM purchase AS p
		WHERE p.purchased_at >= {earliest} AND p.purchased_at <= {known}
			AND p.customer_id IS NOT NULL AND p.amount - p.amount = 0 GROUP BY p.customer_id) AS p
		LEFT JOIN first_case AS f ON f.customer_id = p.customer_id
	WHERE p.earlier > 0
), stratum AS (
	SELECT f.customer_group, f.earlier, count(*) AS n, sum(f.spent) AS spent, avg(f.spent)::double precision AS mean,
		stddev(f.spent)::double precision AS deviation
	FROM follower AS f WHERE f.customer_group IS NOT NULL GROUP BY f.customer_group, f.earlier
), raw AS (
	SELECT s.customer_group, (sum(s.spent) / sum(s.n))::double precision AS spent FROM stratum AS s
	GROUP BY s.customer_group
), compared AS (
	SELECT s.customer_group, {home}.adjusted_test(s.mean, s.deviation, s.n, n.mean, n.deviation, n.n) AS test
	FROM stratum AS s JOIN stratum AS n ON n.earlier = s.earlier AND n.customer_group = 'never failed'
	WHERE s.customer_group <> 'never failed' GROUP BY s.customer_group
)
SELECT g.customer_group, g.customers, g.probability_alive, g.expected_purchases, g.expected_spend, g.mean_value,
	g.total_value, r.spent AS raw_spend, CASE WHEN g.customer_group <> 'never failed' THEN r.spent - n.spent END
		AS raw_difference, (c.test).difference AS adjusted_difference, (c.test).lower, (c.test).upper,
	(c.test).p_value
FROM groups AS g LEFT JOIN raw AS r ON r.customer_group = g.customer_group
	LEFT JOIN raw AS n ON n.customer_group = 'never failed'
	LEFT JOIN compared AS c ON c.customer_group = g.customer_group$$),
('voice', 10, '{figure,answer}', '{sentiment}', false, '{survey_response.comment}',
'What customers write: mean sentiment of the comments of each period, -1 to 1, and the shares of positive, neutral and negative comments (VADER rules, English). A comment of which less than 0.3 of the words are known English is not read.',
$$, said AS (
	SELECT p.period_start, sum(c.comments) AS comments, sum(c.read_share) AS read_share, sum(c.words) AS words,
		sum(c.positive) AS positive, sum(c.negative) AS negative, sum(c.unread) AS unread
	FROM (SELECT a.at, count(*) AS comments, sum(round(a.read_share * 1000)::integer) AS read_share,
			count(a.read_share) AS words,
			count(*) FILTER (WHERE a.compound >= 0.05 AND a.readable) AS positive,
			count(*) FILTER (WHERE a.compound <= -0.05 AND a.readable) AS negative,
			count(*) FILTER (WHERE NOT a.readable) AS unread
		FROM (SELECT {answer_date} AS at, s.compound, s.read_share,
				(s.read_share < 0.3::double precision) IS NOT TRUE AS readable
			FROM answer AS a CROSS JOIN LATERAL {home}.sentiment_scores(a.comment) AS s
			WHERE a.comment IS NOT NULL {fence}) AS a
		GROUP BY a.at) AS c JOIN period AS p ON {date_in_period}
	GROUP BY p.period_start
)
SELECT f.period_start, f.value AS sentiment, f.lower, f.upper, f.responses, f.complete,
	(100 * s.positive / s.comments)::double precision AS positive_share,
	(100 * (s.comments - s.positive - s.negative - s.unread) / s.comments)::double precision AS neutral_share,
	(100 * s.negative / s.comments)::double precision AS negative_share,
	(100 * s.unread / s.comments)::double precision AS not_read_share,
	(s.read_share / nullif(s.words, 0) / 1000)::double precision AS read_share, f.left_out
FROM figure AS f JOIN said AS s ON s.period_start = f.period_start$$),
('drivers', 11, '{recovery_answer}', NULL, false,
'{survey_response.csat,survey_response.case_id,recovery_case.case_id,survey_response.speed|survey_response.effectiveness|survey_response.compensation_value}',
'What goes along with satisfaction after a recovery: least squares of the score on the ratings, and the share of each rating in what all of them explain (Johnson''s relative weights). Importance is not cause.',
$$
SELECT d.factor, d.correlation, d.coefficient, d.std_error, d.std_beta, d.t_statistic, d.p_value, d.vif,
	d.relative_weight, d.share, f.responses, f.r_squared
FROM (SELECT {home}.driver_model(r.csat::double precision, ARRAY[{drivers}]::double precision[]) AS model
		FROM recovery_answer AS r) AS m
	CROSS JOIN LATERAL {home}.driver_importance(m.model, {driver_names}) AS d
	CROSS JOIN LATERAL {home}.driver_fit(m.model) AS f$$),
('case_list', 12, '{case_list}', NULL, true, '{recovery_case.case_id}',
'A row per case with every answer that the KPIs count: true, false, or NULL while it is not judged. Cases that several rows have are there once; the column named dated by a KPI says in which period it is counted.',
$$
SELECT {case_key} AS case_id, {customer_key} AS customer_id, l.opened_at, l.resolved_at, l.settled_at, l.due_at,
	l.resolved, l.resolved_in_time, l.first_contact, l.reopened, l.returned, l.resolved_for_good, l.answered,
	l.bought_again, l.referred, l.promise_kept, l.responded,
	extract(epoch FROM l.resolution_span)::double precision / 3600 AS resolution_hours,
	extract(epoch FROM l.response_span)::double precision / 3600 AS response_hours,
	extract(epoch FROM l.requester_wait)::double precision / 3600 AS requester_wait_hours,
	extract(epoch FROM l.agent_work)::double precision / 3600 AS agent_work_hours,
	extract(epoch FROM l.hold_time)::double precision / 3600 AS hold_hours,
	l.resolved_broken, l.response_broken, l.contacts_broken, l.promise_broken{dimension_names}
FROM case_list AS l$$),
('case_queue', 13, '{complaint}', NULL, true, '{recovery_case.resolved_at}',
'The open cases: how long they have been open, whose turn it is, when a resolution was promised and by how much that is overdue.',
$$
SELECT {queue_key} AS case_id, {queue_customer} AS customer_id, c.opened_at,
	extract(epoch FROM {as_of} - c.opened_at)::double precision / 3600 AS age_hours, {queue_columns},
	c.promised_by AS due_at,
	extract(epoch FROM {as_of} - c.promised_by)::double precision / 3600 AS overdue_hours{queue_dimensions}
FROM complaint AS c {clock_join}
WHERE c.resolved_at IS NULL AND NOT c.resolved_broken$$),
('follow_up_due', 14, '{unsatisfied}', NULL, true, '{follow_up.contacted_at,survey_response.csat|survey_response.nps}',
'Whom to call: unsatisfied answers after which nobody has contacted the customer, and by when somebody should. Ranked by what is at stake: what the customer spent in the year before.',
$$, spending AS (
	SELECT p.customer_id, sum(p.amount)::double precision AS spent FROM purchase AS p
	WHERE p.purchased_at > {as_of} - '8760:00:00'::interval AND p.purchased_at <= {as_of}
		AND p.purchased_at >= {earliest} AND p.amount - p.amount = 0 GROUP BY p.customer_id
)
SELECT {response_key} AS response_id, {response_customer} AS customer_id, l.responded_at, l.csat::integer AS csat,
	l.nps::integer AS nps, l.due_at, extract(epoch
		FROM {as_of} - l.due_at)::double precision / 3600 AS overdue_hours, s.spent AS value_at_stake,
	row_number() OVER (ORDER BY s.spent DESC NULLS LAST, l.due_at, l.response_id) AS rank{dimension_names}
FROM unsatisfied AS l LEFT JOIN spending AS s ON s.customer_id = l.customer_id WHERE l.contacted_at IS NULL$$),
('source_check', 20, '{}', NULL, false, '{}',
'What is wrong, or looks so, in the sources: which rule is hit, by how many rows, by which for example, and what the views do with them. No rows if all is well.',
$$ {source_check}$$);
