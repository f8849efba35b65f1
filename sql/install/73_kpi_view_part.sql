#since 0.2.0
-- kpi_views: from lists to figures
--
-- kpi_cell_query makes the part cell from the rows of kpi_definition: for each KPI and date what
-- adds up.  A date is a period's first day; if periods come from a table, it is a day.

INSERT INTO kpi_view_part VALUES
-- The KPIs of these views; shipped targets of figures that grow with the period are for months.
('reading', 100, '{}', $$reading AS (
	SELECT d.kpi, d.ordinal, d.name, d.unit, d.direction, d.list, d.fact AS kind, d.argument, d.wait, d.chart,
		d.least, d.most,
		k.flow, k.parts, CASE WHEN m.holds THEN c.target END AS target, CASE WHEN m.holds THEN c.warning END AS warning
	FROM {home}.kpi_definition AS d JOIN {home}.kpi_fact_kind AS k ON k.fact = d.fact
		JOIN {home}.kpi_catalog AS c ON c.kpi = d.kpi
		CROSS JOIN LATERAL (SELECT {period} = 'month' OR NOT d.monthly
			OR EXISTS (SELECT 1 FROM {home}.kpi_target AS t WHERE t.kpi = d.kpi) AS holds) AS m
	WHERE d.kpi = ANY ({kpis})
)$$),
-- How many customers joined and left, by the dates of both.  A date of leaving in the future is
-- none yet.
('customer_cell', 110, '{}', $$customer_cell AS (
	SELECT a.joined, a.until, count(*) AS customers
	FROM (SELECT {joined_date} AS joined, CASE WHEN c.left_at <= {as_of} THEN {left_date} END AS until
		FROM customer AS c
		WHERE c.customer_id IS NOT NULL AND c.joined_at >= {earliest} AND c.joined_at <= {known}
			AND (c.left_at < c.joined_at) IS NOT TRUE {fence}) AS a
	GROUP BY a.joined, a.until
)$$),
-- What was spent, by date.
('spent_cell', 112, '{}', $$spent_cell AS (
	SELECT a.at, sum(a.amount) FILTER (WHERE a.finite) AS amount, count(*) FILTER (WHERE NOT a.finite) AS broken
	FROM (SELECT {purchase_date} AS at, p.amount,
			p.amount > '-Infinity'::numeric AND p.amount < 'Infinity'::numeric AS finite FROM purchase AS p
		WHERE p.purchased_at >= {earliest} AND p.purchased_at <= {known} {fence}) AS a
	GROUP BY a.at
)$$),
-- The periods from the first row to as_of.
('period', 120, '{}', $$period AS (
	SELECT p.period_start, p.period_end, row_number() OVER (ORDER BY p.period_start) AS ordinal,
		lag(p.period_end, 1, '-infinity') OVER (ORDER BY p.period_start) AS previous_end,
		p.period_end::timestamp AT TIME ZONE {timezone} AS ends_at
	FROM {periods} AS p
)$$),
-- One row per KPI, period and segment: the sums.  A level counts what happened before it, too.  Of
-- one key the planner expects few groups, and does not sort them.
('fact', 130, '{reading,period}', $$fact AS (
	SELECT c.key[1] AS kpi, '1970-01-01'::date + c.key[2]::integer AS period_start, c.key[3] AS dimension,
		c.key[4] AS segment, {home}.sum(c.answers) AS answers, {home}.sum(c.life) AS life,
		sum(c.events)::bigint AS events, sum(c.total) AS total, sum(c.squares) AS squares,
		sum(c.left_out)::bigint AS left_out
	FROM (SELECT ARRAY[c.kpi, (p.period_start - '1970-01-01'::date)::text, d.dimension, d.segment] AS key, c.answers,
			c.life, c.events, c.total, c.squares, c.left_out
		FROM cell AS c JOIN reading AS k ON k.kpi = c.kpi JOIN period AS p ON {in_period}
			CROSS JOIN LATERAL {segments} AS d (dimension, segment) {fence}) AS c
	GROUP BY c.key
)$$),
-- The customers of each period: how many there were when it began, how many of them it lost, and
-- how many were there at any time in it; and what was spent.  They begin with the first case.
('customer_period', 140, '{reading,customer_cell,spent_cell,period,fact}', $$stock AS (
	SELECT m.at, sum(sum(m.net)) OVER (ORDER BY m.at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS base
	FROM (SELECT c.joined AS at, c.customers AS net FROM customer_cell AS c
		UNION ALL SELECT c.until, -c.customers FROM customer_cell AS c WHERE c.until IS NOT NULL
		UNION ALL SELECT p.period_start, 0 FROM period AS p) AS m
	GROUP BY m.at
), came AS (
	SELECT p.period_start, sum(c.customers) AS customers
	FROM (SELECT c.joined AS at, c.customers FROM customer_cell AS c) AS c JOIN period AS p ON {date_in_period}
	GROUP BY p.period_start
), went AS (
	SELECT p.period_start, sum(c.customers) AS customers
	FROM (SELECT c.until AS at, c.joined, c.customers FROM customer_cell AS c) AS c
		JOIN period AS p ON {date_in_period} AND c.joined < p.period_start
	GROUP BY p.period_start
), spent AS (
	SELECT p.period_start, sum(c.amount) AS amount, sum(c.broken)::bigint AS broken
	FROM spent_cell AS c JOIN period AS p ON {date_in_period}
	GROUP BY p.period_start
), customer_period AS (
	SELECT p.period_start, b.base + coalesce(c.customers, 0) AS active,
		{home}.tally(0, 1, ARRAY[w.gone, b.base - w.gone]::bigint[]) AS kept,
		{home}.tally(0, 1, ARRAY[b.base - w.gone, w.gone]::bigint[]) AS lost, coalesce(s.amount, 0) AS spent,
		coalesce(s.broken, 0) AS broken
	FROM period AS p
		JOIN (SELECT s.at, coalesce(s.base, 0) AS base FROM stock AS s) AS b ON b.at = p.period_start
		LEFT JOIN came AS c ON c.period_start = p.period_start
		LEFT JOIN (SELECT w.period_start, w.customers FROM went AS w) AS g ON g.period_start = p.period_start
		LEFT JOIN spent AS s ON s.period_start = p.period_start
		CROSS JOIN LATERAL (SELECT coalesce(g.customers, 0) AS gone) AS w
	WHERE EXISTS (SELECT 1 FROM customer_cell) AND (p.period_start >= (SELECT min(f.period_start)
		FROM fact AS f JOIN reading AS k ON k.kpi = f.kpi WHERE k.list = 'case_list')) IS NOT FALSE
)$$),
-- One row per KPI, period and segment: what the figure is read from.  Quiet periods of a flow are 0.
('summary', 150, '{fact}', $$filled AS (
	SELECT f.kpi, f.period_start, f.dimension, f.segment, sum(f.events)::bigint AS events,
		sum(f.left_out)::bigint AS left_out
	FROM (SELECT f.kpi, f.period_start, f.dimension, f.segment, f.events, f.left_out FROM fact AS f
		UNION ALL
		SELECT s.kpi, p.period_start, s.dimension, s.segment, 0, 0
		FROM (SELECT f.kpi, f.dimension, f.segment, min(f.period_start) AS since FROM fact AS f GROUP BY 1, 2, 3) AS s
			JOIN period AS p ON p.period_start > s.since) AS f
	WHERE f.kpi IN (SELECT k.kpi FROM reading AS k WHERE k.flow)
	GROUP BY 1, 2, 3, 4
), summary AS (
	SELECT f.kpi, f.period_start, f.dimension, f.segment, f.left_out,
		ROW(f.answers, f.life, f.events, NULL, f.total, f.squares)::{home}.kpi_fact AS fact
	FROM fact AS f JOIN reading AS k ON k.kpi = f.kpi WHERE NOT k.flow
	UNION ALL
	SELECT f.kpi, f.period_start, f.dimension, f.segment, f.left_out,
		ROW(NULL, NULL, CASE WHEN k.kind = 'level' THEN (sum(f.events) OVER (PARTITION BY f.kpi, f.dimension, f.segment
			ORDER BY f.period_start))::bigint ELSE f.events END, {active}, NULL, NULL)::{home}.kpi_fact
	FROM filled AS f JOIN reading AS k ON k.kpi = f.kpi {active_join}{customer_summary}
)$$),
-- What the figures are computed from, and which periods are complete.
('measured', 152, '{summary,reading,period}', $$measured AS (
	SELECT s.kpi, s.period_start, s.dimension, s.segment, s.fact, s.left_out, p.period_end, p.ordinal, s.kind, s.parts,
		s.argument, s.chart, s.least, s.most, p.ends_at + s.wait <= {as_of} AS complete, s.direction, s.target,
		s.warning
	FROM (SELECT s.kpi, s.period_start, s.dimension, s.segment, s.fact, s.left_out, k.kind, k.parts, k.argument,
			k.chart, k.least, k.most, k.wait, k.direction, k.target, k.warning
		FROM summary AS s JOIN reading AS k ON k.kpi = s.kpi {figure_fence}) AS s
		JOIN period AS p ON p.period_start = s.period_start
)$$),
-- The latest complete period of each KPI that has a figure, the one before it and that of a year ago: the bounds of
-- others need not be computed.
('recent', 154, '{measured}', $$recent AS (
	SELECT m.* FROM (SELECT DISTINCT ON (m.kpi) m.kpi, m.ordinal,
			(m.period_start + (m.period_end - m.period_start) / 2 - '1 year'::interval)::date AS year_ago
		FROM measured AS m WHERE m.complete AND {home}.kpi_fact_known(m.kind, m.fact)
		ORDER BY m.kpi, m.period_start DESC) AS l
		JOIN measured AS m ON m.kpi = l.kpi AND (m.ordinal = l.ordinal OR m.ordinal = l.ordinal - 1
			OR l.year_ago >= m.period_start AND l.year_ago < m.period_end)
)$$),
('figure', 160, '{measured}', $$figure AS (
	SELECT m.kpi, m.period_start, m.dimension, m.segment, m.fact, m.left_out, m.period_end, m.ordinal, m.kind, m.parts,
		m.argument, m.chart, m.least, m.most, f.estimate AS value,
		CASE WHEN f.lower < m.least THEN m.least ELSE f.lower END AS lower,
		CASE WHEN f.upper > m.most THEN m.most ELSE f.upper END AS upper, f.responses, m.complete, m.target,
		{home}.kpi_verdict(f.estimate, m.direction, m.target, m.warning) AS status
	FROM {measured} AS m CROSS JOIN LATERAL {home}.kpi_fact_interval(m.kind, m.argument, m.fact, {discount}) AS f
	WHERE f.responses > 0 OR f.estimate IS NOT NULL OR m.left_out > 0
)$$),
-- Each customer's first case: recovered means resolved when due and not reopened before.
('first_case', 170, '{complaint}', $$first_case AS (
	SELECT c.customer_id, c.opened_at, c.due_at,
		CASE WHEN NOT c.resolved_broken THEN coalesce(c.resolved_at <= c.due_at
			AND (c.reopened_at IS NULL OR c.reopened_at > c.due_at), false) END AS recovered
	FROM (SELECT DISTINCT ON (c.customer_id) c.customer_id, c.opened_at, c.resolved_at, c.resolved_broken,
			c.reopened_at, coalesce(c.promised_by, c.opened_at + '168:00:00'::interval) AS due_at
		FROM complaint AS c WHERE c.customer_id IS NOT NULL ORDER BY c.customer_id, c.opened_at, c.case_id) AS c
)$$);
