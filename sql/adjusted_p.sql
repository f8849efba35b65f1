\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- fifteen p-values of Benjamini & Hochberg (1995), as R's p.adjust has them
--
CREATE TEMP TABLE trial AS SELECT i, p FROM unnest(ARRAY[.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459,
  .3240, .4262, .5719, .6528, .7590, 1]) WITH ORDINALITY u(p, i);
SELECT p, adjusted_p(p) OVER () AS holm, adjusted_p(p, 'BH') OVER () AS bh, adjusted_p(p, 'by') OVER () AS "by",
    adjusted_p(p, 'bonferroni') OVER () AS bonferroni
  FROM trial ORDER BY i;
-- significant at 5 %: the paper finds four by BH and three by Bonferroni
SELECT count(*) FILTER (WHERE bh <= 0.05), count(*) FILTER (WHERE holm <= 0.05),
    count(*) FILTER (WHERE bonferroni <= 0.05)
  FROM (SELECT adjusted_p(p, 'bh') OVER () AS bh, adjusted_p(p) OVER () AS holm, adjusted_p(p, 'bonferroni') OVER ()
    AS bonferroni FROM trial) t;
-- NULLs stay and do not count; ties stay equal; 0 and 1: R's p.adjust of (.03, NA, .01, .03, 0, 1, .04, NA, .5)
CREATE TEMP TABLE mixed AS SELECT i, p
  FROM unnest(ARRAY[.03, NULL, .01, .03, 0, 1, .04, NULL, .5]) WITH ORDINALITY u(p, i);
SELECT p, adjusted_p(p) OVER w AS holm, adjusted_p(p, 'bh') OVER w AS bh, adjusted_p(p, 'by') OVER w AS "by",
    adjusted_p(p, 'bonferroni') OVER w AS bonferroni
  FROM mixed WINDOW w AS () ORDER BY i;
-- neither order nor frame of the window matters, and partitions are apart
SELECT bool_and(a = b AND a = c AND a = d), count(*) FROM (SELECT p, adjusted_p(p) OVER () AS a,
    adjusted_p(p) OVER (ORDER BY p DESC) AS b,
    adjusted_p(p) OVER (ORDER BY i ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS c,
    adjusted_p(p) OVER (ORDER BY i % 3 RANGE CURRENT ROW) AS d FROM trial) t;
SELECT i, p, adjusted_p(p) OVER (PARTITION BY i % 2) AS half, adjusted_p(p) OVER (PARTITION BY i) AS alone
  FROM trial WHERE i <= 5 ORDER BY i;
-- no rows, only NULLs, one row; a NULL method
SELECT adjusted_p(p) OVER () FROM trial WHERE i > 99;
SELECT adjusted_p(NULL) OVER () FROM generate_series(1, 2);
SELECT adjusted_p(0.04) OVER (), adjusted_p(0.04, 'by') OVER (), adjusted_p(0.04, NULL) OVER ();
-- tests in one query; the argument may be a figure of a row type
SELECT i, adjusted_p((rate_test(tally(0, 1, ARRAY[100 - i, i]), '0..1:{50,50}')).p_value) OVER () < 0.05
  FROM generate_series(30::bigint, 70, 8) i ORDER BY i;
-- a large partition: Holm of i / (100 n) is 0.01 for the first, and grows to 1
SELECT count(*), min(a), max(a) FROM (SELECT adjusted_p(i / 1e7) OVER () AS a FROM generate_series(1, 100000) i) t;
-- a fresh start in each rescan
SELECT n, (SELECT string_agg(a::text, ' ' ORDER BY i) FROM (SELECT i, adjusted_p(p / n) OVER () AS a FROM trial
  WHERE i <= 2 * n) t) FROM generate_series(1, 3) n;
SELECT x, pg_temp.error_of(format('SELECT adjusted_p(%s) OVER () FROM trial', x)) FROM unnest(ARRAY['-0.1', '1.1',
  '''NaN''', '''Infinity''', 'p, ''fdr''', 'p, CASE WHEN i < 3 THEN ''bh'' ELSE ''holm'' END']) x;
SELECT pg_temp.error_of('SELECT adjusted_p(0.5)');
