-- The tables of Fivetran's Zendesk connector that the models read, in its types, with the cases
-- of the help desk of docs/mapping.md; and what must not count: internal notes, comments of
-- agents before the answer that are not public, deleted tickets, ratings that were only offered.
CREATE SCHEMA zendesk;
CREATE TABLE zendesk.ticket (id bigint PRIMARY KEY, requester_id bigint, created_at timestamptz, status text,
  via_channel text, _fivetran_deleted boolean, _fivetran_synced timestamptz);
CREATE TABLE zendesk.ticket_tag (ticket_id bigint, tag text, _fivetran_synced timestamptz);
CREATE TABLE zendesk.ticket_field_history (ticket_id bigint, field_name text, updated timestamptz, value text,
  user_id bigint, _fivetran_synced timestamptz);
CREATE TABLE zendesk.ticket_comment (id bigint, ticket_id bigint, user_id bigint, created timestamptz, body text,
  public boolean, _fivetran_synced timestamptz);
CREATE TABLE zendesk."user" (id bigint, name text, role text, _fivetran_synced timestamptz);
CREATE TABLE zendesk.satisfaction_rating (id bigint, ticket_id bigint, requester_id bigint, score text, comment text,
  reason text, created_at timestamptz, updated_at timestamptz, _fivetran_synced timestamptz);

CREATE TEMP TABLE desk AS
SELECT i, 900 + i % 47 AS requester, timestamptz '2025-03-01 08:00Z' + i * interval '25 hours' AS created
  FROM generate_series(1, 60) i;
INSERT INTO zendesk."user"
SELECT DISTINCT requester, 'Customer', 'end-user' FROM desk UNION ALL SELECT 1, 'Agent', 'agent';
INSERT INTO zendesk.ticket
SELECT i, requester, created, CASE WHEN i % 12 > 0 THEN 'closed' ELSE 'open' END,
       (ARRAY['email', 'chat'])[i % 2 + 1], false FROM desk
UNION ALL SELECT 61, 901, '2025-04-10 08:00Z', 'deleted', 'email', false
UNION ALL SELECT 62, 902, '2025-04-11 08:00Z', 'open', 'email', true;
INSERT INTO zendesk.ticket_tag
SELECT i, CASE i % 5 WHEN 0 THEN 'question' ELSE 'complaint_late' END FROM desk
UNION ALL SELECT i, 'vip' FROM desk UNION ALL SELECT i, 'complaint_late' FROM generate_series(61, 62) i;
-- solved, and closed by Zendesk later; every tenth of these is pending in between
INSERT INTO zendesk.ticket_field_history (ticket_id, field_name, updated, value)
SELECT i, 'status', created + interval '5 minutes', 'open' FROM desk
UNION ALL SELECT i, 'priority', created + interval '5 minutes', 'high' FROM desk
UNION ALL SELECT i, 'status', created + interval '20 minutes', 'pending' FROM desk WHERE i % 10 = 0
UNION ALL SELECT i, 'status', created + interval '50 minutes', 'open' FROM desk WHERE i % 10 = 0
UNION ALL SELECT i, 'status', created + (1 + i * 5 % 40) * interval '1 hour', 'solved' FROM desk WHERE i % 12 > 0
UNION ALL SELECT i, 'status', timestamptz '2025-05-20 08:00Z', 'closed' FROM desk WHERE i % 12 > 0;
INSERT INTO zendesk.ticket_comment (id, ticket_id, user_id, created, body, public)
SELECT i * 10 + n, i, requester, created + (n - 1) * interval '3 hours', 'Where is it?', true
  FROM desk, generate_series(1, greatest(i % 4, 1)) n
UNION ALL SELECT i * 10 + 8, i, 1, created + interval '1 minute', 'A note', false FROM desk
UNION ALL
SELECT i * 10 + 9, i, 1, created + (10 + i * 7 % 90) * interval '1 minute', 'It is on its way', true FROM desk;
INSERT INTO zendesk.satisfaction_rating
SELECT i, i, requester, (ARRAY['good', 'good', 'bad', 'offered', 'good'])[i % 5 + 1], NULL, NULL,
       timestamptz '2025-03-04 08:00Z' + i * interval '25 hours',
       timestamptz '2025-03-04 08:00Z' + i * interval '25 hours' FROM desk;
