-- driver_model of columns: two to six factors as arguments; with one alone, an untyped
-- NULL or list could be either form

CREATE FUNCTION driver_model_accum_columns(driver_model, double precision, double precision, double precision) RETURNS driver_model
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_accum_columns';
COMMENT ON FUNCTION driver_model_accum_columns(driver_model, double precision, double precision, double precision) IS
'Transition function of driver_model(outcome, factor1 to factor2).';

CREATE FUNCTION driver_model_accum_columns(driver_model, double precision, double precision, double precision, double precision) RETURNS driver_model
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_accum_columns';
COMMENT ON FUNCTION driver_model_accum_columns(driver_model, double precision, double precision, double precision, double precision) IS
'Transition function of driver_model(outcome, factor1 to factor3).';

CREATE FUNCTION driver_model_accum_columns(driver_model, double precision, double precision, double precision, double precision, double precision) RETURNS driver_model
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_accum_columns';
COMMENT ON FUNCTION driver_model_accum_columns(driver_model, double precision, double precision, double precision, double precision, double precision) IS
'Transition function of driver_model(outcome, factor1 to factor4).';

CREATE FUNCTION driver_model_accum_columns(driver_model, double precision, double precision, double precision, double precision, double precision, double precision) RETURNS driver_model
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_accum_columns';
COMMENT ON FUNCTION driver_model_accum_columns(driver_model, double precision, double precision, double precision, double precision, double precision, double precision) IS
'Transition function of driver_model(outcome, factor1 to factor5).';

CREATE FUNCTION driver_model_accum_columns(driver_model, double precision, double precision, double precision, double precision, double precision, double precision, double precision) RETURNS driver_model
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'driver_model_accum_columns';
COMMENT ON FUNCTION driver_model_accum_columns(driver_model, double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
'Transition function of driver_model(outcome, factor1 to factor6).';

CREATE AGGREGATE driver_model(outcome double precision, factor1 double precision, factor2 double precision) (
	sfunc = driver_model_accum_columns, stype = driver_model, sspace = 232, finalfunc = driver_model_final,
	combinefunc = driver_model_plus, parallel = safe
);
COMMENT ON AGGREGATE driver_model(double precision, double precision, double precision) IS
'Driver model of an outcome and two factors: the same as with an array of these, but faster, as no array is made. A row with a NULL anywhere is left out; no complete rows give NULL. Error 22003: NaN, infinity or a value beyond 2^400 (2.6e120).';

CREATE AGGREGATE driver_model(outcome double precision, factor1 double precision, factor2 double precision, factor3 double precision) (
	sfunc = driver_model_accum_columns, stype = driver_model, sspace = 352, finalfunc = driver_model_final,
	combinefunc = driver_model_plus, parallel = safe
);
COMMENT ON AGGREGATE driver_model(double precision, double precision, double precision, double precision) IS
'Driver model of an outcome and three factors: the same as with an array of these, but faster, as no array is made. A row with a NULL anywhere is left out; no complete rows give NULL. Error 22003: NaN, infinity or a value beyond 2^400 (2.6e120).';

CREATE AGGREGATE driver_model(outcome double precision, factor1 double precision, factor2 double precision, factor3 double precision, factor4 double precision) (
	sfunc = driver_model_accum_columns, stype = driver_model, sspace = 496, finalfunc = driver_model_final,
	combinefunc = driver_model_plus, parallel = safe
);
COMMENT ON AGGREGATE driver_model(double precision, double precision, double precision, double precision, double precision) IS
'Driver model of an outcome and four factors: the same as with an array of these, but faster, as no array is made. A row with a NULL anywhere is left out; no complete rows give NULL. Error 22003: NaN, infinity or a value beyond 2^400 (2.6e120).';

CREATE AGGREGATE driver_model(outcome double precision, factor1 double precision, factor2 double precision, factor3 double precision, factor4 double precision, factor5 double precision) (
	sfunc = driver_model_accum_columns, stype = driver_model, sspace = 664, finalfunc = driver_model_final,
	combinefunc = driver_model_plus, parallel = safe
);
COMMENT ON AGGREGATE driver_model(double precision, double precision, double precision, double precision, double precision, double precision) IS
'Driver model of an outcome and five factors: the same as with an array of these, but faster, as no array is made. A row with a NULL anywhere is left out; no complete rows give NULL. Error 22003: NaN, infinity or a value beyond 2^400 (2.6e120).';

CREATE AGGREGATE driver_model(outcome double precision, factor1 double precision, factor2 double precision, factor3 double precision, factor4 double precision, factor5 double precision, factor6 double precision) (
	sfunc = driver_model_accum_columns, stype = driver_model, sspace = 856, finalfunc = driver_model_final,
	combinefunc = driver_model_plus, parallel = safe
);
COMMENT ON AGGREGATE driver_model(double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
'Driver model of an outcome and six factors: the same as with an array of these, but faster, as no array is made. A row with a NULL anywhere is left out; no complete rows give NULL. Error 22003: NaN, infinity or a value beyond 2^400 (2.6e120).';
