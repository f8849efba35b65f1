-- clv: purchase histories, BG/NBD and gamma-gamma, customer lifetime value

CREATE FUNCTION purchase_history_in(cstring) RETURNS purchase_history
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_in';
COMMENT ON FUNCTION purchase_history_in(cstring) IS
'Text form of a purchase history: (frequency,recency,age,monetary).';

CREATE FUNCTION purchase_history_out(purchase_history) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_out';
COMMENT ON FUNCTION purchase_history_out(purchase_history) IS
'Text form of a purchase history.';

CREATE FUNCTION purchase_history_recv(internal) RETURNS purchase_history
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_recv';
COMMENT ON FUNCTION purchase_history_recv(internal) IS
'Binary form of a purchase history: format 1, frequency, recency, age, monetary.';

CREATE FUNCTION purchase_history_send(purchase_history) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_send';
COMMENT ON FUNCTION purchase_history_send(purchase_history) IS
'Binary form of a purchase history.';

CREATE TYPE purchase_history (
	input = purchase_history_in, output = purchase_history_out, receive = purchase_history_recv,
	send = purchase_history_send,
	internallength = variable, alignment = double, storage = extended
);
COMMENT ON TYPE purchase_history IS
'What a customer bought, in the form that models of customer value need: the number of repeat purchases (frequency), the weeks from the first purchase to the last (recency) and to the end of observation (age), and the mean amount of the repeat purchases (monetary; 0 means none, or unknown). Written (frequency,recency,age,monetary). Sorted by frequency, recency, age and monetary. Made by the aggregate purchase_history(purchased_at, amount, as_of).';

CREATE FUNCTION clv_model_in(cstring) RETURNS clv_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model_in';
COMMENT ON FUNCTION clv_model_in(cstring) IS
'Text form of a model of customer value: (r,alpha,a,b,p,q,gamma,log_likelihood,spend_log_likelihood,customers), of a fit with its covariances at the end: ,{...},{...}).';

CREATE FUNCTION clv_model_out(clv_model) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model_out';
COMMENT ON FUNCTION clv_model_out(clv_model) IS
'Text form of a model of customer value.';

CREATE FUNCTION clv_model_recv(internal) RETURNS clv_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model_recv';
COMMENT ON FUNCTION clv_model_recv(internal) IS
'Binary form of a model of customer value: format 1, parameters, likelihoods, customers; or format 2, with covariances after them.';

CREATE FUNCTION clv_model_send(clv_model) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model_send';
COMMENT ON FUNCTION clv_model_send(clv_model) IS
'Binary form of a model of customer value.';

CREATE TYPE clv_model (
	input = clv_model_in, output = clv_model_out, receive = clv_model_recv, send = clv_model_send,
	internallength = variable, alignment = double, storage = extended
);
COMMENT ON TYPE clv_model IS
'A model of customer value: parameters of BG/NBD (r, alpha, a, b: how often customers buy and when they stop, in weeks) and of gamma-gamma (p, q, gamma: how much they spend), the log-likelihoods of the fit, and the number of customers; of a fit also how sure the parameters are: the covariances of their logarithms. What could not be fitted is missing. Made by the aggregate clv_model(purchase_history), read with clv_parameters(), probability_alive(), expected_purchases(), expected_spend(), clv() and clv_interval().';

-- purchase histories

CREATE FUNCTION purchase_history(
	frequency integer, recency double precision, age double precision, monetary double precision
) RETURNS purchase_history
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history';
COMMENT ON FUNCTION purchase_history(integer, double precision, double precision, double precision) IS
'A purchase history from its four figures: repeat purchases, weeks from the first to the last purchase and to the end of observation, mean amount of the repeat purchases. Without repeats recency and monetary are 0 or NULL; a monetary of NULL or 0 means unknown. Any other NULL gives NULL. Error 22003: a negative or infinite figure, recency above age.';

CREATE FUNCTION frequency(history purchase_history) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'frequency';
COMMENT ON FUNCTION frequency(purchase_history) IS
'Number of repeat purchases: days with a purchase, without the first.';

