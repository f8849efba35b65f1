-- contact.sql: whom the shop asked, and whom it called after a bad answer.
--
-- An invitation to the survey goes out a quarter of an hour after a case was settled.  Before the
-- programme somebody calls after one bad answer in eight; then call-backs are a rule, and are
-- kept better month by month.

CREATE TABLE survey_invitation AS
SELECT row_number() OVER (ORDER BY sent_at, case_id) AS invitation_id, date_trunc('second', sent_at) AS sent_at,
	customer_id, case_id
FROM story, handled_case,
	LATERAL (SELECT coalesce(resolved_at, opened_at + interval '10 days') + interval '15 minutes' AS sent_at) AS invited
WHERE sent_at < as_of;
ALTER TABLE survey_invitation
	ADD PRIMARY KEY (invitation_id), ADD FOREIGN KEY (customer_id) REFERENCES customer,
	ADD FOREIGN KEY (case_id) REFERENCES recovery_case;

CREATE TABLE follow_up AS
SELECT response_id, date_trunc('second', contacted_at) AS contacted_at,
	CASE WHEN pg_temp.uniform(response_id, 93) < 0.62 THEN 'reached' WHEN pg_temp.uniform(response_id, 93) < 0.85
		THEN 'left a message' ELSE 'no longer interested' END AS outcome
FROM story, survey_response,
	LATERAL (SELECT CASE WHEN responded_at < programme_at THEN 0.125
			ELSE least(0.88, 0.45 + 0.09 * extract(month FROM age(responded_at, programme_at))) END AS called,
		responded_at + CASE WHEN pg_temp.uniform(response_id, 92) < 0.06 THEN interval '5 days' ELSE '0' END
			+ (0.1 + 1.6 * pg_temp.uniform(response_id, 91)) * interval '1 day' AS contacted_at) AS call
WHERE (csat <= 3 OR csat IS NULL AND nps <= 6) AND pg_temp.uniform(response_id, 90) < called AND contacted_at < as_of;
ALTER TABLE follow_up
	ADD PRIMARY KEY (response_id), ADD FOREIGN KEY (response_id) REFERENCES survey_response;

COMMENT ON TABLE survey_invitation IS 'Surveys that were sent out after cases.';
COMMENT ON TABLE follow_up IS 'Calls to customers who had given a bad answer.';
COMMENT ON COLUMN follow_up.outcome IS 'What came of the call.';
COMMENT ON CONSTRAINT survey_invitation_pkey ON survey_invitation IS 'One row per invitation, numbered by time.';
COMMENT ON CONSTRAINT follow_up_pkey ON follow_up IS 'One call per answer.';
