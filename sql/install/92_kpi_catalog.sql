-- stub
CREATE TABLE kpi_definition (kpi text primary key, ordinal smallint, name text, unit text, direction text, target float8, warning float8, needs text[]);
GRANT SELECT ON kpi_definition TO PUBLIC;
INSERT INTO kpi_definition VALUES
('crs',1,'Customer Recovery Satisfaction','%','higher',80,75,'{survey_response.csat}'),
('csat',2,'CSAT','%','higher',80,75,'{survey_response.csat}'),
('nps',3,'NPS','points','higher',40,20,'{survey_response.nps}'),
('ces',4,'CES','points','higher',5.5,5,'{survey_response.ces}'),
('fcr',5,'FCR','%','higher',70,65,'{recovery_case.contacts}'),
('resolution_time',6,'Resolution time','hours','lower',24,48,'{}'),
('resolution_rate',7,'Resolution rate','%','higher',95,90,'{}'),
('resolution_quality',8,'q','%','higher',80,70,'{survey_response.expected,survey_response.perceived}'),
('repeat_rate',9,'r','%','higher',30,20,'{purchase.purchased_at}'),
('referral_rate',10,'ref','%','higher',3,1.5,'{referral.referred_at}'),
('retention_rate',11,'ret','%','higher',98,97,'{customer.joined_at}'),
('churn_rate',12,'churn','%','lower',2,3,'{customer.joined_at}'),
('clv',13,'clv','currency','higher',NULL,NULL,'{customer.joined_at,purchase.amount}'),
('sentiment',14,'sent','-1..1','higher',0.3,0.1,'{survey_response.comment}'),
('response_rate',15,'resp','%','higher',30,20,'{}'),
('first_response_time',16,'frt','hours','lower',4,24,'{recovery_case.first_response_at}'),
('reopen_rate',17,'reopen','%','lower',5,10,'{recovery_case.reopened_at}'),
('complaint_rate',18,'compl','per 100','lower',3,5,'{customer.joined_at}');
CREATE VIEW kpi_catalog WITH (security_invoker=true) AS SELECT * FROM kpi_definition;
GRANT SELECT ON kpi_catalog TO PUBLIC;

CREATE FUNCTION kpi_verdict(value double precision, direction text, target double precision, warning double precision) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
	WHEN direction = 'lower' THEN CASE WHEN value <= target THEN 'on target' WHEN value <= warning THEN 'watch' WHEN value > target THEN 'off target' END
	ELSE CASE WHEN value >= target THEN 'on target' WHEN value >= warning THEN 'watch' WHEN value < target THEN 'off target' END END;