CREATE FUNCTION recency(history purchase_history) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'recency';
COMMENT ON FUNCTION recency(purchase_history) IS
'Weeks from the first purchase to the last; 0 without repeat purchases. At the same age, a longer recency means a more recent last purchase.';

CREATE FUNCTION age(history purchase_history) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'age';
COMMENT ON FUNCTION age(purchase_history) IS
'Weeks from the first purchase to the end of observation.';

CREATE FUNCTION monetary(history purchase_history) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'monetary';
COMMENT ON FUNCTION monetary(purchase_history) IS
'Mean amount of the repeat purchases; NULL without repeat purchases, or if unknown.';

#for type | c | one | many: purchase_history | purchase_history | purchase history | purchase histories
#include order.inc
#end

#since 0.2.0
#for type | c | one | many: clv_model | clv_model | model of customer value | models of customer value
#include order.inc
#end
#end

-- what a model says about a customer

CREATE FUNCTION clv_model(
	r double precision, alpha double precision, a double precision, b double precision,
	p double precision, q double precision, gamma double precision
) RETURNS clv_model
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model';
COMMENT ON FUNCTION clv_model(
	double precision, double precision, double precision, double precision, double precision, double precision,
	double precision
) IS
'A model with the given parameters: r, alpha (in weeks), a, b of BG/NBD, and p, q, gamma of gamma-gamma. All parameters of one of the two may be NULL; any other NULL gives NULL. Error 22003: a parameter that is not above 0.';

CREATE FUNCTION clv_parameters(
	model clv_model,
	OUT r double precision, OUT alpha double precision, OUT a double precision, OUT b double precision,
	OUT p double precision, OUT q double precision, OUT gamma double precision,
	OUT log_likelihood double precision, OUT spend_log_likelihood double precision, OUT customers bigint,
	OUT r_std_error double precision, OUT alpha_std_error double precision, OUT a_std_error double precision,
	OUT b_std_error double precision, OUT p_std_error double precision, OUT q_std_error double precision,
	OUT gamma_std_error double precision
) RETURNS record
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_parameters';
COMMENT ON FUNCTION clv_parameters(clv_model) IS
'Parameters and fit of a model of customer value. r, alpha, a, b and log_likelihood are NULL if BG/NBD cannot be fitted: fewer than two customers, no repeat purchases, or no time observed. p, q, gamma and spend_log_likelihood are NULL with fewer than two customers with repeat purchases of known amounts, or if all amounts are the same. A parameter above 10,000 means that customers do not differ: r in how often they buy, b in when they stop, q in how much they spend. p above 10,000 means that each customer spends the same every time. A model with given parameters has no likelihoods and 0 customers. r_std_error to gamma_std_error: the standard errors of the parameters, from the observed information of the fit; NULL for given parameters, for a model of version 0.1.0, and if the customers do not tell them.';

CREATE FUNCTION probability_alive(model clv_model, history purchase_history) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'probability_alive';
COMMENT ON FUNCTION probability_alive(clv_model, purchase_history) IS
'Probability (0..1) that the customer still buys at the end of observation (BG/NBD). 1 without repeat purchases: in this model nobody stops before the first repeat purchase. NULL without BG/NBD parameters.';

CREATE FUNCTION expected_purchases(
	model clv_model, history purchase_history, horizon_weeks double precision
) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'expected_purchases';
COMMENT ON FUNCTION expected_purchases(clv_model, purchase_history, double precision) IS
'Number of purchases expected within horizon_weeks weeks after the end of observation (BG/NBD, Fader, Hardie & Lee 2005). For a new customer use the history (0,0,0,0). NULL without BG/NBD parameters. Error 22003: a negative or infinite horizon.';

CREATE FUNCTION expected_spend(model clv_model, history purchase_history) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'expected_spend';
COMMENT ON FUNCTION expected_spend(clv_model, purchase_history) IS
'Mean amount expected of each further purchase (gamma-gamma, Fader & Hardie 2013). It lies between the mean of the customer and the mean of all customers; without repeat purchases it is the mean of all. NULL without gamma-gamma parameters; for q of 1 or less, as the mean of all does not exist then; and for repeat purchases of unknown amounts.';

