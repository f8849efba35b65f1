-- Sources of a rollup: ten months up to now, with all relations.
CREATE SCHEMA shop;
CREATE TABLE shop.recovery_case (case_id int PRIMARY KEY, customer_id int, opened_at timestamptz,
	resolved_at timestamptz, first_response_at timestamptz, reopened_at timestamptz, promised_by timestamptz,
	contacts int, channel text, team text, calendar business_calendar);
CREATE TABLE shop.survey_response (response_id int PRIMARY KEY, customer_id int, case_id int,
	responded_at timestamptz, csat int, nps int, ces int, expected int, perceived int, speed int, comment text,
	channel text);
CREATE TABLE shop.customer (customer_id int PRIMARY KEY, joined_at timestamptz, left_at timestamptz);
CREATE TABLE shop.purchase (customer_id int, purchased_at timestamptz, amount numeric(10,2));
CREATE TABLE shop.referral (customer_id int, referred_at timestamptz);
CREATE TABLE shop.case_event (case_id int, at timestamptz, status text, sequence int);
CREATE TABLE shop.survey_invitation (invitation_id int PRIMARY KEY, sent_at timestamptz, customer_id int, case_id int);
CREATE TABLE shop.follow_up (response_id int, contacted_at timestamptz, outcome text);
INSERT INTO shop.recovery_case SELECT i, i*7%120+1, o, CASE WHEN i%11>0
	THEN o + (i*37%101+1)*interval '5 hours' END, CASE WHEN i%6>0 THEN o+(i*29%47)*interval '11 minutes' END,
 CASE WHEN i%13=0 AND i%11>0 THEN o+(i*37%101+30)*interval '5 hours' END, CASE WHEN i%2=0
 	THEN o+interval '10 days' END, i*5%3+1, (ARRAY['phone','chat',NULL])[i%3+1], 'team '||i%4, CASE WHEN i%5=0
 	THEN 'Europe/Berlin; mon-fri 09:00-17:00'::business_calendar END
 FROM generate_series(1,430) i, LATERAL (SELECT now() - interval '300 days' + i*interval '17 hours' AS o) t;
INSERT INTO shop.survey_response SELECT i, CASE WHEN i%3>0 THEN i*7%120+1 ELSE i*11%40+1 END, CASE WHEN i%3>0
	THEN i END, CASE WHEN i%3>0 THEN now()-interval '296 days'
	ELSE now()-interval '340 days' END + i*interval '17 hours',
 CASE WHEN i%10>0 THEN (i*i+i/7)%5+1 END, CASE WHEN i%7>0 THEN i*5%11 END, CASE WHEN i%4>0 THEN i*2%7+1 END,
 	CASE WHEN i%5>0 THEN 3 END, i*11%5+1, i%5+1, (ARRAY['Great service, thank you','Terrible,
 	nobody helped','The parcel came on Monday',NULL])[i%4+1], CASE WHEN i%5=0 THEN 'web' END
 FROM generate_series(1,420) i;
INSERT INTO shop.customer SELECT i, now()-interval '500 days'+i*interval '3 days', CASE WHEN i%4=0
	THEN now()-interval '200 days'+i*interval '37 hours' END FROM generate_series(1,140) i;
INSERT INTO shop.purchase SELECT i*13%120+1, now()-interval '305 days'+i*interval '5 hours', 10+i%17+0.25
	FROM generate_series(1,1460) i;
INSERT INTO shop.referral SELECT i*3%120+1, now()-interval '305 days'+i*interval '60 hours'
	FROM generate_series(1,120) i;
INSERT INTO shop.case_event SELECT c.case_id, c.opened_at + e*interval '7 hours',
	(ARRAY['open','pending','hold','open'])[e+1], e FROM shop.recovery_case c, generate_series(0,3) e WHERE case_id%3=0;
INSERT INTO shop.survey_invitation SELECT i, now()-interval '299 days'+i*interval '17 hours', i*7%120+1,
	CASE WHEN i%2=0 THEN i END FROM generate_series(1,420) i;
INSERT INTO shop.follow_up SELECT response_id, responded_at + (response_id%5)*interval '20 hours', 'called'
	FROM shop.survey_response WHERE csat<=3 AND response_id%3>0;
ANALYZE shop.recovery_case, shop.survey_response, shop.customer, shop.purchase, shop.referral, shop.case_event,
	shop.survey_invitation, shop.follow_up;
