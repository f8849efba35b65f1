#since 0.2.0
-- rake: weights for a sample that is not like the customers

CREATE FUNCTION rake_weights(
	cells jsonb[], responses bigint[], targets jsonb, cap double precision DEFAULT NULL,
	OUT cell jsonb, OUT weight double precision
) RETURNS SETOF record
LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 50 AS 'MODULE_PATHNAME', 'rake_weights';
COMMENT ON FUNCTION rake_weights(jsonb[], bigint[], jsonb, double precision) IS
'Weights of the answers of each cell, so that the sample has the margins of the customers: raking, or iterative proportional fitting (Deming & Stephan 1940). A cell is an object such as {"region": "north", "age": "young"}, with the number of its responses; the targets are shares, {"region": {"north": 0.4, "south": 0.6}, "age": {...}}. One row for each cell, in their order, with the mean weight 1 over all answers; every margin is within 1e-10 of its target. cap: the largest weight; each round cuts what is above it. A cell without responses has a NULL weight; a NULL array or NULL targets give no rows. Errors 22023: arrays of different lengths or with NULL, a cell that lacks a dimension or has a group without a target, targets that are not shares or do not add up to 1 within 1e-5, a group with a target but without answers, no convergence in 1,000 rounds; 22003 a negative number, a cap of 1 or less.';