CREATE FUNCTION clv(
	model clv_model, history purchase_history, months integer, monthly_discount double precision
) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv';
COMMENT ON FUNCTION clv(clv_model, purchase_history, integer, double precision) IS
'Value of the customer over the coming months: for each month the purchases expected in it times expected_spend, discounted from the end of that month; a month has 4.345 weeks. It is revenue if the amounts are revenue: multiply it by the margin. NULL if expected_purchases or expected_spend is NULL. Error 22003: months not in 0..12000, a negative discount.';

#since 0.2.0
CREATE FUNCTION clv_interval(
	model clv_model, history purchase_history, months integer, monthly_discount double precision,
	confidence double precision DEFAULT 0.95
) RETURNS kpi_interval
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_interval';
COMMENT ON FUNCTION clv_interval(clv_model, purchase_history, integer, double precision, double precision) IS
'clv with the bounds of its expectation, by the delta method on the observed information of the fit, never below 0; responses is the number of customers that the model was fitted to. It tells how sure the model is of the expected value, not how far this customer will be from it. Bounds are NULL for given parameters, for a model fitted by version 0.1.0, and where the customers do not tell a parameter; all figures where clv is NULL. Errors as in clv; 22023 a confidence not between 0 and 1.';
#end

CREATE FUNCTION clv(
	margin double precision, retention double precision, discount double precision
) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_formula';
COMMENT ON FUNCTION clv(double precision, double precision, double precision) IS
'Value of a customer under contract, who brings a margin each period and stays with the probability retention (0..1): m * r / (1 + i - r), with the first margin after one period (Gupta & Lehmann 2003). Add the margin if the first one comes now. Margin, retention and discount are per the same period. NULL for a retention of 1 without discount, where the sum has no end. Errors 22003: retention not in 0..1, a negative discount.';

-- the aggregate purchase_history: its state is internal, the days with purchases

#since 0.2.0
CREATE FUNCTION purchase_days_accum(internal, timestamptz, double precision, timestamptz) RETURNS internal
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_days_accum';
COMMENT ON FUNCTION purchase_days_accum(internal, timestamptz, double precision, timestamptz) IS
'Transition function of purchase_history(purchased_at, amount, as_of).';

CREATE FUNCTION purchase_days_merge(internal, internal) RETURNS internal
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_days_merge';
COMMENT ON FUNCTION purchase_days_merge(internal, internal) IS
'Combine function of purchase_history(purchased_at, amount, as_of).';

CREATE FUNCTION purchase_days_serial(internal) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_days_serial';
COMMENT ON FUNCTION purchase_days_serial(internal) IS
'Serial function of purchase_history(purchased_at, amount, as_of): format 1, as_of, and the amount of each day.';

