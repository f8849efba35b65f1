-- events.sql: the history of each case, event by event, between the times that generate.sql
-- gave it.  A case is opened when it is answered first.  Each contact but the first follows a
-- question to the customer (pending); some cases wait for a carrier or a supplier (hold).  What
-- comes back is solved again some days later.  kpi_status_role says whose turn a status is.

CREATE TABLE case_event AS
SELECT case_id, date_trunc('second', at) AS at, status, sequence
FROM story, handled_case,
	LATERAL (SELECT first_response_at AS began,
		(coalesce(resolved_at, least(opened_at + interval '10 days', as_of)) - first_response_at) / contacts AS part)
		AS work,
	LATERAL (
		SELECT opened_at AS at, 'new' AS status, 0 AS sequence
		UNION ALL SELECT began, 'open', 1
		UNION ALL
		SELECT began + part * (i - 0.2 - 0.6 * pg_temp.uniform(key * 10 + i, 81)), 'pending', 2 * i
		FROM generate_series(1, contacts - 1) AS i
		UNION ALL SELECT began + part * i, 'open', 2 * i + 1 FROM generate_series(1, contacts - 1) AS i
		UNION ALL
		SELECT began + part * (contacts - 0.9 + step * (0.1 + 0.6 * pg_temp.uniform(key, 82))),
			CASE step WHEN 0 THEN 'hold' ELSE 'open' END, 20 + step
		FROM generate_series(0, 1) AS step
		WHERE failure_type <> 'failed payment' AND pg_temp.uniform(key, 83) < 0.35
		UNION ALL	-- what is still open waits for somebody
		SELECT began + part * (contacts - 0.05), CASE WHEN dice < 0.3 THEN 'pending' ELSE 'hold' END, 29
		FROM pg_temp.uniform(key, 85) AS dice WHERE resolved_at IS NULL AND dice < 0.45
		UNION ALL SELECT resolved_at, 'solved', 30
		UNION ALL SELECT reopened_at, 'reopened', 31
		UNION ALL SELECT reopened_at + (0.2 + 3 * pg_temp.uniform(key, 84)) * interval '1 day', 'solved', 32) AS event
WHERE at < as_of;
ALTER TABLE case_event
	ADD PRIMARY KEY (case_id, sequence), ADD FOREIGN KEY (case_id) REFERENCES recovery_case;

COMMENT ON TABLE case_event IS 'The history of the cases: when each came into which status.';
COMMENT ON COLUMN case_event.status IS
'new; open: we work on it; pending: the customer''s turn; hold: a third party''s; solved; reopened.';
COMMENT ON COLUMN case_event.sequence IS 'The order of the events of a case.';
COMMENT ON CONSTRAINT case_event_pkey ON case_event IS 'One row per event.';

CREATE TABLE kpi_status_role AS
SELECT status, role FROM (VALUES ('new', 'new'), ('open', 'open'), ('reopened', 'open'), ('pending', 'pending'),
	('hold', 'hold'), ('solved', 'solved')) AS roles (status, role);
ALTER TABLE kpi_status_role ADD PRIMARY KEY (status);

COMMENT ON TABLE kpi_status_role IS 'Whose turn it is in each status.';
COMMENT ON CONSTRAINT kpi_status_role_pkey ON kpi_status_role IS 'One row per status.';
