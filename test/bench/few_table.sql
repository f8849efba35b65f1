-- few_table.sql: a million segments of a few answers, their prior, and a million p-values.
CREATE TABLE segments AS
SELECT tally(0, 1, ARRAY[abs(hashint8(i)::bigint) % 12, 1 + abs(hashint8(-i)::bigint) % 40]) AS t
FROM generate_series(1, 1000000) i;
CREATE TABLE segment_prior AS SELECT rate_prior(t) AS prior FROM segments;
CREATE TABLE segment_p AS SELECT abs(hashint8(i)::float8) / 2147483648 AS p FROM generate_series(1, 1000000) i;
VACUUM ANALYZE segments, segment_prior, segment_p;