CREATE FUNCTION purchase_days_deserial(bytea, internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_days_deserial';
COMMENT ON FUNCTION purchase_days_deserial(bytea, internal) IS
'Deserial function of purchase_history(purchased_at, amount, as_of). Error 22P03: bytes that are no state.';

CREATE FUNCTION purchase_days_final(internal) RETURNS purchase_history
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_days_final';
COMMENT ON FUNCTION purchase_days_final(internal) IS
'Final function of purchase_history(purchased_at, amount, as_of): takes refunds off purchases and computes the four figures.';
#end

#changed 0.2.0
CREATE AGGREGATE purchase_history(purchased_at timestamptz, amount double precision, as_of timestamptz) (
	sfunc = purchase_days_accum, stype = internal, sspace = 512, finalfunc = purchase_days_final,
	combinefunc = purchase_days_merge, serialfunc = purchase_days_serial, deserialfunc = purchase_days_deserial,
	parallel = safe
);
#end
COMMENT ON AGGREGATE purchase_history(timestamptz, double precision, timestamptz) IS
'History of one customer as of a time, which must be the same in all rows. Purchases on the same UTC day count as one, with their sum; purchases after as_of are ignored. Refunds are negative amounts: they reduce the sum of their day. A day that sums to less than 0 is a refund of earlier purchases: it is taken off the days with a purchase before it, newest first, and what exceeds them all is dropped. A day with nothing left is no purchase, even the first. Weeks are whole days / 7. Rows with NULL in purchased_at or amount are ignored; no purchases give NULL. The result is the same in any order of rows. Errors: 22003 an infinite time or amount, 22004 as_of NULL, 22023 as_of not the same in all rows.';

-- the aggregate clv_model: its state is internal, the histories of all customers

#since 0.2.0
CREATE FUNCTION clv_histories_accum(internal, purchase_history) RETURNS internal
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_histories_accum';
COMMENT ON FUNCTION clv_histories_accum(internal, purchase_history) IS
'Transition function of clv_model(purchase_history).';

CREATE FUNCTION clv_histories_merge(internal, internal) RETURNS internal
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_histories_merge';
COMMENT ON FUNCTION clv_histories_merge(internal, internal) IS
'Combine function of clv_model(purchase_history).';

CREATE FUNCTION clv_histories_serial(internal) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_histories_serial';
COMMENT ON FUNCTION clv_histories_serial(internal) IS
'Serial function of clv_model(purchase_history): format 1, and the histories with their numbers of customers.';

CREATE FUNCTION clv_histories_deserial(bytea, internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_histories_deserial';
COMMENT ON FUNCTION clv_histories_deserial(bytea, internal) IS
'Deserial function of clv_model(purchase_history). Error 22P03: bytes that are no state.';

CREATE FUNCTION clv_histories_final(internal) RETURNS clv_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_histories_final';
COMMENT ON FUNCTION clv_histories_final(internal) IS
'Final function of clv_model(purchase_history): fits the model.';
#end

#changed 0.2.0
CREATE AGGREGATE clv_model(history purchase_history) (
	sfunc = clv_histories_accum, stype = internal, sspace = 32768, finalfunc = clv_histories_final,
	combinefunc = clv_histories_merge, serialfunc = clv_histories_serial, deserialfunc = clv_histories_deserial,
	parallel = safe
);
#end
COMMENT ON AGGREGATE clv_model(purchase_history) IS
'Model of customer value, fitted to the histories of all customers: BG/NBD and gamma-gamma by maximum likelihood. NULLs are ignored; no rows give NULL. Parameters that cannot be fitted are missing, see clv_parameters(). The result is bit for bit the same in any order of rows. The fitted model holds no histories, so models cannot be added up: keep the histories and fit all of them. Error 54000: more than about 16 million different histories.';

-- transition functions of version 0.1.0, for aggregates that users made of them

CREATE FUNCTION purchase_history_accum(
	purchase_history, timestamptz, double precision, timestamptz
) RETURNS purchase_history
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_accum';
COMMENT ON FUNCTION purchase_history_accum(purchase_history, timestamptz, double precision, timestamptz) IS
'Transition function that the aggregate purchase_history had in version 0.1.0. Outside an aggregate it gives the history of one purchase; NULL without one.';

CREATE FUNCTION purchase_history_merge(purchase_history, purchase_history) RETURNS purchase_history
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_merge';
COMMENT ON FUNCTION purchase_history_merge(purchase_history, purchase_history) IS
'Combine function that the aggregate purchase_history had in version 0.1.0. Error 22023: finished histories, which no longer hold the single days.';

CREATE FUNCTION purchase_history_final(purchase_history) RETURNS purchase_history
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'purchase_history_final';
COMMENT ON FUNCTION purchase_history_final(purchase_history) IS
'Final function that the aggregate purchase_history had in version 0.1.0: computes the four figures from the days.';

CREATE FUNCTION clv_model_accum(clv_model, purchase_history) RETURNS clv_model
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model_accum';
COMMENT ON FUNCTION clv_model_accum(clv_model, purchase_history) IS
'Transition function that the aggregate clv_model had in version 0.1.0. Outside an aggregate it gives the model of one customer.';

CREATE FUNCTION clv_model_merge(clv_model, clv_model) RETURNS clv_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model_merge';
COMMENT ON FUNCTION clv_model_merge(clv_model, clv_model) IS
'Combine function that the aggregate clv_model had in version 0.1.0. Error 22023: fitted models, which no longer hold the histories.';

CREATE FUNCTION clv_model_final(clv_model) RETURNS clv_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'clv_model_final';
COMMENT ON FUNCTION clv_model_final(clv_model) IS
'Final function that the aggregate clv_model had in version 0.1.0: fits the model.';
