-- cost: what functions take in units of an operator such as integer = (25 ns), by classes, as measured; those that
-- are not here take about as long as one.  An update has these lines too.

#for function: business_time(business_calendar,timestamp with time zone,timestamp with time zone);
#	add_business_time(business_calendar,timestamp with time zone,interval);
#	rate_interval(bigint,bigint,double precision,text);
#	rate_interval(text,double precision,text);
#	csat_interval(text,double precision,integer,text);
#	crs_interval(text,double precision,text);
#	nps_interval(text,double precision,text);
#	nps_interval(bigint,bigint,bigint,double precision,text);
#	rate_test(bigint,bigint,bigint,bigint,double precision);
#	working_days(business_calendar,timestamp with time zone,timestamp with time zone);
#	add_working_days(business_calendar,timestamp with time zone,integer);
#	time_in(status_clock,text[],business_calendar,timestamp with time zone);
#	first_time(status_clock,text[],timestamp with time zone);
#	last_time(status_clock,text[],timestamp with time zone);
#	times_in(status_clock,text[],timestamp with time zone);
#	status_at(status_clock,timestamp with time zone);
#	promise_kept(status_clock,interval,text[],text[],business_calendar,timestamp with time zone);
#	sparkline(double precision[]);
#	adjusted_test_final(bytea);
#	adjusted_accum(bytea,tally,tally,text);
#	adjusted_accum(bytea,tally,tally,text,integer);
#	adjusted_accum_mean(bytea,double precision,double precision,bigint,double precision,double precision,bigint)
ALTER FUNCTION <function> COST 20;
#end

#for function: due_at(status_clock,interval,text[],business_calendar,timestamp with time zone);
#	clock_spans(status_clock,timestamp with time zone);
#	rate_interval(tally,double precision,text);
#	rate_interval_final(tally);
#	crs_interval(tally,double precision,text);
#	crs_interval_final(tally);
#	csat_interval_final(tally);
#	nps_interval_final(tally);
#	csat_interval(tally,double precision,integer,text);
#	rate_interval(weighted_tally,double precision,text);
#	csat_interval(weighted_tally,double precision,integer,text);
#	crs_interval(weighted_tally,double precision,text)
ALTER FUNCTION <function> COST 50;
#end

#for function: tally_to_jsonb(tally);
#	tally_to_json(tally);
#	rate_test(tally,tally,double precision);
#	target_test(tally,double precision,integer,double precision);
#	crs_test(tally,tally,double precision);
#	csat_test(tally,tally,double precision,integer);
#	nps_interval(tally,double precision,text);
#	nps_test(tally,tally,double precision);
#	paired_tally_to_jsonb(paired_tally);
#	paired_tally_to_json(paired_tally);
#	rate_test(paired_tally,double precision);
#	csat_test(paired_tally,double precision,integer);
#	nps_test(paired_tally,double precision);
#	rate_test(text,text,double precision);
#	csat_test(text,text,double precision,integer);
#	nps_test(text,text,double precision);
#	nps_interval(weighted_tally,double precision,text);
#	sentiment_lexicon();
#	clv_parameters(clv_model);
#	probability_alive(clv_model,purchase_history);
#	expected_purchases(clv_model,purchase_history,double precision);
#	expected_spend(clv_model,purchase_history);
#	clv(clv_model,purchase_history,integer,double precision);
#	clv(double precision,double precision,double precision);
#	count_interval(bigint,double precision,double precision);
#	count_test(bigint,double precision,bigint,double precision,double precision);
#	shrunken_interval(tally,rate_prior,double precision,integer);
#	probability_above(tally,rate_prior,double precision,integer);
#	rate_test(weighted_tally,weighted_tally,double precision);
#	csat_test(weighted_tally,weighted_tally,double precision,integer);
#	nps_test(weighted_tally,weighted_tally,double precision);
#	detectable_change(text,double precision,bigint,double precision,double precision,double precision)
ALTER FUNCTION <function> COST 100;
#end

#for function: sentiment(text);
#	sentiment(text,jsonb);
#	sentiment_scores(text);
#	sentiment_scores(text,jsonb)
ALTER FUNCTION <function> COST 200;
#end

#for function: ces_interval(tally,double precision);
#	ces_test(tally,tally,double precision);
#	ces_test(paired_tally,double precision);
#	ces_test(text,text,double precision);
#	ces_interval(weighted_tally,double precision);
#	ces_test(weighted_tally,weighted_tally,double precision,text);
#	recovery_paradox(tally,tally,double precision,integer);
#	change_parts(text[],tally[],tally[],text,integer,double precision);
#	effect_test(tally,tally,tally,tally,text,integer,double precision);
#	effect_test(text,text,text,text,text);
#	effect_test(paired_tally,paired_tally,text,integer,double precision);
#	driver_importance(driver_model,text[]);
#	driver_fit(driver_model);
#	subjects(life_table);
#	events(life_table);
#	censored(life_table);
#	shortest_time(life_table);
#	longest_time(life_table);
#	retention_at(life_table,interval);
#	resolved_within(life_table,interval);
#	churn_at(life_table,interval);
#	retention_interval(life_table,interval,double precision);
#	time_quantile(life_table,double precision);
#	median_time(life_table);
#	restricted_mean_time(life_table,interval);
#	restricted_mean_interval(life_table,interval,double precision);
#	observed_mean_time(life_table);
#	hazard_rate(life_table,interval);
#	hazard_interval(life_table,interval,double precision);
#	life_curve(life_table,double precision);
#	ces_test(tally,tally,double precision,text);
#	adjusted_test_final(bytea);
#	effect_test(tally,tally,tally,tally,text,integer,double precision);
#	effect_test(paired_tally,paired_tally,text,integer,double precision);
#	ces_test(text,text,double precision,text);
#	ces_test(paired_tally,double precision,text);
#	nps_interval(clustered_tally,double precision);
#	csat_interval(clustered_tally,double precision,integer);
#	ces_interval(clustered_tally,double precision);
#	rate_interval(clustered_tally,double precision);
#	nps_test(clustered_tally,clustered_tally,double precision);
#	csat_test(clustered_tally,clustered_tally,double precision,integer);
#	ces_test(clustered_tally,clustered_tally,double precision);
#	rate_test(clustered_tally,clustered_tally,double precision);
#	mean_interval(double precision,double precision,bigint,double precision);
#	mean_test(double precision,double precision,bigint,double precision,double precision,bigint,double precision)
ALTER FUNCTION <function> COST 300;
#end

#for function: ces_interval(tally,double precision,text);
#	ces_interval_final(tally);
#	ces_interval(weighted_tally,double precision,text);
#	ces_interval(text,double precision);
#	ces_interval(text,double precision,text);
#	median_time_interval(life_table,double precision);
#	logrank_test(life_table,life_table);
#	restricted_mean_test(life_table,life_table,interval,double precision);
#	clv_interval(clv_model,purchase_history,integer,double precision,double precision);
#	rake_weights(jsonb[],bigint[],jsonb,double precision);
#	retention_test(life_table,life_table,interval,double precision)
ALTER FUNCTION <function> COST 1000;
#end

#for function: control_limits(control_chart,tally);
#	control_limits(control_chart,tally,text);
#	xmr_limits(xmr_chart,text)
ALTER FUNCTION <function> COST 1500;
#end

ALTER FUNCTION driver_importance(driver_model, text[]) ROWS 4;
ALTER FUNCTION life_curve(life_table, double precision) ROWS 200;
ALTER FUNCTION sentiment_lexicon() ROWS 12000;
