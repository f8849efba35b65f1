-- clv_table.sql: customers_N, histories of N customers from BG/NBD and gamma-gamma, with
-- parameters near CDNOW's (gamma rates with shape 1/4 are made from exponentials), and
-- model_N, the model fitted to them.  Times are whole days, amounts cents.
SELECT setseed(0.5);
SET client_min_messages = warning;
DO $$ BEGIN
	CREATE AGGREGATE clv_state(purchase_history) (sfunc = clv_model_accum, stype = clv_model);
EXCEPTION WHEN duplicate_function THEN NULL;
END $$;
DROP TABLE IF EXISTS customers_:n, model_:n;
CREATE TABLE customers_:n AS
WITH customer AS (
	-- the rate: a fourth power of a uniform number times an exponential is near gamma(1/4);
	-- stopping: beta(4/5, 12/5) by an approximation of Johnk's method
	SELECT i, -ln(1 - random()) * random() ^ 4 / 4.4 AS rate, 1 - (1 - random() ^ 1.25) ^ (1 / 2.4) AS stop,
		27 + floor(random() * 84) / 7 AS age,
		-- amounts: an inverse gamma mean
		35 * exp(0.5 * (random() + random() + random() + random() - 2) * 1.73) AS mean
	FROM generate_series(1, :n) i
), run AS (
	SELECT i, age, mean, count(*) FILTER (WHERE at <= age)::int AS x,
		coalesce(max(floor(at * 7) / 7) FILTER (WHERE at <= age), 0) AS recency
	FROM customer, LATERAL (SELECT sum(-ln(1 - random() - 0 * i)) OVER (ORDER BY k) / rate AS at
		FROM generate_series(1, least(40, 1 + floor(ln(1 - random()) / ln(1 - stop)))::int) k) p
	GROUP BY i, age, mean
)
SELECT purchase_history(x, least(recency, age), age,
	CASE WHEN x > 0 THEN round((mean * exp(0.4 * (random() + random() - 1) / sqrt(x)))::numeric, 2) END) AS h
FROM run;
CREATE TABLE model_:n AS SELECT clv_model(h) AS m FROM customers_:n;
VACUUM ANALYZE customers_:n;
VACUUM ANALYZE model_:n;
