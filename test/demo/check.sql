-- Does the demo tell its story?  The figures are counted here in plain SQL, from the
-- raw tables; the extension's must be the same.  check_views.sql does that for the views.

SET timezone = 'UTC';

DO $$
DECLARE
	-- the figures that the story promises, and their tolerance
	crs_before CONSTANT float8 := 65; crs_now CONSTANT float8 := 80; crs_off CONSTANT float8 := 0.7;
	bought_more CONSTANT float8 := 15; fewer_cases CONSTANT float8 := 30; change_off CONSTANT float8 := 2;
	s story; b record; n record; t record; first_quarter float8;
BEGIN
	SELECT * INTO STRICT s FROM story;

	CREATE TEMP TABLE counted AS
	SELECT q.name, answers.*, opened.*
	FROM (VALUES ('before', s.before_from, s.programme_at), ('now', s.now_from, s.as_of)) AS q (name, since, until),
	LATERAL (
		SELECT 100.0 * count(*) FILTER (WHERE case_id IS NOT NULL AND csat >= 4)
				/ count(csat) FILTER (WHERE case_id IS NOT NULL) AS crs,
			100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat) AS csat,
			100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps) AS nps,
			sum(ces)::numeric / count(ces) AS ces
		FROM survey_response
		WHERE responded_at >= since AND responded_at < until
	) AS answers,
	LATERAL (
		SELECT count(*) AS cases,
			100.0 * count(*) FILTER (WHERE old_7 AND contacts = 1 AND resolved_at IS NOT NULL)
				/ count(*) FILTER (WHERE old_7) AS fcr,
			100.0 * count(*) FILTER (WHERE old_7 AND resolved_at <= opened_at + interval '7 days')
				/ count(*) FILTER (WHERE old_7) AS resolved,
			100.0 * count(*) FILTER (WHERE old_30 AND EXISTS (SELECT FROM purchase AS p
				WHERE p.customer_id = c.customer_id
					AND purchased_at > opened_at AND purchased_at <= opened_at + interval '30 days'))
				/ count(*) FILTER (WHERE old_30) AS bought,
			100.0 * count(*) FILTER (WHERE old_30 AND EXISTS (SELECT FROM referral AS r
				WHERE r.customer_id = c.customer_id
					AND referred_at > opened_at AND referred_at <= opened_at + interval '30 days'))
				/ count(*) FILTER (WHERE old_30) AS referred
		FROM recovery_case AS c, LATERAL (SELECT opened_at + interval '7 days' <= s.as_of AS old_7,
			opened_at + interval '30 days' <= s.as_of AS old_30) AS age
		WHERE opened_at >= since AND opened_at < until
	) AS opened;

	SELECT * INTO STRICT b FROM counted WHERE name = 'before';
	SELECT * INTO STRICT n FROM counted WHERE name = 'now';

	IF abs(b.crs - crs_before) > crs_off OR abs(n.crs - crs_now) > crs_off THEN
		RAISE EXCEPTION 'CRS is % before the programme and % now, not % and %', b.crs, n.crs, crs_before, crs_now;
	END IF;
	IF abs(100 * (n.bought / b.bought - 1) - bought_more) > change_off THEN
		RAISE EXCEPTION 'repeat purchase went from % to %, not up by % %%', b.bought, n.bought, bought_more;
	END IF;
	IF abs(100 * (1 - n.cases::float8 / b.cases) - fewer_cases) > change_off THEN
		RAISE EXCEPTION 'complaints went from % to %, not down by % %%', b.cases, n.cases, fewer_cases;
	END IF;
	IF n.csat <= b.csat OR n.nps <= b.nps OR n.ces <= b.ces OR n.fcr <= b.fcr OR n.resolved <= b.resolved THEN
		RAISE EXCEPTION 'a KPI did not move along: before %, now %', b, n;
	END IF;

	SELECT 100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat) INTO first_quarter
	FROM survey_response
	WHERE case_id IS NOT NULL AND responded_at < s.starts_at + interval '3 months';
	IF abs(first_quarter - 78) > 1 THEN
		RAISE EXCEPTION 'CRS of the first three months is %, not 78', first_quarter;
	END IF;

	-- the extension's figures, by way of the daily tallies and straight from the rows
	FOR t IN
		SELECT c.name, kpi, plain, extension
		FROM counted AS c
			JOIN quarter AS q ON q.is_now = (c.name = 'now'),
		LATERAL (
			SELECT crs(csat, case_id IS NOT NULL) AS crs, csat(csat), nps(nps), ces(ces)
			FROM survey_response
			WHERE responded_at >= CASE c.name WHEN 'now' THEN s.now_from ELSE s.before_from END
				AND responded_at < CASE c.name WHEN 'now' THEN s.as_of ELSE s.programme_at END) AS one_step,
		LATERAL (VALUES
			('crs', c.crs, crs(q.crs)), ('crs of rows', c.crs, one_step.crs),
			('csat', c.csat, csat(q.csat)), ('csat of rows', c.csat, one_step.csat),
			('nps', c.nps, nps(q.nps)), ('nps of rows', c.nps, one_step.nps),
			('ces', c.ces, ces(q.ces)), ('ces of rows', c.ces, one_step.ces),
			('fcr', c.fcr, fcr(q.fcr)), ('resolution_rate', c.resolved, resolution_rate(q.resolved)),
			('repeat_rate', c.bought, repeat_rate(q.bought)),
			('referral_rate', c.referred, referral_rate(q.referred)),
			('cases', c.cases, q.cases)) AS v (kpi, plain, extension)
	LOOP
		IF t.extension IS NULL OR abs(t.plain - t.extension) > 1e-9 THEN
			RAISE EXCEPTION '% (%): % counted in plain SQL, % by recovery_kpi', t.kpi, t.name, t.plain, t.extension;
		END IF;
	END LOOP;

	-- the median time to resolution: Kaplan-Meier in plain SQL
	FOR t IN
		SELECT is_now, min(d) FILTER (WHERE left_over <= 0.5 + 1e-12) AS plain,
			(SELECT median_time(sum(life)) FROM case_life WHERE CASE WHEN is_now THEN day >= s.now_from
				ELSE day >= s.before_from AND day < s.programme_at END) AS extension
		FROM (
			SELECT is_now, d, exp(sum(ln(1 - solved / at_risk)) OVER (PARTITION BY is_now ORDER BY d)) AS left_over
			FROM (
				SELECT is_now, d, count(*) FILTER (WHERE solved)::float8 AS solved,
					sum(count(*)) OVER (PARTITION BY is_now ORDER BY d DESC)::float8 AS at_risk
				FROM (
					SELECT opened_at >= s.now_from AS is_now, resolved_at IS NOT NULL AS solved,
						coalesce(resolved_at, s.as_of) - opened_at AS d
					FROM recovery_case
					WHERE opened_at >= s.now_from OR (opened_at >= s.before_from AND opened_at < s.programme_at)
				) AS cases
				GROUP BY is_now, d
			) AS risks
			WHERE at_risk > solved
		) AS curve
		GROUP BY is_now
	LOOP
		-- in buckets a time is within half a percent
		IF t.extension IS NULL OR abs(extract(epoch FROM t.extension) / extract(epoch FROM t.plain) - 1) > 0.005 THEN
			RAISE EXCEPTION 'median time to resolution (now: %): % in plain SQL, % by recovery_kpi',
				t.is_now, t.plain, t.extension;
		END IF;
	END LOOP;

	-- the pairs, counted in plain SQL
	FOR t IN
		SELECT helped, kpi, plain, extension
		FROM (SELECT helped, count(*) AS people, 100.0 * count(*) FILTER (WHERE before >= 4) / count(*) AS before,
				100.0 * count(*) FILTER (WHERE after >= 4) / count(*) AS after,
				100.0 * count(*) FILTER (WHERE before < 4 AND after >= 4) / count(*) FILTER (WHERE before < 4) AS won,
				paired_tally(before, after, 1, 5) FILTER (WHERE true) AS p
			FROM pair WHERE before IS NOT NULL AND after IS NOT NULL GROUP BY helped) AS c,
		LATERAL (VALUES ('pairs', people, pairs(p)), ('before', before, csat(before(p))),
			('after', after, csat(after(p))), ('change', after - before, (csat_test(p)).difference),
			('won back', won, win_back_rate(p))) AS v (kpi, plain, extension)
	LOOP
		IF t.extension IS NULL OR abs(t.plain - t.extension) > 1e-9 THEN
			RAISE EXCEPTION 'pairs (with the programme: %), %: % in plain SQL, % by recovery_kpi',
				t.helped, t.kpi, t.plain, t.extension;
		END IF;
	END LOOP;

	-- who waited for whom: lead() in plain SQL, and a promise with pauses
	FOR t IN
		SELECT opened, kpi, plain, extension
		FROM (SELECT c.opened_at >= s.now_from AS is_now,
				sum(hours) FILTER (WHERE status IN ('new', 'open', 'hold')) AS requester_wait,
				sum(hours) FILTER (WHERE status IN ('new', 'open')) AS agent_work,
				sum(hours) FILTER (WHERE status = 'hold') AS on_hold,
				sum(hours) FILTER (WHERE status = 'pending') AS agent_wait
			FROM (SELECT *, extract(epoch FROM lead(at) OVER (PARTITION BY case_id ORDER BY sequence) - at) / 3600
				AS hours FROM case_event) AS e JOIN recovery_case AS c USING (case_id)
			WHERE at < resolved_at AND (c.opened_at >= s.now_from
				OR (c.opened_at >= s.before_from AND c.opened_at < s.programme_at))
			GROUP BY 1) AS p
		JOIN (SELECT opened, sum(w.requester_wait) AS requester, sum(w.agent_work) AS work, sum(w.on_hold) AS hold,
				sum(w.agent_wait) AS wait FROM waited AS w GROUP BY opened) AS x ON is_now = (opened = 'now'),
		LATERAL (VALUES ('requester wait', requester_wait, requester), ('agent work', agent_work, work),
			('on hold', on_hold, hold), ('agent wait', agent_wait, wait)) AS v (kpi, plain, extension)
	LOOP
		IF t.extension IS NULL OR abs(t.plain - t.extension) > 1e-6 THEN
			RAISE EXCEPTION '% (%): % in plain SQL, % by recovery_kpi', t.kpi, t.opened, t.plain, t.extension;
		END IF;
	END LOOP;
	IF EXISTS (SELECT FROM waited WHERE kept <> (requester_wait <= extract(epoch FROM CASE opened WHEN 'now'
		THEN interval '24 hours' ELSE '72 hours' END) / 3600)) THEN
		RAISE EXCEPTION 'a promise was not kept as its running time says';
	END IF;

	-- the parts of the change add up to it
	SELECT sum(rate_effect + mix_effect) AS parts INTO STRICT t FROM crs_part;
	IF abs(t.parts - (n.crs - b.crs)) > 1e-9 THEN
		RAISE EXCEPTION 'the parts of the change of CRS add up to %, not to %', t.parts, n.crs - b.crs;
	END IF;

	-- the demo and the view that the dashboards read say the same of the paradox
	FOR t IN
		SELECT measure, value, said FROM kpi.recovery_effect
			JOIN (SELECT 'difference of means' AS measure, mean_difference AS said FROM paradox UNION ALL
				SELECT 'paradox: 1 shown, 0 not', paradox::integer FROM paradox) AS p USING (measure)
		WHERE comparison = 'recovered against never failed'
	LOOP
		IF t.value IS NULL OR abs(t.value - t.said) > 1e-12 THEN
			RAISE EXCEPTION '%: % in the view, % in the demo', t.measure, t.value, t.said;
		END IF;
	END LOOP;

	-- rows are consistent
	IF (SELECT count(*) FROM customer) <> 100000
		OR EXISTS (SELECT FROM survey_response WHERE csat NOT BETWEEN 1 AND 5
			OR nps NOT BETWEEN 0 AND 10 OR ces NOT BETWEEN 1 AND 7)
		OR EXISTS (SELECT FROM recovery_case WHERE resolved_at < opened_at OR contacts < 1
			OR reopened_at < resolved_at OR first_response_at > resolved_at
			OR greatest(opened_at, resolved_at, reopened_at) >= s.as_of)
		OR EXISTS (SELECT FROM recovery_case JOIN case_clock USING (case_id)
			WHERE (opened_at, first_response_at, resolved_at, reopened_at)
				IS DISTINCT FROM (first_time(clock, '{new}', s.as_of), first_time(clock, '{open}', s.as_of),
					first_time(clock, '{solved}', s.as_of), first_time(clock, '{reopened}', s.as_of))) THEN
		RAISE EXCEPTION 'impossible rows';
	END IF;
END $$;
