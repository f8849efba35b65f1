#since 0.2.0
-- adjusted_p: p-values of many tests, adjusted for their number

CREATE FUNCTION adjusted_p(p double precision, method text DEFAULT 'holm') RETURNS double precision
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'adjusted_p';
COMMENT ON FUNCTION adjusted_p(double precision, text) IS
'Window function: the p-value of a test among all tests of the partition, 0..1, as R''s p.adjust. Below 0.05 the chance of a single false alarm is at most 5 % (holm, Holm 1979; bonferroni, larger), or the expected share of false alarms among those found is (bh, Benjamini & Hochberg 1995; by, Benjamini & Yekutieli 2001, for tests that depend on each other in any way). NULLs stay NULL and do not count. ORDER BY and the frame of the window change nothing: all rows of the partition are taken. Errors: 22003 a p outside 0..1; 22023 unknown method, or one that changes within a partition; 54000 more than 134 million rows.';
