-- What the demo prints: from the tables of generate.sql to the figures of a recovery
-- programme, first by the views, then by the functions.  Made for 80 columns.

SET timezone = 'UTC';
\pset format aligned
\pset linestyle ascii
\pset border 1
\pset footer off
\pset null '-'

SELECT as_of, programme_at::date AS programme, before_from::date, now_from::date,
	as_of - interval '7 days' AS week_ago, as_of - interval '30 days' AS month_ago
FROM story \gset
SELECT to_char((SELECT count(*) FROM customer), 'FM999,999') AS customers,
	to_char((SELECT count(*) FROM purchase), 'FM999,999') AS purchases,
	to_char((SELECT count(*) FROM recovery_case), 'FM999,999') AS cases,
	to_char((SELECT count(*) FROM survey_response), 'FM999,999') AS answers \gset

\echo
\echo 'A retailer, its failures and its recovery programme'
\echo '==================================================='
\echo
\echo 'Fourteen months of a made-up online retailer:' :customers 'customers,' :purchases
\echo 'orders,' :cases 'complaints,' :answers 'answered surveys. In spring deliveries are'
\echo 'late, payments fail and wrong items are sent. In September 2025 a recovery'
\echo 'programme starts: one contact owner, rules for compensation, call-backs.'
\echo

\ir views.sql

\echo 'The views are made of functions, which can be asked more: with periods, tests'
\echo 'and groups of your own.'
\echo

\ir answers.sql
\ir time.sql
\ir customers.sql
