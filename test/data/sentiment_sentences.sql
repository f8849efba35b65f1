-- load: sentences sentences.csv
-- vader: rival sentences text
-- plan: 11
--
-- Reviews of telephones, films and restaurants, a sentence each, labelled positive (1)
-- or negative (0).  The figure is macro-F1, the mean of the F1 of both labels.  A
-- sentence that a program calls neutral is neither: it is missed, and not claimed for
-- the other label.  The same rules hold for the rival, the npm package vader-sentiment.
-- The lexicon was written without a look at these sentences; do not change it to fit
-- them.

CREATE TEMP TABLE judged AS
SELECT n, source, label = '1' AS positive, sentiment(text) AS ours, compound AS rival
FROM (SELECT row_number() OVER (ORDER BY ctid) AS n, * FROM sentences) s LEFT JOIN rival USING (n);

SELECT ok_is('sentences, positive ones ' || source, ARRAY[count(*), count(*) FILTER (WHERE positive)],
		ARRAY[1000, 500]::bigint[])
FROM judged GROUP BY source ORDER BY source;

-- 2 * agreed / (called so + being so)
CREATE FUNCTION tap.f1(is_so bigint, called bigint, agreed bigint) RETURNS double precision
LANGUAGE sql IMMUTABLE AS $$ SELECT 2.0 * agreed / nullif(is_so + called, 0) $$;

-- the classes of sentiment_class; then positive from 0 up, so that no sentence is neutral
CREATE TEMP TABLE figure AS
WITH called AS (
	SELECT source, 'classes' AS rule, program, positive, said >= 0.05 AS calls_positive, said <= -0.05 AS calls_negative
	FROM judged, LATERAL (VALUES ('ours', ours), ('rival', rival)) p (program, said)
	UNION ALL
	SELECT source, 'sign', program, positive, said >= 0, said < 0
	FROM judged, LATERAL (VALUES ('ours', ours), ('rival', rival)) p (program, said)
)
SELECT rule, coalesce(source, 'all') AS source, program,
	(f1(count(*) FILTER (WHERE positive), count(*) FILTER (WHERE calls_positive),
		count(*) FILTER (WHERE positive AND calls_positive))
		+ f1(count(*) FILTER (WHERE NOT positive), count(*) FILTER (WHERE calls_negative),
			count(*) FILTER (WHERE NOT positive AND calls_negative))) / 2 AS f1
FROM called GROUP BY rule, program, GROUPING SETS ((source), ());

CREATE TEMP VIEW compared AS
SELECT o.rule, o.source, o.f1 AS ours, r.f1 AS rival
FROM figure o JOIN figure r USING (rule, source) WHERE o.program = 'ours' AND r.program = 'rival';
SELECT format('# macro-F1, %s, %s: %s, vader-sentiment %s', rule, source, round(ours::numeric, 4),
		coalesce(round(rival::numeric, 4)::text, 'not there'))
FROM compared ORDER BY rule, source = 'all', source;
SELECT CASE WHEN rival IS NULL THEN format('ok - macro-F1, %s, %s # SKIP vader-sentiment is not there', rule, source)
	ELSE line(ours >= rival, format('macro-F1, %s, %s', rule, source), ours::text, 'at least ' || rival) END
FROM compared ORDER BY rule, source = 'all', source;
